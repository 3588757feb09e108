import { exitCodes } from "./exit-codes.ts";

/** What is looked at beside the command line, and what for. */
export const environmentVariables = [
  ["IRONLEDGER_SERVER", "address of the API"],
  ["IRONLEDGER_CONTEXT", "the context to use"],
  ["IRONLEDGER_TOKEN_FILE", "a file that holds the token"],
  ["IRONLEDGER_TOKEN", "the token itself: processes of the same user can read it"],
  ["NO_COLOR", "no colours, when it is set to anything"],
  ["XDG_CONFIG_HOME", "its ironledger/config.yaml holds the contexts (default: ~/.config)"],
  ["XDG_CACHE_HOME", "its ironledger/ holds what may be forgotten (default: ~/.cache)"],
] as const;

/** Topics of the help that are no commands. */
export const topics: readonly string[] = ["filter", "exit-codes", "environment"];

const filterText = `What --filter takes: terms, separated by blanks, that must all hold.

  state:failed              a column is this
  state:ready,deployed      one of these
  -state:retired            not this
  name:web*                 begins with this
  product:"Mt. Jade"        with blanks in it
  seen<now-7d               older than a week; also <=, >, >=, and s m h d w, or a time: seen>2026-01-31
  memory>=64GiB cpus>32     sizes and numbers
  address:10.0.0.0/24       within this network
  label:rack=r7  label:gpu  a label with this value; a label with any
  -image:*                  has none
  web                       of machines: the name begins with this

The columns that can be searched:

`;

async function filterTopic(): Promise<string> {
  const { filterColumns } = await import("./collections/filter-columns.ts");
  return filterText + lines(Object.entries(filterColumns).flatMap(([noun, names]) => rowsOf(noun, names)));
}

/** Names in lines that fit a terminal. */
function rowsOf(noun: string, names: readonly string[]): readonly (readonly [string, string])[] {
  const texts = [""];
  for (const name of names) {
    const before = texts.at(-1) ?? "";
    if (before.length + name.length > 60) texts.push(name);
    else texts[texts.length - 1] = before === "" ? name : `${before} ${name}`;
  }
  return texts.map((text, index) => [index === 0 ? noun : "", text]);
}

/** The help of a topic that is no command; `undefined` when there is none of this name. */
export async function topicText(name: string | undefined): Promise<string | undefined> {
  if (name === "filter") return filterTopic();
  if (name === "exit-codes") {
    const rows = Object.values(exitCodes).map(({ code, meaning }) => [`${code}`, meaning] as const);
    return `What the process ends with:\n\n${lines(rows)}`;
  }
  if (name !== "environment") return undefined;
  const order =
    "A flag goes before the environment, that before the context in use, that before the default.";
  return `What is looked at beside the command line:\n\n${lines(environmentVariables)}\n${order}\n`;
}

function lines(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}\n`).join("");
}

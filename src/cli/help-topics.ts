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

/** The help of a topic that is no command; `undefined` when there is none of this name. */
export function topicText(name: string | undefined): string | undefined {
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

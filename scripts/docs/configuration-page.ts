import { stringify } from "yaml";
import { type ConfigKey, configKeys } from "../../src/service/configuration/keys.ts";
import { page, table } from "./markdown.ts";

/** `docs/reference/configuration.md`: every key, with everything that the schema says of it. */
export function configurationPage(): string {
  return page(
    "# Configuration",
    "Generated from `src/config.ts` by `npm run docs`.",
    "One YAML file: `--config FILE`, else the file that `IRONLEDGER_CONFIG` names, else `ironledger.yaml` in the\n" +
      "working directory, if it is there. Every key can be set in the environment and by a flag, too. A flag wins over\n" +
      "the environment, the environment over the file, the file over the default.",
    "The names follow one rule: the key `api.port` is `IRONLEDGER_API_PORT` and `--api-port`, the key\n" +
      "`dataDirectory` is `IRONLEDGER_DATA_DIRECTORY` and `--data-directory`. A flag takes its value as the next word or\n" +
      "behind `=`. Text is written as it is; numbers, lists and the like as in YAML: `--consoles '[tty0, ttyS1]'`.\n" +
      "Relative paths are relative to the file, or, in the environment and in flags, to the working directory.",
    "An unknown key, name or flag is refused with the nearest one that exists, a wrong value with what to write\n" +
      "instead: one line and [exit code](../guides/runbook.md#exit-codes) 2. No key holds a secret. Where one is\n" +
      "needed, the key names a file.",
    "```sh\nironledger-server config check\n```",
    "says which values would be used and where each came from, and tries the directories, files and ports. A file with\n" +
      "every key and its default: [`examples/all-settings.yaml`](../../examples/all-settings.yaml); one for a start:\n" +
      "[`examples/ironledger.yaml`](../../examples/ironledger.yaml).",
    "## Keys",
    table(
      ["key", "type", "range", "unit", "default", "meaning"],
      configKeys.map(({ name, type, range, unit, fallback, description }) => [
        `\`${name}\``,
        type,
        range,
        unit,
        fallback,
        description,
      ]),
    ),
    "## Names in the environment and flags",
    table(
      ["key", "environment", "flag"],
      configKeys.map(({ name, variable, flag }) => [`\`${name}\``, `\`${variable}\``, `\`${flag}\``]),
    ),
  );
}

/** `examples/all-settings.yaml`: every key as a comment with its default, and what is said of it. */
export function configurationSample(): string {
  const lines = [
    "# Every key of the configuration. Generated from src/config.ts by `npm run docs`.",
    "# What is commented out has the default that stands there. Relative paths are relative to this file.",
  ];
  let group = "";
  for (const key of configKeys) {
    const [first = ""] = key.path;
    const isNested = key.path.length > 1;
    lines.push("");
    if (isNested && first !== group) lines.push(`${first}:`);
    group = first;
    lines.push(...keyLines(key).map((line) => (isNested ? `  ${line}` : line)));
  }
  return `${lines.join("\n")}\n`;
}

/** Values of keys without which nothing starts. */
const exampleValues: Readonly<Record<string, unknown>> = {
  dataDirectory: "./ironledger-data",
  "wire.address": "10.77.0.1",
};

function keyLines({
  path,
  name,
  description,
  type,
  range,
  unit,
  fallback,
  defaultValue,
}: ConfigKey): string[] {
  const facts = [type, range, unit, `default: ${fallback}`].filter((fact) => fact !== "");
  const value = exampleValues[name] ?? defaultValue;
  const text = value === undefined ? "" : ` ${stringify(value, { collectionStyle: "flow" }).trim()}`;
  const setting = `${path.at(-1)}:${text}`;
  const isShown = name in exampleValues;
  return [`# ${description}`, `# (${facts.join("; ")})`, isShown ? setting : `# ${setting}`];
}

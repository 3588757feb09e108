import { type Command, InvalidArgumentError, Option } from "commander";
import type { Row } from "../api/api.ts";
import { usageError } from "../failure.ts";
import { words } from "../options.ts";

/** What of a definition an option says, and what it is when it is dropped. */
export interface Field {
  /** Of the mutation's input. */
  readonly field: string;
  /** What `--drop` makes of it. (Default: it cannot be dropped) */
  readonly dropped?: readonly [] | null;
}

/** Adds `--drop`, which takes back what a definition says. */
export function withDrop(command: Command, fields: Readonly<Record<string, Field>>): Command {
  const names = Object.keys(fields).filter((name) => fields[name]?.dropped !== undefined);
  return command.addOption(
    new Option("--drop <parts>", `what it shall not say any more, of ${names.join(", ")}`).argParser(
      (text) => {
        const parts = words(text);
        const unknown = parts.find((part) => !names.includes(part));
        if (unknown === undefined) return parts;
        throw new InvalidArgumentError(`Expected some of ${names.join(", ")}.`);
      },
    ),
  );
}

/** What was said of the fields, by the name of the mutation's input; `--drop` beside its own option is a mistake. */
export function saidOf(said: Row, drop: readonly string[], fields: Readonly<Record<string, Field>>): Row {
  const input: Record<string, unknown> = {};
  for (const [name, { field, dropped }] of Object.entries(fields)) {
    const isDropped = drop.includes(name);
    if (isDropped && said[field] !== undefined) throw usageError(`${name}: say it or drop it, not both`);
    if (isDropped) input[field] = dropped;
    else if (said[field] !== undefined) input[field] = said[field];
  }
  return input;
}

/** `--option NAME=VALUE`, which may be given again. */
export function withDhcpOptions(command: Command): Command {
  return command.addOption(
    new Option(
      "--option <name=value>",
      "a DHCP option, such as ntp-servers=10.0.0.1; may be given again",
    ).argParser(dhcpOption),
  );
}

function dhcpOption(text: string, before: readonly Row[] = []): readonly Row[] {
  const setting = dhcpSetting(text);
  if (!setting) throw new InvalidArgumentError("Expected NAME=VALUE, such as ntp-servers=10.0.0.1.");
  return [...before, setting];
}

/** `ntp-servers=10.0.0.1` or `42=0a000001` as the API takes it; `undefined`: it is none. */
export function dhcpSetting(text: string): Row | undefined {
  const [, option, value] = /^([a-z0-9-]+)=(.*)$/s.exec(text) ?? [];
  return option === undefined ? undefined : { option, value };
}

/** `10.0.0.100-10.0.0.199`, which may be given again. */
export function addressRange(text: string, before: readonly Row[] = []): readonly Row[] {
  const [, first, last] = /^([0-9.]+)-([0-9.]+)$/.exec(text) ?? [];
  if (first === undefined)
    throw new InvalidArgumentError("Expected FIRST-LAST, such as 10.0.0.100-10.0.0.199.");
  return [...before, { first, last }];
}

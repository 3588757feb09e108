import { type Command, InvalidArgumentError, Option } from "commander";
import type { Row } from "./api/api.ts";
import { type Format, formats } from "./output/rows.ts";

/** How what is read is shown. */
export interface OutputOptions {
  readonly output: Format;
  readonly columns?: readonly string[];
  readonly headers: boolean;
}

/** What a list takes. */
export interface ListOptions extends OutputOptions {
  readonly filter?: string;
  /** A filter of the API that must hold beside the search. */
  readonly only?: Row;
  readonly sort?: { readonly column: string; readonly descending: boolean };
  /** `Infinity`: all. */
  readonly limit: number;
  /** As it was at this moment. (Default: now) */
  readonly at?: string;
}

/** What every change takes. */
export interface ChangeOptions {
  readonly output: Format;
  readonly dryRun?: boolean;
  readonly reason?: string;
  readonly idempotencyKey?: string;
  readonly expectedRevision?: number;
  readonly yes?: boolean;
}

/** How many objects a list shows when nobody says how many. */
const limitDefault = 200;

export function withOutput(command: Command): Command {
  return command
    .addOption(new Option("-o, --output <format>", "how to print").choices([...formats]).default("table"))
    .addOption(
      new Option("--columns <names>", "columns of a table or CSV, separated by commas").argParser(words),
    )
    .option("--no-headers", "leave out the line of column names");
}

export function withList(command: Command): Command {
  return withOutput(command)
    .option("--filter <search>", "which ones, such as 'state:failed -label:lab'; see ironledger help filter")
    .addOption(
      new Option("--sort <column>", "order by a column; COLUMN:desc turns it around").argParser(sorting),
    )
    .addOption(
      new Option("--limit <count>", "how many at most, or all")
        .argParser(limit)
        .default(limitDefault, `${limitDefault}`),
    );
}

/** For what can be looked at as it was. */
export function withAt(command: Command): Command {
  return command.addOption(
    new Option("--at <moment>", "as it was: now-2h, a time (RFC 3339), or a position of the log"),
  );
}

export function withChange(command: Command): Command {
  return command
    .addOption(
      new Option("-o, --output <format>", "how to print").choices(["table", "json", "yaml"]).default("table"),
    )
    .option("--dry-run", "tell what would happen, and record nothing")
    .option("--reason <text>", "why; kept with the events")
    .option(
      "--idempotency-key <key>",
      "makes it safe to send again: the same key and input have the effect of one",
    )
    .addOption(
      new Option("--expected-revision <number>", "refuse unless its stream is at this revision").argParser(
        integer,
      ),
    );
}

/** For what cannot be undone: on a terminal it is asked, elsewhere `--yes` must say it. */
export function withYes(command: Command): Command {
  return command.option("--yes", "do not ask whether it is meant");
}

export function words(text: string): readonly string[] {
  const list = text.split(",").map((word) => word.trim());
  if (list.some((word) => word === "")) throw new InvalidArgumentError("Expected words separated by commas.");
  return list;
}

export function integer(text: string): number {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number.");
}

function limit(text: string): number {
  if (text === "all") return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a number from 1, or all.");
}

function sorting(text: string): ListOptions["sort"] {
  const [, column, direction] = /^([A-Za-z]+)(?::(asc|desc))?$/.exec(text) ?? [];
  if (column === undefined) throw new InvalidArgumentError("Expected a column, COLUMN:asc or COLUMN:desc.");
  return { column, descending: direction === "desc" };
}

/** `10m`, `90s`, `500ms`, in milliseconds. */
export function duration(text: string): number {
  const [, amount, unit = ""] = /^(\d{1,6})(ms|s|m|h|d)$/.exec(text) ?? [];
  const factor = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit];
  if (factor === undefined) throw new InvalidArgumentError("Expected a time such as 90s, 10m or 2h.");
  return Number(amount) * factor;
}

/** What `why` takes. */
export interface WhyOptions {
  readonly output: "table" | "json" | "yaml" | "ndjson" | "name";
  readonly type?: string;
  readonly field?: string;
  readonly at?: string;
  readonly all?: boolean;
}

export function withWhyOutput(command: Command): Command {
  return command.addOption(
    new Option("-o, --output <format>", "how to print; table is a tree")
      .choices(["table", "json", "yaml", "ndjson", "name"])
      .default("table"),
  );
}

import { type Command, InvalidArgumentError, Option } from "commander";
import type { Row } from "../api/api.ts";
import { words } from "../options.ts";
import type { Session } from "../session.ts";
import { type Column, firmColumns, shownCell } from "./column.ts";
import { jsonText } from "./serialise.ts";

/** How what is followed is shown. `auto`: lines for people on a terminal, JSON elsewhere. */
export interface FeedOutput {
  readonly output: "auto" | "table" | "wide" | "ndjson";
  readonly columns?: readonly string[];
  /** Exclusive. (Default: what happens from now on) */
  readonly after?: string;
}

export function withFeed(command: Command): Command {
  return command
    .addOption(
      new Option("-o, --output <format>", "how to print; auto: a table on a terminal, ndjson elsewhere")
        .choices(["auto", "table", "wide", "ndjson"])
        .default("auto"),
    )
    .addOption(new Option("--columns <names>", "columns of a table, separated by commas").argParser(words))
    .addOption(
      new Option("--after <position>", "everything behind this position of the log").argParser(position),
    );
}

function position(text: string): string {
  if (text !== "") return text;
  throw new InvalidArgumentError("Expected a position, as events and payloads have it.");
}

/** Says each item in a line. A column never gets narrower again. */
export function lineFormatter(
  { streams, palette }: Session,
  { columns, output }: { readonly columns: readonly Column[]; readonly output: FeedOutput["output"] },
): (item: Row) => Promise<string> {
  if (output === "ndjson" || (output === "auto" && !streams.outIsTerminal)) {
    return async (item) => `${jsonText(item)}\n`;
  }
  const widths: number[] = [];
  let heading = true;
  return async (item) => {
    const { textWidth: width } = await import("./width.ts");
    const { fittingWidths, tableLine, widen } = await import("./table.ts");
    const titles = columns.map(({ name }) => name.toUpperCase());
    const cells = columns.map((column) => shownCell(item, column));
    widen(widths, titles, { width });
    widen(widths, cells, { width });
    const lineWidth = output === "wide" ? undefined : streams.outColumns();
    const fitting = fittingWidths(widths, { lineWidth, firm: firmColumns(columns) });
    const options = { widths: fitting, width, lineWidth };
    const head = heading ? `${tableLine(titles, { ...options, colour: palette.heading })}\n` : "";
    heading = false;
    return `${head}${tableLine(cells, { ...options, colour: palette.cell })}\n`;
  };
}

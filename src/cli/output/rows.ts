import type { Row } from "../api/api.ts";
import { type Column, firmColumns, plainCell, shownCell } from "./column.ts";
import { inert } from "./inert.ts";
import type { Palette } from "./palette.ts";
import { jsonText, yamlText } from "./serialise.ts";

/** The formats of `-o`. */
export const formats = ["table", "wide", "json", "yaml", "ndjson", "csv", "name"] as const;
export type Format = (typeof formats)[number];

export interface RowsOptions {
  readonly format: Format;
  readonly columns: readonly Column[];
  readonly headers: boolean;
  readonly palette: Palette;
  /** How long a line of a table may be; `-o wide` is as long as it is. */
  readonly lineWidth: number | undefined;
  /** `machine/web-01`. */
  readonly nameOf: (row: Row) => string;
}

/** Text of many rows that come page by page. */
export interface RowsWriter {
  /** What can be told already. */
  page(rows: readonly Row[]): Promise<string>;
  /** What remains to be told. */
  end(): Promise<string>;
}

/** Writes rows in a format. What needs all rows, such as the width of a column, waits for the end. */
export function rowsWriter(options: RowsOptions): RowsWriter {
  switch (options.format) {
    case "table":
    case "wide":
      return collected((rows) => tableText(rows, options));
    case "json":
      return jsonWriter();
    case "yaml":
      return collected(yamlText);
    case "ndjson":
      return perRow((row) => jsonText(row));
    case "csv":
      return csvWriter(options);
    case "name":
      return perRow((row) => inert(options.nameOf(row)));
  }
}

/** One object: as in a list, but that a table stands on its side. */
export async function objectText(row: Row, options: RowsOptions): Promise<string> {
  switch (options.format) {
    case "table":
    case "wide":
      return sheetText(row, options);
    case "json":
      return `${jsonText(row, 2)}\n`;
    case "yaml":
      return yamlText(row);
    case "ndjson":
    case "csv":
    case "name": {
      const writer = rowsWriter(options);
      return (await writer.page([row])) + (await writer.end());
    }
  }
}

function collected(text: (rows: readonly Row[]) => Promise<string>): RowsWriter {
  const all: Row[] = [];
  return {
    async page(rows) {
      all.push(...rows);
      return "";
    },
    end: () => text(all),
  };
}

function perRow(line: (row: Row) => string): RowsWriter {
  return {
    page: async (rows) => rows.map((row) => `${line(row)}\n`).join(""),
    end: async () => "",
  };
}

function jsonWriter(): RowsWriter {
  let opening = "[";
  return {
    async page(rows) {
      return rows
        .map((row) => {
          const text = `${opening}\n${indented(jsonText(row, 2))}`;
          opening = ",";
          return text;
        })
        .join("");
    },
    end: async () => (opening === "[" ? "[]\n" : "\n]\n"),
  };
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}

function csvWriter({ columns, headers }: RowsOptions): RowsWriter {
  let heading = headers ? [columns.map(({ name }) => name)] : [];
  return {
    async page(rows) {
      const { csvText } = await import("./csv.ts");
      const lines = [
        ...heading,
        ...rows.map((row) => columns.map((column) => inert(plainCell(row, column)))),
      ];
      heading = [];
      return csvText(lines);
    },
    async end() {
      const { csvText } = await import("./csv.ts");
      return csvText(heading);
    },
  };
}

async function tableText(rows: readonly Row[], options: RowsOptions): Promise<string> {
  const { columns, headers, palette, format } = options;
  const lineWidth = format === "wide" ? undefined : options.lineWidth;
  const { textWidth } = await import("./width.ts");
  const { tableLines } = await import("./table.ts");
  const titles = columns.map(({ name }) => name.toUpperCase());
  const cells = rows.map((row) => columns.map((column) => shownCell(row, column)));
  const table = { width: textWidth, palette, lineWidth, firm: firmColumns(columns) };
  return tableLines(headers ? titles : undefined, cells, table)
    .map((line) => `${line}\n`)
    .join("");
}

async function sheetText(row: Row, { columns, palette }: RowsOptions): Promise<string> {
  const { textWidth } = await import("./width.ts");
  const { tableLines } = await import("./table.ts");
  const lines = columns.map((column) => [column.name, shownCell(row, column)]);
  return tableLines(undefined, lines, { width: textWidth, palette, lineWidth: undefined })
    .map((line) => `${line}\n`)
    .join("");
}

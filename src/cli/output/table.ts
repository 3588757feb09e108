import type { Palette } from "./palette.ts";

/** Room between two columns. */
const gap = "  ";

export interface TableOptions {
  /** How many columns of the terminal a text takes. */
  readonly width: (text: string) => number;
  readonly palette: Palette;
  /** How long a line may be. `undefined`: as long as it is. */
  readonly lineWidth: number | undefined;
}

/** Lines of a table whose columns are as wide as their widest cell. Cells must be inert. `headers` undefined: none. */
export function tableLines(
  headers: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
  options: TableOptions,
): readonly string[] {
  const { palette } = options;
  const widths: number[] = [];
  widen(widths, headers ?? [], options);
  for (const row of rows) widen(widths, row, options);
  const body = rows.map((cells) => tableLine(cells, { ...options, widths, colour: palette.cell }));
  if (headers === undefined) return body;
  return [tableLine(headers, { ...options, widths, colour: palette.heading }), ...body];
}

/** Makes columns as wide as the cells of one more row. */
export function widen(
  widths: number[],
  cells: readonly string[],
  { width }: Pick<TableOptions, "width">,
): void {
  for (const [index, cell] of cells.entries()) widths[index] = Math.max(widths[index] ?? 0, width(cell));
}

export interface LineOptions extends Omit<TableOptions, "palette"> {
  readonly widths: readonly number[];
  readonly colour: (text: string) => string;
}

/** One line. What does not fit is cut off, and the cut is shown. */
export function tableLine(
  cells: readonly string[],
  { widths, colour, width, lineWidth }: LineOptions,
): string {
  let left = lineWidth ?? Number.POSITIVE_INFINITY;
  let line = "";
  for (const [index, cell] of cells.entries()) {
    const space = index === 0 ? "" : gap;
    left -= space.length;
    if (left < 1) break;
    const shown = cut(cell, { left, width });
    const isLast = index === cells.length - 1;
    const padding = isLast ? 0 : Math.min((widths[index] ?? 0) - width(shown), left - width(shown));
    line += space + colour(shown) + " ".repeat(Math.max(padding, 0));
    left -= width(shown) + padding;
  }
  return line;
}

function cut(
  text: string,
  { left, width }: { readonly left: number; readonly width: LineOptions["width"] },
): string {
  if (width(text) <= left) return text;
  let kept = "";
  for (const character of text) {
    if (width(kept + character) > left - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

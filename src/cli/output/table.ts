import type { Palette } from "./palette.ts";

/** Room between two columns. */
const gap = "  ";

export interface TableOptions {
  /** How many columns of the terminal a text takes. */
  readonly width: (text: string) => number;
  readonly palette: Palette;
  /** How long a line may be. `undefined`: as long as it is. */
  readonly lineWidth: number | undefined;
  /** Columns that say nothing when they are cut, such as times, by their index. (Default: the first alone) */
  readonly firm?: ReadonlySet<number>;
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
  const fitting = fittingWidths(widths, options);
  const body = rows.map((cells) => tableLine(cells, { ...options, widths: fitting, colour: palette.cell }));
  if (headers === undefined) return body;
  return [tableLine(headers, { ...options, widths: fitting, colour: palette.heading }), ...body];
}

/** No column is made narrower than this. */
const narrowest = 10;

/** Widths with which a line fits, when it can: the widest column gives way first, and the first never does. */
export function fittingWidths(
  widths: readonly number[],
  { lineWidth, firm }: Pick<TableOptions, "lineWidth" | "firm">,
): readonly number[] {
  const fitting = [...widths];
  let over = fitting.reduce((sum, width) => sum + width + gap.length, -gap.length) - (lineWidth ?? Infinity);
  while (over > 0) {
    const [widest] = fitting
      .map((width, index) => ({ width, index }))
      .filter(({ width, index }) => index > 0 && !firm?.has(index) && width > narrowest)
      .sort((a, b) => b.width - a.width);
    if (!widest) break;
    fitting[widest.index] = widest.width - 1;
    over -= 1;
  }
  return fitting;
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
    const shown = cut(cell, { left: Math.min(left, widths[index] ?? left), width });
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

import type { Row } from "../api/api.ts";
import type { OutputOptions } from "../options.ts";
import type { Session } from "../session.ts";
import { type RowsOptions, rowsWriter } from "./rows.ts";

/** What rows need to know of the command line and of where they are printed. */
export function rowsFormat(
  { palette, streams }: Session,
  { output: format, headers }: Pick<OutputOptions, "output" | "headers">,
): Omit<RowsOptions, "columns" | "nameOf"> {
  return { format, headers, palette, lineWidth: streams.outColumns() };
}

/** Prints rows that are all there. */
export async function printRows(
  session: Session,
  rows: readonly Row[],
  {
    options,
    ...shape
  }: Pick<RowsOptions, "columns" | "nameOf"> & {
    readonly options: Pick<OutputOptions, "output" | "headers">;
  },
): Promise<void> {
  const writer = rowsWriter({ ...rowsFormat(session, options), ...shape });
  await session.streams.out((await writer.page(rows)) + (await writer.end()));
}

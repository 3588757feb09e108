import type { Row } from "../api/api.ts";
import type { OutputOptions } from "../options.ts";
import type { Session } from "../session.ts";
import type { Column } from "./column.ts";
import { rowsWriter } from "./rows.ts";

/** Prints rows that are all there. */
export async function printRows(
  session: Session,
  rows: readonly Row[],
  {
    options: { output: format, headers },
    columns,
    nameOf,
  }: {
    readonly options: OutputOptions;
    readonly columns: readonly Column[];
    readonly nameOf: (row: Row) => string;
  },
): Promise<void> {
  const lineWidth = session.streams.outColumns();
  const writer = rowsWriter({ format, columns, headers, palette: session.palette, lineWidth, nameOf });
  await session.streams.out((await writer.page(rows)) + (await writer.end()));
}

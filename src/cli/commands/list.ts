import type { Command } from "commander";
import { pages } from "../api/pages.ts";
import { chooseColumns, sortingColumn } from "../collections/choose-columns.ts";
import { type Collection, listDocument, nameSelection, selectionFor } from "../collections/collection.ts";
import { qualifiedName } from "../collections/name.ts";
import type { Host } from "../host.ts";
import { type ListOptions, withList } from "../options.ts";
import type { Column } from "../output/column.ts";
import { type Format, rowsWriter } from "../output/rows.ts";
import { onAction, type Session } from "../session.ts";

/** Adds `list` for a collection. */
export function addList(parent: Command, collection: Collection, host: Host): void {
  const command = withList(parent.command("list").alias("ls").description(`list ${parent.name()}`));
  onAction<ListOptions>(command, host, (session, { options }) => list(session, collection, options));
}

/** Prints a collection page by page. @throws Failure */
export async function list(session: Session, collection: Collection, options: ListOptions): Promise<void> {
  const { filter, sort, limit, output, headers } = options;
  const columns = chooseColumns(collection, { names: options.columns, wide: output === "wide" });
  const writer = rowsWriter({
    format: output,
    columns,
    headers,
    palette: session.palette,
    lineWidth: session.streams.outColumns(),
    nameOf: (row) => qualifiedName(collection, row),
  });
  const orderBy = sort && {
    field: sortingColumn(collection, sort.column).order,
    direction: sort.descending ? "DESC" : "ASC",
  };
  const query = {
    document: listDocument(
      collection,
      fieldsFor(collection, { columns, output, chosen: options.columns !== undefined }),
    ),
    field: collection.field,
    variables: { search: filter, ...(orderBy && { orderBy }) },
    limit,
    pageMax: collection.pageMax ?? 200,
  };
  let shown = 0;
  let cut = false;
  for await (const page of pages(await session.api(), query)) {
    await session.streams.out(await writer.page(page.rows));
    shown += page.rows.length;
    cut = page.more;
  }
  await session.streams.out(await writer.end());
  if (cut) session.note(`${shown} shown, and there are more: --limit all shows them`);
}

/** What a format needs: JSON and YAML show everything unless columns are chosen, the others what they print. */
function fieldsFor(
  collection: Collection,
  {
    columns,
    output,
    chosen,
  }: { readonly columns: readonly Column[]; readonly output: Format; readonly chosen: boolean },
): string {
  if (output === "name") return nameSelection(collection);
  const whole = ["json", "yaml", "ndjson"].includes(output) && !chosen;
  return whole ? collection.fields : selectionFor(columns);
}

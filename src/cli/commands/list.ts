import type { Command } from "commander";
import type { Row } from "../api/api.ts";
import { pages } from "../api/pages.ts";
import { machineKeys } from "../changes/machine-reference.ts";
import { chooseColumns, sortingColumn } from "../collections/choose-columns.ts";
import { type Collection, listDocument, nameSelection, selectionFor } from "../collections/collection.ts";
import { qualifiedName } from "../collections/name.ts";
import type { Host } from "../host.ts";
import { momentOf } from "../moment.ts";
import { type ListOptions, withAt, withList } from "../options.ts";
import type { Column } from "../output/column.ts";
import { rowsFormat } from "../output/print-rows.ts";
import { type Format, rowsWriter } from "../output/rows.ts";
import { onAction, type Session } from "../session.ts";

/** Adds `list` for a collection. */
export function addList(parent: Command, collection: Collection, host: Host): void {
  const command = listCommand(parent);
  onAction<ListOptions>(command, host, (session, { options }) => list(session, collection, options));
}

/** How what belongs to one machine is selected. */
type OfMachine = (machine: { readonly machineId: string; readonly macs: readonly string[] }) => Row;

/** Adds `list` for a collection of what machines have, which `--machine` narrows to one. */
export function addListOfMachine(
  parent: Command,
  { collection, ofMachine }: { readonly collection: Collection; readonly ofMachine: OfMachine },
  host: Host,
): void {
  const command = listCommand(parent).option(
    "--machine <machine>",
    "those of one machine: name, MAC, UUID or id",
  );
  onAction<ListOptions & { readonly machine?: string }>(command, host, async (session, { options }) => {
    const { machine } = options;
    const only = machine === undefined ? undefined : ofMachine(await machineKeys(session, machine));
    await list(session, collection, { ...options, ...(only && { only }) });
  });
}

function listCommand(parent: Command): Command {
  return withAt(withList(parent.command("list").alias("ls").description(`list ${parent.name()}`)));
}

/** Prints a collection page by page. @throws Failure */
export async function list(session: Session, collection: Collection, options: ListOptions): Promise<void> {
  const { filter: search, only, sort, limit, output } = options;
  // One moment for all pages.
  const at = options.at === undefined ? undefined : momentOf(options.at, session.clock());
  const columns = chooseColumns(collection, { names: options.columns, wide: output === "wide" });
  const writer = rowsWriter({
    ...rowsFormat(session, options),
    columns,
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
    variables: { search, filter: only, ...(orderBy && { orderBy }), ...(at && { at }) },
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
  if (shown === 0) session.note(`no ${collection.singular} ${search === undefined ? "is there" : "matches"}`);
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

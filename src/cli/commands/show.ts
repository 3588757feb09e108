import type { Command } from "commander";
import type { Row } from "../api/api.ts";
import { chooseColumns } from "../collections/choose-columns.ts";
import type { Collection } from "../collections/collection.ts";
import { bareName, qualifiedName } from "../collections/name.ts";
import { Failure } from "../failure.ts";
import type { Host } from "../host.ts";
import { type OutputOptions, withOutput } from "../options.ts";
import { rowsFormat } from "../output/print-rows.ts";
import { objectText } from "../output/rows.ts";
import { onAction, type Session } from "../session.ts";

/** How one object is found. */
export interface Lookup {
  /** What the argument is called in the help. */
  readonly argument: string;
  /** The query, and the path of the object in its answer. */
  readonly document: string;
  readonly path: string;
  readonly variables: (name: string) => Row;
}

/** Adds `show` for a collection. */
export function addShow(
  parent: Command,
  { collection, lookup }: { readonly collection: Collection; readonly lookup: Lookup },
  host: Host,
): Command {
  const command = withOutput(
    parent.command("show").description(`show one ${collection.singular}`).argument(`<${lookup.argument}>`),
  );
  onAction<OutputOptions>(command, host, async (session, { args: [name = ""], options }) => {
    await printObject(session, {
      collection,
      row: await find(session, { collection, lookup, name }),
      options,
    });
  });
  return command;
}

/** The object of this name. @throws Failure `notFound` */
async function find(
  session: Session,
  {
    collection,
    lookup,
    name,
  }: { readonly collection: Collection; readonly lookup: Lookup; readonly name: string },
): Promise<Row> {
  const bare = bareName(collection, name);
  const data = await (await session.api()).ask(lookup.document, lookup.variables(bare));
  const row = objectAt(data, lookup.path);
  if (row) return row;
  throw new Failure("notFound", `there is no ${collection.singular} ${bare}`, { code: "NOT_FOUND" });
}

export async function printObject(
  session: Session,
  {
    collection,
    row,
    options,
  }: { readonly collection: Collection; readonly row: Row; readonly options: OutputOptions },
): Promise<void> {
  const columns = chooseColumns(collection, { names: options.columns, wide: options.output !== "csv" });
  const nameOf = (object: Row) => qualifiedName(collection, object);
  await session.streams.out(await objectText(row, { ...rowsFormat(session, options), columns, nameOf }));
}

/** The object at a path of an answer, where `nodes.0` is the first of a page; `undefined` when there is none. */
function objectAt(data: Row, path: string): Row | undefined {
  const value = path
    .split(".")
    .reduce<unknown>((inner, key) => (inner as Row | null | undefined)?.[key], data);
  return typeof value === "object" && value !== null ? (value as Row) : undefined;
}

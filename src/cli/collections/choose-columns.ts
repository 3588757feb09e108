import { usageError } from "../failure.ts";
import type { Column } from "../output/column.ts";
import { suggestion } from "../suggest.ts";
import type { Collection } from "./collection.ts";

const labelKey = /^[a-z0-9][a-z0-9._/-]{0,62}$/;

/** The columns that are asked for; else those of a table, or all of them (`wide`). @throws Failure */
export function chooseColumns(
  collection: Collection,
  { names, wide }: { readonly names: readonly string[] | undefined; readonly wide: boolean },
): readonly Column[] {
  const { columns } = collection;
  if (names === undefined) return wide ? columns : columns.filter((column) => !column.wide);
  return names.map((name) => labelColumn(collection, name) ?? columnNamed(collection, name, columns));
}

/** The column that sorts. @throws Failure when none of this name does */
export function sortingColumn(collection: Collection, name: string): Column {
  return columnNamed(
    collection,
    name,
    collection.columns.filter(({ order }) => order !== undefined),
  );
}

function columnNamed({ field }: Collection, name: string, columns: readonly Column[]): Column {
  const sought = name.toLowerCase();
  // `seenAt`, as the API and a search have it, is the column `seen`.
  const column =
    columns.find((candidate) => candidate.name.toLowerCase() === sought) ??
    columns.find((candidate) => candidate.path.toLowerCase() === sought);
  if (column) return column;
  const known = columns.map((candidate) => candidate.name);
  throw usageError(`${field} have no such column: ${name}`, suggestion(name, known));
}

/** `label:rack`: a column of one label. */
function labelColumn({ labelled }: Collection, name: string): Column | undefined {
  const key = name.startsWith("label:") ? name.slice("label:".length) : undefined;
  if (!labelled || key === undefined) return undefined;
  if (!labelKey.test(key)) throw usageError(`${key} is no key of a label`);
  // An alias is a name of GraphQL: what a key may have beside letters and digits is written as its number.
  const alias = `label_${key.replace(/[^a-z0-9]/g, (character) => `_${character.charCodeAt(0)}`)}`;
  return { name, path: alias, selection: `${alias}: label(key: ${JSON.stringify(key)})` };
}

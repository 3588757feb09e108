import type { Column } from "../output/column.ts";
import { selectionOf } from "../output/column.ts";

/** Things that the API lists: what there is to see of each. */
export interface Collection {
  /** The field of `Query`. */
  readonly field: string;
  /** One of them, in words and before the slash of `-o name`: `machine`. */
  readonly singular: string;
  /** Paths of what it is called, the first that says something counts. */
  readonly names: readonly string[];
  /** Whose name is free for others: such an object is called by the last of `names`. (Default: nobody's) */
  readonly nameless?: { readonly path: string; readonly value: string };
  /** What `-o json` shows: everything that is of one object's size. */
  readonly fields: string;
  readonly columns: readonly Column[];
  /** The type of its objects, `Machine`: its order is `MachineOrder`, its facet `MachineFacet`. */
  readonly type: string;
  /** What can be counted by. (Default: nothing) */
  readonly facets?: readonly string[];
  /** Whether it takes `search`. (Default: true) */
  readonly searchable?: boolean;
  /** Whether `--columns label:KEY` shows a label. (Default: false) */
  readonly labelled?: boolean;
  /** Most objects of one page. (Default: 200) */
  readonly pageMax?: number;
}

/** The query for one page. */
export function listDocument(collection: Collection, fields: string): string {
  const { field, type, searchable = true } = collection;
  const ordered = collection.columns.some(({ order }) => order !== undefined);
  const variables = [
    "$first: Int",
    "$after: String",
    "$last: Int",
    "$before: String",
    "$at: Moment",
    ...(searchable ? ["$search: String", `$filter: ${type}Filter`] : []),
    ...(ordered ? [`$orderBy: ${type}Order`] : []),
  ];
  const names = variables.map((variable) => variable.slice(1, variable.indexOf(":")));
  const given = names.map((name) => `${name}: $${name}`).join(", ");
  const page = "pageInfo { hasNextPage endCursor hasPreviousPage startCursor }";
  return `query (${variables.join(", ")}) { ${field}(${given}) { nodes { ${fields} } ${page} } }`;
}

/** What to select so that these columns can be shown. */
export function selectionFor(columns: readonly Column[]): string {
  return [...new Set(columns.map(selectionOf))].join(" ");
}

/** What to select so that the object's name can be told. */
export function nameSelection({ names, nameless }: Collection): string {
  const paths = nameless ? [...names, nameless.path] : names;
  return selectionFor(paths.map((path) => ({ name: path, path })));
}

/** The query of how many there are, and how they spread over facets. */
export function countDocument({ field, type, facets = [], searchable = true }: Collection): string {
  const variables = [
    ...(searchable ? ["$search: String"] : []),
    "$exact: Boolean!",
    ...(facets.length > 0 ? [`$by: [${type}Facet!]!`] : []),
  ];
  const given = searchable ? "first: 1, search: $search" : "first: 1";
  const by = facets.length > 0 ? " facets(by: $by) { name values { value count } others }" : "";
  return `query (${variables.join(", ")}) { ${field}(${given}) { totalCount(exact: $exact) totalCountEstimated${by} } }`;
}

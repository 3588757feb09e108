import type { Facet } from "../__generated__/resolvers.ts";
import type { Connection } from "./connection.ts";
import { columnNamed, spelled } from "./naming.ts";

interface FacetArguments {
  readonly by: readonly string[];
  readonly labels?: readonly string[];
}

/** What every connection of a collection shows besides its page. */
export const connectionFields = {
  totalCount: (connection: Connection<unknown>, { exact }: { readonly exact: boolean }): number =>
    connection.count(exact ? "exact" : "estimate").count,
  totalCountEstimated: (connection: Connection<unknown>): boolean => connection.count("estimate").estimated,
  facets: (connection: Connection<unknown>, { by, labels = [] }: FacetArguments): readonly Facet[] => [
    ...by.map((name) => facet(connection, name, { column: columnNamed(name) })),
    ...labels.map((label) => facet(connection, `label:${label}`, { label })),
  ],
};

function facet(
  { facet: read, naming }: Connection<unknown>,
  name: string,
  subject: { readonly column: string } | { readonly label: string },
): Facet {
  const { values, others } = read(subject);
  const text = (value: string | number | boolean) =>
    "column" in subject ? spelled(naming, subject.column, value) : String(value);
  return {
    name,
    values: values.map(({ value, count }) => ({ value: value === null ? null : text(value), count })),
    others,
  };
}

import type { FacetCounts } from "../../../projections/query/collection.ts";
import type { Scalar, Subject } from "../../../projections/query/condition.ts";
import type { Facet } from "../__generated__/resolvers.ts";
import type { Connection } from "./connection.ts";
import { columnNamed, type Naming, spelled } from "./naming.ts";

interface FacetArguments {
  readonly by: readonly string[];
  readonly labels?: readonly string[];
}

/** What every connection of a collection shows besides its page. */
export const connectionFields = {
  async totalCount(connection: Connection<unknown>, { exact }: { readonly exact: boolean }): Promise<number> {
    return (await connection.count(exact ? "exact" : "estimate")).count;
  },
  async totalCountEstimated(connection: Connection<unknown>): Promise<boolean> {
    return (await connection.count("estimate")).estimated;
  },
  async facets(
    connection: Connection<unknown>,
    { by, labels = [] }: FacetArguments,
  ): Promise<readonly Facet[]> {
    const asked = [
      ...by.map((name) => ({ name, subject: { column: columnNamed(name) } })),
      ...labels.map((label) => ({ name: `label:${label}`, subject: { label } })),
    ];
    const counted = await connection.facets(asked.map(({ subject }) => subject));
    return asked.flatMap(({ name, subject }, index) => {
      const counts = counted[index];
      return counts ? [facet(connection.naming, { name, subject, counts })] : [];
    });
  },
};

interface CountedFacet {
  readonly name: string;
  readonly subject: Subject;
  readonly counts: FacetCounts;
}

function facet(naming: Naming, { name, subject, counts: { values, others } }: CountedFacet): Facet {
  const text = (value: Scalar) =>
    "column" in subject ? spelled(naming, subject.column, value) : String(value);
  return {
    name,
    values: values.map(({ value, count }) => ({ value: value === null ? null : text(value), count })),
    others,
  };
}

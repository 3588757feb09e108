import type { SqlValue } from "../table.ts";
import { allRows } from "../tally.ts";
import { atMostSql } from "./compile.ts";
import type { Normal, NormalGroup, NormalTerm } from "./normal-form.ts";
import { type CollectionSource, columnOfTerm, isTallied, stored } from "./source.ts";
import { sql, value } from "./sql.ts";
import type { Statements } from "./statements.ts";

/** How many rows there are, known without looking at them, for the length of one query. */
export interface Sizes {
  total(): number;
  /** Rows for which a term holds, where the view counts them. */
  counted(part: NormalTerm): number | undefined;
  /** Rows for which a part holds, by counters or an index; `undefined` when neither tells, or they are many. */
  of(part: NormalTerm | NormalGroup): number | undefined;
  /** The share of all rows for which a condition holds, 0 to 1, guessed where it is not known. */
  share(normal: Normal): number;
}

/** Entries of an index that are counted one by one to learn how many there are: a millisecond. */
const probeMax = 10_000;

/** What an unknown part leaves of the rows. */
const unknownShare = 0.3;

/** Counts that a view keeps, by column and value. */
interface Counters {
  total(): number;
  of(part: NormalTerm): number | undefined;
}

function countersOf(source: CollectionSource, statements: Statements): Counters {
  const { collection, labels } = source.tally;
  let all: number | undefined;

  function countOf(column: string, of: SqlValue): number {
    const counted = sql`SELECT rows FROM tally WHERE "collection" = ${value(collection)}`;
    const found = statements.get(
      sql`${counted} AND "column" = ${value(column)} AND "value" = ${value(JSON.stringify(of))}`,
    );
    return Number(found?.["rows"] ?? 0);
  }

  const sum = (column: string, values: readonly SqlValue[]) =>
    values.reduce<number>((total, of) => total + countOf(column, of), 0);

  function total(): number {
    all ??= countOf(allRows, null);
    return all;
  }

  function labelled(term: Extract<NormalTerm["term"], { label: string }>): number | undefined {
    if (!labels) return undefined;
    if ("exists" in term) return countOf("label", term.label);
    return "in" in term ? sum(`label:${term.label}`, term.in.map(String)) : undefined;
  }

  function valued(term: Extract<NormalTerm["term"], { column: string }>): number | undefined {
    const column = columnOfTerm(source, term);
    if (!isTallied(source, column)) return undefined;
    if ("exists" in term) return total() - countOf(column.field, null);
    return "in" in term
      ? sum(
          column.field,
          term.in.map((each) => stored(column, each)),
        )
      : undefined;
  }

  return {
    total,
    of({ term, negated }) {
      const number = "label" in term ? labelled(term) : valued(term);
      return number !== undefined && negated ? total() - number : number;
    },
  };
}

export function sizesOf(source: CollectionSource, statements: Statements): Sizes {
  const { total, of: counted } = countersOf(source, statements);
  const known = new Map<NormalTerm, number | undefined>();
  function ofTerm(part: NormalTerm): number | undefined {
    if (!known.has(part)) known.set(part, sizeOf(part));
    return known.get(part);
  }

  function sizeOf(part: NormalTerm): number | undefined {
    const number = counted(part);
    if (number !== undefined) return number;
    const rows = atMostSql(part, source);
    if (!rows) return undefined;
    const probe = sql`SELECT count(*) AS rows FROM (${rows} LIMIT ${value(probeMax)})`;
    const found = Number(statements.get(probe)?.["rows"]);
    return found < probeMax ? found : undefined;
  }

  function of(part: NormalTerm | NormalGroup): number | undefined {
    if ("term" in part) return ofTerm(part);
    const parts = part.of.map(of);
    if (part.group === "all") {
      const sizes = parts.filter((size) => size !== undefined);
      return sizes.length === 0 ? undefined : Math.min(...sizes);
    }
    return parts.every((size) => size !== undefined) ? parts.reduce((sum, size) => sum + size, 0) : undefined;
  }

  function share(normal: Normal): number {
    if (typeof normal === "boolean") return Number(normal);
    if ("group" in normal) {
      const shares = normal.of.map(share);
      if (normal.group === "all") return shares.reduce((product, each) => product * each, 1);
      return 1 - shares.reduce((product, each) => product * (1 - each), 1);
    }
    const size = ofTerm(normal);
    return size === undefined ? unknownShare : Math.min(1, size / Math.max(1, total()));
  }

  return { total, counted, of, share };
}

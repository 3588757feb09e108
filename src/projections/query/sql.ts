import { quoted, type SqlValue } from "../table.ts";

/** A piece of SQL with the values of its parameters. Its text is ours alone: what comes from outside is a value. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/** Joins pieces by a template: sql`${name("a")} = ${value(1)}`. */
export function sql(strings: TemplateStringsArray, ...parts: readonly Sql[]): Sql {
  return {
    text: strings.reduce((text, string, index) => text + (parts[index - 1]?.text ?? "") + string),
    values: parts.flatMap(({ values }) => values),
  };
}

/** A parameter. */
export function value(of: SqlValue): Sql {
  return { text: "?", values: [of] };
}

/** A table or column of ours, quoted. */
export function name(of: string): Sql {
  return { text: quoted(of), values: [] };
}

/** The same piece between all others: `joined(terms, " AND ")`. */
export function joined(parts: readonly Sql[], separator: " AND " | " OR " | ", " | " UNION "): Sql {
  return {
    text: parts.map(({ text }) => text).join(separator),
    values: parts.flatMap(({ values }) => values),
  };
}

/** No SQL at all. */
export const nothing: Sql = { text: "", values: [] };

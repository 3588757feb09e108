import { stringify } from "csv-stringify/sync";

/**
 * Rows as CSV (RFC 4180). A cell that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, tab) gets an
 * apostrophe in front (OWASP, CSV injection).
 */
export function csvText(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true },
  );
}

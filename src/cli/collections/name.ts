import type { Row } from "../api/api.ts";
import { cellText, valueAt } from "../output/cell.ts";
import type { Collection } from "./collection.ts";

/** `machine/web-01`: what `-o name` prints, and every command takes. */
export function qualifiedName({ singular, names, nameless }: Collection, row: Row): string {
  const hasName = nameless === undefined || valueAt(row, nameless.path) !== nameless.value;
  const name = (hasName ? names : names.slice(-1))
    .map((path) => cellText(valueAt(row, path)))
    .find((text) => text !== "");
  return `${singular}/${name ?? "?"}`;
}

/** The name in `machine/web-01` or `web-01`. */
export function bareName({ singular }: Pick<Collection, "singular">, text: string): string {
  return text.startsWith(`${singular}/`) ? text.slice(singular.length + 1) : text;
}

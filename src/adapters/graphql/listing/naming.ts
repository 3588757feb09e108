import type { Scalar } from "../../../projections/query/condition.ts";
import { type NodeType, nodeName } from "../node-id.ts";
import { wordOf } from "../resolvers/names.ts";

/** How the schema spells what the columns of a collection hold. What is not listed is spelt the same. */
export interface Naming {
  /** By column: the schema's name of each of its words. */
  readonly names?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By column: the type of the object that its ids belong to. */
  readonly nodes?: Readonly<Record<string, NodeType>>;
}

/** The column's word for a name of the schema: `x64-uefi` for `X64_UEFI`. */
export function wordIn({ names = {} }: Naming, column: string, name: string): string {
  const spelt = names[column];
  return spelt ? wordOf(spelt, name) : name;
}

/** The name inside an id; a bare name is understood too. */
export function nameIn({ nodes = {} }: Naming, column: string, id: string): string {
  const type = nodes[column];
  return type ? nodeName(type, id) : id;
}

/** A value as a condition of the schema takes it, as text. */
export function spelled({ names = {} }: Naming, column: string, value: Scalar): string {
  return names[column]?.[String(value)] ?? String(value);
}

/** The column that an enum of the schema, such as an order or a facet, names: `memoryBytes` for `MEMORY_BYTES`. */
export function columnNamed(name: string): string {
  return name.toLowerCase().replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

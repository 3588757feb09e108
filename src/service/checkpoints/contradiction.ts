import { emptyRoot } from "../../proof/merkle.ts";
import { rootAt, type TreeSource } from "../../proof/tree-source.ts";
import type { TreeHead } from "../../proof/verify-proof.ts";

/** A tree that somebody may hold as evidence. */
export interface Known extends TreeHead {
  /** Where it is known from, in words. */
  readonly from: string;
}

/**
 * How the log contradicts what was signed of it, in words; `undefined`: it continues all of that.
 *
 * @param size how many events the log has
 */
export async function contradictionIn(
  source: TreeSource,
  size: number,
  known: readonly Known[],
): Promise<string | undefined> {
  for (const { from, ...signed } of known) {
    if (signed.size > size) {
      return `${from} covers ${signed.size} events, and the log has ${size}: the newest are lost`;
    }
    const root = signed.size === 0 ? emptyRoot : await rootAt(source, signed.size);
    if (root !== signed.root)
      return `the first ${signed.size} events are not those that ${from} was signed over`;
  }
  return undefined;
}

import type { EventReader, Position } from "../../domain/ports/event-store.ts";
import { keptLevel } from "../../projections/views/log-tree.ts";
import type { LogTreeReader } from "../../projections/views/log-tree-reader.ts";
import type { TreeSource } from "../../proof/tree-source.ts";

/** Leaves of the smallest block that is kept. What is smaller is made of the events between two such blocks. */
const stretchEvents = 2 ** keptLevel;

/**
 * The log's tree for one proof. A proof looks at a few stretches of the log and at each of them several times, so each
 * is read once.
 */
export function treeSource(
  tree: Pick<LogTreeReader, "block">,
  log: Pick<EventReader, "readAll">,
): TreeSource {
  const stretches = new Map<number, Promise<readonly string[]>>();

  function stretch(index: number): Promise<readonly string[]> {
    const known = stretches.get(index) ?? read(index);
    stretches.set(index, known);
    return known;
  }

  async function read(index: number): Promise<readonly string[]> {
    const before = index === 0 ? undefined : tree.block({ level: keptLevel, index: index - 1 });
    if (index > 0 && !before)
      throw new Error(`the tree has no block ${index - 1} of ${stretchEvents} events`);
    return hashesBehind(log, before?.position);
  }

  return {
    block: (block) => tree.block(block)?.hash,
    async leaves(from, to) {
      const first = Math.floor(from / stretchEvents);
      const last = Math.floor((to - 1) / stretchEvents);
      const found: string[] = [];
      for (let index = first; index <= last; index++) found.push(...(await stretch(index)));
      return found.slice(from - first * stretchEvents, to - first * stretchEvents);
    },
  };
}

/** Hashes of the next events behind a position, at most those of one stretch. */
async function hashesBehind(
  log: Pick<EventReader, "readAll">,
  position: Position | undefined,
): Promise<readonly string[]> {
  const hashes: string[] = [];
  for (let after = position; hashes.length < stretchEvents; ) {
    const page = await log.readAll({ after, limit: stretchEvents - hashes.length });
    hashes.push(...page.events.map(({ hash }) => hash));
    if (page.caughtUp) break;
    after = page.position;
  }
  return hashes;
}

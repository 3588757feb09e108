import { nextIncarnation } from "../../adapters/event-store/sqlite/fence.ts";
import { createPageCheck, type PageCheck } from "./check-pages.ts";
import type { MigrationSource, MigrationTarget, MovedPages } from "./moved-log.ts";

export interface Migration {
  readonly source: MigrationSource;
  readonly target: MigrationTarget;
  /** That many random hex digits. */
  readonly randomHex: (digits: number) => string;
  /** Told after each page. */
  readonly onProgress: (progress: MigrationProgress) => void;
}

export interface MigrationProgress {
  readonly step: "looking" | "writing" | "verifying";
  /** Events so far. */
  readonly events: number;
  /** Of how many, where that is known. */
  readonly total: number | undefined;
}

export interface Migrated {
  readonly events: number;
  /** Of the RFC 6962 tree over all events, the same in both logs. */
  readonly root: string;
}

/**
 * Moves a log to another store: every event with its id, its place in its stream and in the log, its time and its hash.
 * What was written is read again and compared with what was read, by the root of the tree over all hashes, before it
 * becomes a log. An attempt that was cut short is taken up where it ended, where the target keeps what it has.
 *
 * Positions are another store's, so the log is in another incarnation, and whoever starts on it is fenced: only a
 * person knows that nobody goes on with the old one. No service starts on that any more.
 *
 * @throws Error when an event of the source is not what its hash says, or the target holds something else
 */
export async function migrateLog(migration: Migration): Promise<Migrated> {
  const { source, target, randomHex } = migration;
  const before = await checked(target.pages(), createPageCheck(target.place), tell(migration, "looking"));
  const read = await copy(migration, before);
  const written = await checked(target.pages(), createPageCheck(target.place), tell(migration, "verifying"));
  if (written.size() !== read.size() || written.root() !== read.root()) {
    throw new Error(
      `${target.place} has ${written.size()} events with the root ${written.root()}, ` +
        `${source.place} has ${read.size()} with ${read.root()}: empty it, and begin again`,
    );
  }
  const { identity } = source;
  // Before the other one can be started on: at no moment are there two that go on.
  await source.leave(target.place);
  const incarnation = nextIncarnation({ identity, witness: undefined }, randomHex(8));
  await target.finish(
    { logId: identity.logId, incarnation },
    {
      evidence: "migration",
      previousIncarnation: identity.incarnation,
      message: `moved here from ${source.place}, with ${read.size()} events`,
    },
  );
  return { events: read.size(), root: read.root() };
}

type Tell = (events: number) => void;

function tell({ onProgress, source: { size } }: Migration, step: MigrationProgress["step"]): Tell {
  return (events) => onProgress({ step, events, total: size });
}

async function checked(pages: MovedPages, check: PageCheck, onPage: Tell): Promise<PageCheck> {
  for await (const page of pages) {
    for (const event of page) check.add(event);
    onPage(check.size());
  }
  return check;
}

/** Writes what the target has not yet. Returns what the source is. */
async function copy(migration: Migration, before: PageCheck): Promise<PageCheck> {
  const { source, target } = migration;
  const onPage = tell(migration, "writing");
  const check = createPageCheck(source.place);
  const had = before.size();
  for await (const page of source.pages()) {
    const first = check.size();
    for (const event of page) {
      check.add(event);
      if (check.size() === had) refuseOther(migration, check.root() === before.root());
    }
    const missing = page.slice(Math.max(0, had - first));
    if (missing.length > 0) await target.write(missing);
    onPage(check.size());
  }
  refuseOther(migration, check.size() >= had);
  return check;
}

/** Nothing is written behind events of another log. */
function refuseOther({ source, target }: Migration, isSame: boolean): void {
  if (isSame) return;
  throw new Error(`${target.place} holds events that are not those of ${source.place}: name an empty one`);
}

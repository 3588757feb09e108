import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { copyTable, type TableCopy } from "./copy-table.ts";
import { type KeptView, keptViews } from "./kept-views.ts";

/** Makes the file of a copy. Resolves to how many rows it has. */
export type CopyTable = (copy: TableCopy<KeptView>) => Promise<number>;

export interface CopierOptions {
  /** Where copies are made. Whatever is there is deleted: a crash left it behind. */
  readonly directory: string;
  /** Copies a table. (Default: in the thread that asks) */
  readonly copy?: CopyTable;
  /** Tables that are copied or wait for it at most. (Default: `pastCopiesMax`) */
  readonly copiesMax?: number;
}

/** What is to be copied. */
interface Wanted extends Omit<TableCopy<KeptView>, "from" | "to"> {
  /** The file that the view's rows are in when its turn has come. */
  readonly from: () => string;
}

/** Copies tables, one after the other. */
interface Copier {
  /**
   * `use`: is given the file, which is deleted afterwards, and how many rows it has.
   *
   * @throws TooManyPastsError
   */
  copy(wanted: Wanted, use: (file: string, rows: number) => void): Promise<void>;
  /** Tables that are being copied, or wait for it. */
  underWay(): number;
  close(): Promise<void>;
}

/** As much of the past is looked at as may be. Worth trying again in some seconds. */
export class TooManyPastsError extends Error {
  override readonly name = "TooManyPastsError";
}

/** Tables that are copied or wait for it at most: in a fleet of 100,000 machines the last waits for a dozen seconds. */
const pastCopiesMax = 20;

/** Each copy keeps a processor and the disk busy. */
export function createCopier({
  directory,
  copy = copyHere,
  copiesMax = pastCopiesMax,
}: CopierOptions): Copier {
  let last: Promise<unknown> = Promise.resolve();
  let copies = 0;
  let files = 0;
  rmSync(directory, { recursive: true, force: true });

  async function copied(
    { from, ...wanted }: Wanted,
    use: (file: string, rows: number) => void,
  ): Promise<void> {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const to = join(directory, `${files++}.db`);
    try {
      use(to, await copy({ ...wanted, from: from(), to }));
    } finally {
      // Whoever has it open goes on reading it, and it is gone with the process.
      rmSync(to, { force: true });
    }
  }

  return {
    underWay: () => copies,
    copy(wanted, use) {
      if (copies >= copiesMax) {
        throw new TooManyPastsError("too many moments of the past are asked for at once: try again soon");
      }
      copies++;
      const made = last.then(() => copied(wanted, use)).finally(() => copies--);
      last = made.catch(() => undefined);
      return made;
    },
    async close() {
      await last;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function copyHere(copy: TableCopy<KeptView>): Promise<number> {
  return copyTable(keptViews[copy.view], copy);
}

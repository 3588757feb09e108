import { spawnSync } from "node:child_process";
import { mkdirSync, statfsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { startChild } from "../../e2e/support/child.ts";
import { patiently } from "./patiently.ts";

/** A file system of a few megabytes in memory, which only the programs that are started under it see. */
export interface SmallDisk {
  /** What a program is started under. */
  readonly under: readonly string[];
  /** Where the files are for everybody else, before their names. */
  readonly seenAt: string;
  /** Leaves so many octets free. */
  fill(freeBytes: number): Promise<void>;
  /** Gives back what `fill` took. */
  empty(): Promise<void>;
  /** Ends it, with all that is in it. */
  unmount(): Promise<void>;
}

/** @throws Error where this user may not mount */
export async function mountSmallDisk({
  at,
  bytes,
  logFile,
}: {
  /** A directory, which is made. */
  readonly at: string;
  readonly bytes: number;
  /** What the programs print that hold it. */
  readonly logFile: string;
}): Promise<SmallDisk> {
  mkdirSync(at, { recursive: true });
  const isRoot = process.getuid?.() === 0;
  const apart = ["unshare", "--mount", ...(isRoot ? [] : ["--map-root-user"])];
  const mount = `mount -t tmpfs -o size=${bytes},mode=700 none "$0" && exec sleep infinity`;
  const holder = await startChild([...apart, "sh", "-c", mount, at], { logFile });
  const seenAt = `/proc/${holder.pid}/root`;
  const ballast = join(seenAt, at, "ballast");
  await patiently(() => {
    if (holder.hasEnded()) throw new Error(`nothing can be mounted here: see ${logFile}`);
    const { blocks, bsize } = statfsSync(join(seenAt, at));
    return blocks * bsize === bytes || undefined;
  });
  const user = isRoot ? [] : ["--user", "--preserve-credentials"];

  return {
    under: ["nsenter", "--target", String(holder.pid), "--mount", ...user, "--"],
    seenAt,
    async fill(freeBytes) {
      // Somebody may take some of it between the question and the answer.
      await patiently(() => {
        const { bavail, bsize } = statfsSync(join(seenAt, at));
        const length = Math.max(1, bavail * bsize - freeBytes);
        const { status } = spawnSync("fallocate", ["--length", String(length), ballast]);
        return status === 0 || undefined;
      });
    },
    empty: () => rm(ballast, { force: true }),
    unmount: () => holder.kill(),
  };
}

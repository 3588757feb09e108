import { readdir, readFile } from "node:fs/promises";
import type { SignedSize } from "../../adapters/event-store/sqlite/fence.ts";
import type { Config } from "../../config.ts";
import { unlessMissing } from "../unless-missing.ts";
import { checkpointPlaces } from "./checkpoint-places.ts";
import { noteFiles } from "./note-files.ts";
import { signingKey } from "./signing-key.ts";

const namePattern = /^(([0-9a-f]{16})\.([0-9a-f]{12}))\.[0-9a-f]{16}\.checkpoint$/;

/**
 * How many events each life of a log had when this service signed it last, as the files of its checkpoints tell. They
 * may be elsewhere, where a rollback of the log does not reach. What nobody signed tells nothing.
 *
 * @throws Error when the files or the key are there and cannot be read
 */
export async function publishedSizes(
  config: Pick<Config, "checkpoints" | "dataDirectory">,
): Promise<readonly SignedSize[]> {
  const { directory, keyFile } = checkpointPlaces(config);
  const seed = await unlessMissing(readFile(keyFile));
  const names = (seed && (await unlessMissing(readdir(directory)))) ?? [];
  const lives = new Map(
    names.flatMap((name) => {
      const [, life = "", logId = "", incarnation = ""] = namePattern.exec(name) ?? [];
      return life === "" ? [] : [[life, { logId, incarnation }] as const];
    }),
  );
  const sizes: SignedSize[] = [];
  for (const [life, identity] of lives) {
    if (!seed) break;
    const key = signingKey(seed, config.checkpoints.origin, life);
    const newest = await noteFiles({ directory, life, key }).newest();
    if (newest) sizes.push({ ...identity, size: newest.size });
  }
  return sizes;
}

import { randomBytes } from "node:crypto";
import { link, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes a file that the service's own user alone can read, in the place of one that may be there. Resolves when
 * name and content are on disk; a crash before leaves the file as it was.
 */
export async function writeSecretFile(file: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${file}.new`;
  // What an earlier attempt left may be open to others, or be a link that somebody else has put there.
  await rm(unfinished, { force: true });
  const handle = await open(unfinished, "wx", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
  await syncFolder(dirname(file));
}

/**
 * Writes a file unless one of its name is there: that one stays as it is. Resolves when name and content are on disk.
 * Several processes may do so at once: one of their files is there then, whole.
 *
 * @param mode who may read it. (Default: anybody)
 */
export async function writeNewFile(file: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  const unfinished = `${file}.${randomBytes(8).toString("hex")}.new`;
  const handle = await open(unfinished, "wx", mode);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    // Unlike a rename this never takes the place of a file.
    await link(unfinished, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
  await syncFolder(dirname(file));
}

/** A new name is on disk only when its folder is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Writes a file that the service's own user alone can read, in the place of one that may be there. Resolves when
 * name and content are on disk; a crash before leaves the file as it was.
 */
export async function writeSecretFile(file: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${file}.new`;
  const handle = await open(unfinished, "w", 0o600);
  try {
    // What an earlier attempt left may be readable by others.
    await handle.chmod(0o600);
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
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

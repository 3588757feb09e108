import { realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";

/** Plain names with single slashes between them: nothing hidden, no `..`, no backslash, no control character. */
const plainPath = /^[A-Za-z0-9_][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/;
const pathCharactersMax = 255;

/**
 * The real path of a regular file inside a folder; `undefined` when there is none.
 *
 * Names from outside are first held to plain characters, then the file is looked up with every symbolic link
 * followed, and it must still lie in the folder. Never throws on a strange name.
 */
export async function containedFile(folder: string, path: string): Promise<string | undefined> {
  if (path.length > pathCharactersMax || !plainPath.test(path)) return undefined;
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, path));
    if (!file.startsWith(root + sep)) return undefined;
    return (await stat(file)).isFile() ? file : undefined;
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

/** Nothing of that name can be reached; other errors are the disk's. */
function isAbsence(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return (
    code === "ENOENT" ||
    code === "ENOTDIR" ||
    code === "ELOOP" ||
    code === "EACCES" ||
    code === "ENAMETOOLONG"
  );
}

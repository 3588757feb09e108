import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** An empty folder for a test. `remove` takes it away with all that is in it. */
export function scratchFolder() {
  const path = mkdtempSync(join(tmpdir(), "ironledger-"));
  return {
    path,
    /** Writes a file, making the folders above it. */
    write(name: string, contents: string | Uint8Array): string {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, contents);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/**
 * One entry of an archive. `path` is absolute without the leading slash, `mode` the permission bits.
 * Owner, times and devices of the machine that builds have no place here, so they cannot leak into the bytes.
 */
export type CpioEntry =
  | { readonly type: "directory"; readonly path: string; readonly mode: number }
  | { readonly type: "file"; readonly path: string; readonly mode: number; readonly content: Uint8Array }
  | { readonly type: "symlink"; readonly path: string; readonly target: string }
  | {
      readonly type: "character-device";
      readonly path: string;
      readonly mode: number;
      readonly major: number;
      readonly minor: number;
    };

/** File type bits of `st_mode` (POSIX <sys/stat.h>). */
const fileType = { directory: 0o040000, file: 0o100000, symlink: 0o120000, "character-device": 0o020000 };

/**
 * An archive in the "newc" format that the Linux kernel unpacks as its first root file system
 * (Documentation/driver-api/early-userspace/buffer-format.rst).
 *
 * Entries are sorted by path, which also puts each folder before what is in it. Owner is 0:0 and the time is 0,
 * so equal entries give equal bytes.
 *
 * @throws Error when two entries have one path, or an entry lies in a folder that the archive does not hold:
 *   the kernel would skip such an entry in silence
 */
export function cpioArchive(entries: readonly CpioEntry[]): Buffer {
  const sorted = entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  requireFolders(sorted);
  const records = sorted.map((entry, index) => record(entry, index + 1));
  return Buffer.concat([
    ...records,
    record({ type: "file", path: "TRAILER!!!", mode: 0, content: empty }, 0),
  ]);
}

const empty = new Uint8Array();

function requireFolders(sorted: readonly CpioEntry[]): void {
  const seen = new Map<string, CpioEntry["type"]>();
  for (const { path, type } of sorted) {
    if (path === "" || path.startsWith("/")) throw new Error(`"${path}" is not a path below the root`);
    if (seen.has(path)) throw new Error(`two entries are named ${path}`);
    const folder = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
    if (folder !== "" && seen.get(folder) !== "directory") throw new Error(`${path} is in no folder`);
    seen.set(path, type);
  }
}

function record(entry: CpioEntry, inode: number): Buffer {
  const content = contentOf(entry);
  const device = entry.type === "character-device" ? entry : { major: 0, minor: 0 };
  const name = Buffer.from(`${entry.path}\0`);
  const trailer = inode === 0;
  const header = [
    inode,
    trailer ? 0 : modeOf(entry),
    0, // uid
    0, // gid
    entry.type === "directory" ? 2 : 1, // links
    0, // modification time
    content.length,
    0, // major and minor number of the device that holds the file
    0,
    device.major,
    device.minor,
    name.length,
    0, // checksum, unused by this variant
  ];
  const fields = header.map((field) => field.toString(16).padStart(8, "0")).join("");
  return Buffer.concat([padded(Buffer.concat([Buffer.from(`070701${fields}`), name])), padded(content)]);
}

function contentOf(entry: CpioEntry): Uint8Array {
  if (entry.type === "file") return entry.content;
  return entry.type === "symlink" ? Buffer.from(entry.target) : empty;
}

function modeOf(entry: CpioEntry): number {
  return fileType[entry.type] | (entry.type === "symlink" ? 0o777 : entry.mode);
}

function padded(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

import { execFile } from "node:child_process";
import { readFile, utimes, writeFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

const sectorBytes = 512;
const mebibyte = 1024 * 1024;

/** Where the EFI system partition of an image begins, octets: all before it is the boot record's. */
export const partitionStart = mebibyte;

/** 1980-01-01T12:00:00Z: the beginning of FAT's time. */
const fixedSeconds = 315_619_200;

/** Files by their paths in the partition: `EFI/BOOT/BOOTX64.EFI`. */
export type PartitionFiles = Readonly<Record<string, Buffer>>;

/**
 * A FAT file system with fixed serial number and times, so that equal files give equal images. `work`: a folder for what
 * is made on the way. Needs mtools.
 */
export async function fatFileSystem(work: string, bytes: number, files: PartitionFiles): Promise<Buffer> {
  const image = join(work, "esp.img");
  const source = join(work, "file");
  await writeFile(image, Buffer.alloc(bytes));
  const environment = {
    ...process.env,
    ...{ TZ: "UTC", MTOOLS_SKIP_CHECK: "1", SOURCE_DATE_EPOCH: String(fixedSeconds) },
  };
  const mtools = (command: string, ...args: readonly string[]) =>
    execute(command, ["-i", image, ...args], { env: environment });
  const geometry = ["-T", String(bytes / sectorBytes), "-h", "16", "-s", "63", "-N", "0"];
  await mtools("mformat", ...geometry, "::");
  for (const folder of foldersOf(files)) await mtools("mmd", `::/${folder}`);
  for (const [path, content] of Object.entries(files)) {
    await writeFile(source, content);
    await utimes(source, fixedSeconds, fixedSeconds);
    await mtools("mcopy", "-m", source, `::/${path}`);
  }
  return readFile(image);
}

/** One active entry of type 0xEF, EFI system partition (UEFI 2.10 s. 5.2.1). CHS fields say "use the LBA". */
export function writePartitionTable(image: Buffer, partitionBytes: number): void {
  const entry = 446;
  image.set([0x80, 0xfe, 0xff, 0xff, 0xef, 0xfe, 0xff, 0xff], entry);
  image.writeUInt32LE(partitionStart / sectorBytes, entry + 8);
  image.writeUInt32LE(partitionBytes / sectorBytes, entry + 12);
  image.writeUInt16LE(0xaa55, 510);
}

/** The folders above the files, those above others first. */
function foldersOf(files: PartitionFiles): readonly string[] {
  const above = (path: string): readonly string[] => {
    const folder = posix.dirname(path);
    return folder === "." ? [] : [...above(folder), folder];
  };
  return [...new Set(Object.keys(files).flatMap(above))];
}

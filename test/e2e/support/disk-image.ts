import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { fatFileSystem, partitionStart, writePartitionTable } from "./efi-partition.ts";

const execute = promisify(execFile);

/** An operating system image for tests: it boots on BIOS and UEFI, says its marker on the serial line, and halts. */
export interface TestDiskImage {
  readonly bytes: number;
  /** Of the raw image. */
  readonly sha256: string;
  /** File names in the folder: `<name>.img`, `<name>.img.gz`, `<name>.img.zst`. */
  readonly raw: string;
  readonly gzip: string;
  readonly zstd: string;
}

interface DiskImageOptions {
  readonly folder: string;
  readonly name: string;
  /** Printed at boot, followed by a space and `pc` or `efi`. Letters, digits, `-` and `_`. */
  readonly marker: string;
  /** Incompressible bytes behind the file system, for transfers that take a while. (Default: 0.) */
  readonly fillerBytes?: number;
}

const sectorBytes = 512;
/** Of the EFI system partition, and all of its size. */
const partitionBytes = 3 * 1024 * 1024;

/**
 * Builds the image with GRUB alone, in half a second: an MBR with `boot.img` and `core.img` behind it for BIOS, and a
 * FAT file system with `EFI/BOOT/BOOTX64.EFI` for UEFI. Needs grub-common, grub-pc-bin, grub-efi-amd64-bin, mtools.
 */
export async function buildDiskImage(options: DiskImageOptions): Promise<TestDiskImage> {
  const work = await mkdtemp(join(tmpdir(), "ironledger-image-"));
  try {
    const image = Buffer.concat([
      await bootableImage(work, options.marker),
      filler(options.fillerBytes ?? 0),
    ]);
    await mkdir(options.folder, { recursive: true });
    const names = {
      raw: `${options.name}.img`,
      gzip: `${options.name}.img.gz`,
      zstd: `${options.name}.img.zst`,
    };
    await writeFile(join(options.folder, names.raw), image);
    await writeFile(join(options.folder, names.gzip), gzipSync(image));
    await writeFile(join(options.folder, names.zstd), zstdCompressSync(image));
    return { bytes: image.length, sha256: createHash("sha256").update(image).digest("hex"), ...names };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Makes an empty disk: a sparse file of zeros. */
export async function createBlankDisk(file: string, bytes: number): Promise<void> {
  const handle = await open(file, "w");
  await handle.truncate(bytes);
  await handle.close();
}

/** The SHA-256 of the first `bytes` bytes of a disk's file. */
export async function diskDigest(file: string, bytes: number): Promise<string> {
  return createHash("sha256")
    .update((await readFile(file)).subarray(0, bytes))
    .digest("hex");
}

async function bootableImage(work: string, marker: string): Promise<Buffer> {
  const config = join(work, "grub.cfg");
  await writeFile(config, grubConfig(marker));
  const [core, efi] = await Promise.all([
    grubImage(work, config, { format: "i386-pc", modules: ["biosdisk", "part_msdos"] }),
    grubImage(work, config, { format: "x86_64-efi", modules: [] }),
  ]);
  if (core.length > partitionStart - sectorBytes) throw new Error("GRUB does not fit before the partition");

  const image = Buffer.alloc(partitionStart + partitionBytes);
  const boot = await readFile("/usr/lib/grub/i386-pc/boot.img");
  boot.copy(image, 0, 0, 440);
  core.copy(image, sectorBytes);
  (await fatFileSystem(work, partitionBytes, { "EFI/BOOT/BOOTX64.EFI": efi })).copy(image, partitionStart);
  writePartitionTable(image, partitionBytes);
  return image;
}

/** `serial` is loaded by naming it; on UEFI it speaks through the firmware, on BIOS to the chip. */
function grubConfig(marker: string): string {
  return [
    "serial --unit=0 --speed=115200",
    "terminal_output serial",
    // GRUB leaves the cursor behind its greeting.
    "echo",
    `echo "${marker} $grub_platform"`,
    "halt",
    "",
  ].join("\n");
}

interface GrubTarget {
  readonly format: "i386-pc" | "x86_64-efi";
  readonly modules: readonly string[];
}

async function grubImage(work: string, config: string, { format, modules }: GrubTarget): Promise<Buffer> {
  const output = join(work, `grub.${format}`);
  const common = ["serial", "terminal", "echo", "halt", "normal"];
  const target = ["--format", format, "--prefix", "/", "--output", output, "--config", config];
  await execute("grub-mkimage", [...target, ...common, ...modules]);
  return readFile(output);
}

/** The same bytes for the same length: SHA-256 in counter mode. */
function filler(bytes: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(bytes / 32) }, (_, index) =>
    createHash("sha256").update(`filler ${index}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, bytes);
}

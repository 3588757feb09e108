import { createCipheriv, createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const mebibyte = 1024 * 1024;
const sectorBytes = 512;

/** Where the image says what it is: its second sector. */
export const markerOffset = sectorBytes;

/** What a disk that holds the image begins its second sector with. */
export const marker = "IRONLEDGER REHEARSAL IMAGE 1\n";

export interface RehearsalImage {
  /** Name in the images folder. */
  readonly file: string;
  /** Of the unpacked image. */
  readonly bytes: number;
  /** Of the unpacked image. */
  readonly sha256: string;
}

/** How large an image to make: smaller for many machines, so that 200 disks stay below 256 MiB together. */
export function imageBytesFor(machines: number): number {
  return machines <= 16 ? 4 * mebibyte : mebibyte;
}

/**
 * A disk image of `bytes` (at least 1,024): a boot sector, the marker, and noise, so that a block which is
 * missing or in the wrong place changes the digest. Always the same bytes.
 */
export function imageContents(bytes: number): Buffer {
  // A cipher over zeros is the cheapest noise that is the same everywhere; nothing is kept secret by it.
  const image = createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(bytes));
  image.fill(0, 0, 2 * sectorBytes);
  image.writeUInt16LE(0xaa55, sectorBytes - 2);
  image.write(marker, markerOffset, "latin1");
  return image;
}

/** Puts a gzip-packed image into the images folder. */
export async function writeImage(imagesDirectory: string, bytes: number): Promise<RehearsalImage> {
  const contents = imageContents(bytes);
  const file = "rehearsal.img.gz";
  await writeFile(join(imagesDirectory, file), gzipSync(contents, { level: 1 }));
  return { file, bytes, sha256: createHash("sha256").update(contents).digest("hex") };
}

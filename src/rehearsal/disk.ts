import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { marker, markerOffset, type RehearsalImage } from "./image.ts";

/** The disk of a simulated machine, kept in a file. */
export interface Disk {
  /** Writes from the first byte on, makes it durable, closes. @throws DiskWriteError */
  write(contents: Readable | AsyncIterable<Buffer>): Promise<{ readonly bytes: number }>;
  /** Digest of the first `bytes` as they read back. */
  sha256(bytes: number): Promise<string>;
  /** Whether a BIOS or a boot loader finds something to start: the boot signature of the first sector. */
  isBootable(): Promise<boolean>;
  /** Whether the disk holds exactly this image. */
  holds(image: RehearsalImage): Promise<boolean>;
}

/** The disk did not take what was to be written: it is too small, or it failed. */
export class DiskWriteError extends Error {
  override readonly name = "DiskWriteError";
}

/** Makes an empty disk of this size, a sparse file. */
export async function createDisk(path: string, diskBytes: number): Promise<Disk> {
  const created = await open(path, "wx");
  await created.truncate(diskBytes);
  await created.close();

  async function sha256(bytes: number): Promise<string> {
    return withFile(path, "r", async (file) => {
      const hash = createHash("sha256");
      if (bytes === 0) return hash.digest("hex");
      for await (const chunk of file.createReadStream({ end: bytes - 1, autoClose: false }))
        hash.update(chunk);
      return hash.digest("hex");
    });
  }

  return {
    write: (contents) =>
      withFile(path, "r+", async (file) => {
        let bytes = 0;
        for await (const chunk of contents) {
          if (bytes + chunk.length > diskBytes) throw new DiskWriteError(`the disk holds ${diskBytes} bytes`);
          await ofDisk(file.write(chunk, 0, chunk.length, bytes));
          bytes += chunk.length;
        }
        await ofDisk(file.sync());
        return { bytes };
      }),
    sha256,
    isBootable: () =>
      withFile(
        path,
        "r",
        async (file) => (await read(file, { from: 510, bytes: 2 })).readUInt16LE() === 0xaa55,
      ),
    holds: async (image) => {
      const text = await withFile(path, "r", (file) =>
        read(file, { from: markerOffset, bytes: marker.length }),
      );
      return text.toString("latin1") === marker && (await sha256(image.bytes)) === image.sha256;
    },
  };
}

/** Tells what the disk refused from what the network did: both end one and the same pipeline. */
async function ofDisk(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (cause) {
    throw new DiskWriteError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

async function withFile<Result>(
  path: string,
  flags: string,
  use: (file: FileHandle) => Promise<Result>,
): Promise<Result> {
  const file = await open(path, flags);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function read(
  file: FileHandle,
  { from, bytes }: { readonly from: number; readonly bytes: number },
): Promise<Buffer> {
  const part = Buffer.alloc(bytes);
  await file.read(part, 0, bytes, from);
  return part;
}

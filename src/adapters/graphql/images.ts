import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { DiskImage } from "../../domain/machine/deployment.ts";

/** What the images folder has under a name. */
export type ImageFinding =
  | { readonly outcome: "found"; readonly format: DiskImage["format"] }
  /** `problem`: what is wrong with the file, and what to do about it. */
  | { readonly outcome: "unusable"; readonly problem: string }
  | { readonly outcome: "missing" };

/** Looks a file up by its name, which must be of the form that `DiskImage` asks for. */
export type FindImage = (file: string) => Promise<ImageFinding>;

const formatByEnding: Readonly<Record<string, DiskImage["format"]>> = { ".gz": "gzip", ".zst": "zstd" };

/** First bytes of a packed file: RFC 1952 s. 2.3.1 and RFC 8878 s. 3.1.1. */
const magic = { gzip: Buffer.from("1f8b", "hex"), zstd: Buffer.from("28b52ffd", "hex") } as const;

/** Looks into a folder of images. A name never leads out of it: it has no slash, and links are not followed. */
export function imageFolder(directory: string): FindImage {
  return async (file) => {
    const name = DiskImage.shape.file.parse(file);
    const handle = await openPlain(join(directory, name));
    if (handle === "missing") return { outcome: "missing" };
    if (handle === "a link")
      return { outcome: "unusable", problem: `${name} is a link: copy the image itself` };
    try {
      return await inspect(handle, name);
    } finally {
      await handle.close();
    }
  };
}

async function openPlain(path: string): Promise<FileHandle | "missing" | "a link"> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return "missing";
    if (code === "ELOOP") return "a link";
    throw error;
  }
}

async function inspect(handle: FileHandle, name: string): Promise<ImageFinding> {
  const stat = await handle.stat();
  if (!stat.isFile()) return { outcome: "unusable", problem: `${name} is no plain file` };
  if (stat.size === 0) return { outcome: "unusable", problem: `${name} is empty: copy the image again` };

  const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
  const packed = packedAs(buffer);
  const named = formatByEnding[/\.[a-z]+$/.exec(name)?.[0] ?? ""] ?? "raw";
  if (packed === named) return { outcome: "found", format: named };
  return {
    outcome: "unusable",
    problem: `${name} is ${packed} by its content, and ${named} by its name: rename it`,
  };
}

function packedAs(head: Buffer): DiskImage["format"] {
  if (head.subarray(0, magic.gzip.length).equals(magic.gzip)) return "gzip";
  return head.subarray(0, magic.zstd.length).equals(magic.zstd) ? "zstd" : "raw";
}

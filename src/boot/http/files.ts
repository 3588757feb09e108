import { constants as fileConstants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { DiskImage } from "../../domain/machine/deployment.ts";
import type { Sha256 } from "../../domain/values/sha256.ts";
import { containedFile } from "../contained-file.ts";
import { answerFile } from "./byte-range.ts";

/** A file that is about to be sent. */
export interface OpenFile {
  readonly bytes: number;
  /** Strong, with its quotes (RFC 9110 s. 8.8.3). */
  readonly etag: string;
  /** The octets from `first` to `last`, both counted. To be called at most once; closes the file at its end. */
  read(first: number, last: number): Readable | Uint8Array;
  /** Instead of `read`. */
  close(): Promise<void>;
}

/** Of a file of the content store. `handle` is closed by whoever sends the file. */
export function openContent({ handle, bytes, sha256 }: ContentHandle): OpenFile {
  return ofHandle(handle, { bytes, etag: `"${sha256}"` });
}

/** Of a file in memory. */
export function openBytes({
  bytes,
  sha256,
}: {
  readonly bytes: Uint8Array;
  readonly sha256: Sha256;
}): OpenFile {
  return {
    bytes: bytes.length,
    etag: `"${sha256}"`,
    read: (first, last) => bytes.subarray(first, last + 1),
    close: () => Promise.resolve(),
  };
}

/**
 * An image of the images folder as it is now; `undefined` when it is not there, or leads out of the folder.
 *
 * The digest of the plan is that of the unpacked image, so size and time of the file tell versions of it apart.
 */
export async function openImage(folder: string, { file, sha256 }: DiskImage): Promise<OpenFile | undefined> {
  const path = await containedFile(folder, file);
  if (!path) return undefined;
  const handle = await open(path, fileConstants.O_RDONLY | fileConstants.O_NOFOLLOW);
  const { size, mtimeMs } = await handle.stat();
  return ofHandle(handle, { bytes: size, etag: `"${sha256}-${size}-${Math.round(mtimeMs)}"` });
}

/**
 * Sends a file, whole or a part of it, no faster than the client reads. `onWhole` is called when the last octet
 * of a whole file was handed to the network.
 */
export async function sendFile(
  { headers, method }: FastifyRequest,
  reply: FastifyReply,
  { file, onWhole }: { readonly file: OpenFile; readonly onWhole: () => void },
): Promise<FastifyReply> {
  const { bytes, etag } = file;
  const conditions = {
    range: headers.range,
    ifRange: headerText(headers["if-range"]),
    ifNoneMatch: headers["if-none-match"],
  };
  const answer = answerFile(conditions, { bytes, etag });
  reply.header("accept-ranges", "bytes").header("etag", etag).code(answer.status);

  if (answer.status === 304 || answer.status === 416) {
    await file.close();
    if (answer.status === 416) reply.header("content-range", `bytes */${bytes}`);
    return reply.send();
  }
  const { status, first, last } = answer;
  // UEFI firmware asks for the size with HEAD before it downloads, and gives up without one.
  reply.header("content-length", last - first + 1).type("application/octet-stream");
  if (status === 206) reply.header("content-range", `bytes ${first}-${last}/${bytes}`);
  if (method === "HEAD") {
    await file.close();
    return reply.send();
  }
  if (status === 200) reply.raw.once("finish", onWhole);
  return reply.send(file.read(first, last));
}

interface ContentHandle {
  readonly handle: FileHandle;
  readonly bytes: number;
  readonly sha256: Sha256;
}

function ofHandle(handle: FileHandle, { bytes, etag }: Pick<OpenFile, "bytes" | "etag">): OpenFile {
  return {
    bytes,
    etag,
    // The stream closes the file at its end, and also when the client goes away in the middle. Of an empty file
    // there is no last octet to end it at.
    read: (first, last) =>
      handle.createReadStream(last < first ? { start: first } : { start: first, end: last }),
    close: () => handle.close(),
  };
}

function headerText(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

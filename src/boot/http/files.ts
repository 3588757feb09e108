import { constants as fileConstants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { DiskImage } from "../../domain/machine/deployment.ts";
import type { Sha256 } from "../../domain/values/sha256.ts";
import { containedFile } from "../contained-file.ts";
import { answerFile } from "./byte-range.ts";
import { pumpFile } from "./pump-file.ts";

/** A file that is about to be sent. */
export interface OpenFile {
  readonly bytes: number;
  /** Strong, with its quotes (RFC 9110 s. 8.8.3). */
  readonly etag: string;
  /** In memory, or open: whoever sends it closes it. */
  readonly content: Uint8Array | FileHandle;
}

/** Of a file of the content store. `handle` is closed by whoever sends the file. */
export function openContent({ handle, bytes, sha256 }: ContentHandle): OpenFile {
  return { bytes, etag: `"${sha256}"`, content: handle };
}

/** Of a file in memory. */
export function openBytes({
  bytes,
  sha256,
}: {
  readonly bytes: Uint8Array;
  readonly sha256: Sha256;
}): OpenFile {
  return { bytes: bytes.length, etag: `"${sha256}"`, content: bytes };
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
  return { bytes: size, etag: `"${sha256}-${size}-${Math.round(mtimeMs)}"`, content: handle };
}

interface SendFileOptions {
  readonly file: OpenFile;
  readonly onWhole: () => void;
  /** The file could not be read to the end that was promised: the connection is cut, there is no answer to change. */
  readonly onError: (message: string, error: unknown) => void;
}

/**
 * Sends a file, whole or a part of it, no faster than the client reads. `onWhole` is called when the last octet
 * of a whole file was handed to the network.
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { file, onWhole, onError }: SendFileOptions,
): Promise<FastifyReply> {
  const { headers, method } = request;
  const { bytes, etag, content } = file;
  const conditions = {
    // Parts are defined for GET alone (RFC 9110 s. 14.2).
    range: method === "GET" ? headers.range : undefined,
    ifRange: headerText(headers["if-range"]),
    ifNoneMatch: headers["if-none-match"],
  };
  const answer = answerFile(conditions, { bytes, etag });
  reply.header("accept-ranges", "bytes").header("etag", etag).code(answer.status);

  if (answer.status === 304 || answer.status === 416) {
    await close(content);
    if (answer.status === 416) reply.header("content-range", `bytes */${bytes}`);
    return reply.send();
  }
  const { status, first, last } = answer;
  // UEFI firmware asks for the size with HEAD before it downloads, and gives up without one.
  reply.header("content-length", last - first + 1).type("application/octet-stream");
  if (status === 206) reply.header("content-range", `bytes ${first}-${last}/${bytes}`);
  if (method === "HEAD") {
    await close(content);
    return reply.send();
  }
  if (status === 200) reply.raw.once("finish", onWhole);
  if (content instanceof Uint8Array) return reply.send(content.subarray(first, last + 1));
  // Fastify would read the file as a stream, in small pieces of new memory.
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  const { socket } = request.raw;
  try {
    await pumpFile({ handle: content, first, last, response: reply.raw, socket });
  } catch (error) {
    onError("a file was not sent to its end", error);
  }
  return reply;
}

async function close(content: OpenFile["content"]): Promise<void> {
  if (!(content instanceof Uint8Array)) await content.close();
}

interface ContentHandle {
  readonly handle: FileHandle;
  readonly bytes: number;
  readonly sha256: Sha256;
}

function headerText(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

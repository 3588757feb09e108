import { closeSync, openSync, readSync } from "node:fs";

/** Octets that are read at once. */
const chunkBytes = 1024 * 1024;

/** Most octets of a line: an event has 1 MiB of data and meta at most. What is longer is no line of an export. */
const lineBytesMax = 4 * 1024 * 1024;

const lineFeed = 0x0a;

/**
 * The lines of a file without their line feeds, however large it is; `undefined` for one that is no UTF-8, is too
 * long, or has no end.
 */
export function* linesOf(file: string): Generator<string | undefined> {
  const handle = openSync(file, "r");
  try {
    yield* readLines(handle);
  } finally {
    closeSync(handle);
  }
}

function* readLines(handle: number): Generator<string | undefined> {
  let rest = Buffer.alloc(0);
  for (;;) {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const read = readSync(handle, chunk);
    if (read === 0) break;
    const octets = rest.length > 0 ? Buffer.concat([rest, chunk.subarray(0, read)]) : chunk.subarray(0, read);
    const end = octets.lastIndexOf(lineFeed);
    if (end !== -1) yield* linesIn(octets.subarray(0, end));
    rest = octets.subarray(end + 1);
    if (rest.length > lineBytesMax) break;
  }
  if (rest.length > 0) yield undefined;
}

/** Most often all lines are UTF-8, which is known at once; otherwise it is asked of each. */
function linesIn(octets: Buffer): readonly (string | undefined)[] {
  const text = textOf(octets);
  if (text !== undefined) return text.split("\n");
  const lines: (string | undefined)[] = [];
  for (let from = 0; from <= octets.length; ) {
    const feed = octets.indexOf(lineFeed, from);
    const to = feed === -1 ? octets.length : feed;
    lines.push(textOf(octets.subarray(from, to)));
    from = to + 1;
  }
  return lines;
}

function textOf(octets: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return undefined;
  }
}

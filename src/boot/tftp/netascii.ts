import type { TftpContent } from "./files.ts";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** How much of the file is converted at a time, octets. */
const pieceBytes = 16 * 1024;

/**
 * The content as `netascii` sends it (RFC 1350 s. 1, RFC 764): LF as CR LF, CR as CR NUL.
 *
 * It is converted on the way, so a large file is never held twice. Read it from front to back: a place in the
 * converted text says nothing of the place in the file.
 */
export function inNetascii(content: TftpContent): TftpContent {
  const piece = Buffer.allocUnsafe(pieceBytes);
  let filePosition = 0;
  let piecePosition = 0;
  let pieceEnd = 0;
  /** The second octet of a pair whose first one was the last that fitted. */
  let owed: number | undefined;

  async function nextPiece(): Promise<boolean> {
    pieceEnd = await readContent(content, filePosition, piece);
    filePosition += pieceEnd;
    piecePosition = 0;
    return pieceEnd > 0;
  }

  function convert(into: Uint8Array, from: number): number {
    let at = from;
    while (at < into.length && piecePosition < pieceEnd) {
      const octet = piece[piecePosition++] ?? 0;
      const second = secondOf(octet);
      into[at++] = second === undefined ? octet : carriageReturn;
      if (second !== undefined && at < into.length) into[at++] = second;
      else owed = second;
    }
    return at;
  }

  return {
    kind: "stored",
    async read(_position, into) {
      let at = 0;
      if (owed !== undefined && into.length > 0) {
        into[at++] = owed;
        owed = undefined;
      }
      while (at < into.length) {
        if (piecePosition === pieceEnd && !(await nextPiece())) break;
        at = convert(into, at);
      }
      return at;
    },
    close() {
      if (content.kind === "stored") content.close();
    },
  };
}

/** What follows the carriage return that stands for this octet; `undefined` for octets that stand for themselves. */
function secondOf(octet: number): number | undefined {
  if (octet === lineFeed) return lineFeed;
  return octet === carriageReturn ? 0 : undefined;
}

function readContent(content: TftpContent, position: number, into: Uint8Array): Promise<number> {
  if (content.kind === "stored") return content.read(position, into);
  const part = content.bytes.subarray(position, position + into.length);
  into.set(part);
  return Promise.resolve(part.length);
}

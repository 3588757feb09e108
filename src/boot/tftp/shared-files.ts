import type { FileHandle } from "node:fs/promises";
import type { Sha256 } from "../../domain/values/sha256.ts";
import type { TftpContent, TftpFile } from "./files.ts";
import { windowBytesMax } from "./negotiate.ts";

interface StoredFile {
  readonly name: string;
  readonly size: number;
  /** Of the content, which is what tells files apart here. */
  readonly sha256: Sha256;
  /** Called when no transfer has the file open. The handle is closed after the last one. */
  open(): Promise<FileHandle>;
}

/** Large files, each open once however many machines are loading it. */
export interface SharedFiles {
  file(stored: StoredFile): TftpFile;
}

type Read = Extract<TftpContent, { kind: "stored" }>["read"];

interface Shared {
  readonly handle: Promise<FileHandle>;
  readonly read: Read;
  users: number;
}

/** `onError`: told when a file cannot be closed. */
export function sharedFiles(onError: (error: unknown) => void): SharedFiles {
  const shared = new Map<Sha256, Shared>();

  function leave(sha256: Sha256, entry: Shared): void {
    entry.users -= 1;
    if (entry.users > 0) return;
    if (shared.get(sha256) === entry) shared.delete(sha256);
    entry.handle.then((handle) => handle.close()).catch(onError);
  }

  async function openShared({ sha256, open }: StoredFile): Promise<TftpContent> {
    const entry = shared.get(sha256) ?? newlyShared(open());
    entry.users += 1;
    shared.set(sha256, entry);
    try {
      await entry.handle;
      return { kind: "stored", read: entry.read, close: () => leave(sha256, entry) };
    } catch (error) {
      // Nobody has it open, so there is nothing to close; the next machine tries again.
      if (shared.get(sha256) === entry) shared.delete(sha256);
      throw error;
    }
  }

  return {
    file(stored) {
      const { name, size, sha256 } = stored;
      return { name, size, sha256, open: () => openShared(stored) };
    },
  };
}

function newlyShared(handle: Promise<FileHandle>): Shared {
  return { handle, read: rememberingRead(handle), users: 0 };
}

/** Most pieces of a file that are kept in memory while it is open: half a mebibyte. */
const piecesKeptMax = 4;

/** Machines that boot together want the same pieces within a moment: each is read from disk once for all of them. */
function rememberingRead(handle: Promise<FileHandle>): Read {
  /** By position, in the order of their reading. */
  const pieces = new Map<number, Promise<Buffer>>();

  function pieceAt(position: number): Promise<Buffer> {
    const known = pieces.get(position);
    if (known) return known;
    const [oldest] = pieces.keys();
    if (oldest !== undefined && pieces.size === piecesKeptMax) pieces.delete(oldest);
    const piece = readPiece(position);
    pieces.set(position, piece);
    // Whoever comes after a failure tries again.
    piece.catch(() => pieces.get(position) === piece && pieces.delete(position));
    return piece;
  }

  async function readPiece(position: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafeSlow(windowBytesMax);
    return bytes.subarray(0, await readFully(await handle, position, bytes));
  }

  return async (position, into) => {
    if (into.length !== windowBytesMax) return readFully(await handle, position, into);
    return (await pieceAt(position)).copy(into);
  };
}

/** A read may give less than there is. */
async function readFully(handle: FileHandle, position: number, into: Uint8Array): Promise<number> {
  let filled = 0;
  while (filled < into.length) {
    const { bytesRead } = await handle.read(into, filled, into.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

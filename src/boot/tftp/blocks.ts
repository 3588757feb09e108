import type { TftpContent } from "./files.ts";
import { windowBytesMax } from "./negotiate.ts";

/** The octets of a transfer, of which only those at hand are in memory. */
export interface Blocks {
  /**
   * Copies `length` octets from `position` of the content to `into`, behind the first `at`. Returns how many there
   * were, fewer only at the end of the content; `undefined` when they are being read: `onReady` tells when they are
   * there. `position` lies less than 128 KiB behind what was released.
   */
  copy(
    position: number,
    length: number,
    to: { readonly into: Buffer; readonly at: number },
  ): number | undefined;
  /** Nobody asks any more for what lies before `position`. */
  release(position: number): void;
  close(): void;
}

interface BlocksEvents {
  /** What `copy` did not have is there now. */
  readonly onReady: () => void;
  /** It cannot be read. */
  readonly onFailed: (error: unknown) => void;
}

export function blocksOf(content: TftpContent, events: BlocksEvents): Blocks {
  if (content.kind === "stored") return new StoredBlocks(content, events);
  const { buffer, byteOffset, byteLength } = content.bytes;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return {
    copy: (position, length, { into, at }) => bytes.copy(into, at, position, position + length),
    release: () => undefined,
    close: () => undefined,
  };
}

type StoredContent = Extract<TftpContent, { kind: "stored" }>;

interface Piece {
  /** Which piece of the content it is. */
  readonly index: number;
  readonly bytes: Buffer;
  /** Octets that it holds; `undefined` while they are being read. */
  filled: number | undefined;
}

/**
 * Two neighbouring pieces of the content: no window spans more. They are read from front to back, each once, and the
 * next one as soon as nobody needs the one before the last.
 */
class StoredBlocks implements Blocks {
  readonly #content: StoredContent;
  readonly #events: BlocksEvents;
  /** The piece of even index, and the one of odd index. */
  readonly #pieces: [Piece | undefined, Piece | undefined] = [undefined, undefined];
  #isReading = false;
  #isClosed = false;
  /** Somebody waits for what is being read. */
  #isMissed = false;

  constructor(content: StoredContent, events: BlocksEvents) {
    this.#content = content;
    this.#events = events;
  }

  copy(
    position: number,
    length: number,
    to: { readonly into: Buffer; readonly at: number },
  ): number | undefined {
    let copied = 0;
    while (copied < length) {
      const place = position + copied;
      const piece = this.#pieceOf(place) ?? this.#fetch(place);
      if (piece?.filled === undefined) {
        this.#isMissed = true;
        return undefined;
      }
      const from = place % windowBytesMax;
      const end = Math.min(piece.filled, from + length - copied);
      if (end > from) copied += piece.bytes.copy(to.into, to.at + copied, from, end);
      // A piece that is not full is the last one.
      if (piece.filled < windowBytesMax) break;
    }
    return copied;
  }

  release(position: number): void {
    const isWhole = this.#pieceOf(position)?.filled === windowBytesMax;
    const next = position + windowBytesMax;
    if (isWhole && !this.#pieceOf(next)) this.#fetch(next);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (!this.#isReading) this.#content.close();
  }

  #pieceOf(position: number): Piece | undefined {
    const index = Math.floor(position / windowBytesMax);
    const piece = this.#pieces[index % 2 === 0 ? 0 : 1];
    return piece?.index === index ? piece : undefined;
  }

  /** Begins to read the piece of a position, into the memory of the one before the last. */
  #fetch(position: number): undefined {
    if (this.#isReading || this.#isClosed) return;
    const index = Math.floor(position / windowBytesMax);
    const slot = index % 2 === 0 ? 0 : 1;
    const bytes = this.#pieces[slot]?.bytes ?? Buffer.allocUnsafeSlow(windowBytesMax);
    const piece: Piece = { index, bytes, filled: undefined };
    this.#pieces[slot] = piece;
    this.#isReading = true;
    this.#content.read(index * windowBytesMax, bytes).then(
      (filled) => this.#arrived(piece, filled),
      (error: unknown) => this.#failed(error),
    );
  }

  #arrived(piece: Piece, filled: number): void {
    this.#isReading = false;
    piece.filled = filled;
    if (this.#isClosed) this.#content.close();
    else if (this.#isMissed) {
      this.#isMissed = false;
      this.#events.onReady();
    }
  }

  #failed(error: unknown): void {
    this.#isReading = false;
    if (this.#isClosed) this.#content.close();
    else this.#events.onFailed(error);
  }
}

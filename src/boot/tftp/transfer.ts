import type { Blocks } from "./blocks.ts";
import type { TransferTerms } from "./negotiate.ts";
import { decodeTftp, encodeTftp, tftpErrorCode } from "./packet.ts";
import { patienceOf } from "./patience.ts";
import type { Turn } from "./turn.ts";

/** How a transfer ended. */
export type TransferEnd =
  /** The client acknowledged the last block. */
  | { readonly outcome: "completed" }
  /** The client gave up. Code 8 is normal: firmware asks for the size first and then starts again. */
  | { readonly outcome: "aborted"; readonly code: number; readonly message: string }
  /** Nothing that helped was heard for too long. */
  | { readonly outcome: "silent" }
  /** The file could not be read to its end. */
  | { readonly outcome: "failed" };

interface TransferOptions {
  readonly blocks: Blocks;
  readonly terms: TransferTerms;
  readonly turn: Turn;
  /**
   * Sends the first `length` octets to the client. Returns whether the packet is gone; otherwise its memory stays in
   * use until it is.
   */
  readonly send: (packet: Buffer, length: number) => boolean;
  /** Called once. */
  readonly onEnd: (end: TransferEnd) => void;
}

/** Octets in front of the data: opcode and number of the block. */
const headerBytes = 4;

/**
 * One file on its way to a client: the sending side of RFC 1350, with windows (RFC 7440). Holds no socket and no
 * timer, and makes no objects per packet: this is where the time of a download goes.
 *
 * Blocks are counted from 1 without end; on the wire the number is taken modulo 65,536, so that files of any
 * size pass.
 */
export class Transfer {
  readonly #options: TransferOptions;
  readonly #blockBytes: number;
  readonly #windowBlocks: number;
  #packet: Buffer;
  /** The client was told the options and has not agreed yet. */
  #isOffered: boolean;
  /** The client has all blocks up to this one. */
  #confirmed = 0;
  /** The block to send next, and the highest one that was ever sent. */
  #next = 1;
  #highest = 0;
  /** Known once it was made: the last block is shorter than the others, if need be empty. */
  #last = Number.POSITIVE_INFINITY;
  /** How often in a row the same packets were sent again. */
  #retries = 0;
  /** Whether the window in flight was sent again because of a repeated acknowledgment. */
  #isRepeated = false;
  #isProven = false;
  #isWaiting = false;
  #isOver = false;
  #sentMs = 0;

  constructor(options: TransferOptions) {
    this.#options = options;
    this.#blockBytes = options.terms.blockBytes;
    this.#windowBlocks = options.terms.windowBlocks;
    this.#packet = Buffer.allocUnsafeSlow(headerBytes + this.#blockBytes);
    this.#isOffered = options.terms.acknowledged.size > 0;
  }

  /** Whether the client has acknowledged anything, and so is where its packets say. */
  get isProven(): boolean {
    return this.#isProven;
  }

  /** When packets were last sent, on the clock of `nowMs`. */
  get sentMs(): number {
    return this.#sentMs;
  }

  begin(nowMs: number): void {
    if (this.#isOffered) this.#offer(nowMs);
    else this.#sendWindow(nowMs);
  }

  /** The client sent something. Whatever it is, this does not throw. */
  receive(datagram: Uint8Array, nowMs: number): void {
    if (this.#isOver) return;
    const block = acknowledgedBlock(datagram);
    if (block !== undefined) {
      this.#acknowledge(block, nowMs);
      return;
    }
    const packet = decodeTftp(datagram);
    if (!packet) return;
    if (packet.kind === "error") {
      this.#end({ outcome: "aborted", code: packet.code, message: packet.message });
      return;
    }
    const code = tftpErrorCode.illegalOperation;
    const message = "only acknowledgments are expected here";
    const error = encodeTftp({ kind: "error", code, message });
    this.#options.send(error, error.length);
    this.#end({ outcome: "aborted", code, message });
  }

  /** To be called now and then: sends again what nobody answered in time, and gives up in the end. */
  tick(nowMs: number): void {
    // What waits for the disk or for its turn is not the client's silence.
    if (this.#isOver || this.#isWaiting) return;
    const { waitMs, retriesMax } = patienceOf(this.#options.terms, {
      retries: this.#retries,
      isProven: this.#isProven,
    });
    if (nowMs - this.#sentMs < waitMs) return;
    if (this.#retries === retriesMax) {
      this.#end({ outcome: "silent" });
      return;
    }
    this.#retries += 1;
    if (this.#isOffered) this.#offer(nowMs);
    else this.#sendAgain(nowMs);
  }

  /** What was waited for is there: a part of the file, or a turn. */
  resume(nowMs: number): void {
    if (this.#isOver || !this.#isWaiting) return;
    this.#isWaiting = false;
    this.#sendWindow(nowMs);
  }

  /** The file cannot be read: the client is told, and need not wait. */
  fail(): void {
    if (this.#isOver) return;
    const message = "the file cannot be read";
    const error = encodeTftp({ kind: "error", code: tftpErrorCode.notDefined, message });
    this.#options.send(error, error.length);
    this.#end({ outcome: "failed" });
  }

  /** Ends the transfer without a word, and without `onEnd`. */
  stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.blocks.close();
  }

  #acknowledge(block: number, nowMs: number): void {
    if (this.#isOffered) {
      if (block !== 0) return;
      this.#isOffered = false;
      this.#isProven = true;
      this.#retries = 0;
      this.#sendWindow(nowMs);
      return;
    }
    const ahead = (block - this.#confirmed) & 0xffff;
    if (ahead > 0 && ahead <= this.#highest - this.#confirmed) {
      this.#advance(this.#confirmed + ahead, nowMs);
      return;
    }
    // In lockstep a repeated acknowledgment is never answered: two copies of everything would go on to the end
    // (RFC 1123 s. 4.2.3.1). With windows it says that the first block of the window was lost; once is enough.
    if (ahead !== 0 || this.#windowBlocks === 1 || this.#isRepeated || this.#isWaiting) return;
    this.#isRepeated = true;
    this.#sendAgain(nowMs);
  }

  #advance(confirmed: number, nowMs: number): void {
    this.#confirmed = confirmed;
    this.#isProven = true;
    this.#retries = 0;
    this.#isRepeated = false;
    if (confirmed === this.#last) {
      this.#end({ outcome: "completed" });
      return;
    }
    this.#options.blocks.release(confirmed * this.#blockBytes);
    this.#sendAgain(nowMs);
  }

  /** What follows the confirmed block, whether it was sent before or not. */
  #sendAgain(nowMs: number): void {
    this.#next = this.#confirmed + 1;
    // Who waits sends from there when the waiting is over.
    if (!this.#isWaiting) this.#sendWindow(nowMs);
  }

  #sendWindow(nowMs: number): void {
    const { turn } = this.#options;
    this.#sentMs = nowMs;
    while (this.#next <= Math.min(this.#confirmed + this.#windowBlocks, this.#last)) {
      if (!turn.take()) {
        this.#isWaiting = true;
        turn.later(() => this.resume(performance.now()));
        return;
      }
      if (!this.#sendBlock(this.#next)) {
        this.#isWaiting = true;
        return;
      }
      this.#highest = Math.max(this.#highest, this.#next);
      this.#next += 1;
    }
  }

  /** Returns whether the block was at hand. */
  #sendBlock(block: number): boolean {
    const packet = this.#packet;
    const position = (block - 1) * this.#blockBytes;
    const bytes = this.#options.blocks.copy(position, this.#blockBytes, { into: packet, at: headerBytes });
    if (bytes === undefined) return false;
    if (bytes < this.#blockBytes) this.#last = block;
    packet[0] = 0;
    packet[1] = 3;
    packet[2] = (block >> 8) & 0xff;
    packet[3] = block & 0xff;
    const isGone = this.#options.send(packet, headerBytes + bytes);
    if (!isGone) this.#packet = Buffer.allocUnsafeSlow(packet.length);
    return true;
  }

  #offer(nowMs: number): void {
    const options = this.#options.terms.acknowledged;
    const offer = encodeTftp({ kind: "option-acknowledgment", options });
    this.#sentMs = nowMs;
    this.#options.send(offer, offer.length);
  }

  #end(end: TransferEnd): void {
    this.stop();
    this.#options.onEnd(end);
  }
}

/** As `decodeTftp` reads an acknowledgment, without making anything: nearly all that clients send is one. */
function acknowledgedBlock(datagram: Uint8Array): number | undefined {
  if (datagram.length < headerBytes || datagram[0] !== 0 || datagram[1] !== 4) return undefined;
  return ((datagram[2] ?? 0) << 8) | (datagram[3] ?? 0);
}

import type { TransferTerms } from "./negotiate.ts";
import { encodeTftp, type TftpPacket, tftpErrorCode } from "./packet.ts";

/** How a transfer ended. */
export type TransferEnd =
  /** The client acknowledged the last block. */
  | { readonly outcome: "completed" }
  /** The client gave up. Code 8 is normal: firmware asks for the size first and then starts again. */
  | { readonly outcome: "aborted"; readonly code: number; readonly message: string }
  /** Nothing that helped was heard for too long. */
  | { readonly outcome: "silent" };

/** Where a transfer stands. A value: each step makes a new one. */
interface TransferState {
  /** The file as it is to be sent. */
  readonly bytes: Uint8Array;
  readonly terms: TransferTerms;
  /** The client has all blocks up to this one. `"offered"`: it was told the options and has not agreed yet. */
  readonly confirmed: number | "offered";
  /** How often in a row the same packets were sent again. */
  readonly retries: number;
  /** Whether the window in flight was sent again because of a repeated acknowledgment. */
  readonly repeated: boolean;
}

/** What is to be done after something happened. */
export interface TransferStep {
  readonly state: TransferState;
  readonly send: readonly Uint8Array[];
  /** `undefined` while the transfer goes on. */
  readonly end: TransferEnd | undefined;
}

/** How often in a row the same packets are sent again. */
const retriesMax = 5;

/**
 * Begins to send a file: the sending side of RFC 1350, with windows (RFC 7440). Holds no socket and no timer.
 *
 * Blocks are counted from 1 without end; on the wire the number is taken modulo 65,536, so that files of any
 * size pass.
 */
export function beginTransfer(bytes: Uint8Array, terms: TransferTerms): TransferStep {
  const confirmed = terms.acknowledged.size > 0 ? "offered" : 0;
  return sendCurrent({ bytes, terms, confirmed, retries: 0, repeated: false });
}

/** The client sent something. */
export function receivePacket(state: TransferState, packet: TftpPacket): TransferStep {
  if (packet.kind === "acknowledgment") return acknowledge(state, packet.block);
  if (packet.kind === "error") {
    return { state, send: [], end: { outcome: "aborted", code: packet.code, message: packet.message } };
  }
  const code = tftpErrorCode.illegalOperation;
  const message = "only acknowledgments are expected here";
  return {
    state,
    send: [encodeTftp({ kind: "error", code, message })],
    end: { outcome: "aborted", code, message },
  };
}

/** Nothing came for `terms.timeoutMs` since the last packets were sent. */
export function receiveNothing(state: TransferState): TransferStep {
  if (state.retries === retriesMax) return { state, send: [], end: { outcome: "silent" } };
  return sendCurrent({ ...state, retries: state.retries + 1 });
}

function acknowledge(state: TransferState, block: number): TransferStep {
  const { confirmed, terms, repeated } = state;
  if (confirmed === "offered") return block === 0 ? advance(state, 0) : wait(state);
  const ahead = (block - confirmed) & 0xffff;
  if (ahead > 0 && ahead <= blocksInFlight(state)) return advance(state, confirmed + ahead);
  // In lockstep a repeated acknowledgment is never answered: two copies of everything would go on to the end
  // (RFC 1123 s. 4.2.3.1). With windows it says that the first block of the window was lost; once is enough.
  if (ahead !== 0 || terms.windowBlocks === 1 || repeated) return wait(state);
  return sendCurrent({ ...state, repeated: true });
}

function advance(state: TransferState, confirmed: number): TransferStep {
  const next = { ...state, confirmed, retries: 0, repeated: false };
  return confirmed === lastBlock(state)
    ? { state: next, send: [], end: { outcome: "completed" } }
    : sendCurrent(next);
}

function wait(state: TransferState): TransferStep {
  return { state, send: [], end: undefined };
}

/** What the client is waiting for: the options, or the window after what it has. */
function sendCurrent(state: TransferState): TransferStep {
  const { confirmed, terms } = state;
  if (confirmed === "offered") {
    const offer = encodeTftp({ kind: "option-acknowledgment", options: terms.acknowledged });
    return { state, send: [offer], end: undefined };
  }
  const send = Array.from({ length: blocksInFlight(state) }, (_, index) =>
    data(state, confirmed + 1 + index),
  );
  return { state, send, end: undefined };
}

function data({ bytes, terms: { blockBytes } }: TransferState, block: number): Uint8Array {
  const from = (block - 1) * blockBytes;
  return encodeTftp({ kind: "data", block: block & 0xffff, bytes: bytes.subarray(from, from + blockBytes) });
}

/** The last block is shorter than the others, if need be empty: that is how the client knows it. */
function lastBlock({ bytes, terms }: TransferState): number {
  return Math.floor(bytes.length / terms.blockBytes) + 1;
}

function blocksInFlight(state: TransferState): number {
  const { confirmed, terms } = state;
  return confirmed === "offered" ? 0 : Math.min(terms.windowBlocks, lastBlock(state) - confirmed);
}

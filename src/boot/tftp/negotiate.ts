import type { TftpOptions } from "./packet.ts";

/** How a transfer goes, as agreed. */
export interface TransferTerms {
  /** Octets per block. Without the option 512 (RFC 1350 s. 2). */
  readonly blockBytes: number;
  /** Blocks that are sent without waiting for an acknowledgment (RFC 7440). Without the option 1. */
  readonly windowBlocks: number;
  /** How long an acknowledgment is waited for, milliseconds: the client's wish, or the server's own measure. */
  readonly timeoutMs: number;
  /** Whether `timeoutMs` is the client's wish, which is kept to; the server's own measure grows with each attempt. */
  readonly isTimeoutAgreed: boolean;
  /** What is told of this: empty when no option was asked for that is known. */
  readonly acknowledged: TftpOptions;
}

export interface TransferLimits {
  /** Largest block that is agreed to, 512 to 65,464 octets. 1,468 fills an Ethernet frame without fragments. */
  readonly blockBytesMax: number;
  /** Largest window that is agreed to, 1 to 64 blocks. */
  readonly windowBlocksMax: number;
  /** The server's own measure of patience, milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Longest timeout that is agreed to, seconds. RFC 2349 has up to 255; firmware asks for up to 4. With more, a client
 * that is never heard again would keep a transfer's place for half an hour.
 */
const timeoutSecondsMax = 10;

/** Most octets on their way at once; a transfer of a large file has them in memory. */
export const windowBytesMax = 128 * 1024;

/**
 * Agrees to what the client asks for, or to less. An option that is unknown or out of its range is left out of
 * the acknowledgment, which RFC 2347 s. 3 means by ignoring it.
 *
 * `fileBytes`: undefined when nobody knows it before the end, as in netascii; its size is then not told.
 */
export function negotiate(
  options: TftpOptions,
  { fileBytes, limits }: { readonly fileBytes: number | undefined; readonly limits: TransferLimits },
): TransferTerms {
  // RFC 2348: 8 to 65464. RFC 7440: 1 to 65535. RFC 2349: tsize 0 in a read request.
  const askedBlock = numberIn(options.get("blksize"), 8, 65_464);
  const askedWindow = numberIn(options.get("windowsize"), 1, 65_535);
  const askedTimeout = numberIn(options.get("timeout"), 1, timeoutSecondsMax);
  const asksSize = numberIn(options.get("tsize"), 0, Number.MAX_SAFE_INTEGER) !== undefined;

  const blockBytes = Math.min(askedBlock ?? 512, limits.blockBytesMax);
  const windowMost = Math.max(1, Math.min(limits.windowBlocksMax, Math.floor(windowBytesMax / blockBytes)));
  const windowBlocks = Math.min(askedWindow ?? 1, windowMost);
  const acknowledged = new Map<string, string>();
  if (askedBlock !== undefined) acknowledged.set("blksize", String(blockBytes));
  if (askedTimeout !== undefined) acknowledged.set("timeout", String(askedTimeout));
  if (asksSize && fileBytes !== undefined) acknowledged.set("tsize", String(fileBytes));
  if (askedWindow !== undefined) acknowledged.set("windowsize", String(windowBlocks));
  return {
    blockBytes,
    windowBlocks,
    timeoutMs: askedTimeout === undefined ? limits.timeoutMs : askedTimeout * 1000,
    isTimeoutAgreed: askedTimeout !== undefined,
    acknowledged,
  };
}

function numberIn(text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  const number = Number(text);
  return least <= number && number <= most ? number : undefined;
}

import type { TftpOptions } from "./packet.ts";

/** How a transfer goes, as agreed. */
export interface TransferTerms {
  /** Octets per block. Without the option 512 (RFC 1350 s. 2). */
  readonly blockBytes: number;
  /** Blocks that are sent without waiting for an acknowledgment (RFC 7440). Without the option 1. */
  readonly windowBlocks: number;
  /** How long an acknowledgment is waited for, milliseconds. */
  readonly timeoutMs: number;
  /** What is told of this: empty when no option was asked for that is known. */
  readonly acknowledged: TftpOptions;
}

export interface TransferLimits {
  /** Largest block that is agreed to, 512 to 65,464 octets. 1,468 fills an Ethernet frame without fragments. */
  readonly blockBytesMax: number;
  /** Largest window that is agreed to, 1 to 64 blocks. */
  readonly windowBlocksMax: number;
  /** Used when the client names none, milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Longest timeout that is agreed to, seconds. RFC 2349 has up to 255; firmware asks for up to 4. With more, a client
 * that sends one packet and is never heard again would keep a transfer's place for half an hour.
 */
const timeoutSecondsMax = 10;

/**
 * Agrees to what the client asks for, or to less. An option that is unknown or out of its range is left out of
 * the acknowledgment, which RFC 2347 s. 3 means by ignoring it.
 */
export function negotiate(
  options: TftpOptions,
  { fileBytes, limits }: { readonly fileBytes: number; readonly limits: TransferLimits },
): TransferTerms {
  // RFC 2348: 8 to 65464. RFC 7440: 1 to 65535. RFC 2349: tsize 0 in a read request.
  const blockBytes = numberIn(options.get("blksize"), 8, 65_464);
  const windowBlocks = numberIn(options.get("windowsize"), 1, 65_535);
  const timeoutSeconds = numberIn(options.get("timeout"), 1, timeoutSecondsMax);
  const asksSize = numberIn(options.get("tsize"), 0, Number.MAX_SAFE_INTEGER) !== undefined;

  const terms = {
    blockBytes: Math.min(blockBytes ?? 512, limits.blockBytesMax),
    windowBlocks: Math.min(windowBlocks ?? 1, limits.windowBlocksMax),
    timeoutMs: timeoutSeconds === undefined ? limits.timeoutMs : timeoutSeconds * 1000,
  };
  const acknowledged = new Map<string, string>();
  if (blockBytes !== undefined) acknowledged.set("blksize", String(terms.blockBytes));
  if (timeoutSeconds !== undefined) acknowledged.set("timeout", String(timeoutSeconds));
  if (asksSize) acknowledged.set("tsize", String(fileBytes));
  if (windowBlocks !== undefined) acknowledged.set("windowsize", String(terms.windowBlocks));
  return { ...terms, acknowledged };
}

function numberIn(text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  const number = Number(text);
  return least <= number && number <= most ? number : undefined;
}

/** The file as `netascii` sends it (RFC 1350 s. 1, RFC 764): LF as CR LF, CR as CR NUL. */
export function toNetascii(bytes: Uint8Array): Uint8Array {
  const lineFeed = 0x0a;
  const carriageReturn = 0x0d;
  const added = bytes.reduce(
    (count, octet) => (octet === lineFeed || octet === carriageReturn ? count + 1 : count),
    0,
  );
  const out = new Uint8Array(bytes.length + added);
  let at = 0;
  for (const octet of bytes) {
    if (octet === lineFeed) out[at++] = carriageReturn;
    out[at++] = octet;
    if (octet === carriageReturn) out[at++] = 0;
  }
  return out;
}

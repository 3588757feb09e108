import { blocksOf } from "../../../src/boot/tftp/blocks.ts";
import type { TftpContent } from "../../../src/boot/tftp/files.ts";
import { negotiate } from "../../../src/boot/tftp/negotiate.ts";
import { decodeTftp, type TftpPacket } from "../../../src/boot/tftp/packet.ts";
import { Transfer, type TransferEnd } from "../../../src/boot/tftp/transfer.ts";
import type { Turn } from "../../../src/boot/tftp/turn.ts";

const transferLimits = { blockBytesMax: 65_464, windowBlocksMax: 64, timeoutMs: 1_000 };

/** Lets everybody send as much as he wants. */
const endlessTurn: Turn = { take: () => true, later: () => undefined };

interface Sending {
  readonly content: TftpContent;
  readonly options?: Readonly<Record<string, string>>;
  readonly turn?: Turn;
  /** Whether the socket has sent what it was given. (Default: at once) */
  readonly isGone?: () => boolean;
}

/** A transfer on a clock and a wire of the test. */
export function sending({ content, options = {}, turn = endlessTurn, isGone = () => true }: Sending) {
  const fileBytes = content.kind === "memory" ? content.bytes.length : undefined;
  const terms = negotiate(new Map(Object.entries(options)), { fileBytes, limits: transferLimits });
  const ends: TransferEnd[] = [];
  const errors: unknown[] = [];
  const kept: Buffer[] = [];
  let nowMs = 0;
  const transfer: Transfer = new Transfer({
    terms,
    turn,
    blocks: blocksOf(content, {
      onReady: () => transfer.resume(nowMs),
      onFailed: (error) => {
        errors.push(error);
        transfer.fail();
      },
    }),
    // The memory of a packet belongs to the transfer again once it is gone.
    send(packet, length) {
      kept.push(isGone() ? Buffer.from(packet.subarray(0, length)) : packet.subarray(0, length));
      return isGone();
    },
    onEnd: (end) => ends.push(end),
  });
  const sent = (): readonly TftpPacket[] =>
    kept.splice(0).map((packet) => decodeTftp(packet) ?? { kind: "error", code: -1, message: "malformed" });

  transfer.begin(nowMs);
  return {
    transfer,
    errors,
    /** How it ended; `undefined` while it goes on. Ends once. */
    end() {
      if (ends.length > 1) throw new Error("the transfer ended twice");
      return ends[0];
    },
    /** What was sent since the last look. */
    sent,
    /** The numbers of the blocks that were sent since the last look. */
    blocks: () => sent().map((packet) => (packet.kind === "data" ? packet.block : Number.NaN)),
    acknowledge: (block: number) => transfer.receive(Buffer.from([0, 4, block >> 8, block & 0xff]), nowMs),
    wait(ms: number) {
      nowMs += ms;
      transfer.tick(nowMs);
    },
  };
}

export function inMemory(bytes: Uint8Array): TftpContent {
  return { kind: "memory", bytes };
}

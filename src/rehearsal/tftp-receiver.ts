import { createHash, type Hash } from "node:crypto";

/** What to ask for, and how. */
export interface TftpWish {
  readonly file: string;
  /** Option blksize (RFC 2348), 8 to 65,464. */
  readonly blockBytes: number;
  /** Option windowsize (RFC 7440), 1 to 65,535; 1 asks for none. */
  readonly windowBlocks: number;
  /** Only ask how large the file is (RFC 2349), then abort, as UEFI firmware does before it loads anything. */
  readonly sizeOnly: boolean;
}

export type TftpProgress =
  | { readonly state: "receiving" }
  | { readonly state: "received"; readonly bytes: number; readonly sha256: string }
  /** After `sizeOnly`. */
  | { readonly state: "sized"; readonly bytes: number }
  | { readonly state: "failed"; readonly message: string };

/** One transfer, without a socket: what was received goes in, what is to be sent comes out. */
interface TftpReceiver {
  readonly progress: TftpProgress;
  /** What to send again when nothing comes. */
  readonly latest: Uint8Array;
  /** Takes a packet of the server; returns what to answer. */
  take(packet: Buffer): Uint8Array | undefined;
}

const opcode = { readRequest: 1, data: 3, acknowledgement: 4, error: 5, optionAcknowledgement: 6 } as const;

/** RFC 1350 s. 5; 8 is the refusal of options (RFC 2347 s. 2), which firmware also aborts with. */
const errorCode = { aborted: 8 } as const;

/** A transfer on its way. */
interface Transfer {
  readonly wish: TftpWish;
  readonly hash: Hash;
  progress: TftpProgress;
  latest: Uint8Array;
  /** What the server agreed to; without an answer to options, RFC 1350's. */
  agreed: { readonly blockBytes: number; readonly windowBlocks: number; readonly size: number | undefined };
  /** Blocks received, counted on beyond 65,535. */
  block: number;
  bytes: number;
  /** Blocks since the last acknowledgement. */
  unacknowledged: number;
  /** Whether a block out of order was answered already; only progress makes another answer due. */
  complained: boolean;
}

export function tftpReceiver(wish: TftpWish): TftpReceiver {
  const transfer: Transfer = {
    wish,
    hash: createHash("sha256"),
    progress: { state: "receiving" },
    latest: readRequest(wish),
    agreed: { blockBytes: 512, windowBlocks: 1, size: undefined },
    block: 0,
    bytes: 0,
    unacknowledged: 0,
    complained: false,
  };
  return {
    get progress() {
      return transfer.progress;
    },
    get latest() {
      return transfer.latest;
    },
    take(packet) {
      if (transfer.progress.state !== "receiving" || packet.length < 4) return undefined;
      switch (packet.readUInt16BE(0)) {
        case opcode.optionAcknowledgement:
          return takeOptions(transfer, packet);
        case opcode.data:
          return takeData(transfer, packet);
        case opcode.error:
          transfer.progress = {
            state: "failed",
            message: `error ${packet.readUInt16BE(2)}: ${textOf(packet)}`,
          };
          return undefined;
        default:
          return undefined;
      }
    },
  };
}

function takeOptions(transfer: Transfer, packet: Buffer): Uint8Array | undefined {
  if (transfer.block > 0) return undefined;
  const { wish } = transfer;
  const options = optionsOf(packet);
  const agreed = {
    blockBytes: options.get("blksize") ?? 512,
    windowBlocks: options.get("windowsize") ?? 1,
    size: options.get("tsize"),
  };
  transfer.agreed = agreed;
  // An option that the server left out has RFC 1350's value, whatever was asked for.
  const blockBytes = options.get("blksize") ?? 0;
  if (blockBytes > wish.blockBytes || agreed.windowBlocks > wish.windowBlocks) {
    return fail(transfer, `the server wants ${blockBytes} bytes, ${agreed.windowBlocks} blocks at once`);
  }
  if (!wish.sizeOnly) return answer(transfer, acknowledgement(0));
  if (agreed.size === undefined) return fail(transfer, "the server does not say how large the file is");
  transfer.progress = { state: "sized", bytes: agreed.size };
  return errorPacket("User aborted the transfer");
}

function takeData(transfer: Transfer, packet: Buffer): Uint8Array | undefined {
  const { agreed } = transfer;
  const contents = packet.subarray(4);
  if (packet.readUInt16BE(2) !== ((transfer.block + 1) & 0xffff)) {
    // Lost, doubled or overtaken: say once how far we are, or every echo would make one more.
    if (transfer.complained) return undefined;
    transfer.complained = true;
    transfer.unacknowledged = 0;
    return answer(transfer, acknowledgement(transfer.block));
  }
  if (contents.length > agreed.blockBytes) return fail(transfer, `a block of ${contents.length} bytes`);
  transfer.block += 1;
  transfer.bytes += contents.length;
  transfer.unacknowledged += 1;
  transfer.complained = false;
  transfer.hash.update(contents);
  if (contents.length < agreed.blockBytes) return finish(transfer);
  if (transfer.unacknowledged < agreed.windowBlocks) return undefined;
  transfer.unacknowledged = 0;
  return answer(transfer, acknowledgement(transfer.block));
}

function finish(transfer: Transfer): Uint8Array {
  const { agreed, bytes, hash, block } = transfer;
  if (agreed.size !== undefined && agreed.size !== bytes) {
    return fail(transfer, `${agreed.size} bytes were announced, ${bytes} came`);
  }
  transfer.progress = { state: "received", bytes, sha256: hash.digest("hex") };
  return answer(transfer, acknowledgement(block));
}

function answer(transfer: Transfer, packet: Uint8Array): Uint8Array {
  transfer.latest = packet;
  return packet;
}

function fail(transfer: Transfer, message: string): Uint8Array {
  transfer.progress = { state: "failed", message };
  return errorPacket(message);
}

/** RFC 1350 s. 5, RFC 2347. */
function readRequest({ file, blockBytes, windowBlocks }: Omit<TftpWish, "sizeOnly">): Uint8Array {
  const window = windowBlocks > 1 ? ["windowsize", String(windowBlocks)] : [];
  const words = [file, "octet", "tsize", "0", "blksize", String(blockBytes), ...window];
  return Buffer.concat([
    Buffer.from([0, opcode.readRequest]),
    Buffer.from(`${words.join("\0")}\0`, "latin1"),
  ]);
}

function acknowledgement(block: number): Uint8Array {
  return Buffer.from([0, opcode.acknowledgement, (block >> 8) & 0xff, block & 0xff]);
}

/** An error that ends the transfer; the server does not answer it. */
function errorPacket(message: string): Uint8Array {
  return Buffer.concat([
    Buffer.from([0, opcode.error, 0, errorCode.aborted]),
    Buffer.from(`${message}\0`, "latin1"),
  ]);
}

function textOf(packet: Buffer): string {
  return packet.toString("latin1", 4).replace(/\0.*$/s, "");
}

function optionsOf(packet: Buffer): ReadonlyMap<string, number> {
  const words = packet.toString("latin1", 2).split("\0");
  const options = new Map<string, number>();
  for (let index = 0; index + 1 < words.length; index += 2) {
    options.set((words[index] ?? "").toLowerCase(), Number(words[index + 1]));
  }
  return options;
}

import { describe, expect, test } from "vitest";
import { negotiate } from "../../../src/boot/tftp/negotiate.ts";
import { decodeTftp, type TftpPacket } from "../../../src/boot/tftp/packet.ts";
import {
  beginTransfer,
  receiveNothing,
  receivePacket,
  type TransferStep,
} from "../../../src/boot/tftp/transfer.ts";
import { dice } from "../../support/history.ts";

const limits = { blockBytesMax: 65_464, windowBlocksMax: 64, timeoutMs: 1_000 };

function begin(bytes: Uint8Array, options: Readonly<Record<string, string>> = {}): TransferStep {
  return beginTransfer(
    bytes,
    negotiate(new Map(Object.entries(options)), { fileBytes: bytes.length, limits }),
  );
}

const acknowledge = ({ state }: TransferStep, block: number) =>
  receivePacket(state, { kind: "acknowledgment", block });

/** The numbers of the data blocks that a step sends. */
function blocks({ send }: TransferStep): readonly number[] {
  return packets(send).map((packet) => (packet.kind === "data" ? packet.block : Number.NaN));
}

function packets(send: readonly Uint8Array[]): readonly TftpPacket[] {
  return send.map(decodeTftp).filter((packet) => packet !== undefined);
}

describe("sending a file in lockstep", () => {
  const file = Buffer.alloc(1_200, "x");

  test("sends a block for each acknowledgment, the last one shorter", () => {
    let step = begin(file);
    expect(blocks(step)).toEqual([1]);
    step = acknowledge(step, 1);
    expect(blocks(step)).toEqual([2]);
    step = acknowledge(step, 2);
    expect(step.send[0]?.length).toBe(4 + 176);
    step = acknowledge(step, 3);
    expect(step).toMatchObject({ send: [], end: { outcome: "completed" } });
  });

  test.each([0, 512, 1024])("ends a file of %i octets with an empty block", (bytes) => {
    let step = begin(Buffer.alloc(bytes));
    const last = bytes / 512 + 1;
    for (let block = 1; block < last; block++) step = acknowledge(step, block);
    expect(step.send.map(({ length }) => length)).toEqual([4]);
    expect(acknowledge(step, last).end).toEqual({ outcome: "completed" });
  });

  test("answers no acknowledgment twice, so that one repeated packet does not double all that follow", () => {
    const step = acknowledge(begin(file), 1);
    const again = acknowledge(step, 1);
    expect(again).toMatchObject({ send: [], end: undefined });
    expect(blocks(acknowledge(again, 2))).toEqual([3]);
  });

  test("passes over an acknowledgment of what was not sent", () => {
    expect(acknowledge(begin(file), 2)).toMatchObject({ send: [], end: undefined });
  });

  test("sends the same again when nothing comes, five times, and then gives up", () => {
    let step = begin(file);
    for (let attempt = 0; attempt < 5; attempt++) {
      step = receiveNothing(step.state);
      expect(blocks(step)).toEqual([1]);
    }
    expect(receiveNothing(step.state)).toMatchObject({ send: [], end: { outcome: "silent" } });
  });

  test("counts attempts anew after every progress", () => {
    let step = begin(file);
    for (let attempt = 0; attempt < 5; attempt++) step = receiveNothing(step.state);
    step = acknowledge(step, 1);
    for (let attempt = 0; attempt < 5; attempt++) step = receiveNothing(step.state);
    expect(step.end).toBeUndefined();
  });

  test("ends when the client gives up, as firmware does after it asked for the size", () => {
    const step = receivePacket(begin(file, { tsize: "0" }).state, {
      kind: "error",
      code: 8,
      message: "done",
    });
    expect(step).toMatchObject({ send: [], end: { outcome: "aborted", code: 8 } });
  });

  test("ends with an error when something else than an acknowledgment comes", () => {
    const step = receivePacket(begin(file).state, { kind: "data", block: 1, bytes: Buffer.alloc(1) });
    expect(packets(step.send)).toMatchObject([{ kind: "error", code: 4 }]);
    expect(step.end).toMatchObject({ outcome: "aborted" });
  });
});

describe("offering options", () => {
  test("waits for the acknowledgment of block 0", () => {
    const step = begin(Buffer.alloc(10), { blksize: "8", tsize: "0" });
    expect(packets(step.send)).toEqual([
      {
        kind: "option-acknowledgment",
        options: new Map([
          ["blksize", "8"],
          ["tsize", "10"],
        ]),
      },
    ]);
    expect(acknowledge(step, 1)).toMatchObject({ send: [], end: undefined });
    expect(packets(receiveNothing(step.state).send)).toMatchObject([{ kind: "option-acknowledgment" }]);
    expect(blocks(acknowledge(step, 0))).toEqual([1]);
  });
});

describe("sending a file in windows", () => {
  const window = (bytes: number) =>
    acknowledge(begin(Buffer.alloc(bytes), { blksize: "8", windowsize: "4" }), 0);

  test("sends as many blocks as the window holds", () => {
    const step = window(100);
    expect(blocks(step)).toEqual([1, 2, 3, 4]);
    expect(blocks(acknowledge(step, 4))).toEqual([5, 6, 7, 8]);
  });

  test("goes on behind the block that the client has when one in between was lost", () => {
    expect(blocks(acknowledge(window(100), 2))).toEqual([3, 4, 5, 6]);
  });

  test("sends a window whose first block was lost again, once for any number of complaints", () => {
    const step = acknowledge(window(100), 0);
    expect(blocks(step)).toEqual([1, 2, 3, 4]);
    expect(acknowledge(step, 0).send).toEqual([]);
  });

  test("ends with a window that is not full", () => {
    const step = acknowledge(window(41), 4);
    expect(blocks(step)).toEqual([5, 6]);
    expect(acknowledge(step, 6).end).toEqual({ outcome: "completed" });
  });
});

describe("a network that loses, doubles and delays packets", () => {
  test.each([
    { bytes: 0, options: {} },
    { bytes: 5_000, options: {} },
    { bytes: 5_120, options: { blksize: "512", windowsize: "1" } },
    { bytes: 20_000, options: { blksize: "100", windowsize: "7" } },
    // More than 65,536 blocks: their numbers start again from 0.
    { bytes: 8 * 70_000, options: { blksize: "8", windowsize: "64" }, loss: 0.002 },
  ])("delivers the same bytes in the end: $bytes octets, $options", ({ bytes, options, loss = 0.05 }) => {
    for (let seed = 1; seed <= 5; seed++) {
      const file = Buffer.from(Array.from({ length: bytes }, (_, index) => (index * 7 + seed) % 251));
      expect(download(file, { options, loss, seed }).equals(file)).toBe(true);
    }
  });
});

/** Runs a transfer to its end over a bad network. Time is the turn: silence is a turn without an answer. */
function download(
  file: Buffer,
  { options, loss, seed }: { options: Readonly<Record<string, string>>; loss: number; seed: number },
): Buffer {
  const chance = dice(seed);
  const happens = (probability: number) => chance.roll(10_000) < probability * 10_000;
  const client = carefulClient(Number(options["blksize"] ?? 512));
  let step = begin(file, options);
  for (let turn = 0; turn < 200_000 && !step.end; turn++) {
    const doubled = packets(step.send).flatMap((packet) => (happens(0.02) ? [packet, packet] : [packet]));
    const answer = client.receive(doubled.filter(() => !happens(loss)));
    const lost = answer === undefined || happens(loss);
    step = lost ? receiveNothing(step.state) : acknowledge(step, answer);
  }
  expect(step.end).toEqual({ outcome: "completed" });
  return client.received();
}

/** Acknowledges the last block that it has without a gap (RFC 1350, RFC 7440). */
function carefulClient(blockBytes: number) {
  const blocksInOrder: Uint8Array[] = [];

  function take(packet: TftpPacket): void {
    if (packet.kind !== "data" || packet.block !== ((blocksInOrder.length + 1) & 0xffff)) return;
    const last = blocksInOrder.at(-1);
    if (!last || last.length === blockBytes) blocksInOrder.push(packet.bytes);
  }

  return {
    /** The number to acknowledge; `undefined` when nothing came. */
    receive(arrived: readonly TftpPacket[]): number | undefined {
      for (const packet of arrived) take(packet);
      return arrived.length === 0 ? undefined : blocksInOrder.length & 0xffff;
    },
    received: () => Buffer.concat(blocksInOrder),
  };
}

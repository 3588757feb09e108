import { describe, expect, test } from "vitest";
import { blocksOf } from "../../../src/boot/tftp/blocks.ts";
import type { TftpContent } from "../../../src/boot/tftp/files.ts";
import { inNetascii } from "../../../src/boot/tftp/netascii.ts";
import { sending } from "./sending.ts";

/** A file on a disk that answers when the test says so. */
function slowDisk(bytes: Buffer) {
  const waiting: (() => void)[] = [];
  const read: number[] = [];
  const state = { closed: 0, fails: false };
  const content: Extract<TftpContent, { kind: "stored" }> = {
    kind: "stored",
    async read(position, into) {
      read.push(position);
      await new Promise<void>((answered) => waiting.push(answered));
      if (state.fails) throw new Error("the disk is broken");
      return bytes.copy(into, 0, position, position + into.length);
    },
    close: () => {
      state.closed += 1;
    },
  };
  /** Lets one read come to its end. */
  async function answer(): Promise<void> {
    waiting.shift()?.();
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  }
  return { content, read, state, answer, waiting };
}

const pieceBytes = 128 * 1024;
const file = Buffer.from(Array.from({ length: 3 * pieceBytes + 77 }, (_, index) => (index * 31) % 251));

describe("a file on disk", () => {
  test.each([
    { options: { blksize: "1468" }, name: "in lockstep" },
    { options: { blksize: "1468", windowsize: "64" }, name: "in windows" },
    { options: { blksize: "65464", windowsize: "2" }, name: "in large blocks" },
  ])("is sent as it is, a piece at a time: $name", async ({ options }) => {
    const disk = slowDisk(file);
    const { sent, acknowledge, end, wait } = sending({ content: disk.content, options });
    const received: Buffer[] = [];
    const take = () => {
      for (const packet of sent()) {
        if (packet.kind === "data" && packet.block === received.length + 1)
          received.push(Buffer.from(packet.bytes));
      }
    };
    acknowledge(0);
    for (let turn = 0; turn < 2_000 && !end(); turn++) {
      const before = received.length;
      take();
      if (received.length > before) acknowledge(received.length);
      else if (disk.waiting.length > 0) {
        // A slow disk is not the client's silence.
        wait(60_000);
        await disk.answer();
      }
    }
    expect(end()).toEqual({ outcome: "completed" });
    expect(Buffer.concat(received).equals(file)).toBe(true);
    expect(disk.read).toEqual([0, 1, 2, 3].map((piece) => piece * pieceBytes));
    expect(disk.state.closed).toBe(1);
  });

  test("is sent again from memory where packets were lost, over the border of two pieces", async () => {
    const disk = slowDisk(file);
    const { blocks, acknowledge, wait } = sending({
      content: disk.content,
      options: { blksize: "1024", windowsize: "4" },
    });
    acknowledge(0);
    await disk.answer();
    for (let block = 4; block <= 124; block += 4) acknowledge(block);
    await disk.answer();
    acknowledge(126);
    blocks();
    for (let turn = 0; turn < 3; turn++) {
      wait(4_000);
      expect(blocks()).toEqual([127, 128, 129, 130]);
    }
    expect(disk.read).toEqual([0, pieceBytes]);
  });
});

describe("a transfer from disk", () => {
  test("ends with an error when it cannot be read", async () => {
    const disk = slowDisk(file);
    const { errors, sent, end } = sending({ content: disk.content });
    disk.state.fails = true;
    await disk.answer();
    expect(sent()).toMatchObject([{ kind: "error", code: 0 }]);
    expect(end()).toEqual({ outcome: "failed" });
    expect(errors).toMatchObject([{ message: "the disk is broken" }]);
    expect(disk.state.closed).toBe(1);
  });

  test.each([
    true,
    false,
  ])("is closed only when no read is under way any more (that fails: %s)", async (fails) => {
    const disk = slowDisk(file);
    const { transfer } = sending({ content: disk.content });
    transfer.stop();
    expect(disk.state.closed).toBe(0);
    disk.state.fails = fails;
    await disk.answer();
    expect(disk.state.closed).toBe(1);
  });

  test("converts it on the way where netascii is asked for", async () => {
    const text = Buffer.alloc(100_000, "a line\nof text\r");
    const blocks = blocksOf(
      inNetascii({
        ...slowDisk(text).content,
        read: async (at, into) => text.copy(into, 0, at, at + into.length),
      }),
      { onReady: () => undefined, onFailed: () => undefined },
    );
    const into = Buffer.alloc(512);
    const parts: string[] = [];
    for (let position = 0; ; ) {
      const copied = blocks.copy(position, 512, { into, at: 0 });
      if (copied === undefined) {
        await new Promise((later) => setImmediate(later));
        continue;
      }
      parts.push(into.toString("latin1", 0, copied));
      position += copied;
      blocks.release(position);
      if (copied < 512) break;
    }
    const expected = text.toString().replace(/\r|\n/g, (octet) => (octet === "\n" ? "\r\n" : "\r\0"));
    expect(parts.join("")).toBe(expected);
  });
});

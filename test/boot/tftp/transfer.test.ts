import { describe, expect, test } from "vitest";
import { encodeTftp } from "../../../src/boot/tftp/packet.ts";
import { inMemory, sending } from "./sending.ts";

const file = Buffer.alloc(1_200, "x");
const sendingFile = (options: Readonly<Record<string, string>> = {}) =>
  sending({ content: inMemory(file), options });

describe("sending a file in lockstep", () => {
  test("sends a block for each acknowledgment, the last one shorter", () => {
    const { blocks, sent, acknowledge, end } = sendingFile();
    expect(blocks()).toEqual([1]);
    acknowledge(1);
    expect(blocks()).toEqual([2]);
    acknowledge(2);
    expect(sent()).toMatchObject([{ kind: "data", block: 3, bytes: { length: 176 } }]);
    expect(end()).toBeUndefined();
    acknowledge(3);
    expect(sent()).toEqual([]);
    expect(end()).toEqual({ outcome: "completed" });
  });

  test.each([0, 512, 1_024])("ends a file of %i octets with an empty block", (bytes) => {
    const { sent, acknowledge, end } = sending({ content: inMemory(Buffer.alloc(bytes)) });
    const last = bytes / 512 + 1;
    for (let block = 1; block < last; block++) acknowledge(block);
    expect(sent().at(-1)).toMatchObject({ block: last, bytes: { length: 0 } });
    acknowledge(last);
    expect(end()).toEqual({ outcome: "completed" });
  });

  test("answers no acknowledgment twice, so that one repeated packet does not double all that follow", () => {
    const { blocks, acknowledge } = sendingFile();
    acknowledge(1);
    acknowledge(1);
    acknowledge(1);
    expect(blocks()).toEqual([1, 2]);
    acknowledge(2);
    expect(blocks()).toEqual([3]);
  });

  test.each([2, 0, 65_535])("passes over an acknowledgment of block %i, which was not sent", (block) => {
    const { blocks, acknowledge, end } = sendingFile();
    acknowledge(block);
    expect(blocks()).toEqual([1]);
    expect(end()).toBeUndefined();
  });

  test("writes the next block elsewhere while the last one is still to leave", () => {
    const bytes = Buffer.concat([Buffer.alloc(512, 1), Buffer.alloc(512, 2)]);
    const { sent, acknowledge } = sending({ content: inMemory(bytes), isGone: () => false });
    acknowledge(1);
    expect(sent()).toMatchObject([{ bytes: bytes.subarray(0, 512) }, { bytes: bytes.subarray(512) }]);
  });
});

describe("a transfer", () => {
  test("ends when the client gives up, as firmware does after it asked for the size", () => {
    const { transfer, sent, end } = sendingFile({ tsize: "0" });
    sent();
    transfer.receive(encodeTftp({ kind: "error", code: 8, message: "done" }), 0);
    expect(end()).toEqual({ outcome: "aborted", code: 8, message: "done" });
    expect(sent()).toEqual([]);
  });

  test("ends with an error when something else than an acknowledgment comes", () => {
    const { transfer, sent, end } = sendingFile();
    sent();
    transfer.receive(encodeTftp({ kind: "data", block: 1, bytes: Buffer.alloc(1) }), 0);
    expect(sent()).toMatchObject([{ kind: "error", code: 4 }]);
    expect(end()).toMatchObject({ outcome: "aborted", code: 4 });
  });

  test("passes over what is no packet, and over everything after its end", () => {
    const { transfer, sent, acknowledge, end, wait } = sendingFile();
    for (const bytes of [[], [0], [0, 4], [0, 4, 0], [9, 9, 9, 9]]) transfer.receive(Buffer.from(bytes), 0);
    expect(end()).toBeUndefined();
    transfer.stop();
    sent();
    acknowledge(1);
    transfer.resume(0);
    transfer.fail();
    wait(60_000);
    expect(sent()).toEqual([]);
    expect(end()).toBeUndefined();
  });
});

describe("offering options", () => {
  test("waits for the acknowledgment of block 0", () => {
    const { sent, blocks, acknowledge } = sendingFile({ blksize: "8", tsize: "0" });
    const options = new Map([
      ["blksize", "8"],
      ["tsize", "1200"],
    ]);
    expect(sent()).toEqual([{ kind: "option-acknowledgment", options }]);
    acknowledge(1);
    expect(sent()).toEqual([]);
    acknowledge(0);
    expect(blocks()).toEqual([1]);
    acknowledge(0);
    expect(blocks()).toEqual([]);
  });
});

describe("sending a file in windows", () => {
  const window = (bytes: number) => {
    const all = sending({
      content: inMemory(Buffer.alloc(bytes)),
      options: { blksize: "8", windowsize: "4" },
    });
    all.sent();
    all.acknowledge(0);
    return all;
  };

  test("sends as many blocks as the window holds", () => {
    const { blocks, acknowledge } = window(100);
    expect(blocks()).toEqual([1, 2, 3, 4]);
    acknowledge(4);
    expect(blocks()).toEqual([5, 6, 7, 8]);
  });

  test("goes on behind the block that the client has when one in between was lost", () => {
    const { blocks, acknowledge } = window(100);
    blocks();
    acknowledge(2);
    expect(blocks()).toEqual([3, 4, 5, 6]);
    acknowledge(4);
    expect(blocks()).toEqual([5, 6, 7, 8]);
  });

  test("sends a window whose first block was lost again, once for any number of complaints", () => {
    const { blocks, acknowledge } = window(100);
    blocks();
    acknowledge(0);
    expect(blocks()).toEqual([1, 2, 3, 4]);
    acknowledge(0);
    expect(blocks()).toEqual([]);
  });

  test("ends with a window that is not full", () => {
    const { blocks, acknowledge, end } = window(41);
    blocks();
    acknowledge(4);
    expect(blocks()).toEqual([5, 6]);
    acknowledge(6);
    expect(end()).toEqual({ outcome: "completed" });
  });
});

describe("a client that is not heard", () => {
  test("and never was gets one packet and two copies, ever slower, whatever it asked for", () => {
    for (const options of [{}, { blksize: "1468", windowsize: "64" }, { timeout: "10" }]) {
      const { sent, wait, end } = sendingFile(options);
      const packets: number[] = [];
      for (let tick = 0; tick < 200; tick++) {
        if (sent().length > 0) packets.push(tick * 50);
        wait(50);
      }
      expect(packets).toEqual([0, 1_000, 3_000]);
      expect(end()).toEqual({ outcome: "silent" });
    }
  });

  test("any more is sent the same again after twice the time, seven times over 16 seconds", () => {
    const { sent, wait, acknowledge, end } = sendingFile();
    acknowledge(1);
    const packets: number[] = [];
    for (let tick = 0; tick < 400; tick++) {
      if (sent().length > 0) packets.push(tick * 50);
      wait(50);
    }
    expect(packets).toEqual([0, 250, 750, 1_750, 3_750, 7_750, 11_750]);
    expect(end()).toEqual({ outcome: "silent" });
  });

  test("is given the timeout that it asked for once it has answered", () => {
    const { sent, wait, acknowledge, end } = sendingFile({ timeout: "2" });
    acknowledge(0);
    const packets: number[] = [];
    for (let tick = 0; tick < 400; tick++) {
      if (sent().length > 0) packets.push(tick * 50);
      wait(50);
    }
    expect(packets).toEqual([0, 2_000, 4_000, 6_000, 8_000, 10_000]);
    expect(end()).toEqual({ outcome: "silent" });
  });

  test("has its attempts counted anew after every progress", () => {
    const { wait, acknowledge, end } = sendingFile();
    acknowledge(1);
    for (let tick = 0; tick < 235; tick++) wait(50);
    acknowledge(2);
    for (let tick = 0; tick < 235; tick++) wait(50);
    expect(end()).toBeUndefined();
  });
});

test("a transfer whose turn is over goes on in the next one, where it was", () => {
  let left = 3;
  const resumed: (() => void)[] = [];
  const turn = { take: () => left-- > 0, later: (resume: () => void) => void resumed.push(resume) };
  const { blocks, acknowledge, wait, end } = sending({
    content: inMemory(Buffer.alloc(100)),
    options: { blksize: "8", windowsize: "8" },
    turn,
  });
  blocks();
  acknowledge(0);
  expect(blocks()).toEqual([1, 2, 3]);
  wait(60_000);
  expect(end()).toBeUndefined();
  expect(blocks()).toEqual([]);
  left = 100;
  for (const resume of resumed.splice(0)) resume();
  expect(blocks()).toEqual([4, 5, 6, 7, 8]);
});

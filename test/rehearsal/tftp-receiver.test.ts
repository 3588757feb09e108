import { describe, expect, test } from "vitest";
import { type TftpWish, tftpReceiver } from "../../src/rehearsal/tftp-receiver.ts";

const wish: TftpWish = { file: "snponly.efi", blockBytes: 8, windowBlocks: 1, sizeOnly: false };

function data(block: number, contents: string): Buffer {
  return Buffer.concat([Buffer.from([0, 3, block >> 8, block & 255]), Buffer.from(contents)]);
}

function options(...words: readonly string[]): Buffer {
  return Buffer.from(`\0\x06${words.map((word) => `${word}\0`).join("")}`);
}

const acknowledged = (block: number) => Buffer.from([0, 4, block >> 8, block & 255]);

describe("receiving a file", () => {
  test("asks for it in octet mode with its size and the block size", () => {
    expect(Buffer.from(tftpReceiver(wish).latest).toString("latin1")).toBe(
      "\0\x01snponly.efi\0octet\0tsize\x000\0blksize\x008\0",
    );
  });

  test("acknowledges the options with block 0, then every block, and ends with a short one", () => {
    const receiver = tftpReceiver(wish);
    expect(receiver.take(options("tsize", "11", "blksize", "8"))).toEqual(acknowledged(0));
    expect(receiver.take(data(1, "12345678"))).toEqual(acknowledged(1));
    expect(receiver.take(data(2, "abc"))).toEqual(acknowledged(2));
    expect(receiver.progress).toMatchObject({ state: "received", bytes: 11 });
  });

  test("acknowledges once a window", () => {
    const receiver = tftpReceiver({ ...wish, windowBlocks: 2 });
    receiver.take(options("blksize", "8", "windowsize", "2"));
    expect(receiver.take(data(1, "12345678"))).toBeUndefined();
    expect(receiver.take(data(2, "12345678"))).toEqual(acknowledged(2));
  });

  test("answers a block out of order once, with the last good one", () => {
    const receiver = tftpReceiver({ ...wish, windowBlocks: 4 });
    receiver.take(options("blksize", "8", "windowsize", "4"));
    receiver.take(data(1, "12345678"));
    expect(receiver.take(data(3, "12345678"))).toEqual(acknowledged(1));
    expect(receiver.take(data(4, "12345678"))).toBeUndefined();
    receiver.take(data(2, "12345678"));
    expect(receiver.take(data(2, "12345678"))).toEqual(acknowledged(2));
  });

  test("counts blocks on beyond 65,535", () => {
    const receiver = tftpReceiver(wish);
    receiver.take(options("blksize", "8"));
    for (let block = 1; block <= 65_536; block += 1) receiver.take(data(block & 0xffff, "12345678"));
    receiver.take(data(1, ""));
    expect(receiver.progress).toMatchObject({ state: "received", bytes: 65_536 * 8 });
  });

  test("works with a server that knows no options", () => {
    const receiver = tftpReceiver({ ...wish, blockBytes: 1468 });
    expect(receiver.take(data(1, "x".repeat(512)))).toEqual(acknowledged(1));
    receiver.take(data(2, "y"));
    expect(receiver.progress).toMatchObject({ state: "received", bytes: 513 });
  });
});

describe("probing the size of a file", () => {
  test("aborts once it knows it", () => {
    const receiver = tftpReceiver({ ...wish, sizeOnly: true });
    const answer = receiver.take(options("tsize", "850000"));
    expect(Buffer.from(answer ?? []).subarray(0, 4)).toEqual(Buffer.from([0, 5, 0, 8]));
    expect(receiver.progress).toEqual({ state: "sized", bytes: 850_000 });
  });
});

describe("failing to receive a file", () => {
  test.each([
    ["an error of the server", Buffer.from("\0\x05\0\x01no such file\0"), "error 1: no such file"],
    [
      "a larger block than asked for",
      options("blksize", "16"),
      "the server wants 16 bytes, 1 blocks at once",
    ],
    ["a block longer than agreed", data(1, "x".repeat(513)), "a block of 513 bytes"],
  ])("says so after %s", (_, packet, message) => {
    const receiver = tftpReceiver(wish);
    receiver.take(packet);
    expect(receiver.progress).toEqual({ state: "failed", message });
  });

  test("notices that it is shorter than announced", () => {
    const receiver = tftpReceiver(wish);
    receiver.take(options("tsize", "9", "blksize", "8"));
    receiver.take(data(1, "short"));
    expect(receiver.progress).toEqual({ state: "failed", message: "9 bytes were announced, 5 came" });
  });
});

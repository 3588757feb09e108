import { describe, expect, test } from "vitest";
import type { TftpPacket } from "../../../src/boot/tftp/packet.ts";
import { dice } from "../../support/history.ts";
import { inMemory, sending } from "./sending.ts";

describe("a network that loses, doubles and delays packets", () => {
  test.each([
    { bytes: 0, options: {} },
    { bytes: 5_000, options: {} },
    { bytes: 5_120, options: { blksize: "512", windowsize: "1" } },
    { bytes: 20_000, options: { blksize: "100", windowsize: "4" } },
    { bytes: 60_000, options: { blksize: "100", windowsize: "16" } },
    // More than 65,536 blocks: their numbers start again from 0.
    { bytes: 8 * 70_000, options: { blksize: "8", windowsize: "64" }, loss: 0.002 },
    // As of 32 MiB at RFC 1350's blocks, and of 94 MB at 1,432 octets: one number more than there are.
    { bytes: 8 * 65_535, options: { blksize: "8", windowsize: "16" }, loss: 0.001 },
    { bytes: 8 * 65_536, options: { blksize: "8", windowsize: "1" }, loss: 0 },
  ])("delivers the same bytes in the end: $bytes octets, $options", ({ bytes, options, loss = 0.05 }) => {
    for (let seed = 1; seed <= 3; seed++) {
      const file = Buffer.from(Array.from({ length: bytes }, (_, index) => (index * 7 + seed) % 251));
      expect(download(file, { options, loss, seed }).equals(file)).toBe(true);
    }
  });
});

/** Runs a transfer to its end over a bad network. Time passes when nothing arrives. */
function download(
  file: Buffer,
  { options, loss, seed }: { options: Readonly<Record<string, string>>; loss: number; seed: number },
): Buffer {
  const chance = dice(seed);
  const happens = (probability: number) => chance.roll(10_000) < probability * 10_000;
  const client = carefulClient(Number(options["blksize"] ?? 512));
  const { sent, acknowledge, wait, end } = sending({ content: inMemory(file), options });
  for (let turn = 0; turn < 200_000 && !end(); turn++) {
    const doubled = sent().flatMap((packet) => (happens(0.02) ? [packet, packet] : [packet]));
    const answer = client.receive(doubled.filter(() => !happens(loss)));
    // The very first packets are few: losing them all is another test's matter.
    if (answer === undefined || (turn > 0 && happens(loss))) wait(4_000);
    else acknowledge(answer);
  }
  expect(end()).toEqual({ outcome: "completed" });
  return client.received();
}

/** Acknowledges the last block that it has without a gap (RFC 1350, RFC 7440). */
function carefulClient(blockBytes: number) {
  const blocksInOrder: Uint8Array[] = [];

  function take(packet: TftpPacket): void {
    if (packet.kind !== "data" || packet.block !== ((blocksInOrder.length + 1) & 0xffff)) return;
    const last = blocksInOrder.at(-1);
    if (!last || last.length === blockBytes) blocksInOrder.push(Buffer.from(packet.bytes));
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

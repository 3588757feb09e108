import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createDisk, type Disk, DiskWriteError } from "../../src/rehearsal/disk.ts";
import { imageContents } from "../../src/rehearsal/image.ts";

const contents = imageContents(4096);
const image = {
  file: "rehearsal.img.gz",
  bytes: contents.length,
  sha256: createHash("sha256").update(contents).digest("hex"),
};

let directory: string;
let disk: Disk;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "rehearsal-disk-"));
  disk = await createDisk(join(directory, "disk.img"), 8192);
});

afterEach(() => rm(directory, { recursive: true }));

async function* pieces(whole: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < whole.length; at += 1000) yield whole.subarray(at, at + 1000);
}

describe("a simulated disk", () => {
  test("is empty and not bootable at first", async () => {
    expect(await disk.isBootable()).toBe(false);
    expect(await disk.holds(image)).toBe(false);
  });

  test("holds the image that was written to it", async () => {
    expect(await disk.write(pieces(contents))).toEqual({ bytes: 4096 });
    expect(await disk.sha256(4096)).toBe(image.sha256);
    expect(await disk.isBootable()).toBe(true);
    expect(await disk.holds(image)).toBe(true);
  });

  test("does not hold an image of which one byte differs", async () => {
    const damaged = Buffer.from(contents);
    damaged.writeUInt8(damaged.readUInt8(4095) ^ 1, 4095);
    await disk.write(pieces(damaged));
    expect(await disk.holds(image)).toBe(false);
  });

  test("refuses more than it has room for", async () => {
    await expect(disk.write(pieces(Buffer.alloc(8193)))).rejects.toThrow(
      new DiskWriteError("the disk holds 8192 bytes"),
    );
  });
});

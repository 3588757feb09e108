import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { sha256Of } from "../../../src/boot/digest.ts";
import { firstOf, type TftpContent } from "../../../src/boot/tftp/files.ts";
import { startTftpServer } from "../../../src/boot/tftp/server.ts";
import { sharedFiles } from "../../../src/boot/tftp/shared-files.ts";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { freeUdpPorts } from "../../../src/rehearsal/ports.ts";
import { scratchFolder } from "../scratch-folder.ts";
import { handClient, loadAll } from "./hand-client.ts";

const patienceMs = 30_000;
const initrd = Buffer.from(Array.from({ length: 700_001 }, (_, index) => (index * 31) % 251));

let folder: ReturnType<typeof scratchFolder>;
beforeEach(() => {
  folder = scratchFolder();
  folder.write("initrd", initrd);
});
afterEach(() => folder.remove());

function shared() {
  const opened: FileHandle[] = [];
  const errors: unknown[] = [];
  const stored = {
    name: "debian/1/initrd",
    size: initrd.length,
    sha256: sha256Of(initrd),
    async open() {
      const handle = await open(join(folder.path, "initrd"));
      opened.push(handle);
      return handle;
    },
  };
  const files = sharedFiles((error) => errors.push(error));
  return { file: files.file(stored), files, stored, opened, errors };
}

function asStored(content: TftpContent) {
  if (content.kind !== "stored") throw new Error("a shared file is not in memory");
  return content;
}

describe("a file on disk that many load", () => {
  test("is open once, until the last of them has it", async () => {
    const { file, opened } = shared();
    const contents = await Promise.all(Array.from({ length: 50 }, () => file.open()));
    expect(opened).toHaveLength(1);
    for (const content of contents.slice(1)) asStored(content).close();
    const into = Buffer.alloc(100);
    const [last] = contents;
    if (!last) throw new Error("nothing was opened");
    expect(await asStored(last).read(initrd.length - 60, into)).toBe(60);
    expect(into.subarray(0, 60).equals(initrd.subarray(-60))).toBe(true);
    asStored(last).close();
    await vi.waitFor(() => expect(opened[0]?.fd).toBe(-1), patienceMs);
    asStored(await file.open()).close();
    expect(opened).toHaveLength(2);
  });

  test("is read once for all who want the same piece within a moment, and again when others came between", async () => {
    const { file, opened } = shared();
    const contents = (await Promise.all(Array.from({ length: 20 }, () => file.open()))).map(asStored);
    const [handle] = opened;
    if (!handle) throw new Error("nothing was opened");
    const read = vi.spyOn(handle, "read");
    const piece = () => Buffer.alloc(128 * 1024);
    const load = async (position: number) => {
      const into = piece();
      const filled = await Promise.all(contents.map((content) => content.read(position, into)));
      expect(new Set(filled)).toEqual(new Set([Math.min(into.length, initrd.length - position)]));
      expect(into.subarray(0, filled[0]).equals(initrd.subarray(position, position + into.length))).toBe(
        true,
      );
    };
    const positions = [0, 1, 2, 3, 4].map((index) => index * 128 * 1024);
    for (const position of positions) await load(position);
    expect(read).toHaveBeenCalledTimes(5);
    await load(0);
    expect(read).toHaveBeenCalledTimes(6);
    for (const content of contents) content.close();
  });

  test("that cannot be opened is tried again by the next machine", async () => {
    const { files, stored, opened } = shared();
    let fails = true;
    const file = files.file({
      ...stored,
      open: () => (fails ? Promise.reject(new Error("no")) : stored.open()),
    });
    await expect(file.open()).rejects.toThrow("no");
    fails = false;
    asStored(await file.open()).close();
    expect(opened).toHaveLength(1);
  });
});

describe("a file on disk, loaded by many machines", () => {
  test("comes to each of them byte for byte, in either mode", async () => {
    const { file, opened, errors } = shared();
    const [port = 0] = await freeUdpPorts(1);
    const served: number[] = [];
    const nothing = { find: async () => undefined };
    const server = await startTftpServer({
      address: Ipv4.parse("127.0.0.1"),
      port,
      files: firstOf([nothing, { find: async (asked) => (asked === "initrd" ? file : undefined) }]),
      observer: { served: ({ file: { size } }) => served.push(size), refused: () => undefined },
      onError: (error) => errors.push(error),
    });
    const machines = await Promise.all(Array.from({ length: 6 }, () => handClient(port)));
    const loads = machines.map((machine, index) => {
      machine.read("initrd", { blksize: "1432" }, index === 0 ? "NetASCII" : "Octet");
      return loadAll(machine, 1_432);
    });
    const [text, ...binary] = await Promise.all(loads);
    for (const loaded of binary) expect(loaded.equals(initrd)).toBe(true);
    const expected = initrd
      .toString("latin1")
      .replace(/\r|\n/g, (octet) => (octet === "\n" ? "\r\n" : "\r\0"));
    expect(text?.toString("latin1") === expected).toBe(true);
    await vi.waitFor(() => expect(served).toEqual(Array(6).fill(initrd.length)), patienceMs);
    await vi.waitFor(() => expect(opened.map(({ fd }) => fd)).toEqual([-1]), patienceMs);
    expect(errors).toEqual([]);
    for (const machine of machines) machine.close();
    await server.close();
  });
});

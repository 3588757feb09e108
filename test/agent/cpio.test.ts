import { describe, expect, test } from "vitest";
import { type CpioEntry, cpioArchive } from "../../agent/build/cpio.ts";

const bin: CpioEntry = { type: "directory", path: "bin", mode: 0o755 };
const sh: CpioEntry = { type: "symlink", path: "bin/sh", target: "busybox" };
const busybox: CpioEntry = { type: "file", path: "bin/busybox", mode: 0o755, content: Buffer.from("ELF!!") };

describe("writing an archive", () => {
  test("a file's header is what the kernel's buffer format document says, field by field", () => {
    const archive = cpioArchive([{ type: "file", path: "init", mode: 0o755, content: Buffer.from("hello") }]);
    const fields = [
      "070701", // magic
      "00000001", // inode
      "000081ed", // mode: regular file, 0755
      "00000000", // uid
      "00000000", // gid
      "00000001", // links
      "00000000", // modification time
      "00000005", // file size
      "00000000", // device that holds it
      "00000000",
      "00000000", // device number
      "00000000",
      "00000005", // length of the name with its NUL
      "00000000", // checksum
    ].join("");
    expect(archive.toString("latin1", 0, 124)).toBe(`${fields}init\0\0hello\0\0\0`);
  });

  test("ends with the trailer", () => {
    expect(cpioArchive([]).toString("latin1", 110, 120)).toBe("TRAILER!!!");
  });

  test("every record starts at a multiple of four", () => {
    const archive = cpioArchive([bin, sh, busybox]);
    const starts = [...archive.toString("latin1").matchAll(/070701/g)].map(({ index }) => index);
    expect(starts).toHaveLength(4);
    expect(starts.filter((start) => start % 4 !== 0)).toEqual([]);
    expect(archive.length % 4).toBe(0);
  });

  test("the order of the entries does not matter", () => {
    expect(cpioArchive([sh, busybox, bin])).toEqual(cpioArchive([bin, busybox, sh]));
  });

  test("a device carries its numbers, a link its target", () => {
    const device: CpioEntry = { type: "character-device", path: "console", mode: 0o600, major: 5, minor: 1 };
    const text = cpioArchive([device, { type: "symlink", path: "link", target: "target" }]).toString(
      "latin1",
    );
    expect(text.slice(14, 22)).toBe("00002180");
    expect(text.slice(78, 94)).toBe("0000000500000001");
    expect(text).toContain("link\0\0target\0\0");
  });

  test.each([
    { fault: "two entries of one name", entries: [bin, bin], message: "two entries are named bin" },
    { fault: "an entry without its folder", entries: [sh], message: "bin/sh is in no folder" },
    {
      fault: "an entry in a file",
      entries: [{ ...busybox, path: "bin" }, sh],
      message: "bin/sh is in no folder",
    },
    { fault: "a path from the root", entries: [{ ...bin, path: "/bin" }], message: '"/bin" is not a path' },
    { fault: "an empty path", entries: [{ ...bin, path: "" }], message: '"" is not a path' },
  ])("refuses $fault", ({ entries, message }) => {
    expect(() => cpioArchive(entries as readonly CpioEntry[])).toThrow(message);
  });
});

import { describe, expect, test } from "vitest";
import { moduleInfo, moduleName } from "../../agent/build/module-info.ts";

/** An ELF file with the sections of names: a table of names first, then the wanted one. Offsets as in the reader. */
function elfWith(section: string, content: string): Buffer {
  const names = Buffer.from(`\0.names\0${section}\0`, "latin1");
  const body = Buffer.from(content, "latin1");
  const tableStart = 64 + names.length + body.length;
  const header = Buffer.alloc(64);
  header.write("\x7fELF", "latin1");
  header.writeBigUInt64LE(BigInt(tableStart), 0x28);
  header.writeUInt16LE(64, 0x3a);
  header.writeUInt16LE(2, 0x3c);
  header.writeUInt16LE(0, 0x3e);
  const sectionHeader = (name: number, start: number, bytes: number) => {
    const entry = Buffer.alloc(64);
    entry.writeUInt32LE(name, 0);
    entry.writeBigUInt64LE(BigInt(start), 0x18);
    entry.writeBigUInt64LE(BigInt(bytes), 0x20);
    return entry;
  };
  const table = [sectionHeader(1, 64, names.length), sectionHeader(8, 64 + names.length, body.length)];
  return Buffer.concat([header, names, body, ...table]);
}

describe("reading a kernel module", () => {
  test("takes what it depends on, in one spelling", () => {
    const file = elfWith(".modinfo", "license=GPL\0depends=i2c-algo-bit,dca\0name=igb\0");
    expect(moduleInfo(file)).toEqual({ depends: ["i2c_algo_bit", "dca"] });
  });

  test("one that depends on nothing says so with an empty list", () => {
    expect(moduleInfo(elfWith(".modinfo", "license=GPL\0depends=\0"))).toEqual({ depends: [] });
  });

  test("a file that is no module is refused", () => {
    expect(() => moduleInfo(Buffer.alloc(100))).toThrow("not an ELF file");
    expect(() => moduleInfo(Buffer.from("\x7fELF", "latin1"))).toThrow("not an ELF file");
    expect(() => moduleInfo(elfWith(".text", ""))).toThrow("no section .modinfo");
  });

  test("a file's name and the kernel's name are one", () => {
    expect(moduleName("virtio-rng")).toBe("virtio_rng");
  });
});

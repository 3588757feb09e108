/** What the agent needs to know of a Linux kernel module. */
interface ModuleInfo {
  /** Modules that must be loaded before, by their canonical names. */
  readonly depends: readonly string[];
}

/** A module's one spelling: file names say `virtio-rng`, the kernel says `virtio_rng`, and both are one module. */
export function moduleName(text: string): string {
  return text.replaceAll("-", "_");
}

/**
 * Reads the `.modinfo` section of a module (`.ko`, ELF64 little endian): NUL-separated `key=value` texts.
 *
 * @throws Error when the bytes are no such file
 */
export function moduleInfo(file: Uint8Array): ModuleInfo {
  const texts = Buffer.from(section(file, ".modinfo")).toString("latin1").split("\0");
  const depends = texts.find((text) => text.startsWith("depends="))?.slice("depends=".length) ?? "";
  return { depends: depends.split(",").filter(Boolean).map(moduleName) };
}

/** Offsets are those of ELF-64 Object File Format 1.5, figures 2 (file header) and 4 (section header). */
function section(file: Uint8Array, wanted: string): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 64 || view.getUint32(0) !== 0x7f454c46) throw new Error("not an ELF file");
  const table = Number(view.getBigUint64(0x28, true));
  const entryBytes = view.getUint16(0x3a, true);
  const count = view.getUint16(0x3c, true);
  const namesIndex = view.getUint16(0x3e, true);
  const content = (index: number): Uint8Array => {
    const header = table + index * entryBytes;
    const start = Number(view.getBigUint64(header + 0x18, true));
    return file.subarray(start, start + Number(view.getBigUint64(header + 0x20, true)));
  };
  const names = Buffer.from(content(namesIndex)).toString("latin1");
  for (let index = 0; index < count; index += 1) {
    const nameStart = view.getUint32(table + index * entryBytes, true);
    if (names.slice(nameStart, names.indexOf("\0", nameStart)) === wanted) return content(index);
  }
  throw new Error(`the file has no section ${wanted}`);
}

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type CpioEntry, cpioArchive } from "./cpio.ts";
import type { Kernel } from "./kernel.ts";
import type { DebianPackage } from "./package-list.ts";
import { dynamicLoader, type SharedLibrary } from "./shared-libraries.ts";

interface InitramfsParts {
  readonly kernel: Kernel;
  readonly busybox: Buffer;
  readonly zstd: Buffer;
  readonly libraries: readonly SharedLibrary[];
  /** The folder of the agent's own files, laid out as they lie in the archive. */
  readonly ownFiles: string;
  /** What the inventory report names as the agent's packages. */
  readonly packages: readonly DebianPackage[];
}

/** The agent as the kernel unpacks it: a gzipped archive whose bytes depend on the parts alone. */
export async function initramfs(parts: InitramfsParts): Promise<Buffer> {
  const files = [
    file("bin/busybox", parts.busybox),
    file("usr/bin/zstd", parts.zstd),
    ...(await Promise.all(parts.libraries.map(libraryEntry))),
    ...moduleEntries(parts.kernel),
    ...(await ownEntries(parts.ownFiles)),
    file("lib/ironledger/agent.json", Buffer.from(JSON.stringify({ packages: parts.packages }))),
  ];
  const others: readonly CpioEntry[] = [
    { type: "symlink", path: "bin/sh", target: "busybox" },
    // The kernel opens the console before anything else is mounted.
    { type: "character-device", path: "dev/console", mode: 0o600, major: 5, minor: 1 },
  ];
  const mountPoints = ["proc", "run", "sys", "tmp"];
  const entries = [...files, ...others];
  const folders = new Set([...mountPoints, ...entries.flatMap(({ path }) => foldersOf(path))]);
  const archive = cpioArchive([
    ...[...folders].map((path): CpioEntry => ({ type: "directory", path, mode: 0o755 })),
    ...entries,
  ]);
  // zlib writes no time unless it is told one. Its best level takes three times as long for a fifth of a percent.
  return gzipSync(archive);
}

/** What starts with `#!` or as an ELF program does is a program; modes of the building machine do not count. */
function file(path: string, content: Buffer): CpioEntry {
  const isProgram =
    content.subarray(0, 2).toString() === "#!" || /(^|\/)bin\//.test(path) || /\.so/.test(path);
  return { type: "file", path, mode: isProgram ? 0o755 : 0o644, content };
}

async function libraryEntry({ name, file: source }: SharedLibrary): Promise<CpioEntry> {
  const path = name === dynamicLoader.name ? dynamicLoader.path : `lib/x86_64-linux-gnu/${name}`;
  return file(path, await readFile(source));
}

/** The modules under plain names, and the order to load them in, which `init` follows line by line. */
function moduleEntries({ modules }: Kernel): readonly CpioEntry[] {
  const order = modules.map(({ name }) => `${name}\n`).join("");
  return [
    ...modules.map(({ name, content }) => file(`lib/modules/${name}.ko`, content)),
    file("lib/modules/order", Buffer.from(order)),
  ];
}

async function ownEntries(folder: string): Promise<readonly CpioEntry[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return file(path.slice(folder.length + 1), await readFile(path));
    }),
  );
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}

import { createHash } from "node:crypto";
import { access, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AgentManifest, type Inventory } from "../domain/machine/inventory.ts";

const kibibyte = 1024;

/** What the shipped boot environments and loaders ask for, and how large a stand-in is. */
const files: Readonly<Record<string, number>> = {
  "undionly.kpxe": 70 * kibibyte,
  "snponly.efi": 170 * kibibyte,
  "grub-local.efi": 160 * kibibyte,
  "agent/vmlinuz": 1024 * kibibyte,
  "agent/initrd.img": 512 * kibibyte,
};
const manifestFile = "agent/manifest.json";

export interface Assets {
  /** What the service is to use as its assets folder. */
  readonly directory: string;
  /** Files that are made up: of the right name, and of no use to a real machine. Empty when all are real. */
  readonly standIns: readonly string[];
  /** What the agent in the folder was built of. */
  readonly agent: Inventory["agent"];
}

/**
 * Finds loaders and the agent where `npm run build:agent` puts them, and makes stand-ins for what is not there:
 * then in a folder of their own, `madeDirectory`, beside copies of those that are.
 */
export async function prepareAssets({
  builtDirectory,
  madeDirectory,
}: {
  readonly builtDirectory: string;
  readonly madeDirectory: string;
}): Promise<Assets> {
  const names = [...Object.keys(files), manifestFile];
  const missing: string[] = [];
  for (const name of names) if (!(await exists(join(builtDirectory, name)))) missing.push(name);
  if (missing.length === 0) {
    return { directory: builtDirectory, standIns: [], agent: await manifestOf(builtDirectory) };
  }
  await mkdir(join(madeDirectory, "agent"), { recursive: true });
  for (const name of names) {
    const target = join(madeDirectory, name);
    await mkdir(dirname(target), { recursive: true });
    if (missing.includes(name)) await writeFile(target, contentsOf(name));
    else await cp(join(builtDirectory, name), target);
  }
  return { directory: madeDirectory, standIns: missing, agent: await manifestOf(madeDirectory) };
}

/** Says what it is in the first line, so that nobody who finds it wonders; the same bytes every time. */
function contentsOf(name: string): Buffer {
  if (name === manifestFile) return Buffer.from(`${JSON.stringify(standInManifest, null, 2)}\n`);
  const contents = Buffer.alloc(files[name] ?? 0, `${name}\n`);
  contents.write(`Ironledger rehearsal: a stand-in for ${name}, not bootable.\n`);
  return contents;
}

const standInManifest = {
  packages: [
    {
      name: "rehearsal-agent",
      version: "1",
      sha256: createHash("sha256").update("rehearsal-agent").digest("hex"),
    },
  ],
};

async function manifestOf(directory: string): Promise<Inventory["agent"]> {
  const { packages } = JSON.parse(
    await readFile(join(directory, manifestFile), "utf8"),
  ) as Inventory["agent"];
  return AgentManifest.parse({ packages });
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

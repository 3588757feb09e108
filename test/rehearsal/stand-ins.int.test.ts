import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { prepareAssets } from "../../src/rehearsal/stand-ins.ts";

const files = ["undionly.kpxe", "snponly.efi", "grub-local.efi", "agent/vmlinuz", "agent/initrd.img"];
const manifest = { packages: [{ name: "linux", version: "6.1", sha256: "a".repeat(64) }], files: [] };

let builtDirectory: string;
let madeDirectory: string;

beforeEach(async () => {
  const directory = await mkdtemp(join(tmpdir(), "rehearsal-assets-"));
  builtDirectory = join(directory, "built");
  madeDirectory = join(directory, "made");
});

afterEach(() => rm(join(builtDirectory, ".."), { recursive: true }));

async function build(names: readonly string[]): Promise<void> {
  await mkdir(join(builtDirectory, "agent"), { recursive: true });
  for (const name of names) await writeFile(join(builtDirectory, name), `real ${name}`);
  await writeFile(join(builtDirectory, "agent/manifest.json"), JSON.stringify(manifest));
}

describe("preparing loaders and the agent", () => {
  test("takes the built ones as they are", async () => {
    await build(files);
    expect(await prepareAssets({ builtDirectory, madeDirectory })).toEqual({
      directory: builtDirectory,
      standIns: [],
      agent: { packages: manifest.packages },
    });
  });

  test("makes stand-ins for all when nothing was built, the same each time", async () => {
    const { directory, standIns, agent } = await prepareAssets({ builtDirectory, madeDirectory });
    expect(directory).toBe(madeDirectory);
    expect(standIns).toEqual([...files, "agent/manifest.json"]);
    expect(agent.packages).toHaveLength(1);
    const made = await readFile(join(madeDirectory, "agent/vmlinuz"));
    expect(made.toString()).toMatch(/^Ironledger rehearsal: a stand-in for agent\/vmlinuz, not bootable\.\n/);
    await prepareAssets({ builtDirectory, madeDirectory });
    expect(await readFile(join(madeDirectory, "agent/vmlinuz"))).toEqual(made);
  });

  test("puts copies of what was built beside stand-ins for what was not", async () => {
    await build(files.filter((name) => name !== "grub-local.efi"));
    const { directory, standIns } = await prepareAssets({ builtDirectory, madeDirectory });
    expect(standIns).toEqual(["grub-local.efi"]);
    expect(await readFile(join(directory, "snponly.efi"), "utf8")).toBe("real snponly.efi");
  });
});

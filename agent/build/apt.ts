import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./command.ts";
import { AgentBuildError } from "./error.ts";
import type { DebianPackage } from "./package-list.ts";

/** A package that apt would take now, with what it depends on. */
interface Candidate extends DebianPackage {
  readonly depends: string;
}

/**
 * What apt would install today under these names. Nothing is installed or downloaded.
 *
 * @throws AgentBuildError when apt does not know one of them
 */
export async function candidates(names: readonly string[]): Promise<readonly Candidate[]> {
  const shown = parseCandidates(await run("apt-cache", ["show", "--no-all-versions", ...names]));
  return names.map((name) => {
    const found = shown.find((candidate) => candidate.name === name);
    if (found) return found;
    throw new AgentBuildError(`apt offers no package ${name}; run \`apt-get update\` and try again`);
  });
}

/** Reads the paragraphs that `apt-cache show` prints. A package that only its installation knows has no digest: left out. */
export function parseCandidates(text: string): readonly Candidate[] {
  return text.split(/\n\n+/).flatMap((paragraph) => {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(paragraph)?.[1];
    const [name, version, sha256] = [field("Package"), field("Version"), field("SHA256")];
    if (!name || !version || !sha256) return [];
    return [{ name, version, sha256, depends: field("Depends") ?? "" }];
  });
}

/**
 * The package of the kernel itself: `linux-image-amd64` only depends on the newest one, whose name carries its
 * version.
 *
 * @throws AgentBuildError when the text names none
 */
export function kernelPackage(depends: string): string {
  const name = /\blinux-image-\d[a-z0-9.+-]*-amd64\b/.exec(depends)?.[0];
  if (name) return name;
  throw new AgentBuildError(`linux-image-amd64 depends on "${depends}", which names no kernel`);
}

/**
 * Puts the packages' files into the folder, unless they are there, and gives each one's path by package name.
 * Files are named by their digest, which is checked every time: a damaged file is fetched again.
 *
 * @throws AgentBuildError when apt cannot get them, or brings other bytes than it announced
 */
export async function fetchPackages(
  packages: readonly DebianPackage[],
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  await mkdir(folder, { recursive: true });
  const missing: DebianPackage[] = [];
  for (const wanted of packages) {
    if ((await digestOf(cachePath(folder, wanted))) !== wanted.sha256) missing.push(wanted);
  }
  if (missing.length > 0) await download(missing, folder);
  return new Map(packages.map((entry) => [entry.name, cachePath(folder, entry)]));
}

async function download(packages: readonly DebianPackage[], folder: string): Promise<void> {
  const incoming = await mkdtemp(join(folder, "incoming-"));
  try {
    const exact = packages.map(({ name, version }) => `${name}=${version}`);
    // The sandbox user cannot write into a private folder; apt would go on without it and only warn.
    await run("apt-get", ["download", "-q", "-o", "APT::Sandbox::User=root", ...exact], incoming);
    const byDigest = new Map<string, string>();
    for (const file of await readdir(incoming)) {
      byDigest.set((await digestOf(join(incoming, file))) ?? "", join(incoming, file));
    }
    for (const wanted of packages) {
      const file = byDigest.get(wanted.sha256);
      if (!file) throw new AgentBuildError(`apt brought ${wanted.name} with other bytes than it announced`);
      await rename(file, cachePath(folder, wanted));
    }
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
}

function cachePath(folder: string, { name, sha256 }: DebianPackage): string {
  return join(folder, `${name}-${sha256}.deb`);
}

async function digestOf(file: string): Promise<string | undefined> {
  try {
    return createHash("sha256")
      .update(await readFile(file))
      .digest("hex");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { candidates, fetchPackages, kernelPackage } from "./apt.ts";
import {
  agentLibraryPackages,
  grubLocalModules,
  loaders,
  packageNames,
  toolLibraryPackages,
} from "./contents.ts";
import { AgentBuildError } from "./error.ts";
import { initramfs } from "./initramfs.ts";
import { type Kernel, readKernel } from "./kernel.ts";
import { type DebianPackage, sortedByName } from "./package-list.ts";
import { librarySet } from "./shared-libraries.ts";
import { type Workspace, withWorkspace } from "./workspace.ts";

interface BuildOptions {
  /** Where the files go: what the service calls its assets folder. Made when it is missing. */
  readonly out: string;
  /** Where downloaded packages are kept for the next build. */
  readonly cache: string;
  /** The folder of the agent's sources. */
  readonly sources: string;
}

/** What a build made; `agent/manifest.json` holds the same. */
interface BuildResult {
  /** Everything that was used, sorted by name. */
  readonly packages: readonly DebianPackage[];
  /** The files relative to `out`, the manifest left out. */
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
}

/**
 * Builds the agent, the boot loaders and the manifest that lists what they are made of. Downloads packages and
 * unpacks them aside; installs nothing and needs no privileges. The same packages give the same bytes.
 *
 * @throws AgentBuildError
 */
export async function buildAgent({ out, cache, sources }: BuildOptions): Promise<BuildResult> {
  const choice = await choosePackages();
  const files = await fetchPackages(choice.packages, cache);
  const outputs = await withWorkspace({ files, kernelName: choice.kernelName }, async (workspace) => {
    const kernel = await readKernel(workspace.of(choice.kernelName));
    return new Map([
      ["agent/vmlinuz", kernel.image],
      ["agent/initrd.img", await agentArchive({ workspace, kernel, choice, sources })],
      ["grub-local.efi", await grubLocal(workspace, sources)],
      ...(await readLoaders(workspace)),
    ]);
  });
  const result = { packages: choice.packages, files: await writeFiles(outputs, out) };
  await writeFile(join(out, "agent/manifest.json"), `${JSON.stringify(result, null, 2)}\n`);
  return result;
}

interface PackageChoice {
  readonly kernelName: string;
  readonly packages: readonly DebianPackage[];
}

async function choosePackages(): Promise<PackageChoice> {
  const { kernel, ...tools } = packageNames;
  const others = [...Object.values(tools), ...agentLibraryPackages, ...toolLibraryPackages];
  const [meta, ...found] = await candidates([kernel, ...others]);
  const kernelName = kernelPackage(meta?.depends ?? "");
  const chosen = [...found, ...(await candidates([kernelName]))];
  const packages = chosen.map(({ name, version, sha256 }) => ({ name, version, sha256 }));
  return { kernelName, packages: sortedByName(packages) };
}

interface AgentParts {
  readonly workspace: Workspace;
  readonly kernel: Kernel;
  readonly choice: PackageChoice;
  readonly sources: string;
}

/** The archive names the packages inside it, and not those of the loaders: those make no other agent. */
async function agentArchive({ workspace, kernel, choice, sources }: AgentParts): Promise<Buffer> {
  const inside = new Set<string>([
    choice.kernelName,
    packageNames.busybox,
    packageNames.zstd,
    ...agentLibraryPackages,
  ]);
  const zstd = join(workspace.of(packageNames.zstd), "usr/bin/zstd");
  return initramfs({
    kernel,
    busybox: await readFirst(workspace.of(packageNames.busybox), ["bin/busybox", "usr/bin/busybox"]),
    zstd: await readFile(zstd),
    libraries: await librarySet(agentLibraryPackages.map(workspace.of)).librariesOf(zstd),
    ownFiles: join(sources, "initramfs"),
    packages: choice.packages.filter(({ name }) => inside.has(name)),
  });
}

/** GRUB with a fixed configuration inside, which starts the local disk's system on UEFI. */
async function grubLocal(workspace: Workspace, sources: string): Promise<Buffer> {
  const libraries = librarySet([...agentLibraryPackages, ...toolLibraryPackages].map(workspace.of));
  const output = join(workspace.scratch, "grub-local.efi");
  const config = join(workspace.scratch, "grub-local.cfg");
  await writeFile(config, withoutComments(await readFile(join(sources, "grub-local.cfg"), "utf8")));
  await libraries.run(join(workspace.of(packageNames.grubTools), "usr/bin/grub-mkimage"), [
    ...["--format", "x86_64-efi", "--prefix", "/EFI/ironledger", "--output", output],
    ...["--directory", join(workspace.of(packageNames.grubModules), "usr/lib/grub/x86_64-efi")],
    ...["--config", config],
    ...grubLocalModules,
  ]);
  return readFile(output);
}

/** The parser that reads an embedded configuration takes a comment for a command that it does not know. */
function withoutComments(config: string): string {
  return config.replaceAll(/^#.*\n/gm, "");
}

async function readLoaders(workspace: Workspace): Promise<readonly (readonly [string, Buffer])[]> {
  const reading = loaders.map(async ({ name, packageName, path }) => {
    return [name, await readFile(join(workspace.of(packageName), path))] as const;
  });
  return Promise.all(reading);
}

/** Debian moved programs from /bin to /usr/bin; which of the two a package uses depends on the release. */
async function readFirst(root: string, paths: readonly string[]): Promise<Buffer> {
  const contents = await Promise.allSettled(paths.map((path) => readFile(join(root, path))));
  const found = contents.find((content) => content.status === "fulfilled");
  if (found) return found.value;
  throw new AgentBuildError(`the package holds none of ${paths.join(", ")}`);
}

async function writeFiles(outputs: ReadonlyMap<string, Buffer>, out: string): Promise<BuildResult["files"]> {
  const written = [...outputs].map(async ([path, content]) => {
    await mkdir(dirname(join(out, path)), { recursive: true });
    await writeFile(join(out, path), content);
    return { path, bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") };
  });
  return Promise.all(written);
}

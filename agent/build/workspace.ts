import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, runPiped } from "./command.ts";
import { unneededKernelParts } from "./contents.ts";

/** The unpacked packages of one build. */
export interface Workspace {
  /** The folder into which a package was unpacked. */
  readonly of: (packageName: string) => string;
  /** For what the build makes on the way. */
  readonly scratch: string;
}

interface WorkspaceOptions {
  /** Paths of `.deb` files by package name. */
  readonly files: ReadonlyMap<string, string>;
  /** Which of them is the kernel: too large to be unpacked whole. */
  readonly kernelName: string;
}

/** Unpacks everything into a fresh folder, hands it to `work`, and removes it whatever happens. */
export async function withWorkspace<Result>(
  { files, kernelName }: WorkspaceOptions,
  work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
  const root = await mkdtemp(join(tmpdir(), "ironledger-agent-"));
  try {
    const workspace: Workspace = { of: (name) => join(root, name), scratch: join(root, "scratch") };
    await mkdir(workspace.scratch);
    const unpacking = [...files].map(([name, file]) =>
      name === kernelName ? unpackKernel(file, workspace.of(name)) : unpack(file, workspace.of(name)),
    );
    await Promise.all(unpacking);
    return await work(workspace);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function unpack(file: string, folder: string): Promise<void> {
  await run("dpkg-deb", ["--extract", file, folder]);
}

/** The kernel's package is 400 MB unpacked; about two thirds of that are written, in one pass over the archive. */
async function unpackKernel(file: string, folder: string): Promise<void> {
  await mkdir(folder);
  const excluded = unneededKernelParts.map((part) => `--exclude=${part}`);
  const extract = [
    "tar",
    "-x",
    "-C",
    folder,
    "--wildcards",
    ...excluded,
    "./boot/vmlinuz-*",
    "./lib/modules/*",
  ];
  await runPiped(["dpkg-deb", "--fsys-tarfile", file], extract);
}

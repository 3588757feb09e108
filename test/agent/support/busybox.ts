import { execFile } from "node:child_process";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { candidates, fetchPackages } from "../../../agent/build/apt.ts";
import { packageNames } from "../../../agent/build/contents.ts";

const execute = promisify(execFile);

/** Where packages are kept between test runs: the build's own cache. */
export const packageCache = join(import.meta.dirname, "../../../var/packages");

const libraries = join(import.meta.dirname, "../../../agent/initramfs/lib/ironledger");

/** What a script ended with. */
interface ScriptResult {
  readonly code: number;
  readonly output: string;
}

/** The agent's shell functions, run by the very busybox that the agent runs them with. */
export interface AgentShell {
  /** For files that scripts are to see. */
  readonly folder: string;
  /** Runs lines of shell after all of the agent's functions were loaded. `say` prints to standard output. */
  readonly run: (lines: string, variables?: Readonly<Record<string, string>>) => Promise<ScriptResult>;
}

/**
 * Whether the packages can be had. Where apt does not know them the tests that need them are skipped; under CI they
 * run, and fail.
 */
export const canRunAgentShell = process.env["CI"] !== undefined || (await aptIsUsable());

async function aptIsUsable(): Promise<boolean> {
  try {
    await candidates([packageNames.busybox]);
    return true;
  } catch {
    return false;
  }
}

/** Unpacks busybox into a fresh folder, which the caller removes. */
export async function agentShell(): Promise<AgentShell> {
  const folder = await mkdtemp(join(tmpdir(), "ironledger-shell-"));
  const files = await fetchPackages(await candidates([packageNames.busybox]), packageCache);
  await execute("dpkg-deb", ["--extract", files.get(packageNames.busybox) ?? "", join(folder, "package")]);
  const bin = join(folder, "bin");
  await mkdir(bin);
  await mkdir(join(folder, "work"));
  await execute(join(folder, "package/bin/busybox"), ["--install", "-s", bin]);
  const preamble = [
    "set -u",
    `here='${libraries}' work='${folder}/work'`,
    'for library in "$here"/*.sh; do case "$library" in */agent.sh) ;; *) . "$library" ;; esac; done',
    'say() { echo "$*"; }',
  ].join("\n");

  return {
    folder,
    async run(lines, variables = {}) {
      const script = join(folder, "script.sh");
      await writeFile(script, `${preamble}\n${lines}\n`);
      try {
        const { stdout } = await execute(join(bin, "sh"), [script], { env: { PATH: bin, ...variables } });
        return { code: 0, output: stdout };
      } catch (error) {
        const { code, stdout } = error as { readonly code: number; readonly stdout: string };
        return { code, output: stdout };
      }
    },
  };
}

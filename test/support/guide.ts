import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import type { CliSite } from "../cli/support/site.ts";

const root = join(import.meta.dirname, "../..");

/** What the commands of the package are in a checkout. */
const entries = {
  ironledger: "src/cli/main.ts",
  "ironledger-server": "src/main.ts",
  "ironledger-maintenance": "src/maintenance/main.ts",
  "ironledger-verify": "src/verifier/main.ts",
};

/**
 * A page under `docs/guides`, and its blocks by what stands behind the fence: `sh` is run as it is printed, and
 * `sh elsewhere` needs what no test has.
 */
export async function readGuide(name: string) {
  const page = await readFile(join(root, `docs/guides/${name}.md`), "utf8");
  const found = [...page.matchAll(/```([a-z ]+)\n([\s\S]*?)```/g)];
  return {
    page,
    blocks: (kind: string): readonly string[] =>
      found.filter(([, info]) => info === kind).map(([, , text = ""]) => text),
  };
}

/** Puts the commands of the package into `folder`, as an installation would. Returns a PATH that finds them first. */
export async function installCommands(folder: string): Promise<string> {
  const bin = join(folder, "bin");
  await mkdir(bin, { recursive: true });
  for (const [name, entry] of Object.entries(entries)) {
    const file = join(bin, name);
    await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' '${join(root, entry)}' "$@"\n`);
    await chmod(file, 0o755);
  }
  return [bin, process.env["PATH"]].join(delimiter);
}

/** The words that run a block: the first command that fails ends it. */
export function bashOf(block: string): readonly ["bash", ...string[]] {
  return ["bash", "-euo", "pipefail", "-c", block];
}

/** Longest that a block may run, milliseconds. */
const blockMsMax = 120_000;

/** Runs a block in bash, without a terminal. @throws Error with what it printed when one of its commands fails */
export async function runBlock(
  block: string,
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const [bash, ...words] = bashOf(block);
  const running = promisify(execFile)(bash, words, { cwd, env, timeout: blockMsMax });
  running.child.stdin?.end();
  return running;
}

/** Runs blocks as a person of a site, in that person's home: only where the service and its token are is replaced. */
export async function shellOf({ person, service, tokenFile }: CliSite) {
  const env = { ...person.env, PATH: await installCommands(person.home) };
  return (block: string) => {
    const script = block
      .replaceAll("http://127.0.0.1:8090", new URL(service.api).origin)
      .replaceAll("/var/lib/ironledger/api-token", tokenFile);
    return runBlock(script, { cwd: person.home, env });
  };
}

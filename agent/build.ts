#!/usr/bin/env node
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildAgent } from "./build/build-agent.ts";
import { AgentBuildError } from "./build/error.ts";
import { type DebianPackage, describeChange, packageChanges } from "./build/package-list.ts";

const usage = "usage: node agent/build.ts --out FOLDER [--cache FOLDER] [--lock FILE]";

const sources = import.meta.dirname;

interface Arguments {
  readonly out: string;
  readonly cache: string;
  readonly lock: string;
}

async function main(): Promise<number> {
  const settings = readArguments();
  if (!settings) {
    console.error(usage);
    return 2;
  }
  try {
    await build(settings);
    return 0;
  } catch (error) {
    if (!(error instanceof AgentBuildError)) throw error;
    console.error(`agent: ${error.message}`);
    return 1;
  }
}

/** `undefined` when the command line cannot be understood. */
function readArguments(): Arguments | undefined {
  try {
    const text = { type: "string" } as const;
    const { values } = parseArgs({ options: { out: text, cache: text, lock: text } });
    if (values.out === undefined) return undefined;
    return {
      out: values.out,
      cache: values.cache ?? join(sources, "../var/packages"),
      lock: values.lock ?? join(sources, "packages.json"),
    };
  } catch {
    return undefined;
  }
}

async function build({ out, cache, lock }: Arguments): Promise<void> {
  const started = performance.now();
  const { packages, files } = await buildAgent({ out, cache, sources });
  for (const change of packageChanges(await readLock(lock), packages)) {
    console.log(`agent: package ${describeChange(change)}`);
  }
  await writeLock(lock, packages);
  for (const { path, bytes, sha256 } of files) console.log(`agent: ${path} ${bytes} bytes sha256 ${sha256}`);
  console.log(`agent: built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** The packages of the last build; none when there was no build. */
async function readLock(file: string): Promise<readonly DebianPackage[]> {
  const text = await readTextOr(file, `{"packages":[]}`);
  return (JSON.parse(text) as { readonly packages: readonly DebianPackage[] }).packages;
}

/** Leaves the file alone when nothing moved, so that a build in a read-only checkout works. */
async function writeLock(file: string, packages: readonly DebianPackage[]): Promise<void> {
  const text = `${JSON.stringify({ packages }, null, 2)}\n`;
  if ((await readTextOr(file, "")) !== text) await writeFile(file, text);
}

async function readTextOr(file: string, missing: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return missing;
    throw error;
  }
}

process.exitCode = await main();

#!/usr/bin/env node
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildAgent } from "./build/build-agent.ts";
import { AgentBuildError } from "./build/error.ts";
import { type DebianPackage, describeChange, packageChanges } from "./build/package-list.ts";

const usage = "usage: ironledger-build-agent --out FOLDER [--cache FOLDER] [--lock FILE]";

const sources = import.meta.dirname;

interface Arguments {
  readonly out: string;
  readonly cache: string;
  readonly lock: string | undefined;
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
    const out = resolve(values.out);
    return { out, cache: resolve(values.cache ?? join(out, "packages")), lock: values.lock };
  } catch {
    return undefined;
  }
}

async function build({ out, cache, lock }: Arguments): Promise<void> {
  const started = performance.now();
  const before = await packagesBefore({ out, lock });
  const { packages, files } = await buildAgent({ out, cache, sources });
  for (const change of packageChanges(before, packages)) {
    console.log(`agent: package ${describeChange(change)}`);
  }
  if (lock !== undefined) await writeLock(lock, packages);
  for (const { path, bytes, sha256 } of files) console.log(`agent: ${path} ${bytes} bytes sha256 ${sha256}`);
  console.log(`agent: built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** What the build is compared with: the list that was named, else the last build in `out`, else the list beside this. */
async function packagesBefore({ out, lock }: Pick<Arguments, "out" | "lock">) {
  if (lock !== undefined) return readPackages(lock);
  const last = await readPackages(join(out, "agent/manifest.json"));
  return last.length > 0 ? last : readPackages(join(sources, "packages.json"));
}

/** None when there is no such file. */
async function readPackages(file: string): Promise<readonly DebianPackage[]> {
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

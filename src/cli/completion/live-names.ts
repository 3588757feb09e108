import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createApi, type Row } from "../api/api.ts";
import { rowsOf } from "../api/pages.ts";
import type { Target } from "../api/target.ts";
import { accessRoles, principals } from "../collections/access.ts";
import { bootEnvironments } from "../collections/boot-environments.ts";
import type { Collection } from "../collections/collection.ts";
import { machines } from "../collections/machines.ts";
import { clientClasses, subnets } from "../collections/network.ts";

/** Collections whose objects are called by a name, under what their argument is called in the help. */
const collections: Readonly<Record<string, Collection>> = {
  machine: machines,
  machines: machines,
  subnet: subnets,
  class: clientClasses,
  bootenv: bootEnvironments,
  principal: principals,
  role: accessRoles,
};

/** How long names are believed, milliseconds. */
const cacheMs = 60_000;
/** How long the service may take: a person waits for the word. */
const answerMs = 150;

export interface LiveNamesOptions {
  /** What the argument is called: `machine`. */
  readonly of: string;
  /** What they begin with. */
  readonly prefix: string;
  readonly cacheDirectory: string;
  readonly now: Date;
}

/** The query for names that begin with a text. A machine that has none is called by its first hardware address. */
export function namesDocument({ field, type }: Pick<Collection, "field" | "type">): string {
  const fields = type === "Machine" ? "name macs" : "name";
  return `query ($filter: ${type}Filter!) { ${field}(first: 100, filter: $filter) { nodes { ${fields} } } }`;
}

function beginningWith(prefix: string, { type }: Collection): Row {
  if (prefix === "") return {};
  const name = { name: { prefix } };
  return type === "Machine" && /^[0-9a-f:]+$/.test(prefix) ? { or: [name, { mac: { prefix } }] } : name;
}

function nameOf({ name, macs }: Row): readonly string[] {
  if (typeof name === "string") return [name];
  return (macs as readonly string[] | undefined)?.slice(0, 1) ?? [];
}

/** The collections that names are asked of. */
export const namedCollections: readonly Collection[] = [...new Set(Object.values(collections))];

/** Names that the service knows, from a cache when that is fresh. None when the argument is no name. */
export async function liveNames(
  target: Target,
  { of, prefix, cacheDirectory, now }: LiveNamesOptions,
): Promise<readonly string[]> {
  const collection = collections[of];
  if (!collection) return [];
  const key = JSON.stringify([target.server.href, target.token, collection.field, prefix]);
  const file = join(cacheDirectory, "names", createHash("sha256").update(key).digest("hex"));
  const cached = readCache(file, now);
  if (cached) return cached;
  const api = createApi(target, { signal: AbortSignal.timeout(answerMs), debug: undefined });
  const data = await api.ask(namesDocument(collection), { filter: beginningWith(prefix, collection) });
  const names = rowsOf(data, collection.field).flatMap(nameOf);
  writeCache(file, names, now);
  return names;
}

function readCache(file: string, now: Date): readonly string[] | undefined {
  if (!isFresh(file, now)) return undefined;
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((name) => name !== "");
}

/** What nobody believes any more is removed, so that the folder does not grow with every word ever typed. */
function writeCache(file: string, names: readonly string[], now: Date): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const old of readdirSync(folder)) {
    if (!isFresh(join(folder, old), now)) rmSync(join(folder, old), { force: true });
  }
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, names.join("\n"), { mode: 0o600 });
  renameSync(temporary, file);
}

function isFresh(file: string, now: Date): boolean {
  const written = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return written !== undefined && Math.abs(now.getTime() - written) <= cacheMs;
}

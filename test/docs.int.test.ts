import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { buildSchema, parse, validate } from "graphql";
import { expect, test } from "vitest";
import { z } from "zod";

const root = resolve(import.meta.dirname, "..");

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
].map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));

const byPath = (one: { readonly path: string }, other: { readonly path: string }) =>
  one.path < other.path ? -1 : 1;

test("the pages are found", () => {
  expect(pages.length).toBeGreaterThan(15);
});

test("every link between pages leads somewhere", () => {
  const broken = pages.flatMap(({ path, text }) =>
    [...text.replaceAll(/`[^`\n]+`/g, "").matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
      .map(([, target = ""]) => resolve(root, dirname(path), target))
      .filter((target) => !existsSync(target))
      .map((target) => `${path} -> ${relative(root, target)}`),
  );
  expect(broken).toEqual([]);
});

test("decisions are numbered without a hole, in their names as in their titles", () => {
  const decisions = pages.filter(({ path }) => path.startsWith(join("docs", "decisions"))).toSorted(byPath);
  const named = decisions.map(({ path, text }) => [
    Number(basename(path).slice(0, 4)),
    text.split(".", 1)[0],
  ]);
  expect(named).toEqual(decisions.map((_, index) => [index + 1, `# ${index + 1}`]));
});

test("every decision that a page names is the one that it links", () => {
  const wrong = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/\[ADR\s(\d+)\]\(([^)]+)\)/g)]
      .filter(([, number, target = ""]) => Number(number) !== Number(basename(target).slice(0, 4)))
      .map(([link]) => `${path}: ${link}`),
  );
  expect(wrong).toEqual([]);
});

test("every npm script that a page names exists", () => {
  const unknown = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/npm run (?:--silent )?([a-z][a-z0-9:]*)/g)]
      .map(([, name = ""]) => name)
      .filter((name) => !(name in scripts))
      .map((name) => `${path}: npm run ${name}`),
  );
  expect(unknown).toEqual([]);
});

test("every source file that a page names exists", () => {
  const missing = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/`((?:src|test|agent|templates|scripts|bench|examples)\/[A-Za-z0-9_./-]+)`/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !existsSync(join(root, target)))
      .map((target) => `${path}: ${target}`),
  );
  expect(missing).toEqual([]);
});

/** Queries stand in blocks of their own, and as the JSON that curl sends. */
function queriesOf(text: string): readonly string[] {
  const blocks = [...text.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, query = ""]) => query);
  const Body = z.object({ query: z.string() });
  const bodies = [...text.matchAll(/^\{"query": .*\}$/gm)].map(
    ([body]) => Body.parse(JSON.parse(body)).query,
  );
  return [...blocks, ...bodies];
}

test("every query that a page prints is one that the API takes", () => {
  const schema = buildSchema(readFileSync(join(root, "schema.graphql"), "utf8"));
  const queries = pages.flatMap(({ path, text }) => queriesOf(text).map((query) => ({ path, query })));
  expect(queries.length).toBeGreaterThan(12);
  const wrong = queries.flatMap(({ path, query }) =>
    validate(schema, parse(query)).map(({ message }) => `${path}: ${message}`),
  );
  expect(wrong).toEqual([]);
});

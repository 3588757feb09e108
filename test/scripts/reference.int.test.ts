import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { configurationPage, configurationSample } from "../../scripts/docs/configuration-page.ts";
import { errorsPage } from "../../scripts/docs/errors-page.ts";
import { eventsPage } from "../../scripts/docs/events-page.ts";
import { metricsPage } from "../../scripts/docs/metrics-page.ts";
import { codeLists, sourcesBelow } from "../../scripts/docs/source-comments.ts";
import { apiErrorCodes } from "../../src/adapters/graphql/errors.ts";
import { catalogue } from "../../src/domain/catalogue.ts";

const root = join(import.meta.dirname, "../..");
const domain = join(root, "src/domain");
const pageOf = (name: string) => readFileSync(join(root, "docs/reference", name), "utf8");

const schema = readFileSync(join(root, "schema.graphql"), "utf8");

/** A normal form of Unicode is written like a code. */
const noCodes: readonly string[] = ["NFKC"];

/** Read apart from the generator: whatever is written like a code anywhere in the domain. */
const codesInDomain = sourcesBelow(domain)
  .flatMap(({ text }) => [...text.matchAll(/"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)"/g)])
  .map(([, code = ""]) => code)
  .filter((code) => !noCodes.includes(code));

/** Read apart from the generator, too: every line of the enum that is a name. */
const [, userErrorCodeLines = ""] = /^enum UserErrorCode \{([^}]*)\}/m.exec(schema) ?? [];
const userErrorCodes = [...userErrorCodeLines.matchAll(/^ {2}([A-Z_]+)$/gm)].map(([, code = ""]) => code);

describe("the reference of errors", () => {
  const page = pageOf("errors.md");

  /** The codes of the sections whose name passes, in the order of the alphabet. */
  function codesIn(wanted: (section: string) => boolean): readonly string[] {
    const sections = page.split(/^## /m).filter((section) => wanted(section.slice(0, section.indexOf("\n"))));
    const codes = sections.flatMap((section) => [...section.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)]);
    return [...new Set(codes.map(([, code = ""]) => code))].toSorted();
  }

  const ofTheApi = ["ApiErrorCode", "UserErrorCode"];

  test("is what the sources say", () => {
    expect(page).toBe(errorsPage({ domain, schema }));
  });

  test("names every code of the domain, and none that is gone", () => {
    expect(codesInDomain.length).toBeGreaterThan(40);
    expect(codesIn((section) => !ofTheApi.includes(section))).toEqual([...new Set(codesInDomain)].toSorted());
  });

  test("names every code of the API's errors, and none that is gone", () => {
    expect(codesIn((section) => section === "ApiErrorCode")).toEqual(Object.keys(apiErrorCodes).toSorted());
  });

  test("names every code of a mutation's refusals, and none that is gone", () => {
    expect(userErrorCodes.length).toBeGreaterThan(40);
    expect(codesIn((section) => section === "UserErrorCode")).toEqual(userErrorCodes.toSorted());
  });

  test("links only to sections that it has", () => {
    const sections = [...page.matchAll(/^## (\w+)$/gm)].map(([, name = ""]) => `#${name.toLowerCase()}`);
    for (const [, target = ""] of page.matchAll(/\]\((#[^)]+)\)/g)) expect(sections).toContain(target);
  });
});

describe("the reference of events", () => {
  const page = pageOf("events.md");

  test("is what the sources say", () => {
    expect(page).toBe(eventsPage(domain));
  });

  test("has a section of every type of event, and links only to sections that it has", () => {
    const sections = [...page.matchAll(/^### (\w+)$/gm)].map(([, name = ""]) => name);
    for (const { codec } of catalogue) {
      for (const { type } of codec.definitions) expect(sections).toContain(type);
    }
    const anchors = sections.map((name) => `#${name.toLowerCase()}`);
    for (const [, target = ""] of page.matchAll(/\]\((#[^)]+)\)/g)) expect(anchors).toContain(target);
  });
});

describe("the references of settings and metrics", () => {
  test.each([
    ["docs/reference/configuration.md", configurationPage],
    ["examples/all-settings.yaml", configurationSample],
    ["docs/reference/metrics.md", metricsPage],
  ])("%s is what the sources say", (path, generated) => {
    expect(readFileSync(join(root, path), "utf8")).toBe(generated());
  });
});

describe("reading codes out of a source", () => {
  test("finds unions and enums, with what they include", () => {
    const source = `
      /** Why it is not done. */
      export type OneCode =
        | OtherCode
        /** It is late; it is dark. */
        | "TOO_LATE";
      /** Why it failed. */
      export const TwoCode = z.enum([
        /** Nobody knows. */
        "UNKNOWN",
      ]);
      export type TwoCode = z.infer<typeof TwoCode>;`;
    expect(codeLists(source)).toEqual([
      {
        name: "OneCode",
        comment: "Why it is not done.",
        codes: [{ code: "TOO_LATE", comment: "It is late; it is dark." }],
        includes: ["OtherCode"],
      },
      {
        name: "TwoCode",
        comment: "Why it failed.",
        codes: [{ code: "UNKNOWN", comment: "Nobody knows." }],
        includes: [],
      },
    ]);
  });

  test("insists on a comment for each", () => {
    expect(() => codeLists('export type OneCode =\n  /** It is late. */\n  | "TOO_LATE";')).toThrow(
      "OneCode",
    );
    expect(() => codeLists('/** Why. */\nexport type OneCode =\n  | "TOO_LATE";')).toThrow("TOO_LATE");
  });
});

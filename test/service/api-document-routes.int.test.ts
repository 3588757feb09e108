import { describe, expect, test } from "vitest";
import { bootApiDocument } from "../../src/boot/http/api-document.ts";
import { apiDocumentRoutes } from "../../src/service/api-document-routes.ts";
import { openDoor } from "../adapters/graphql/support/door.ts";

const document = bootApiDocument("1.2.3");
const startViewer = () => openDoor({ routes: [apiDocumentRoutes(document)] });

/** What a page makes a browser load, as the browser would ask for it. */
function loadedBy(html: string, base: string): readonly URL[] {
  return [...html.matchAll(/\b(?:src|href)\s*=\s*"([^"]*)"/gi)].map(([, url = ""]) => new URL(url, base));
}

describe("the document of what machines speak", () => {
  test("is served without a token", async () => {
    const door = await startViewer();
    expect(await (await fetch(`${door.url}/openapi.json`)).json()).toEqual(document);
    expect(await (await fetch(`${door.url}/docs/json`)).json()).toEqual(document);
  });
});

describe("the viewer of the document", () => {
  test.each([
    "/docs",
    "/docs/",
  ])("at %s comes with everything that it loads, from this listener", async (path) => {
    const door = await startViewer();
    const answer = await fetch(door.url + path);
    expect([path, answer.status]).toEqual([path, 200]);
    const html = await answer.text();
    const urls = loadedBy(html, door.url + path);
    expect(urls.length).toBeGreaterThan(4);
    for (const url of urls) {
      expect([url.href, url.origin]).toEqual([url.href, door.url]);
      expect([url.href, (await fetch(url)).status]).toEqual([url.href, 200]);
    }
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son[a-z]+\s*=|javascript:|<base/i);
  });

  test("may load and ask nothing from elsewhere", async () => {
    const door = await startViewer();
    for (const path of [
      "/docs",
      "/docs/static/swagger-ui-bundle.js",
      "/docs/static/swagger-initializer.js",
    ]) {
      const { headers } = await fetch(door.url + path);
      const policy = headers.get("content-security-policy") ?? "";
      expect([path, policy]).toEqual([
        path,
        expect.stringMatching(/^default-src 'none'; script-src 'self';/),
      ]);
      expect(policy).not.toMatch(/https?:|\*|unsafe-eval|validator/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
    const initializer = await (await fetch(`${door.url}/docs/static/swagger-initializer.js`)).text();
    expect(initializer).toContain('"validatorUrl":null');
  });

  test("puts its headers on nothing else, and opens nothing else", async () => {
    const door = await startViewer();
    expect((await fetch(`${door.url}/livez`)).headers.get("content-security-policy")).toBeNull();
    for (const path of [
      "/docs/static/../../package.json",
      "/docs/x",
      "/graphql",
      "/docs/static/%2e%2e/package.json",
    ]) {
      expect([path, [401, 403, 404]]).toEqual([
        path,
        expect.arrayContaining([(await fetch(door.url + path)).status]),
      ]);
    }
  });
});

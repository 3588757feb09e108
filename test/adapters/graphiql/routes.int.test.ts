import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { graphiqlRoutes } from "../../../src/adapters/graphiql/routes.ts";
import { graphiqlFiles } from "../../../src/paths.ts";
import { openDoor } from "../graphql/support/door.ts";

const startPage = () => openDoor({ routes: [graphiqlRoutes(graphiqlFiles)] });

/** What a page makes a browser load. */
function loadedBy(html: string): readonly string[] {
  return [...html.matchAll(/\b(?:src|href|action)\s*=\s*"([^"]*)"/gi)].map(([, url = ""]) => url);
}

describe("the page of GraphiQL", () => {
  test("comes with everything that it loads, from this listener, without a token", async () => {
    const door = await startPage();
    const html = await (await fetch(`${door.url}/graphiql`)).text();
    const urls = loadedBy(html);
    expect(urls.length).toBeGreaterThan(5);
    for (const url of urls) {
      expect(url).toMatch(/^\/graphiql\//);
      const answer = await fetch(door.url + url);
      expect([url, answer.status, (await answer.arrayBuffer()).byteLength > 100]).toEqual([url, 200, true]);
      expect(answer.headers.get("content-type")).toMatch(/^text\/(?:javascript|css)/);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  test("has no script of its own, and may load none from elsewhere", async () => {
    const door = await startPage();
    const answer = await fetch(`${door.url}/graphiql`);
    const html = await answer.text();
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son[a-z]+\s*=|javascript:|<base|https?:/i);
    const policy = answer.headers.get("content-security-policy") ?? "";
    const directives = new Map(
      policy.split("; ").map((text) => [text.split(" ")[0] ?? "", text.split(" ").slice(1)]),
    );
    expect(directives.get("default-src")).toEqual(["'none'"]);
    expect(directives.get("script-src")).toEqual(["'self'"]);
    expect(directives.get("connect-src")).toEqual(["'self'"]);
    expect(policy).not.toMatch(/https?:|wss?:|\*|unsafe-eval/);
  });

  test("fetches nothing from another host, in its styles and scripts either", async () => {
    const door = await startPage();
    for (const name of ["page.css", "graphiql.css"]) {
      const css = await (await fetch(`${door.url}/graphiql/${name}`)).text();
      expect(css).not.toMatch(/@import|url\((?!"?data:)/);
    }
    for (const name of ["page.js", "react.js", "react-dom.js", "graphiql.js"]) {
      const js = await (await fetch(`${door.url}/graphiql/${name}`)).text();
      expect([
        name,
        /(?:fetch|import|importScripts|Worker|WebSocket|EventSource)\(\s*["'`](?:https?|wss?):/.test(js),
      ]).toEqual([name, false]);
      expect([name, /\bsrc\s*[=:]\s*["'`]https?:/.test(js), /\beval\(|new Function\(/.test(js)]).toEqual([
        name,
        false,
        false,
      ]);
    }
  });
});

describe("what the page of GraphiQL does", () => {
  test("asks this listener, over HTTP and WebSocket, with the token that was entered", async () => {
    const door = await startPage();
    const js = await (await fetch(`${door.url}/graphiql/page.js`)).text();
    const page = fakePage(door.url, "ilt_entered");
    runInNewContext(js, page.globals);
    expect(page.fetchers).toEqual([]);
    page.submit();
    const authorization = "Bearer ilt_entered";
    expect(page.fetchers).toEqual([
      {
        url: "/graphql",
        headers: { authorization },
        subscriptionUrl: `${door.url.replace("http", "ws")}/graphql`,
        wsConnectionParams: { authorization },
      },
    ]);
  });

  test("keeps the token in the tab, and puts it into no URL", async () => {
    const door = await startPage();
    const js = await (await fetch(`${door.url}/graphiql/page.js`)).text();
    expect(js).toContain("sessionStorage.setItem(");
    expect(js).not.toMatch(/localStorage|document\.cookie|history\.|location\.(?:href|search|hash)/);
  });

  test("is fetched once, until it changes", async () => {
    const door = await startPage();
    const etag = (await fetch(`${door.url}/graphiql/graphiql.js`)).headers.get("etag") ?? "";
    const again = await fetch(`${door.url}/graphiql/graphiql.js`, { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  test("opens no other path: the API still takes a token", async () => {
    const door = await startPage();
    for (const path of [
      "/graphiql/../graphql",
      "/graphiql/x",
      "/graphiql/page.js/..%2f..%2fgraphql",
      "/graphql",
    ]) {
      expect([path, (await fetch(door.url + path)).status]).toEqual([path, 401]);
    }
  });
});

/** What the page's script finds in a browser, with nothing behind it. */
function fakePage(origin: string, entered: string) {
  const fetchers: unknown[] = [];
  const listeners = new Map<string, (event: object) => void>();
  const element = (id: string) => ({
    value: entered,
    addEventListener: (type: string, listen: (event: object) => void) =>
      listeners.set(`${id} ${type}`, listen),
  });
  const globals = {
    document: { getElementById: element },
    location: { origin },
    sessionStorage: { getItem: () => null, setItem: () => undefined },
    GraphiQL: { createFetcher: (options: unknown) => fetchers.push(structuredClone(options)) },
    React: { createElement: () => ({}) },
    ReactDOM: { createRoot: () => ({ render: () => undefined }) },
  };
  return {
    globals,
    fetchers,
    submit: () => listeners.get("login submit")?.({ preventDefault: () => undefined }),
  };
}

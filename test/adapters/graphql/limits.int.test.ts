import { getIntrospectionQuery } from "graphql";
import { describe, expect, test } from "vitest";
import { startApi } from "./support/api.ts";

const codesOf = (errors: readonly { readonly extensions: { readonly code: string } }[]) => [
  ...new Set(errors.map(({ extensions }) => extensions.code)),
];

describe("a document", () => {
  test("may be the usual question for the schema", async () => {
    const api = await startApi();
    const { status, errors } = await api.ask(getIntrospectionQuery());
    expect([status, errors]).toEqual([200, []]);
  });

  test("may not have 10,000 aliases", async () => {
    const api = await startApi();
    const aliases = Array.from({ length: 10_000 }, (_, number) => `a${number}: position`);
    const { status, errors } = await api.ask(`{ ${aliases.join(" ")} }`);
    expect([status, codesOf(errors)]).toEqual([400, ["DOCUMENT_INVALID"]]);
    expect(errors[0]?.message).toMatch(/more that 2000 tokens/);
  });

  test("may not multiply its fields through fragments", async () => {
    const api = await startApi();
    const fragments = Array.from({ length: 30 }, (_, level) =>
      level === 0
        ? "fragment F0 on Machine { id }"
        : `fragment F${level} on Machine { ...F${level - 1} ...F${level - 1} }`,
    );
    const { status, errors } = await api.ask(`{ machines { nodes { ...F29 } } } ${fragments.join(" ")}`);
    expect([status, codesOf(errors)]).toEqual([400, ["DOCUMENT_TOO_LARGE"]]);
  });

  test("may not be deeper than 15 levels, through fragments either", async () => {
    const api = await startApi();
    const { status, errors } = await api.ask(`{ machines { nodes { ...A } } }
      fragment A on Machine { run { machine { run { machine { run { machine { ...B } } } } } } }
      fragment B on Machine { run { machine { run { machine { run { machine { run { id } } } } } } } }`);
    expect([status, codesOf(errors)]).toEqual([400, ["DOCUMENT_TOO_LARGE"]]);
  });

  test("may not hold fragments that go in circles", async () => {
    const api = await startApi();
    const { status, errors } = await api.ask(`{ machines { nodes { ...A } } }
      fragment A on Machine { run { ...B } } fragment B on Run { machine { ...A } }`);
    expect(status).toBe(400);
    expect(codesOf(errors)).toContain("DOCUMENT_INVALID");
  });

  test("may not ask for more than 50,000 objects, whatever its variables say", async () => {
    const api = await startApi();
    const nested = (first: string) =>
      `machines(first: ${first}) { nodes { runs(first: ${first}) { nodes { events(first: ${first}) { nodes { id } } } } } }`;
    expect((await api.ask(`{ ${nested("20")} }`)).status).toBe(200);
    expect(codesOf((await api.ask(`{ ${nested("100")} }`)).errors)).toEqual(["DOCUMENT_TOO_LARGE"]);
    const asked = await api.ask(`query ($n: Int!) { ${nested("$n")} }`, { n: 1 });
    expect(codesOf(asked.errors)).toEqual(["DOCUMENT_TOO_LARGE"]);
  });

  test("may not be a syntax tree in JSON", async () => {
    const api = await startApi();
    const { status, errors } = await api.ask(' {"kind":"Document","definitions":[]}');
    expect([status, codesOf(errors)]).toEqual([400, ["BAD_REQUEST"]]);
  });

  test("may not overlap itself until the service stands still", async () => {
    const api = await startApi();
    const before = performance.now();
    await api.ask(`{ service { ${"views { name } ".repeat(480)} } }`);
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});

describe("a page", () => {
  test.each([
    ["machines(first: 201)", "INPUT_INVALID"],
    ["machines(first: 0)", "INPUT_INVALID"],
    ["machines(first: -1)", "INPUT_INVALID"],
    ["events(first: 1001)", "INPUT_INVALID"],
    ['machines(after: "nonsense")', "CURSOR_INVALID"],
    ['machines(after: "WyJSdW5Db25uZWN0aW9uIiwwXQ")', "CURSOR_INVALID"],
  ])("is refused for %s", async (field, code) => {
    const api = await startApi();
    const { errors } = await api.ask(`{ ${field} { pageInfo { hasNextPage } } }`);
    expect(codesOf(errors)).toEqual([code]);
  });
});

describe("a request over HTTP", () => {
  const query = "{ position }";

  test.each([
    ["a form", { "content-type": "application/x-www-form-urlencoded" }, "query={position}", 400],
    ["plain text", { "content-type": "text/plain" }, JSON.stringify({ query }), 400],
    [
      "a type that only looks like JSON",
      { "content-type": " application/json\ttext/plain" },
      JSON.stringify({ query }),
      400,
    ],
    ["broken JSON", { "content-type": "application/json" }, "{", 400],
    ["a list of requests", { "content-type": "application/json" }, JSON.stringify([{ query }]), 400],
    [
      "a body that is too large",
      { "content-type": "application/json" },
      JSON.stringify({ query, x: "x".repeat(300_000) }),
      413,
    ],
  ])("is refused as %s", async (_what, headers, ...[body, status]) => {
    const api = await startApi();
    const authorization = `Bearer ${api.token}`;
    const response = await fetch(`${api.url}/graphql`, {
      method: "POST",
      headers: { authorization, ...headers },
      body,
    });
    expect([response.status, codesOf(((await response.json()) as { errors: [] }).errors)]).toEqual([
      status,
      ["BAD_REQUEST"],
    ]);
  });

  test("cannot be a GET from a foreign page, and never a mutation", async () => {
    const api = await startApi();
    const authorization = `Bearer ${api.token}`;
    const get = async (graphql: string, headers: Readonly<Record<string, string>>) => {
      const url = `${api.url}/graphql?query=${encodeURIComponent(graphql)}`;
      return (await fetch(url, { headers: { authorization, ...headers } })).status;
    };
    const own = { "x-mercurius-operation-name": "a" };
    const mutation = 'mutation { retireSubnet(input: { name: "a" }) { position } }';
    expect(await get(query, {})).toBe(400);
    expect(await get(query, own)).toBe(200);
    expect(await get(mutation, own)).toBe(405);
  });

  test("serves no page that runs somebody else's scripts", async () => {
    const api = await startApi();
    const authorization = `Bearer ${api.token}`;
    expect((await fetch(`${api.url}/graphiql`, { headers: { authorization } })).status).toBe(404);
  });
});

describe("a service that can record nothing", () => {
  test("is alive and not ready, and says why in general words", async () => {
    const reasons = [{ code: "DISK_LOW", message: "the disk is nearly full" }];
    const api = await startApi({ notReady: () => reasons });
    const response = await fetch(`${api.url}/readyz`);
    expect([response.status, await response.json()]).toEqual([503, { status: "not ready", reasons }]);
    expect((await fetch(`${api.url}/livez`)).status).toBe(200);
  });
});

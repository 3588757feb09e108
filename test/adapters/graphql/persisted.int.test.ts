import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema } from "graphql";
import { describe, expect, test } from "vitest";
import {
  documentText,
  type OperationTexts,
  readOperations,
} from "../../../src/adapters/graphql/persisted.ts";
import { temporaryDirectory } from "../../projections/view-files.ts";
import { bearer, openDoor } from "./support/door.ts";
import { connect } from "./support/socket.ts";

const query = "query Position { position }\n";
const follow = "subscription Follow { events }\n";
const texts: OperationTexts = new Map([query, follow].map((text) => [idOf(text), text]));

function idOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function byId(text: string) {
  return { extensions: { persistedQuery: { version: 1, sha256Hash: idOf(text) } } };
}

const codesOf = (body: { readonly errors?: readonly { readonly extensions: { readonly code: string } }[] }) =>
  body.errors?.map(({ extensions }) => extensions.code);

describe("reading persisted operations", () => {
  const schema = buildSchema("type Query { position: String }");

  test("knows each file by the SHA-256 of its text, as sha256sum prints it", async () => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, "position.graphql"), query);
    writeFileSync(join(folder, "README.md"), "not an operation");
    expect(await readOperations(folder, schema)).toEqual(new Map([[idOf(query), query]]));
  });

  test.each([
    ["does not parse", "query {", "Syntax Error"],
    ["does not fit the schema", "{ nothing }", 'Cannot query field "nothing"'],
    [
      "asks for more than a document may",
      `{ ${Array.from({ length: 60 }, (_, n) => `a${n}: position`).join(" ")} }`,
      "50 aliases",
    ],
  ])("names the file that %s", async (_what, text, message) => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, "wrong.graphql"), text);
    await expect(readOperations(folder, schema)).rejects.toThrow("wrong.graphql");
    await expect(readOperations(folder, schema)).rejects.toThrow(message);
  });
});

describe("a persisted operation", () => {
  test.each([false, true])("runs by its id over HTTP, by POST and GET (only those: %s)", async (only) => {
    const door = await openDoor({ documentText: documentText(texts, only) });
    expect((await door.post(byId(query))).body).toEqual({ data: { position: "1" } });
    const parameters = new URLSearchParams({ extensions: JSON.stringify(byId(query).extensions) });
    const headers = { ...bearer(door.token), "x-mercurius-operation-name": "Position" };
    const answer = await fetch(`${door.url}/graphql?${parameters}`, { headers });
    expect(await answer.json()).toEqual({ data: { position: "1" } });
  });

  test.each([false, true])("runs by its id over WebSocket (only those: %s)", async (only) => {
    const door = await openDoor({ documentText: documentText(texts, only) });
    const socket = await connect(door);
    socket.send({ type: "subscribe", id: "1", payload: byId(follow) });
    expect((await socket.message(({ type }) => type === "next")).payload).toEqual({
      data: { events: "first" },
    });
  });

  test("that the service does not have is told so in the words that clients know", async () => {
    const door = await openDoor();
    const { status, body } = await door.post(byId("{ name }"));
    expect([status, body.errors[0].message, codesOf(body)]).toEqual([
      400,
      "PersistedQueryNotFound",
      ["PERSISTED_QUERY_NOT_FOUND"],
    ]);
  });

  test("comes with the text whose id it is, or not at all", async () => {
    const door = await openDoor();
    expect((await door.post({ query, ...byId(query) })).status).toBe(200);
    expect(codesOf((await door.post({ query: "{ name }", ...byId(query) })).body)).toEqual(["BAD_REQUEST"]);
  });

  test.each([
    ["nothing", {}],
    ["an id of another kind", { extensions: { persistedQuery: { version: 2, sha256Hash: idOf(query) } } }],
    [
      "an id that is none",
      { extensions: { persistedQuery: { version: 1, sha256Hash: "../../etc/passwd" } } },
    ],
    ["a key of every object", { extensions: { persistedQuery: { version: 1, sha256Hash: "constructor" } } }],
  ])("is not named by %s", async (_what, body) => {
    const door = await openDoor({ documentText: documentText(texts, true) });
    const answer = await door.post(body);
    expect([answer.status, codesOf(answer.body)]).toEqual([400, ["BAD_REQUEST"]]);
  });
});

describe("a service that runs nothing but persisted operations", () => {
  const only = { documentText: documentText(texts, true) };

  test("refuses any other document, over HTTP and WebSocket", async () => {
    const door = await openDoor(only);
    for (const other of ["{ name }", "{ __schema { types { name } } }", "mutation { touch }"]) {
      const { status, body } = await door.post({ query: other });
      expect([status, codesOf(body)]).toEqual([400, ["PERSISTED_OPERATION_REQUIRED"]]);
    }
    const socket = await connect(door);
    socket.send({ type: "subscribe", id: "1", payload: { query: "subscription { events }" } });
    const { payload } = await socket.message(({ type }) => type === "error");
    expect(codesOf({ errors: payload })).toEqual(["PERSISTED_OPERATION_REQUIRED"]);
  });

  test("runs one whose text is sent", async () => {
    const door = await openDoor(only);
    expect((await door.post({ query })).status).toBe(200);
  });
});

import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  OperationTypeNode,
} from "graphql";
import { describe, expect, test } from "vitest";
import { createApiSchema } from "../../../src/adapters/graphql/schema.ts";
import { startApi, typeDefs } from "./support/api.ts";
import { openSocket } from "./support/socket.ts";

const schema = createApiSchema(typeDefs);

const scalarValues: Readonly<Record<string, string>> = {
  MAC: '"52:54:00:00:00:01"',
  IPv4: '"10.0.0.1"',
  CIDR: '"10.0.0.0/24"',
  Sha256: `"${"0".repeat(64)}"`,
  Int: "1",
};

/** One document for every field that a request can begin with, so that a field which joins is tested too. */
const documents = Object.values(OperationTypeNode).flatMap((operation) =>
  Object.values(schema.getRootType(operation)?.getFields() ?? {}).map((field) => ({
    name: `${operation} ${field.name}`,
    operation,
    query: `${operation} { ${call(field)} }`,
  })),
);

const unauthorised: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "no token": {},
  "an empty token": { authorization: "Bearer " },
  "a token of nobody": { authorization: `Bearer ilt_${"A".repeat(43)}` },
  "a token of another form": { authorization: "Bearer -1" },
  "another scheme": { authorization: "Basic b3BlcmF0b3I6" },
  "what a proxy might add": { "x-forwarded-user": "operator", "x-forwarded-for": "127.0.0.1" },
};

test("every field that a request can begin with is looked at", () => {
  expect(documents.length).toBeGreaterThan(20);
});

describe("a request without a valid token", () => {
  test.each(
    Object.entries(unauthorised),
  )("with %s is refused the same way, and records nothing", async (_what, headers) => {
    const api = await startApi();
    const before = await api.store.head();
    const answers = await Promise.all(
      documents.map(async ({ query }) => {
        const response = await fetch(`${api.url}/graphql`, {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: JSON.stringify({ query }),
        });
        return `${response.status} ${response.headers.get("www-authenticate")} ${await response.text()}`;
      }),
    );
    const [refusal, ...others] = new Set(answers);
    expect(refusal).toMatch(/^401 Bearer .*"code":"UNAUTHENTICATED"/);
    expect(others).toEqual([]);
    expect(await api.store.head()).toBe(before);
  });

  test("is refused on every path and method but those that watch the service", async () => {
    const api = await startApi();
    for (const path of ["/", "/graphql", "/graphiql", "/metrics", "/livez/", "/readyz/x", "//livez"]) {
      for (const method of ["GET", "POST", "PUT", "DELETE", "OPTIONS"]) {
        const { status } = await fetch(`${api.url}${path}`, { method });
        expect([path, method, status]).toEqual([path, method, 401]);
      }
    }
    expect(await (await fetch(`${api.url}/livez`)).json()).toEqual({ status: "ok" });
    expect(await (await fetch(`${api.url}/readyz`)).json()).toEqual({ status: "ready" });
  });

  test("does not pass for an upgrade that is none", async () => {
    const api = await startApi();
    for (const headers of [
      { upgrade: "websocket" },
      { "sec-websocket-key": "x" },
      { upgrade: "websocket", connection: "keep-alive" },
    ]) {
      const response = await fetch(`${api.url}/graphql?query={position}`, { headers }).catch(() => undefined);
      expect(response?.status ?? 401).toBe(401);
    }
  });

  test("opens no socket elsewhere", async () => {
    const api = await startApi();
    const elsewhere = { url: `${api.url}/nothing` };
    await expect(openSocket(elsewhere)).rejects.toThrow("401");
  });
});

describe("a subscription without a valid token", () => {
  test.each(
    Object.entries(unauthorised).filter(([, { authorization }]) => authorization),
  )("with %s reads nothing", async (_what, { authorization = "" }) => {
    const api = await startApi();
    const before = await api.store.head();
    await expect(openSocket(api, { headers: { authorization } })).rejects.toThrow("401");
    for (const { query } of documents) {
      const socket = await openSocket(api);
      socket.send({ type: "connection_init", payload: { authorization } });
      socket.send({ type: "subscribe", id: "1", payload: { query } });
      expect(await socket.closed).toBe(4403);
      expect(socket.received).toEqual([]);
    }
    expect(await api.store.head()).toBe(before);
  });
});

describe("a request with a valid token", () => {
  test("fits the schema in every field that a request can begin with", async () => {
    const api = await startApi();
    for (const { name, operation, query } of documents) {
      if (operation === "subscription") continue;
      const { status, errors } = await api.ask(query);
      const codes = errors
        .map(({ extensions }) => extensions.code)
        .filter((code) => code !== "POSITION_UNKNOWN");
      expect([name, status, codes]).toEqual([name, 200, codes.filter((code) => code === "INPUT_INVALID")]);
    }
  });
});

/** A call of a field with a value for each argument that it must have. */
function call({ name, args, type }: GraphQLField<unknown, unknown>): string {
  const given = args.filter(isRequired).map((argument) => `${argument.name}: ${value(argument.type)}`);
  const list = given.length > 0 ? `(${given.join(", ")})` : "";
  return `${name}${list}${isCompositeType(getNullableType(type)) ? " { __typename }" : ""}`;
}

function isRequired({ type, defaultValue }: Pick<GraphQLArgument, "type" | "defaultValue">): boolean {
  return isNonNullType(type) && defaultValue === undefined;
}

function value(type: GraphQLInputType): string {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return "[]";
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name ?? "";
  if (!isInputObjectType(nullable)) return scalarValues[nullable.name] ?? '"a"';
  const fields = Object.values(nullable.getFields()).filter(isRequired);
  return `{ ${fields.map((field) => `${field.name}: ${value(field.type)}`).join(", ")} }`;
}

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createGraphqlClient, GraphqlError } from "../../src/rehearsal/graphql-client.ts";
import { createOperator, type Operator } from "../../src/rehearsal/operator.ts";
import { type FakeBootHttp, startFakeBootHttp } from "./fake-boot-http.ts";

const image = { file: "rehearsal.img.gz", bytes: 1, sha256: "0".repeat(64) };
const event = { schema: 1, time: "2026-01-31T03:12:00.000Z", data: {} };

let api: FakeBootHttp;
let operator: Operator;

beforeEach(async () => {
  api = await startFakeBootHttp();
  operator = createOperator({ client: createGraphqlClient({ api: api.base, token: "secret" }), image });
});

afterEach(() => api.close());

/** Accepts every mutation but those that `refused` names. */
function accept(refused: readonly string[] = []): void {
  api.answer("/graphql", ({ body }) => {
    const name = mutationOf(body);
    const userErrors = refused.includes(name) ? [{ code: "MACHINE_LOCKED", message: "unlock it first" }] : [];
    return { data: { [name]: { userErrors } } };
  });
}

function mutationOf(body: unknown): string {
  return /\{ (\w+)\(/.exec((body as { query: string }).query)?.[1] ?? "";
}

function inventoried(id: string) {
  return { ...event, stream: `machine-${id}`, type: "InventoryReported" };
}

describe("playing the operator", () => {
  test("approves and deploys a machine once, when its inventory is in", async () => {
    accept();
    operator.watch({ ...event, stream: "machine-a", type: "MachineDiscovered" });
    operator.watch(inventoried("a"));
    operator.watch(inventoried("a"));
    await expect.poll(() => api.seen.length, { timeout: 10_000 }).toBe(2);
    expect(api.seen.map(({ body }) => mutationOf(body))).toEqual(["approveMachine", "deployMachine"]);
    expect(api.seen[1]).toMatchObject({
      authorization: "Bearer secret",
      body: {
        variables: {
          input: {
            machineId: "a",
            environment: "image-deploy",
            image: { file: image.file, sha256: image.sha256 },
          },
        },
      },
    });
  });

  test("fails with the code when a mutation is refused", async () => {
    accept(["deployMachine"]);
    operator.watch(inventoried("a"));
    await expect(operator.failure).rejects.toThrow("deployMachine: MACHINE_LOCKED: unlock it first");
  });

  test("fails with what the API says when it cannot be asked", async () => {
    api.answer("/graphql", () => ({ errors: [{ message: "the log is read-only" }] }));
    await expect(operator.defineSubnet()).rejects.toThrow(
      new GraphqlError("status 200: the log is read-only"),
    );
    api.answer("/graphql", () => 401);
    await expect(operator.defineSubnet()).rejects.toThrow("status 401: ");
  });
});

import { describe, expect, test } from "vitest";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { typesOf } from "../../support/recording.ts";
import { startApi, type TestApi } from "./support/api.ts";
import { discover, macOf } from "./support/machines.ts";
import { mutate } from "./support/mutate.ts";

const counts = "rows problemCount registered unchanged plan { eventCount }";

function register(api: TestApi, input: object) {
  return mutate(api, {
    name: "registerMachine",
    input,
    fields: "machine { machineId name state macs labels { key value } params }",
  });
}

function importRows(api: TestApi, rows: readonly object[], controls: object = {}) {
  const input = { format: "JSON", content: JSON.stringify(rows), ...controls };
  return mutate(api, { name: "importMachines", input, fields: counts });
}

describe("registering a machine", () => {
  test("announces it by its interfaces, with what is to be known of it", async () => {
    const api = await startApi();
    const answer = await register(api, {
      macs: [macOf(1), macOf(2)],
      name: "node-1",
      labels: [{ key: "rack", value: "r7" }],
      params: [{ key: "ntp", value: { servers: ["10.0.0.1"] } }],
    });
    expect(answer).toMatchObject({
      userErrors: [],
      machine: {
        name: "node-1",
        state: "REGISTERED",
        macs: [macOf(1), macOf(2)],
        labels: [{ key: "rack", value: "r7" }],
        params: { ntp: { servers: ["10.0.0.1"] } },
      },
    });
  });

  test("has the effect of one when it is sent again, with a key or without", async () => {
    const api = await startApi();
    const first = await register(api, { macs: [macOf(1)], idempotencyKey: "one" });
    expect(await register(api, { macs: [macOf(1)], idempotencyKey: "one" })).toEqual(first);
    expect(await register(api, { macs: [macOf(1)] })).toMatchObject({
      machine: { machineId: first.machine.machineId },
    });
    const stream = machineStream(first.machine.machineId);
    expect(await typesOf(api.store, stream)).toEqual(["MachineRegistered"]);
    expect(await register(api, { macs: [macOf(2)], idempotencyKey: "one" })).toMatchObject({
      machine: null,
      userErrors: [{ code: "IDEMPOTENCY_KEY_REUSED", field: "idempotencyKey" }],
    });
  });

  test.each([
    [{ macs: [] }, "INPUT_INVALID", "macs"],
    [{ macs: [macOf(1)], labels: [{ key: "Rack", value: "" }] }, "INPUT_INVALID", "labels.0.key"],
    [{ macs: [macOf(1)], params: [{ key: "n", value: [null] }] }, "INPUT_INVALID", "params.0.value"],
    [{ macs: [macOf(1)], labels: [{ key: "a" }, { key: "a", value: "x" }] }, "INPUT_INVALID", "labels.1.key"],
    [{ macs: [macOf(1)], params: [{ key: "root-password", value: "x" }] }, "PARAM_LOOKS_SECRET", "params"],
    [{ macs: [macOf(9)] }, "MAC_TAKEN", "macs"],
  ])("refuses %j with %s", async (input, code, field) => {
    const api = await startApi();
    await discover(api.store, 9);
    const head = await api.store.head();
    const answer = await register(api, input);
    expect(answer).toMatchObject({ machine: null, position: null, userErrors: [{ code, field }] });
    if (code === "INPUT_INVALID") expect(await api.store.head()).toBe(head);
  });
});

describe("importing machines", () => {
  test("registers every row, and accepts rows that are registered already", async () => {
    const api = await startApi();
    const rows = [{ mac: macOf(1), name: "node-1" }, { mac: [macOf(2), macOf(3)] }];
    expect(await importRows(api, rows)).toMatchObject({
      userErrors: [],
      position: await api.store.head(),
      rows: 2,
      registered: 2,
      unchanged: 0,
    });
    const head = await api.store.head();
    expect(await importRows(api, [...rows, { mac: macOf(4) }])).toMatchObject({
      registered: 1,
      unchanged: 2,
    });
    expect(await importRows(api, rows)).toMatchObject({ userErrors: [], registered: 0, unchanged: 2 });
    expect((await api.store.readAll({ after: head, limit: 100 })).events.map(({ type }) => type)).toEqual([
      "Claimed",
      "MachineRegistered",
    ]);
  });

  test("registers none when a row is wrong, and names every problem", async () => {
    const api = await startApi();
    await discover(api.store, 9);
    const head = await api.store.head();
    const rows = [
      { mac: macOf(1) },
      { mac: macOf(9) },
      { mac: macOf(2), params: { token: "x" } },
      { mac: macOf(3), labels: Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`l${n}`, ""])) },
    ];
    expect(await importRows(api, rows)).toMatchObject({
      position: null,
      rows: 4,
      problemCount: 3,
      registered: 0,
      userErrors: [
        { code: "MAC_TAKEN", field: "content[1].mac", message: expect.stringMatching(/^row 2: /) },
        { code: "PARAM_LOOKS_SECRET", field: "content[2].params" },
        { code: "LABELS_TOO_MANY", field: "content[3].labels" },
      ],
    });
    expect(await api.store.head()).toBe(head);
  });

  test("shows at most a hundred problems, and counts them all", async () => {
    const api = await startApi();
    const lines = Array.from({ length: 150 }, (_, index) => `nonsense-${index}`);
    const content = ["mac", ...lines].join("\n");
    const input = { format: "CSV", content };
    const answer = await mutate(api, { name: "importMachines", input, fields: counts });
    expect(answer).toMatchObject({ rows: 150, problemCount: 150, registered: 0 });
    expect(answer.userErrors).toHaveLength(100);
    expect(answer.userErrors[0]).toMatchObject({ code: "INPUT_INVALID", field: "content[0].mac.0" });
  });
});

describe("an import", () => {
  test("is told by a dry run, which registers none", async () => {
    const api = await startApi();
    const head = await api.store.head();
    const rows = [{ mac: macOf(1), name: "node-1" }, { mac: macOf(2) }];
    expect(await importRows(api, rows, { dryRun: true })).toMatchObject({
      userErrors: [],
      registered: 2,
      plan: { eventCount: 6 },
    });
    expect(await api.store.head()).toBe(head);
  });

  test("may not have too many rows, or a revision that is expected of many machines", async () => {
    const api = await startApi();
    const many = Array.from({ length: 10_001 }, () => 1);
    expect(await importRows(api, many as never)).toMatchObject({
      rows: 10_001,
      userErrors: [{ code: "INPUT_INVALID", field: "content" }],
    });
    expect(await importRows(api, [], { expectedRevision: 3 })).toMatchObject({
      userErrors: [{ code: "INPUT_INVALID", field: "expectedRevision" }],
    });
  });
});

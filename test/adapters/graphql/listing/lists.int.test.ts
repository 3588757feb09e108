import { describe, expect, test } from "vitest";
import { historyLog } from "../../../support/history.ts";
import { ask, startApi, type TestApi } from "../support/api.ts";
import { fiveMachines, idsOf, machines } from "./fleet.ts";

describe("a page", () => {
  test("is read from either end, and from any place in both directions", async () => {
    const { api, ids } = await fiveMachines();
    const first = await machines(api, { first: 2 });
    expect(idsOf(first)).toEqual(ids.slice(0, 2));
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const last = await machines(api, { last: 2 });
    expect(idsOf(last)).toEqual(ids.slice(3));
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const before = await machines(api, { last: 2, before: last.pageInfo.startCursor });
    expect(idsOf(before)).toEqual(ids.slice(1, 3));
    expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    const start = await machines(api, { last: 2, before: before.pageInfo.startCursor });
    expect(idsOf(start)).toEqual(ids.slice(0, 1));
    expect(start.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const between = await machines(api, { first: 5, before: last.pageInfo.startCursor });
    expect(idsOf(between)).toEqual(ids.slice(0, 3));
  });

  test("follows the order that is asked for, either way", async () => {
    const { api, ids } = await fiveMachines();
    const orderBy = { field: "MACHINE_ID", direction: "DESC" };
    const first = await machines(api, { first: 3, orderBy });
    expect(idsOf(first)).toEqual(ids.toReversed().slice(0, 3));
    const rest = await machines(api, { first: 3, orderBy, after: first.pageInfo.endCursor });
    expect(idsOf(rest)).toEqual(ids.toReversed().slice(3));
    const changed = await machines(api, { orderBy: { field: "CHANGED_AT" } });
    const times = changed.nodes.map(({ changedAt }) => changedAt);
    expect(times).toEqual(times.toSorted());
    expect(idsOf(await machines(api, { orderBy: { field: "STATE" } })).slice(0, 3)).toEqual(
      [0, 2, 4].map((index) => ids[index]),
    );
  });

  test.each([
    ["first: 0", "INPUT_INVALID"],
    ["first: 201", "INPUT_INVALID"],
    ["last: -1", "INPUT_INVALID"],
    ["first: 1, last: 1", "INPUT_INVALID"],
    ['after: "nonsense"', "CURSOR_INVALID"],
    ['before: ""', "CURSOR_INVALID"],
  ])("is refused with %s", async (args, code) => {
    const api = await startApi();
    const { errors } = await api.ask(`{ machines(${args}) { nodes { id } } }`);
    expect(errors).toMatchObject([{ extensions: { code } }]);
  });

  test("is refused behind a cursor of another order or connection, and one that was made up", async () => {
    const { api } = await fiveMachines();
    const { pageInfo } = await machines(api, { first: 1 });
    const made = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString("base64url");
    const cases = [
      ["machines", "orderBy: { field: NAME }", pageInfo.endCursor],
      ["machines", "orderBy: { field: MACHINE_ID, direction: DESC }", pageInfo.endCursor],
      ["runs", "first: 1", pageInfo.endCursor],
      ["machines", "first: 1", made("MachineConnection", "machineId ASC", { a: 1 })],
    ];
    for (const [field, args, cursor] of cases) {
      const { errors } = await api.ask(`{ ${field}(${args}, after: "${cursor}") { nodes { id } } }`);
      expect(errors, `${field}(${args})`).toMatchObject([{ extensions: { code: "CURSOR_INVALID" } }]);
    }
  });
});

describe("counting", () => {
  test("tells how many there are, and how they spread", async () => {
    const { api } = await fiveMachines();
    const counts = `query ($minPosition: EventPosition) { machines(first: 1, minPosition: $minPosition) {
      totalCount totalCountEstimated exact: totalCount(exact: true)
      facets(by: [STATE, LOCKED, MANUFACTURER], labels: ["rack"]) { name values { value count } others } } }`;
    expect((await ask(api, counts)).machines).toEqual({
      totalCount: 5,
      totalCountEstimated: false,
      exact: 5,
      facets: [
        {
          name: "STATE",
          values: [
            { value: "DISCOVERED", count: 3 },
            { value: "READY", count: 2 },
          ],
          others: 0,
        },
        { name: "LOCKED", values: [{ value: "false", count: 5 }], others: 0 },
        {
          name: "MANUFACTURER",
          values: [
            { value: null, count: 3 },
            { value: expect.any(String), count: 2 },
          ],
          others: 0,
        },
        {
          name: "label:rack",
          values: expect.arrayContaining([
            { value: "r1", count: 2 },
            { value: "r2", count: 1 },
          ]),
          others: expect.any(Number),
        },
      ],
    });
  });

  test("is refused for too many facets", async () => {
    const api = await startApi();
    const labels = JSON.stringify(Array.from({ length: 21 }, (_, index) => `l${index}`));
    const { errors } = await api.ask(`{ machines { facets(labels: ${labels}) { name } } }`);
    expect(errors).toMatchObject([{ extensions: { code: "INPUT_INVALID" } }]);
  });
});

describe("everything else that is listed", () => {
  let api: TestApi;

  test("has the same arguments, counts and ids that find it again", async () => {
    api = await startApi({ store: await historyLog(5, 12) });
    const fields = "nodes { id } totalCount totalCountEstimated";
    const { data, errors } = await api.ask(
      `query ($p: EventPosition) {
        machines(minPosition: $p) { ${fields} facets(by: [STATE]) { name } }
        interfaces { ${fields} facets(by: [SOURCE]) { name } }
        leases { ${fields} facets(by: [STATUS]) { name } }
        subnets { ${fields} facets(by: [UNKNOWN_MACHINES]) { name } }
        addressUsage { ${fields} facets(by: [USED_PERCENT]) { name } }
        reservations { ${fields} facets(by: [SUBNET]) { name } }
        bootEnvironments { ${fields} facets(by: [PURPOSE]) { name } }
        runs { ${fields} facets(by: [STATE]) { name } }
        events { ${fields} facets(by: [TYPE]) { name } }
      }`,
      { p: await api.store.head() },
    );
    expect(errors).toEqual([]);
    for (const [name, { nodes, totalCount, totalCountEstimated }] of Object.entries<Listed>(data)) {
      expect(totalCount, name).toBeGreaterThanOrEqual(nodes.length);
      expect(totalCountEstimated).toBe(false);
      for (const { id } of nodes.slice(0, 3)) {
        const found = await ask(api, `{ node(id: "${id}") { __typename id } }`);
        expect(found.node, `${name} ${id}`).toMatchObject({ id });
      }
    }
  });

  test("is found by no id that names nothing", async () => {
    api = await startApi();
    const ids = [
      "",
      "x",
      "Machine:x",
      "Interface:x",
      "Run:x",
      "Lease:x",
      "Reservation:x",
      "Subnet:x",
      "Event:x",
    ];
    for (const id of ids) {
      for (const spelled of [id, Buffer.from(id).toString("base64url")]) {
        expect(await ask(api, `{ node(id: "${spelled}") { id } }`)).toEqual({ node: null });
      }
    }
  });
});

interface Listed {
  readonly nodes: readonly { readonly id: string }[];
  readonly totalCount: number;
  readonly totalCountEstimated: boolean;
}

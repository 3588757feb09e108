import { describe, expect, test } from "vitest";
import { startApi } from "../support/api.ts";
import { macOf } from "../support/machines.ts";
import { fiveMachines, idsOf, machines, machinesQuery } from "./fleet.ts";

describe("a filter", () => {
  test.each([
    [{ state: { eq: "READY" } }, [1, 3]],
    [{ not: { state: { eq: "READY" } } }, [0, 2, 4]],
    [{ or: [{ mac: { eq: macOf(1) } }, { mac: { in: [macOf(2), macOf(3)] } }] }, [0, 1, 2]],
    [{ and: [{ state: { eq: "READY" } }, { label: [{ key: "rack", eq: "r1" }] }] }, [1]],
    [{ label: [{ key: "rack" }, { key: "lab", exists: false }] }, [0, 2]],
    [{ label: [{ key: "rack", in: ["r2", "r3"] }] }, [2]],
    [{ mac: { prefix: "52-54-00-00-00-0" } }, [0, 1, 2, 3, 4]],
    [{ memoryBytes: { min: 1, max: 2 ** 40 } }, [1, 3]],
    [{ cpuCount: { exists: false } }, [0, 2, 4]],
    [{ architecture: { eq: "X64_UEFI" }, firmware: { exists: true }, locked: false }, [1, 3]],
    [{ seenAt: { to: "2000-01-01T00:00:00Z" } }, []],
    [{ discoveredAt: { from: "2000-01-01T00:00:00Z" }, name: { exists: false } }, [0, 1, 2, 3, 4]],
    [{ or: [] }, []],
    [{ and: [], name: null }, [0, 1, 2, 3, 4]],
  ])("%j lets through what it names", async (filter, wanted) => {
    const { api, ids } = await fiveMachines();
    const found = await machines(api, { filter });
    expect(idsOf(found)).toEqual(wanted.map((index) => ids[index]));
    expect(found.totalCount).toBe(wanted.length);
  });

  test("takes opaque ids and bare ones", async () => {
    const { api, ids } = await fiveMachines();
    const opaque = Buffer.from(`Machine:${ids[1]}`).toString("base64url");
    const filter = { machineId: { in: [opaque, ids[2], "nobody"] } };
    expect(idsOf(await machines(api, { filter }))).toEqual([ids[1], ids[2]]);
  });

  test("is refused when it is too deep, too long, or asks for too much", async () => {
    const api = await startApi();
    const deep = (levels: number): object => (levels === 0 ? { locked: true } : { not: deep(levels - 1) });
    for (const filter of [
      deep(8),
      { name: { eq: "x".repeat(257) } },
      { name: { in: Array.from({ length: 501 }, (_, index) => `n${index}`) } },
      { or: Array.from({ length: 129 }, () => ({ locked: true })) },
    ]) {
      const { errors } = await api.ask(machinesQuery, { filter });
      expect(errors).toMatchObject([{ extensions: { code: "INPUT_INVALID" } }]);
    }
  });
});

describe("a search", () => {
  test("holds besides the filter", async () => {
    const { api, ids } = await fiveMachines();
    const search = "label:rack=r1 -label:lab";
    expect(idsOf(await machines(api, { search }))).toEqual([ids[0]]);
    const filter = { state: { eq: "READY" } };
    const both = await machines(api, { search: "label:rack", filter });
    expect(idsOf(both)).toEqual([ids[1]]);
    expect(idsOf(await machines(api, { search: " " }))).toEqual(ids);
  });

  test("is refused with each problem and its place", async () => {
    const api = await startApi();
    const { data, errors } = await api.ask('{ machines(search: "state:broken  nope:1") { nodes { id } } }');
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/^search, column 7: /),
        extensions: {
          code: "INPUT_INVALID",
          field: "search",
          problems: [
            { column: 7, length: 6, message: expect.any(String) },
            { column: 15, length: 4, message: expect.any(String) },
          ],
        },
      },
    ]);
  });
});

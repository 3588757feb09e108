import { describe, expect, test } from "vitest";
import { bulkKind } from "../../../src/domain/bulk/decide.ts";
import { bulkCodec, bulkMachinesMax, bulkRefusalsMax, bulkStream } from "../../../src/domain/bulk/events.ts";
import { MachineId } from "../../../src/domain/values/machine-id.ts";
import { given } from "../../support/given.ts";
import { countingIds } from "../../support/recording.ts";
import { machineId, run, samples } from "../../support/samples.ts";

const { decider } = bulkKind;
const { BulkRequested, BulkCompleted } = samples;
const request = { type: "RequestBulk", ...BulkRequested.data } as const;
const complete = { type: "CompleteBulk", ...BulkCompleted.data } as const;
const machines = (count: number) => {
  const newId = countingIds();
  return Array.from({ length: count }, () => MachineId.parse(newId()));
};

describe("requesting a bulk change", () => {
  test("records the machines that were chosen", () => {
    given(decider).when(request).thenAppends(BulkRequested);
  });

  test("goes on with the recorded machines when it is repeated, whatever is chosen by now", () => {
    const again = { ...request, machineIds: [machineId] };
    given(decider, [BulkRequested]).when(again).thenNothing();
    given(decider, [BulkRequested, BulkCompleted]).when(again).thenNothing();
    expect([BulkRequested].reduce(decider.evolve, decider.initial)).toEqual({
      status: "requested",
      request: BulkRequested.data,
    });
  });

  test("is refused for params that look like secrets, before they are recorded", () => {
    const input = JSON.stringify({ set: { users: [{ "root-password": "x" }] }, remove: [] });
    given(decider)
      .when({ ...request, action: "params", input })
      .thenRejects("PARAM_LOOKS_SECRET", "root-password");
    const plain = {
      ...request,
      action: "params",
      input: JSON.stringify({ set: { vlan: 7 }, remove: [] }),
    } as const;
    const { type: _, ...data } = plain;
    given(decider).when(plain).thenAppends({ type: "BulkRequested", data });
  });

  test("is refused for more than 10,000 machines", () => {
    given(decider)
      .when({ ...request, machineIds: machines(bulkMachinesMax + 1) })
      .thenRejects("SELECTION_TOO_LARGE", "10001", "10000");
  });
});

describe("completing a bulk change", () => {
  test("is recorded once", () => {
    given(decider, [BulkRequested]).when(complete).thenAppends(BulkCompleted);
    given(decider, [BulkRequested, BulkCompleted]).when(complete).thenNothing();
  });

  test("is refused before it was requested", () => {
    given(decider).when(complete).thenRejects("BULK_UNKNOWN");
    expect(() => decider.evolve(decider.initial, BulkCompleted)).toThrow("verify the log");
  });
});

describe("the largest events of a bulk change", () => {
  test("are of less than 1 MiB, whatever is in their texts", () => {
    const data = {
      ...BulkRequested.data,
      input: "\u0001".repeat(65_536),
      selector: "\u0001".repeat(16_384),
      machineIds: machines(bulkMachinesMax),
    };
    const requested = bulkCodec.write({ type: "BulkRequested", data });
    expect(Buffer.byteLength(JSON.stringify(requested))).toBeLessThan(1024 ** 2);
    const refused = machines(bulkRefusalsMax).map((id) => ({ machineId: id, code: "X".repeat(64) }));
    const completed = bulkCodec.write({ type: "BulkCompleted", data: { ...BulkCompleted.data, refused } });
    expect(Buffer.byteLength(JSON.stringify(completed))).toBeLessThan(1024 ** 2);
  });
});

test("a bulk change has a stream of its own", () => {
  expect(bulkStream(run)).toBe(`bulk-${run}`);
});

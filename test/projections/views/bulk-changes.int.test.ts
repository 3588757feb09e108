import { describe, expect, test } from "vitest";
import { bulkChanges, bulkChangesReader } from "../../../src/projections/views/bulk-changes.ts";
import type { Step } from "../../support/history.ts";
import { samples } from "../../support/samples.ts";
import { readerAfter } from "../view-files.ts";

function requested(id: string): Step {
  return { stream: `bulk-${id}`, events: [{ type: "BulkRequested", data: samples.BulkRequested.data }] };
}

function completed(id: string): Step {
  return { stream: `bulk-${id}`, events: [{ type: "BulkCompleted", data: samples.BulkCompleted.data }] };
}

describe("the view of bulk changes", () => {
  test("shows those that have not ended, oldest first", async () => {
    const steps = [requested("c"), requested("a"), requested("b"), completed("a")];
    const reader = await readerAfter(bulkChanges, bulkChangesReader, steps);
    const { action, machineIds } = samples.BulkRequested.data;
    expect(reader.open({ limit: 5 })).toMatchObject([
      { bulkId: "c", action, matched: machineIds.length },
      { bulkId: "b", action, matched: machineIds.length },
    ]);
    const [first] = reader.open({ limit: 1 });
    expect(first?.bulkId).toBe("c");
    expect(reader.open({ limit: 5, after: first?.position ?? "" })).toMatchObject([{ bulkId: "b" }]);
    const actor = first?.actor ?? "";
    expect(reader.open({ limit: 5, actor, after: first?.position ?? "" })).toMatchObject([{ bulkId: "b" }]);
    expect(reader.open({ limit: 5, actor: `${actor}x` })).toEqual([]);
  });

  test("is empty when all have ended", async () => {
    const reader = await readerAfter(bulkChanges, bulkChangesReader, [requested("a"), completed("a")]);
    expect(reader.open({ limit: 5 })).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { histories } from "../../support/machine-history.ts";
import { agentBootId, inventory, machineId } from "../../support/samples.ts";
import { bootId, startBootService } from "./boot-service.ts";

let service: Awaited<ReturnType<typeof startBootService>>;
beforeEach(async () => {
  service = await startBootService();
  await service.machine(histories.discovered);
});
afterEach(() => service.stop());

/** Reports an inventory that is told from the others by its memory. */
async function report(gigabytes: number): Promise<number> {
  const token = service.tokens.forDiscovery({ machineId, bootId });
  const { status } = await service.ask(`/agent/v1/discoveries/${machineId}/inventory`, {
    headers: { authorization: `Bearer ${token}` },
    body: { bootId: agentBootId, inventory: { ...inventory, memoryBytes: gigabytes * 2 ** 30 } },
  });
  return status;
}

async function recorded(): Promise<number> {
  const types = await service.types(machineStream(machineId));
  return types.filter((type) => type === "InventoryReported").length;
}

async function reportMany(count: number): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let index = 1; index <= count; index++) statuses.push(await report(index));
  return statuses;
}

describe("an agent that reports another inventory again and again", () => {
  test("is asked to wait once it has filled its share of the log, and is heard again in the next hour", async () => {
    const statuses = await reportMany(20);
    expect(statuses.slice(0, 12)).toEqual(new Array(12).fill(200));
    expect(statuses.slice(12)).toEqual(new Array(8).fill(503));
    expect(await recorded()).toBe(12);
    service.state.nowMs += 3_600_000;
    expect(await report(13)).toBe(200);
    expect(await recorded()).toBe(13);
  });

  test("may repeat the last one as often as answers get lost", async () => {
    await reportMany(12);
    for (let times = 0; times < 5; times++) expect(await report(12)).toBe(200);
    expect(await recorded()).toBe(12);
  });
});

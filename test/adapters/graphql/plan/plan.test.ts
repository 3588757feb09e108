import { describe, expect, test } from "vitest";
import { createMemoryEventStore } from "../../../../src/adapters/event-store/memory/memory-event-store.ts";
import { overlayOpener } from "../../../../src/adapters/event-store/overlay/overlay-store.ts";
import { createCommands } from "../../../../src/adapters/graphql/commands.ts";
import { planOf } from "../../../../src/adapters/graphql/plan/plan.ts";
import { accessStream } from "../../../../src/domain/access/events.ts";
import { addressStream } from "../../../../src/domain/address/events.ts";
import { systemStream } from "../../../../src/domain/system/events.ts";
import { ipv4FromNumber } from "../../../../src/domain/values/ipv4.ts";
import { keyOfMac } from "../../../../src/domain/values/reservation-key.ts";
import { SubnetName } from "../../../../src/domain/values/slug.ts";
import { newId } from "../../../../src/ids.ts";
import { meta } from "../../../support/recording.ts";
import { macOf } from "../support/machines.ts";

const clock = () => new Date("2026-01-01T00:00:00Z");

async function rehearsal() {
  const log = await overlayOpener(clock).open(createMemoryEventStore(clock));
  return { log, commands: createCommands(log, newId) };
}

describe("the plan of a dry run", () => {
  test("shows a principal without the digests of its tokens", async () => {
    const { log, commands } = await rehearsal();
    const id = newId();
    const add = { type: "AddPrincipal", name: "ada", kind: "person" } as const;
    await commands.handleAccess(accessStream(id), add, { meta });
    const { changes, diff } = await planOf(log);
    expect(changes).toContainEqual({
      subject: `principal/${id}`,
      path: "name",
      before: null,
      after: "ada",
    });
    expect(diff).toContain(`--- /dev/null\n+++ principal/${id}\n`);
    expect(diff).not.toContain("sha256");
  });

  test("shows what the service would do", async () => {
    const { log, commands } = await rehearsal();
    const start = { type: "RecordStart", version: "1", nodeVersion: "24", hostname: "a" } as const;
    await commands.handleSystem(systemStream, start, { meta });
    expect((await planOf(log)).events).toMatchObject([
      { stream: "system", revision: 0, type: "ServiceStarted" },
    ]);
  });

  test("counts what is not for the caller to see", async () => {
    const { log, commands } = await rehearsal();
    const start = { type: "RecordStart", version: "1", nodeVersion: "24", hostname: "a" } as const;
    await commands.handleSystem(systemStream, start, { meta });
    const plan = await planOf(log, { shows: (stream) => stream !== systemStream });
    expect(plan).toEqual({ events: [], eventCount: 1, changes: [], diff: "" });
  });

  test("shows a thousand of each, and counts the rest", async () => {
    const { log, commands } = await rehearsal();
    const key = keyOfMac(macOf(1));
    const reserve = { type: "ReserveAddress", subnet: SubnetName.parse("rack-1"), key } as const;
    for (let number = 0; number < 1_100; number++) {
      const address = ipv4FromNumber(number);
      await commands.handleAddress(addressStream(address), { ...reserve, nowMs: 0 }, { meta });
    }
    const plan = await planOf(log);
    expect(plan.eventCount).toBe(1_100);
    expect(plan.events).toHaveLength(1_000);
    expect(plan.changes).toHaveLength(1_000);
    expect(plan.diff.length).toBeLessThanOrEqual(256 * 1024);
    expect(plan.diff.endsWith("\n")).toBe(true);
  });
});

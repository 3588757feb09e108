import { describe, expect, test } from "vitest";
import { type BootSeen, createBootTracker } from "../../src/boot/boot-tracker.ts";
import { fakeIds, fakeTargets, mac } from "./dhcp/support.ts";

const ada = mac("52:54:00:77:00:01");
const run = "11111111-1111-8111-8111-111111111111" as never;
const intent = { kind: "intent", run, eventId: "intent-event" } as const;
const ended = { kind: "ended", run, eventId: "end-event" } as const;

const firmware: BootSeen = { mac: ada, client: "firmware", xid: 1, isDiscover: true };
const ipxe: BootSeen = { mac: ada, client: "ipxe", xid: 2, isDiscover: true };

function tracker() {
  const { causes, targets } = fakeTargets();
  return { causes, ...createBootTracker({ targets, newId: fakeIds() }) };
}

describe("a boot", () => {
  test("begins when firmware looks for an address, and its first event is its id", () => {
    const { boot, record } = tracker().requested(firmware, 0);
    expect(record).toEqual({ id: boot.bootId, causationId: boot.bootId });
    expect(boot.correlationId).toBe(boot.bootId);
  });

  test("goes on with the iPXE that the firmware loaded, which is caused by the boot", () => {
    const { requested, reached } = tracker();
    const first = requested(firmware, 0);
    expect(reached(ada, "loader", 5_000)).toEqual(first.boot);
    const second = requested(ipxe, 20_000);
    expect(second.boot).toEqual(first.boot);
    expect(second.record?.causationId).toBe(first.boot.bootId);
    expect(second.record?.id).not.toBe(first.boot.bootId);
  });

  test("is recorded once for each client, however often that repeats itself", () => {
    const { requested } = tracker();
    const first = requested(firmware, 0);
    expect(requested(firmware, 4_000)).toEqual({ boot: first.boot, record: undefined });
    expect(requested({ ...firmware, isDiscover: false }, 8_000)).toEqual({
      boot: first.boot,
      record: undefined,
    });
    requested(ipxe, 9_000);
    expect(requested({ ...ipxe, xid: 3 }, 10_000)).toEqual({ boot: first.boot, record: undefined });
  });

  test("is a new one when firmware begins another exchange", () => {
    const { requested } = tracker();
    const first = requested(firmware, 0);
    expect(requested({ ...firmware, xid: 9 }, 1_000).boot.bootId).not.toBe(first.boot.bootId);
  });

  test.each([
    ["a script was served", "script", 1_000],
    ["the agent reported", "agent", 1_000],
    ["nothing was heard for 30 seconds", "ipxe", 30_000],
  ] as const)("is a new one when iPXE looks for an address after %s", (_why, stage, laterMs) => {
    const { requested, reached } = tracker();
    const first = requested(ipxe, 0);
    reached(ada, stage, 0);
    expect(requested(ipxe, laterMs).boot.bootId).not.toBe(first.boot.bootId);
  });

  test("does not go back a stage: a file by TFTP after the script leaves a new DISCOVER a new boot", () => {
    const { requested, reached } = tracker();
    const first = requested(ipxe, 0);
    reached(ada, "script", 1_000);
    reached(ada, "loader", 2_000);
    expect(requested(ipxe, 3_000).boot.bootId).not.toBe(first.boot.bootId);
  });

  test("is over when nothing was heard of it for half an hour", () => {
    const { requested, reached, current } = tracker();
    const { boot } = requested(firmware, 0);
    expect(current(ada, 1_799_999)).toEqual(boot);
    expect(current(ada, 1_800_000)).toBeUndefined();
    expect(reached(ada, "agent", 1_800_000)).toBeUndefined();
  });

  test("that nobody saw begin is begun by a DHCPREQUEST, as after a restart", () => {
    const { requested } = tracker();
    expect(requested({ ...ipxe, isDiscover: false }, 0).record).toBeDefined();
  });
});

describe("the client of a boot", () => {
  test("is one of iPXE from when iPXE asks, and until it is over", () => {
    const { requested, hasIpxe } = tracker();
    expect(hasIpxe(ada, 0)).toBe(false);
    requested(firmware, 0);
    expect(hasIpxe(ada, 0)).toBe(false);
    requested(ipxe, 20_000);
    expect(hasIpxe(ada, 20_000)).toBe(true);
    expect(hasIpxe(ada, 20_000 + 1_800_000)).toBe(false);
  });
});

describe("a boot of a machine with a run", () => {
  test("is caused by the intent and belongs to the run", () => {
    const { causes, requested } = tracker();
    causes.set(ada, intent);
    const { boot, record } = requested(firmware, 0);
    expect(boot.correlationId).toBe(run);
    expect(record).toEqual({ id: boot.bootId, causationId: "intent-event" });
  });

  test("belongs to the run still after the intent was consumed", () => {
    const { causes, requested, reached } = tracker();
    causes.set(ada, intent);
    const { boot } = requested(firmware, 0);
    causes.delete(ada);
    expect(reached(ada, "agent", 1_000)).toEqual(boot);
  });

  test("belongs to a run that begins to wait while it is under way", () => {
    const { causes, requested, current } = tracker();
    const { boot } = requested(firmware, 0);
    causes.set(ada, intent);
    expect(current(ada, 1)).toEqual({ bootId: boot.bootId, correlationId: run });
  });

  test("after the run's end is caused by that end, the first one only, and stands for itself", () => {
    const { causes, requested } = tracker();
    causes.set(ada, ended);
    const first = requested(firmware, 0);
    expect(first.record?.causationId).toBe("end-event");
    expect(first.boot.correlationId).toBe(first.boot.bootId);
    const second = requested({ ...firmware, xid: 9 }, 1_000);
    expect(second.record?.causationId).toBe(second.boot.bootId);
  });

  test("names the waiting run where no boot is under way", () => {
    const { causes, waitingRun } = tracker();
    expect(waitingRun(ada)).toBeUndefined();
    causes.set(ada, intent);
    expect(waitingRun(ada)).toBe(run);
    causes.set(ada, ended);
    expect(waitingRun(ada)).toBeUndefined();
  });
});

describe("the tracker", () => {
  test("forgets the boots that were heard of the longest ago, when there are too many", () => {
    const { targets } = fakeTargets();
    const { requested, current } = createBootTracker({ targets, newId: fakeIds(), bootsMax: 10 });
    for (let index = 0; index < 100; index++) {
      requested({ ...firmware, mac: mac(`52:54:00:77:01:${String(index).padStart(2, "0")}`) }, index);
    }
    const remembered = Array.from({ length: 100 }, (_, index) =>
      current(mac(`52:54:00:77:01:${String(index).padStart(2, "0")}`), 100),
    ).filter(Boolean);
    expect(remembered.length).toBeLessThanOrEqual(10);
    expect(current(mac("52:54:00:77:01:99"), 100)).toBeDefined();
  });
});

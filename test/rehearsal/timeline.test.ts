import { describe, expect, test } from "vitest";
import type { FeedEvent } from "../../src/rehearsal/event-feed.ts";
import { hardwareOf } from "../../src/rehearsal/hardware.ts";
import { createTimeline, formatLine, type TimelineLine } from "../../src/rehearsal/timeline.ts";

const machines = [hardwareOf(0, { packages: [] }), hardwareOf(1, { packages: [] })];
const mac = "52:54:00:77:00:01";
const stream = "machine-01890a5d-ac96-774b-bcce-b302099a8057";

function event(fields: Pick<FeedEvent, "stream" | "type" | "data">): FeedEvent {
  return { schema: 1, time: "2026-01-31T03:12:01.500Z", ...fields };
}

const discovered = event({ stream, type: "MachineDiscovered", data: { mac, architecture: "x64-uefi" } });

function timeline() {
  return createTimeline(machines, Date.parse("2026-01-31T03:12:00.000Z"));
}

describe("writing a line", () => {
  const line: TimelineLine = {
    elapsedMs: 12_345,
    machine: "m001",
    step: "lease",
    detail: "127.77.1.1 for 3600 s",
    tone: "plain",
  };

  test("aligns time, machine, step and detail", () => {
    expect(formatLine(line, false)).toBe("  12.3 s  m001  lease              127.77.1.1 for 3600 s");
    expect(formatLine({ ...line, machine: "", detail: "" }, false)).toBe("  12.3 s        lease");
  });

  test("colours what went well or wrong, and only when it may", () => {
    expect(formatLine({ ...line, tone: "good" }, true)).toBe(
      `\u001b[32m${formatLine(line, false)}\u001b[39m`,
    );
    expect(formatLine({ ...line, tone: "bad" }, true)).toBe(`\u001b[31m${formatLine(line, false)}\u001b[39m`);
    expect(formatLine({ ...line, tone: "bad" }, false)).toBe(formatLine(line, false));
    expect(formatLine(line, true)).toBe(formatLine(line, false));
  });
});

describe("following events", () => {
  test("knows a machine by its interface, its address and its stream", () => {
    const shown = timeline();
    const request = {
      client: "firmware",
      architecture: "x64-uefi",
      vendorClass: null,
      firmwareUuid: null,
      relay: null,
    };
    const binding = {
      subnet: "rehearsal",
      status: "leased",
      reservedFor: null,
      holder: { mac, clientId: null, hostname: null },
      relay: null,
      leaseSeconds: 3600,
      untilMs: 1,
    };
    expect(
      [
        event({ stream: `boot-${mac}`, type: "PxeRequested", data: request }),
        event({ stream: "address-127.77.1.1", type: "LeaseGranted", data: binding }),
        discovered,
        event({ stream, type: "MachineApproved", data: {} }),
      ].map((one) => shown.lineOf(one)),
    ).toEqual([
      { elapsedMs: 1500, machine: "m002", step: "network boot", detail: "firmware, x64-uefi", tone: "plain" },
      { elapsedMs: 1500, machine: "m002", step: "lease", detail: "127.77.1.1 for 3600 s", tone: "plain" },
      { elapsedMs: 1500, machine: "m002", step: "discovered", detail: "x64-uefi", tone: "plain" },
      { elapsedMs: 1500, machine: "m002", step: "approved", detail: "by the operator", tone: "plain" },
    ]);
  });

  test("leaves out what it does not know", () => {
    expect(timeline().lineOf(event({ stream: "system", type: "ServiceStarted", data: {} }))).toBeUndefined();
  });

  test("counts each machine once for what it reached", () => {
    const shown = timeline();
    shown.lineOf(discovered);
    shown.lineOf(discovered);
    expect(shown.progress()).toBe("discovered 1, inventoried 0, installing 0, deployed 0 of 2");
    expect(shown.isComplete()).toBe(false);
  });
});

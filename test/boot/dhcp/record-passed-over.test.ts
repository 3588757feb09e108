import { expect, test } from "vitest";
import { recordPassedOver } from "../../../src/boot/dhcp/record-passed-over.ts";
import type { Observation } from "../../../src/boot/observer.ts";
import { address, mac, nowMs, run } from "../../support/samples.ts";

const bootId = "01920000-0000-7000-8000-0000000b0071";
const passed = { place: { mac, bootId, address }, bootFile: "https://x/y.efi", why: "it cannot" };

function recorder(correlationId?: string) {
  const observed: Observation[] = [];
  const record = recordPassedOver({
    observer: { observe: (observation) => observed.push(observation) },
    tracker: { current: () => (correlationId === undefined ? undefined : { bootId, correlationId }) },
    clock: () => new Date(nowMs),
  });
  return { observed, record };
}

test("a boot file that was passed over is recorded once a boot", () => {
  const { observed, record } = recorder(run);
  record(passed);
  record(passed);
  record({ ...passed, place: { ...passed.place, bootId: "01920000-0000-7000-8000-0000000b0072" } });
  expect(observed).toHaveLength(2);
  expect(observed[0]).toEqual({
    mac,
    event: {
      type: "BootRefused",
      data: { request: "https://x/y.efi", code: "BOOT_FILE_UNSUITABLE", message: "it cannot", address },
    },
    meta: { actor: `client:${mac}`, source: "dhcp", $correlationId: run, $causationId: bootId },
  });
});

test("without an address that is known, and of a boot that memory lost, it is recorded all the same", () => {
  const { observed, record } = recorder();
  record({ ...passed, place: { ...passed.place, address: undefined } });
  expect(observed[0]).toMatchObject({
    event: { data: { address: null } },
    meta: { $correlationId: bootId, $causationId: bootId },
  });
});

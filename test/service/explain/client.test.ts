import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decode } from "../../../src/boot/dhcp/packet.ts";
import { readRequest } from "../../../src/boot/dhcp/request.ts";
import type { ClientHints } from "../../../src/domain/ports/boot-explainer.ts";
import { Architecture } from "../../../src/domain/values/architecture.ts";
import type { ClientId } from "../../../src/domain/values/client-id.ts";
import type { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { discoverOf, knownClient } from "../../../src/service/explain/client.ts";
import { mac, nowMs } from "../../support/samples.ts";

function requestOf(hints: ClientHints) {
  const packet = decode(discoverOf(mac, hints));
  return packet && readRequest(packet);
}

const hex = (min: number, max: number) =>
  fc.uint8Array({ minLength: min, maxLength: max }).map((octets) => Buffer.from(octets).toString("hex"));

describe("the message of a client that is told about", () => {
  test("says what is known of it, and nothing else", () => {
    const hints = fc.record(
      {
        architecture: fc.constantFrom(...Architecture.options),
        clientId: hex(2, 255).map((id) => id as ClientId),
        firmwareUuid: fc.uuid(),
        relay: fc.constant("10.88.0.1" as Ipv4),
        circuitId: hex(1, 120),
        remoteId: hex(1, 120),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(hints, (known) => {
        const request = requestOf(known);
        expect(request).toMatchObject({
          type: "discover",
          mac,
          clientId: known.clientId ?? null,
          relay: known.relay ?? null,
          clientAddress: undefined,
        });
        expect(request?.traits).toMatchObject({
          architectures: known.architecture === undefined ? [] : [known.architecture],
          firmwareUuid: known.firmwareUuid ?? null,
          circuitId: known.circuitId ?? null,
          remoteId: known.remoteId ?? null,
        });
      }),
    );
  });

  test("is one of firmware, by the way that its architecture boots", () => {
    expect(requestOf({ architecture: "x64-uefi" })?.boot?.kind).toBe("pxe");
    expect(requestOf({ architecture: "x64-uefi-http" })?.boot?.kind).toBe("http");
    expect(requestOf({})?.boot).toBeUndefined();
    expect(requestOf({ vendorClass: "PXEClient", userClass: "lab" })?.traits.userClasses).toEqual(["lab"]);
  });

  test("is read like any other, whatever its words are", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.string({ maxLength: 300 }), (vendorClass, userClass) => {
        expect(requestOf({ vendorClass, userClass })).toBeDefined();
      }),
    );
  });
});

describe("what is known of a client", () => {
  const last = {
    atMs: nowMs,
    client: "firmware",
    hints: { architecture: "x64-uefi", vendorClass: "PXEClient:Arch:00007" },
  } as const;

  test("is what it said last, and what whoever asks says instead", () => {
    const known = knownClient({ client: {} }, last, "aa00" as ClientId);
    expect(known).toEqual({
      ...last.hints,
      clientId: "aa00",
      because: "its newest request for a boot, 2026-01-01T00:00:00.000Z",
    });
    const asked = knownClient({ client: { relay: "10.88.0.1" as Ipv4, wire: undefined } }, last, undefined);
    expect(asked).toMatchObject({ ...last.hints, relay: "10.88.0.1" });
    expect(asked.because).toMatch(/; as asked: relay$/);
  });

  test("is not the vendor class of another architecture", () => {
    const known = knownClient({ client: { architecture: "x86-bios" } }, last, undefined);
    expect(known).toMatchObject({ architecture: "x86-bios", vendorClass: undefined });
  });
});

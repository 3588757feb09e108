import { describe, expect, test } from "vitest";
import { accessStream } from "../../../src/domain/access/events.ts";
import { addressOf, addressStream, trustedAddressOf } from "../../../src/domain/address/events.ts";
import { bootMacOf, bootStream } from "../../../src/domain/boot/events.ts";
import { bootEnvironmentStream } from "../../../src/domain/boot-environment/events.ts";
import { macClaimStream, nameClaimStream } from "../../../src/domain/claim/events.ts";
import { ClientId, leaseIdentity } from "../../../src/domain/values/client-id.ts";
import { machineIdOf, machineStream } from "../../../src/domain/values/machine-id.ts";
import { address, discoveryName, mac, machineId, machineName, otherMac } from "../../support/samples.ts";

describe("a DHCP client", () => {
  const bare = leaseIdentity(mac, null);

  test("is the same without a client id and with hardware type 1 and its MAC address", () => {
    expect(leaseIdentity(mac, ClientId.parse("01525400123456"))).toBe(bare);
  });

  test("is another one with a client id of its own, on whatever interface", () => {
    const clientId = ClientId.parse("ff00000001000100");
    expect(leaseIdentity(mac, clientId)).not.toBe(bare);
    expect(leaseIdentity(otherMac, clientId)).toBe(leaseIdentity(mac, clientId));
  });

  test("is another one with the client id of another interface", () => {
    expect(leaseIdentity(otherMac, ClientId.parse("01525400123456"))).not.toBe(bare);
  });
});

describe("a stream's name", () => {
  test("says what it is about", () => {
    expect([macClaimStream(mac), nameClaimStream(machineName)]).toEqual([`mac-${mac}`, "name-node-1"]);
    expect([bootEnvironmentStream(discoveryName), accessStream("ada")]).toEqual([
      "bootenv-discovery",
      "access-ada",
    ]);
  });

  test("leads back to it", () => {
    expect(addressOf(addressStream(address))).toBe(address);
    expect(trustedAddressOf(addressStream(address))).toBe(address);
    expect(bootMacOf(bootStream(mac))).toBe(mac);
    expect(machineIdOf(machineStream(machineId))).toBe(machineId);
  });

  test("of another kind leads nowhere", () => {
    expect(() => addressOf(bootStream(mac))).toThrow();
    expect(() => bootMacOf(addressStream(address))).toThrow();
    expect(() => machineIdOf(addressStream(address))).toThrow();
  });
});

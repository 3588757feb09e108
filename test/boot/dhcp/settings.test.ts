import { describe, expect, test } from "vitest";
import type { DhcpRequest } from "../../../src/boot/dhcp/request.ts";
import { settingsFor } from "../../../src/boot/dhcp/settings.ts";
import type { ClientClass } from "../../../src/domain/network/client-class.ts";
import type { Network } from "../../../src/domain/network/state.ts";
import { phones } from "../../support/samples.ts";
import { lab, mac } from "./support.ts";

const own = mac("52:54:00:77:00:01");
const traits = {
  mac: own,
  clientId: null,
  firmwareUuid: null,
  architectures: [],
  vendorClass: null,
  userClasses: [],
  circuitId: null,
  remoteId: null,
};
let askedForTraits = 0;
const request = {
  mac: own,
  get traits() {
    askedForTraits++;
    return traits;
  },
} as unknown as DhcpRequest;

const nobody = { isKnown: () => false, machineByMac: () => undefined };

function network(...classes: readonly ClientClass[]): Network {
  return {
    subnets: new Map([[lab.name, lab]]),
    classes: new Map(classes.map((each) => [each.name, each])),
  };
}

const match = { ...phones.match, architectures: null, vendorClassPrefixes: null, userClasses: null };
const everybody: ClientClass = {
  ...phones,
  match: {
    ...match,
    macPrefixes: ["52"],
    relayCircuits: null,
    relayRemotes: null,
    machineLabels: null,
    subnets: null,
  },
  leaseSeconds: 777,
};

describe("the settings of a client", () => {
  test("are the same object for clients alike, and need no traits where there are no classes", () => {
    const now = network();
    const settings = settingsFor(nobody, () => now);
    askedForTraits = 0;
    expect(settings(request, lab)).toBe(settings(request, lab));
    expect(askedForTraits).toBe(0);
    expect(settings(request, lab).leaseSeconds.value).toBe(lab.leaseSeconds);
  });

  test("follow classes that come, change and go", () => {
    let now = network();
    const settings = settingsFor(nobody, () => now);
    expect(settings(request, lab).leaseSeconds.value).toBe(3600);
    now = network(everybody);
    expect(settings(request, lab).leaseSeconds).toEqual({ value: 777, from: `class ${phones.name}` });
    expect(settings(request, lab)).toBe(settings(request, lab));
    now = network({ ...everybody, leaseSeconds: 888 });
    expect(settings(request, lab).leaseSeconds.value).toBe(888);
    now = network();
    expect(settings(request, lab).leaseSeconds.value).toBe(3600);
  });

  test("of a machine with options of its own are its own", () => {
    const now = network();
    const dhcpOptions = [{ code: 42, value: "0a4d0001" }];
    const machines = { isKnown: () => true, machineByMac: () => ({ labels: {}, dhcpOptions }) };
    const { options } = settingsFor(machines, () => now)(request, lab);
    expect(options).toEqual([{ setting: dhcpOptions[0], from: "machine" }]);
  });
});

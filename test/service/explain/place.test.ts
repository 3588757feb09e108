import { describe, expect, test } from "vitest";
import type { ClientLocation } from "../../../src/boot/dhcp/subnets.ts";
import type { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { type ServedWire, subnetSteps, wireOf } from "../../../src/service/explain/place.ts";
import { lab, labWire } from "./world.ts";

const hall: ServedWire = { name: "hall", address: "10.88.0.1" as Ipv4, mode: "proxy" };
const never = () => false;

describe("the wire that a client is on", () => {
  test.each([
    ["the one that is named", { wire: "hall" }, [labWire, hall], never, "hall", "as asked"],
    ["the only one", {}, [labWire], never, "lab", "there is no other"],
    [
      "the one of its newest address",
      {},
      [labWire, hall],
      (wire: ServedWire) => wire === hall,
      "hall",
      /newest address/,
    ],
    ["else the first", {}, [labWire, hall], never, "lab", /does not say/],
  ] as const)("is %s", (...[, hints, wires, isNear, name, because]) => {
    const found = wireOf(hints, wires, isNear);
    expect(found?.wire.name).toBe(name);
    expect(found?.because).toMatch(because);
  });

  test("is none where there is no such wire", () => {
    expect(wireOf({ wire: "attic" }, [labWire], never)).toBeUndefined();
    expect(wireOf({}, [], never)).toBeUndefined();
  });
});

describe("the subnet that a client is in", () => {
  const at = (by: ClientLocation["by"]): ClientLocation => ({
    by,
    address: "10.77.0.1" as Ipv4,
    network: { key: "subnet lab", subnets: [lab] },
  });

  test.each([
    ["link-selection", "its relay says that it is on the link of 10.77.0.1 (option 82, link selection)"],
    ["subnet-selection", "it asks for the subnet of 10.77.0.1 (option 118)"],
    ["relay", "its messages come by the relay 10.77.0.1 (giaddr)"],
    ["client-address", "it uses 10.77.0.1"],
    ["wire", "it is on wire lab, where this server is 10.77.0.1"],
  ] as const)("is told with what chose it: %s", (by, because) => {
    expect(subnetSteps(at(by), labWire, lab)).toEqual([
      { step: "subnet", outcome: "lab, 10.77.0.0/24", because },
    ]);
  });

  test("is told with the subnets that share its wire", () => {
    const sharedNetwork = "hall-2" as typeof lab.sharedNetwork;
    const [one, other] = [
      { ...lab, sharedNetwork },
      { ...lab, sharedNetwork, name: "lab-2" as typeof lab.name },
    ];
    const location: ClientLocation = {
      ...at("wire"),
      network: { key: "shared hall-2", subnets: [one, other] },
    };
    expect(subnetSteps(location, labWire, one)[1]).toEqual({
      step: "shared-network",
      outcome: "hall-2",
      because: "these subnets share it, and a client may have an address of any, in this order: lab, lab-2",
    });
  });
});

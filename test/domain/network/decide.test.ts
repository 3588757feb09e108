import { describe, test } from "vitest";
import { networkDecider } from "../../../src/domain/network/decide.ts";
import type { NetworkEvent } from "../../../src/domain/network/events.ts";
import { Subnet } from "../../../src/domain/network/subnet.ts";
import { SubnetName } from "../../../src/domain/values/slug.ts";
import { given } from "../../support/given.ts";
import { samples, subnet } from "../../support/samples.ts";

const { SubnetDefined, SubnetChanged, SubnetRetired, ClientClassDefined, ClientClassRetired } = samples;
const { PxeRequestsSuppressed, RogueServerSeen } = samples;

/** The sample subnet, except for `change`. */
function subnetWith(change: object): Subnet {
  return Subnet.parse({ ...subnet, ...change });
}

const neighbour = subnetWith({
  name: "rack-8",
  cidr: "10.78.0.0/16",
  ranges: [],
  routers: [],
});
const neighbourDefined: NetworkEvent = { type: "SubnetDefined", data: { subnet: neighbour } };

describe("defining a subnet", () => {
  test("is recorded once", () => {
    given(networkDecider).when({ type: "DefineSubnet", subnet }).thenAppends(SubnetDefined);
    given(networkDecider, [SubnetDefined]).when({ type: "DefineSubnet", subnet }).thenNothing();
  });

  test("is possible beside another one", () => {
    given(networkDecider, [SubnetDefined])
      .when({ type: "DefineSubnet", subnet: neighbour })
      .thenAppends(neighbourDefined);
  });

  test("is refused under a name that another one has", () => {
    given(networkDecider, [SubnetDefined])
      .when({ type: "DefineSubnet", subnet: { ...neighbour, name: subnet.name } })
      .thenRejects("SUBNET_EXISTS", "rack-7", "10.77.0.0/16", "choose another name");
  });

  test.each([
    "10.77.0.0/16",
    "10.77.128.0/24",
    "10.64.0.0/10",
  ])("is refused when %s overlaps one that is served", (cidr) => {
    given(networkDecider, [SubnetDefined])
      .when({ type: "DefineSubnet", subnet: { ...neighbour, cidr: subnetWith({ cidr }).cidr } })
      .thenRejects("SUBNETS_OVERLAP", cidr, "10.77.0.0/16", "rack-7", "choose another network");
  });

  test("is possible again once it was retired", () => {
    given(networkDecider, [SubnetDefined, SubnetRetired])
      .when({ type: "DefineSubnet", subnet })
      .thenAppends(SubnetDefined);
  });
});

describe("the ranges of a subnet", () => {
  test.each([
    {
      fault: "end before they begin",
      ends: ["10.77.0.20-10.77.0.10"],
      code: "RANGE_REVERSED",
      remedy: "swap",
    },
    {
      fault: "begin before the subnet",
      ends: ["10.76.255.255-10.77.0.10"],
      code: "RANGE_OUTSIDE_SUBNET",
      remedy: "keep it within 10.77.0.1-10.77.255.254",
    },
    {
      fault: "end after the subnet",
      ends: ["10.77.0.10-10.78.0.0"],
      code: "RANGE_OUTSIDE_SUBNET",
      remedy: "keep it within 10.77.0.1-10.77.255.254",
    },
    {
      fault: "hold the network address",
      ends: ["10.77.0.0-10.77.0.10"],
      code: "RANGE_NOT_LEASABLE",
      remedy: "keep it within",
    },
    {
      fault: "hold the broadcast address",
      ends: ["10.77.9.0-10.77.255.255"],
      code: "RANGE_NOT_LEASABLE",
      remedy: "keep it within",
    },
    {
      fault: "overlap, in whatever order",
      ends: ["10.77.0.50-10.77.0.90", "10.77.0.10-10.77.0.50"],
      code: "RANGES_OVERLAP",
      remedy: "make one range",
    },
  ] as const)("may not $fault", ({ ends, code, remedy }) => {
    const ranges = ends.map((range) => {
      const [first, last] = range.split("-");
      return { first, last };
    });
    given(networkDecider)
      .when({ type: "DefineSubnet", subnet: subnetWith({ ranges }) })
      .thenRejects(code, ...ends, remedy);
  });

  test("may touch", () => {
    const touching = subnetWith({
      ranges: [
        { first: "10.77.0.50", last: "10.77.0.90" },
        { first: "10.77.0.2", last: "10.77.0.49" },
      ],
    });
    given(networkDecider)
      .when({ type: "DefineSubnet", subnet: touching })
      .thenAppends({ type: "SubnetDefined", data: { subnet: touching } });
  });
});

describe("the exclusions of a subnet", () => {
  const define = (...exclusions: readonly (readonly [string, string])[]) =>
    ({
      type: "DefineSubnet",
      subnet: subnetWith({ exclusions: exclusions.map(([first, last]) => ({ first, last })) }),
    }) as const;

  test("may be several, also next to each other and up to the ends of a range", () => {
    const command = define(["10.77.0.151", "10.77.0.199"], ["10.77.0.100", "10.77.0.150"]);
    given(networkDecider)
      .when(command)
      .thenAppends({ type: "SubnetDefined", data: { subnet: command.subnet } });
  });

  test.each([
    ["10.77.0.99", "10.77.0.120"],
    ["10.77.0.190", "10.77.0.200"],
    ["10.77.3.1", "10.77.3.2"],
    ["10.77.0.150", "10.77.0.120"],
  ])("may not be %s-%s, which is not within one range", (first, last) => {
    given(networkDecider)
      .when(define([first, last]))
      .thenRejects("EXCLUSION_OUTSIDE_RANGES", `${first}-${last}`, "keep it in a range");
  });

  test("may not overlap", () => {
    given(networkDecider)
      .when(define(["10.77.0.110", "10.77.0.120"], ["10.77.0.100", "10.77.0.110"]))
      .thenRejects("EXCLUSIONS_OVERLAP", "10.77.0.100-10.77.0.110", "10.77.0.110-10.77.0.120", "make one");
  });
});

describe("the options of a subnet", () => {
  const define = (...codes: readonly number[]) =>
    ({
      type: "DefineSubnet",
      subnet: subnetWith({ options: codes.map((code) => ({ code, value: "0a4d0001" })) }),
    }) as const;

  test("may be any that the server does not say itself", () => {
    const command = define(42, 66, 43, 224);
    given(networkDecider)
      .when(command)
      .thenAppends({ type: "SubnetDefined", data: { subnet: command.subnet } });
  });

  test.each([
    [3, "3 (routers)", "set the routers of the subnet"],
    [51, "51 (lease-time)", "set the seconds of the lease"],
    [82, "82 (relay-agent-information)", "the relay's"],
  ])("may not be %i, for which there is something else", (code, named, instead) => {
    given(networkDecider).when(define(code)).thenRejects("OPTION_NOT_SETTABLE", named, instead);
  });

  test("may not be set twice", () => {
    given(networkDecider).when(define(42, 42)).thenRejects("OPTION_TWICE", "42 (ntp-servers)");
    given(networkDecider).when(define(224, 224)).thenRejects("OPTION_TWICE", "option 224 is");
  });
});

test("subnets of one shared network need not be next to each other", () => {
  const [near, far] = [
    { sharedNetwork: "hall" },
    { name: "far", cidr: "192.0.2.0/24", ranges: [], routers: [], sharedNetwork: "hall" },
  ].map(subnetWith);
  if (!near || !far) throw new Error("two were made");
  given(networkDecider, [{ type: "SubnetDefined", data: { subnet: near } }])
    .when({ type: "DefineSubnet", subnet: far })
    .thenAppends({ type: "SubnetDefined", data: { subnet: far } });
});

describe("the routers of a subnet", () => {
  test.each([
    "10.78.0.1",
    "10.77.0.0",
    "10.77.255.255",
  ])("may not be %s, which is no host of it", (router) => {
    given(networkDecider)
      .when({ type: "DefineSubnet", subnet: subnetWith({ routers: [router] }) })
      .thenRejects("ROUTER_OUTSIDE_SUBNET", router, "10.77.0.1-10.77.255.254");
  });

  test("may not be in a range, where a machine could lease their address", () => {
    given(networkDecider)
      .when({ type: "DefineSubnet", subnet: subnetWith({ routers: ["10.77.0.100"] }) })
      .thenRejects(
        "ROUTER_IN_RANGE",
        "10.77.0.100",
        "10.77.0.100-10.77.0.199",
        "leave it out, or exclude it",
      );
  });

  test("may be in a range where an exclusion keeps them from being leased", () => {
    const excluded = subnetWith({
      routers: ["10.77.0.100"],
      exclusions: [{ first: "10.77.0.100", last: "10.77.0.101" }],
    });
    given(networkDecider)
      .when({ type: "DefineSubnet", subnet: excluded })
      .thenAppends({ type: "SubnetDefined", data: { subnet: excluded } });
  });
});

describe("changing a subnet", () => {
  const change = { type: "ChangeSubnet", subnet: SubnetChanged.data.subnet } as const;

  test("records the whole definition, once", () => {
    given(networkDecider, [SubnetDefined]).when(change).thenAppends(SubnetChanged);
    given(networkDecider, [SubnetDefined, SubnetChanged]).when(change).thenNothing();
  });

  test("is refused when there is no such subnet", () => {
    given(networkDecider).when(change).thenRejects("SUBNET_UNKNOWN", "rack-7", "define it first");
  });

  test("is refused when it would then overlap another one", () => {
    const wider = subnetWith({ cidr: "10.76.0.0/14", ranges: [], routers: [] });
    given(networkDecider, [SubnetDefined, neighbourDefined])
      .when({ type: "ChangeSubnet", subnet: wider })
      .thenRejects("SUBNETS_OVERLAP", "10.76.0.0/14", "rack-8");
  });

  test("may move the network over addresses that it has itself", () => {
    const wider = subnetWith({ cidr: "10.76.0.0/15" });
    given(networkDecider, [SubnetDefined, neighbourDefined])
      .when({ type: "ChangeSubnet", subnet: wider })
      .thenAppends({ type: "SubnetChanged", data: { subnet: wider } });
  });
});

describe("retiring a subnet", () => {
  test("ends its service", () => {
    given(networkDecider, [SubnetDefined])
      .when({ type: "RetireSubnet", name: subnet.name })
      .thenAppends(SubnetRetired);
  });

  test("is refused when there is no such subnet", () => {
    given(networkDecider, [SubnetDefined, SubnetRetired])
      .when({ type: "RetireSubnet", name: subnet.name })
      .thenRejects("SUBNET_UNKNOWN", "rack-7");
  });

  test("is refused while a client class names it", () => {
    given(networkDecider, [SubnetDefined, ClientClassDefined])
      .when({ type: "RetireSubnet", name: subnet.name })
      .thenRejects("SUBNET_IN_CLASS", "phones", "rack-7", "change the class first");
    given(networkDecider, [SubnetDefined, ClientClassDefined, ClientClassRetired])
      .when({ type: "RetireSubnet", name: subnet.name })
      .thenAppends(SubnetRetired);
  });

  test("leaves the others as they are", () => {
    given(networkDecider, [SubnetDefined, neighbourDefined, SubnetRetired])
      .when({ type: "RetireSubnet", name: SubnetName.parse("rack-8") })
      .thenAppends({ type: "SubnetRetired", data: { name: neighbour.name } });
  });
});

test("a foreign server is recorded each time that it is seen", () => {
  const record = { type: "RecordRogueServer", ...RogueServerSeen.data } as const;
  given(networkDecider, [RogueServerSeen]).when(record).thenAppends(RogueServerSeen);
});

test("suppressed requests and foreign servers, which are only observed, change no subnet", () => {
  given(networkDecider, [SubnetDefined, PxeRequestsSuppressed, RogueServerSeen])
    .when({ type: "RetireSubnet", name: subnet.name })
    .thenAppends(SubnetRetired);
});

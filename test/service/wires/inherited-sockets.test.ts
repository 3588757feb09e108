import { describe, expect, test } from "vitest";
import { Config } from "../../../src/config.ts";
import { passedNames } from "../../../src/service/wires/inherited-sockets.ts";
import { requireSockets } from "../../../src/service/wires/require-sockets.ts";
import { wireCounts } from "../../../src/service/wires/wire-counts.ts";
import { wireSettings } from "../../../src/service/wires/wire-settings.ts";

describe("sockets that were passed on", () => {
  test("have a name each, and are for one process alone", () => {
    const environment = { LISTEN_FDS: "3", LISTEN_FDNAMES: "eth1:eth1:eth2", LISTEN_PID: "41" };
    expect(passedNames(environment, 41)).toEqual(["eth1", "eth1", "eth2"]);
    expect(passedNames(environment, 42)).toEqual([]);
    expect(passedNames({}, 41)).toEqual([]);
  });

  test("have empty names when none were given", () => {
    expect(passedNames({ LISTEN_FDS: "2", LISTEN_PID: "41" }, 41)).toEqual(["", ""]);
  });
});

describe("several wires", () => {
  const config = Config.parse({
    dataDirectory: "data",
    wire: { interface: "eth1" },
    moreWires: [{ interface: "eth2" }, { interface: "eth3", dhcp: "off" }],
  });
  const wires = wireSettings(config);
  const socketsOf = (...names: readonly string[]) => ({
    names,
    areLost: async () => false,
    find: (name: string, port: number) => (names.includes(name) && port === 67 ? ({} as never) : undefined),
  });

  test("need a socket each, but for those without DHCP", () => {
    expect(() => requireSockets(wires, { config, sockets: socketsOf("eth1", "eth2") })).not.toThrow();
    expect(() => requireSockets(wires, { config, sockets: socketsOf("eth1") })).toThrow(
      /^moreWires\[0\]: .* port 67 of eth2: .* --wire eth1 --wire eth2 --wire eth3/,
    );
  });

  test("have no sockets of an interface that is no wire", () => {
    const [one] = wires;
    for (const some of [wires, one ? [one] : []]) {
      expect(() => requireSockets(some, { config, sockets: socketsOf("eth1", "eth2", "eth9") })).toThrow(
        /^LISTEN_FDNAMES: there are sockets of (?:eth2, )?eth9, which no wire names: set wire\.interface/,
      );
    }
  });

  test("are more than one", () => {
    expect(() => requireSockets(wires.slice(0, 1), { config, sockets: socketsOf() })).not.toThrow();
  });
});

test("what wires count is added up, with what closed ones have counted", () => {
  const wire = (completed: number, open: number, refusedTotal: number) => ({
    tftpCounts: () => ({ completed }),
    connections: () => ({ open, refusedTotal, refusedPerSource: 0 }),
  });
  const totals = wireCounts<ReturnType<typeof wire>>();
  totals.keep(wire(5, 2, 1));
  const open = [wire(1, 3, 0), wire(2, 4, 1)];
  expect(totals.tftp(open)).toEqual({ completed: 8 });
  expect(totals.connections(open)).toEqual({ open: 7, refusedTotal: 2, refusedPerSource: 0 });
});

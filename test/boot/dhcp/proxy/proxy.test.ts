import type { RemoteInfo } from "node:dgram";
import { describe, expect, test } from "vitest";
import { createBootTracker } from "../../../../src/boot/boot-tracker.ts";
import { bootLink } from "../../../../src/boot/dhcp/boot-link.ts";
import { createMessageLimit } from "../../../../src/boot/dhcp/message-limit.ts";
import { bootFileName, vendorClass } from "../../../../src/boot/dhcp/options/boot.ts";
import { messageType } from "../../../../src/boot/dhcp/options/message-type.ts";
import { readOption } from "../../../../src/boot/dhcp/options/option.ts";
import { bootAtOnce, pxeOptions } from "../../../../src/boot/dhcp/options/pxe.ts";
import type { DhcpPacket } from "../../../../src/boot/dhcp/packet.ts";
import { proxiedBoot } from "../../../../src/boot/dhcp/proxy/proxied-boot.ts";
import { createProxy } from "../../../../src/boot/dhcp/proxy/proxy.ts";
import type { DhcpReply } from "../../../../src/boot/dhcp/respond.ts";
import type { Observation } from "../../../../src/boot/observer.ts";
import { ClientClass } from "../../../../src/domain/network/client-class.ts";
import type { Network } from "../../../../src/domain/network/state.ts";
import { ada, bob, fakeClock, fakeIds, fakeTargets, ip, lab, wire } from "../support.ts";

const client = ip("10.77.0.60");
const from = (address: string, port = 68) => ({ address, port }) as RemoteInfo;

function setUp(network: Network = { subnets: new Map(), classes: new Map() }) {
  const { targets } = fakeTargets();
  const time = fakeClock();
  const observed: Observation[] = [];
  const tracker = createBootTracker({ targets, newId: fakeIds() });
  const proxy = createProxy({
    link: bootLink(tracker, { observe: (each: Observation) => void observed.push(each) } as never),
    answer: proxiedBoot({
      machines: { isKnown: targets.isKnown, machineByMac: () => undefined },
      network: () => network,
      scriptUrl: ({ address, server }) => `http://${server}/${address}/script`,
      loaderUrl: ({ address, server }, loader) => `http://${server}/${address}/${loader}`,
    }),
    limit: createMessageLimit({ messagesPerClientMax: 3 }),
    clock: time.clock,
  });
  return { ...time, proxy, observed };
}

function heard(reply: DhcpReply | undefined) {
  if (!reply) return "silence";
  const { yiaddr, siaddr, options } = reply.packet;
  const read = { type: readOption(options, messageType), vendor: readOption(options, vendorClass) };
  return { ...read, yiaddr, siaddr, file: readOption(options, bootFileName) };
}

describe("on the port of DHCP servers", () => {
  test.each([
    "ipxe",
    "bios",
    "uefi",
  ] as const)("%s is told that there is something to boot", async (boots) => {
    const { proxy, observed } = setUp();
    const offer = heard(await proxy.offer(ada("discover", { boots }), wire));
    const nothing = { yiaddr: "0.0.0.0", file: undefined };
    expect(offer).toEqual({ ...nothing, type: "offer", vendor: "PXEClient", siaddr: wire.address });
    expect(observed.map(({ event }) => event.type)).toEqual(["PxeRequested"]);
  });

  test("UEFI HTTP boot gets its loader's URL, which is for no address", async () => {
    const { proxy } = setUp();
    expect(heard(await proxy.offer(ada("discover", { boots: "uefi-http" }), wire))).toMatchObject({
      ...{ type: "offer", vendor: "HTTPClient" },
      file: `http://${wire.address}/undefined/snponly.efi`,
    });
  });

  test.each<[string, DhcpPacket]>([
    ["a client that boots nothing", ada("discover")],
    ["firmware without a loader", ada("discover", { boots: "arm64" })],
    ["a request, whoever it is for", ada("request", { boots: "uefi", server: wire.address })],
    ["a server", { ...ada("discover", { boots: "uefi" }), op: "reply" }],
  ])("%s hears nothing", async (_, packet) => {
    const { proxy } = setUp();
    expect(heard(await proxy.offer(packet, wire))).toBe("silence");
    expect(proxy.counters).toEqual({ offered: 0, confirmed: 0, silent: 1, limited: 0 });
  });
});

describe("on port 4011", () => {
  test.each([
    undefined,
    { type: 1, layer: 0 },
  ])("the client is told to boot at once, and its boot item comes back: %j", async (bootItem) => {
    const { proxy } = setUp();
    const extra = new Map([[pxeOptions.code, pxeOptions.encode({ discoveryControl: undefined, bootItem })]]);
    const request = ada("request", { boots: "uefi", ciaddr: client, extra });
    const reply = await proxy.confirm(request, wire, from(client));
    const octets = reply?.packet.options.get(pxeOptions.code) ?? new Uint8Array();
    expect(pxeOptions.decode(octets)).toEqual({ discoveryControl: bootAtOnce, bootItem });
  });

  test("firmware is named its loader, and iPXE the script of the address that asks", async () => {
    const { proxy } = setUp();
    const asks = { boots: "uefi", ciaddr: client } as const;
    expect(heard(await proxy.confirm(ada("request", asks), wire, from(client)))).toEqual({
      ...{ type: "ack", vendor: "PXEClient", yiaddr: "0.0.0.0" },
      ...{ siaddr: wire.address, file: "snponly.efi" },
    });
    const informs = ada("inform", { boots: "ipxe" });
    expect(heard(await proxy.confirm(informs, wire, from(client)))).toMatchObject({
      ...{ type: "ack", siaddr: wire.address },
      file: `http://${wire.address}/${client}/script`,
    });
    expect(proxy.counters).toEqual({ offered: 0, confirmed: 2, silent: 0, limited: 0 });
  });

  test.each<[string, DhcpPacket, RemoteInfo]>([
    [
      "that gives another address than it has",
      ada("request", { boots: "uefi", ciaddr: client }),
      from("10.77.0.61"),
    ],
    ["without a port to answer to", ada("request", { boots: "uefi" }), from(client, 0)],
    ["that boots nothing", ada("request"), from(client)],
    ["that only looks for servers", ada("discover", { boots: "uefi" }), from(client)],
  ])("a client %s hears nothing", async (_, packet, source) => {
    const { proxy } = setUp();
    expect(heard(await proxy.confirm(packet, wire, source))).toBe("silence");
    expect(proxy.macAt(client)).toBeUndefined();
  });

  test("a client class names the loader where its network is a subnet", async () => {
    const special = ClientClass.parse({
      ...{ name: "special", priority: 1, leaseSeconds: null, options: [], bootFile: "special.efi" },
      match: {
        ...{ architectures: ["x64-uefi"], vendorClassPrefixes: null, userClasses: null, macPrefixes: null },
        ...{ relayCircuits: null, relayRemotes: null, machineLabels: null, subnets: null },
      },
    });
    const match = { ...special.match, architectures: ["x64-uefi-http"] as const };
    const http = ClientClass.parse({ ...special, name: "http", bootFile: "http.efi", match });
    const network = { subnets: new Map([[lab.name, lab]]), classes: new Map([[special.name, special]]) };
    const packet = ada("request", { boots: "uefi" });
    const known = await setUp(network).proxy.confirm(packet, wire, from(client));
    expect(heard(known)).toMatchObject({ file: "special.efi" });
    const relayed = ada("discover", { boots: "uefi-http", giaddr: ip("10.77.0.3") });
    const offer = await setUp({
      subnets: network.subnets,
      classes: new Map([[http.name, http]]),
    }).proxy.offer(relayed, { ...wire, address: ip("10.9.0.1") });
    expect(heard(offer)).toMatchObject({ file: "http://10.9.0.1/undefined/http.efi" });
    const unknown = await setUp(network).proxy.confirm(
      packet,
      { ...wire, address: ip("10.9.0.1") },
      from("10.9.0.7"),
    );
    expect(heard(unknown)).toMatchObject({ file: "snponly.efi" });
  });
});

describe("who has an address of another server", () => {
  test("a client without a loader hears nothing, and is known not to be who had its address", async () => {
    const { proxy } = setUp();
    await proxy.confirm(ada("request", { boots: "uefi" }), wire, from(client));
    expect(heard(await proxy.confirm(bob("request", { boots: "arm64" }), wire, from(client)))).toBe(
      "silence",
    );
    expect(proxy.macAt(client)).toBe("52:54:00:77:00:02");
  });

  test("who asks from another address has the former one no more", async () => {
    const { proxy } = setUp();
    const ask = (asks: typeof ada, address: string) =>
      proxy.confirm(asks("request", { boots: "uefi" }), wire, from(address));
    const moved = ip("10.77.0.61");
    await ask(ada, client);
    await ask(ada, moved);
    expect([proxy.macAt(client), proxy.macAt(moved)]).toEqual([undefined, "52:54:00:77:00:01"]);
    await ask(bob, moved);
    await ask(ada, client);
    expect([proxy.macAt(client), proxy.macAt(moved)]).toEqual(["52:54:00:77:00:01", "52:54:00:77:00:02"]);
  });

  test("who asks without end is not answered for a while", async () => {
    const { proxy, advance } = setUp();
    const ask = async () => heard(await proxy.confirm(ada("request", { boots: "uefi" }), wire, from(client)));
    const answers = [await ask(), await ask(), await ask(), await ask()];
    expect(answers.map((answer) => answer === "silence")).toEqual([false, false, false, true]);
    expect(proxy.counters).toMatchObject({ confirmed: 3, limited: 1 });
    advance(10_000);
    expect(await ask()).not.toBe("silence");
  });

  test("who asks is remembered for four hours, or until somebody else has the address", async () => {
    const { proxy, advance } = setUp();
    await proxy.confirm(ada("request", { boots: "uefi" }), wire, from(client));
    expect(proxy.macAt(client)).toBe("52:54:00:77:00:01");
    await proxy.confirm(bob("request", { boots: "uefi" }), wire, from(client));
    expect(proxy.macAt(client)).toBe("52:54:00:77:00:02");
    advance(4 * 3_600_000);
    expect(proxy.macAt(client)).toBeUndefined();
  });
});

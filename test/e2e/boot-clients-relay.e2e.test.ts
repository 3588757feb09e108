import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { readGuide } from "../support/guide.ts";
import { startDhclient, startUdhcpc } from "./support/dhcp-programs.ts";
import { runAsOperator } from "./support/guide.ts";
import { createLeaseSite, type LeaseSite, leaseSeconds } from "./support/lease-site.ts";
import { addLan, type RelayedNetwork, relayPort, startDhcrelay } from "./support/relay.ts";
import { type Stations, stationsOn } from "./support/station.ts";
import { mutate } from "./support/subject.ts";

let site: LeaseSite;
let stations: Stations;
let east: RelayedNetwork;
let west: RelayedNetwork;

beforeAll(async () => {
  site = await createLeaseSite();
  stations = stationsOn(site.network);
  await mutate(site.service, "defineSubnet", {
    ...{ name: "west", routers: ["10.79.0.1"], leaseSeconds, cidr: "10.79.0.0/24" },
    ranges: [{ first: "10.79.0.100", last: "10.79.0.119" }],
  });
  east = await startDhcrelay({ site, stations }, { address: "10.77.0.2", network: "10.78.0" });
  west = await startDhcrelay({ site, stations }, { address: "10.77.0.3", network: "10.79.0" });
});

afterAll(async () => {
  await stations?.close();
  await site?.close();
});

describe("clients behind two relays that append option 82", () => {
  test("get addresses of the network that they are in, and the options of its subnet", async () => {
    const clients = await Promise.all(
      [east, west].map(async (network) => startUdhcpc(await network.add(site.newMac()), site.folder)),
    );
    const [ofEast, ofWest] = await Promise.all(clients.map((client) => client.reported("bound")));
    expect(ofEast?.address).toMatch(/^10\.78\.0\.1[01]\d$/);
    expect(ofWest?.address).toMatch(/^10\.79\.0\.1[01]\d$/);
    expect(await site.happened(ofEast?.address ?? "", "LeaseGranted")).toMatchObject({
      data: { subnet: "far", relay: "10.78.0.1" },
    });
    expect(await site.happened(ofWest?.address ?? "", "LeaseGranted")).toMatchObject({
      data: { subnet: "west", relay: "10.79.0.1" },
    });
  });

  test("get what is reserved for their port, and keep it when they renew past the relay", async () => {
    const circuitId = Buffer.from(relayPort).toString("hex");
    const reserved = { address: "10.79.0.200", for: { relayCircuit: { circuitId } } };
    await mutate(site.service, "reserveAddress", reserved);
    const station = await west.add(site.newMac());
    const client = await startUdhcpc(station, site.folder);
    expect(await client.reported("bound")).toMatchObject({ address: "10.79.0.200" });

    client.order("SIGUSR1");
    expect(await client.reported("renew")).toMatchObject({ address: "10.79.0.200", server: "10.77.0.1" });
    client.order("SIGUSR2");
    await site.happened("10.79.0.200", "LeaseReleased");
    await mutate(site.service, "removeReservation", { address: "10.79.0.200" });
  });
});

describe("a machine that is moved from one network to another", () => {
  test("asks for its old address, is refused, and gets one of the new network: dhclient", async () => {
    const mac = site.newMac();
    const leaseFile = join(site.folder, "moved.leases");
    await writeFile(leaseFile, "");
    const before = await startDhclient(await east.add(mac), site.folder, leaseFile);
    const { address: former } = await before.reported("BOUND");
    expect(former).toMatch(/^10\.78\.0\./);
    // It writes its lease down after it reported it.
    await eventually(async () => (await readFile(leaseFile, "utf8")).includes(former) || undefined);
    await before.kill();

    const after = await startDhclient(await west.add(mac), site.folder, leaseFile);
    const { address } = await after.reported("BOUND");
    expect(address).toMatch(/^10\.79\.0\.1[01]\d$/);
    expect(await readFile(after.logFile, "utf8")).toMatch(
      new RegExp(`DHCPREQUEST for ${former} [\\s\\S]*DHCPNAK from 10\\.79\\.0\\.1`),
    );
    await site.happened(address, "LeaseGranted");
  });
});

describe("the guide for machines behind a relay", () => {
  test("gets a machine its lease by the commands that it prints, and its port a reservation", async () => {
    const guide = await readGuide("behind-relays");
    const router = await stations.add(site.newMac());
    await router.run("ip", "address", "add", "10.77.0.4/24", "dev", "eth0");
    await addLan(router, "10.80.0.1/24");

    const [define = "", watch = "", reserve = ""] = guide.blocks("sh");
    await runAsOperator(site, define);
    for (const block of guide.blocks("sh on the service")) await site.network.run("bash", "-euc", block);
    for (const block of guide.blocks("sh on the router")) await router.run("bash", "-euc", block);
    for (const block of guide.blocks("sh relay on the router")) {
      await router.start(["sh", "-c", block], { logFile: join(site.folder, "guide-relay.log") });
    }
    const outlet = { namespace: router.namespace, port: "port1", joins: { bridge: relayPort } };
    const station = await stations.add("52:54:00:80:00:01", outlet);
    const first = await startUdhcpc(station, site.folder);
    const { address } = await first.reported("bound");
    expect(address).toMatch(/^10\.80\.0\.1\d\d$/);
    await site.happened(address, "LeaseGranted");
    const watched = await runAsOperator(site, watch);
    expect(watched).toContain(address);

    await runAsOperator(site, reserve);
    first.order("SIGUSR2");
    await site.happened(address, "LeaseReleased");
    await first.kill();
    const again = await startUdhcpc(station, site.folder);
    expect(await again.reported("bound")).toMatchObject({ address: "10.80.0.200" });
  });
});

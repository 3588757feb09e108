import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startUdhcpc } from "./support/dhcp-programs.ts";
import { createLeaseSite, type LeaseSite } from "./support/lease-site.ts";
import { stationInterface, stationsFor } from "./support/station.ts";

let site: LeaseSite;

beforeAll(async () => {
  site = await createLeaseSite();
});

afterAll(() => site?.close());

describe("a client that finds its address in use by somebody else", () => {
  test("declines it, and gets another one: udhcpc with -a", async (context) => {
    const stations = stationsFor(context, site.network);
    const [squatter, station] = [await stations.add(site.newMac()), await stations.add(site.newMac())];
    await squatter.run("ip", "address", "add", "10.77.0.110/24", "dev", stationInterface);

    const client = await startUdhcpc(station, site.folder, ["-a", "-r", "10.77.0.110"]);
    const { address } = await client.reported("bound");
    expect(address).not.toBe("10.77.0.110");
    const declined = await site.happened("10.77.0.110", "AddressDeclined");
    expect(declined.data).toMatchObject({ status: "declined", holder: { mac: station.mac } });
    await site.happened(address, "LeaseGranted");

    const next = await startUdhcpc(await stations.add(site.newMac()), site.folder, ["-r", "10.77.0.110"]);
    expect((await next.reported("bound")).address).not.toBe("10.77.0.110");
  });
});

describe("a tool that looks for DHCP servers", () => {
  test("finds this one: nmap's broadcast-dhcp-discover", async (context) => {
    const station = await stationsFor(context, site.network).add(site.newMac());
    await station.run("ip", "address", "add", "10.77.0.60/24", "dev", stationInterface);
    const script = [
      "--script",
      "broadcast-dhcp-discover",
      "--script-args",
      "broadcast-dhcp-discover.timeout=3",
    ];
    const found = await station.run("nmap", ...script, "-e", stationInterface);
    expect(found).toContain("DHCP Message Type: DHCPOFFER");
    expect(found).toMatch(/IP Offered: 10\.77\.0\.1[01]\d/);
    expect(found).toContain("Server Identifier: 10.77.0.1");
    expect(found).toContain("Subnet Mask: 255.255.255.0");
  });

  test("hears that it is alive: dhcping, by DHCPREQUEST and by DHCPINFORM", async (context) => {
    const station = await stationsFor(context, site.network).add(site.newMac());
    const client = await startUdhcpc(station, site.folder);
    const { address } = await client.reported("bound");
    await client.kill();
    const words = ["-s", "10.77.0.1", "-c", address, "-h", station.mac, "-t", "10"];
    expect(await station.run("dhcping", ...words, "-i")).toContain("Got answer from: 10.77.0.1");
    expect(await station.run("dhcping", ...words)).toContain("Got answer from: 10.77.0.1");
  });
});

describe("a load generator", () => {
  test("gets every lease that it asks for, as a relay does: perfdhcp", async (context) => {
    const station = await stationsFor(context, site.network).add(site.newMac());
    await station.run("ip", "address", "add", "10.77.0.61/24", "dev", stationInterface);
    // It always asks as a relay would, with its own address as giaddr. -p takes whole seconds, -W microseconds.
    const words = ["-4", "-l", "10.77.0.61", "-r", "20", "-R", "8", "-p", "2", "-W", "500000", "10.77.0.1"];
    const report = await station.run("perfdhcp", ...words);
    const dropped = [...report.matchAll(/^drops: (\d+)$/gm)].map(([, count]) => Number(count));
    expect(dropped).toEqual([0, 0]);
    const received = [...report.matchAll(/^received packets: (\d+)$/gm)].map(([, count]) => Number(count));
    expect(Math.min(...received)).toBeGreaterThan(20);
  });
});

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { commandLinesOf } from "../support/secret-search.ts";
import { leakedSecrets, secretsOf } from "../support/service-secrets.ts";
import { releaseByDhclient, rememberLease, startDhclient, startUdhcpc } from "./support/dhcp-programs.ts";
import { createLeaseSite, type LeaseSite, leaseSeconds } from "./support/lease-site.ts";
import type { LoggedEvent } from "./support/logged-event.ts";
import { readLog } from "./support/site.ts";
import { type Station, type Stations, stationsFor } from "./support/station.ts";
import { mutate } from "./support/subject.ts";

/** What was handed out to machines: a discovery token and a nonce. */
const seen: string[] = [];

let site: LeaseSite;

beforeAll(async () => {
  site = await createLeaseSite();
});

afterAll(() => site?.close());

/** Waits until a renewal is worth an event. */
async function quarterAfter({ time }: LoggedEvent): Promise<void> {
  const quarterMs = (leaseSeconds * 1000) / 4;
  const dueMs = Date.parse(time) + quarterMs;
  await eventually(() => (Date.now() > dueMs ? true : undefined), { withinMs: 2 * quarterMs });
}

/** What the event of a client that boots nothing says of its cause: nothing was before it. */
function byItself(mac: string, { eventId }: LoggedEvent) {
  return { actor: `client:${mac}`, source: "dhcp", causationId: eventId, correlationId: eventId };
}

describe.concurrent("a client that other people wrote", () => {
  test("udhcpc gets, renews and releases a lease", async (context) => {
    const stations = stationsFor(context, site.network);
    const station = await stations.add(site.newMac());
    const client = await startUdhcpc(station, site.folder);
    const { address, ...lease } = await client.reported("bound");
    expect(lease).toMatchObject({ leaseSeconds, server: "10.77.0.1" });
    expect(await station.addresses()).toEqual([address]);
    const granted = await site.happened(address, "LeaseGranted");
    const clientId = `01${station.mac.replaceAll(":", "")}`;
    const holder = { mac: station.mac, clientId, hostname: null };
    expect(granted).toMatchObject({ ...byItself(station.mac, granted), data: { holder, leaseSeconds } });

    client.order("SIGUSR1");
    const early = await client.reported("renew");
    expect(early.address).toBe(address);
    expect(early.leaseSeconds).toBeLessThan(leaseSeconds);
    expect(await site.historyOf(address)).toEqual([granted]);

    await quarterAfter(granted);
    client.order("SIGUSR1");
    expect(await client.reported("renew")).toMatchObject({ address, leaseSeconds });
    const renewed = await site.happened(address, "LeaseRenewed");
    expect(renewed).toMatchObject({ ...byItself(station.mac, renewed), data: { holder } });
    expect(await station.addresses()).toEqual([address]);

    client.order("SIGUSR2");
    await client.reported("deconfig");
    expect(await station.addresses()).toEqual([]);
    const released = await site.happened(address, "LeaseReleased");
    expect(released).toMatchObject({ ...byItself(station.mac, released), data: { status: "free", holder } });
    expect(await site.historyOf(address)).toEqual([granted, renewed, released]);
  });

  test("dhclient gets a lease, has it confirmed after a restart, and releases it", async (context) => {
    const stations = stationsFor(context, site.network);
    const station = await stations.add(site.newMac());
    const leaseFile = join(site.folder, "dhclient.leases");
    await writeFile(leaseFile, "");
    const first = await startDhclient(station, site.folder, leaseFile);
    const { address, ...lease } = await first.reported("BOUND");
    expect(lease).toMatchObject({ leaseSeconds, server: "10.77.0.1" });
    expect(await station.addresses()).toEqual([address]);
    const granted = await site.happened(address, "LeaseGranted");
    const holder = { mac: station.mac, hostname: "station" };
    expect(granted).toMatchObject({ ...byItself(station.mac, granted), data: { holder } });
    await first.kill();

    await quarterAfter(granted);
    const second = await startDhclient(station, site.folder, leaseFile);
    expect(await second.reported("REBOOT")).toMatchObject({ address, leaseSeconds });
    const renewed = await site.happened(address, "LeaseRenewed");
    expect(renewed).toMatchObject({ ...byItself(station.mac, renewed), data: { holder } });

    await releaseByDhclient(station, site.folder, leaseFile);
    const released = await site.happened(address, "LeaseReleased");
    expect(released).toMatchObject({ ...byItself(station.mac, released), data: { status: "free" } });
    expect(await site.historyOf(address)).toEqual([granted, renewed, released]);
    expect(await station.addresses()).toEqual([]);
  });
});

describe("an address", () => {
  test("that is reserved goes to its machine alone", async (context) => {
    const stations = stationsFor(context, site.network);
    const [mac, address] = [site.newMac(), "10.77.0.200"];
    await mutate(site.service, "reserveAddress", { address, for: { mac } });
    const station = await stations.add(mac);
    const client = await startUdhcpc(station, site.folder, ["-r", "10.77.0.101"]);
    expect(await client.reported("bound")).toMatchObject({ address });

    const envious = await startUdhcpc(await stations.add(site.newMac()), site.folder, ["-r", address]);
    expect((await envious.reported("bound")).address).not.toBe(address);
  });

  test("that is reserved for a client with another one is given to it when it renews", async (context) => {
    const stations = stationsFor(context, site.network);
    const station = await stations.add(site.newMac());
    const client = await startUdhcpc(station, site.folder);
    const { address: former } = await client.reported("bound");
    await mutate(site.service, "reserveAddress", { address: "10.77.0.201", for: { mac: station.mac } });

    // The packet path hears of the reservation a moment later; until then the client is told to go on.
    const refusal = await eventually(() => {
      const refused = client.reports.find(({ event }) => event === "nak");
      if (!refused) client.order("SIGUSR1");
      return refused;
    });
    expect(refusal).toMatchObject({ message: "10.77.0.201 is reserved for you" });
    expect(await client.reported("bound")).toMatchObject({ address: "10.77.0.201" });
    expect(await station.addresses()).toEqual(["10.77.0.201"]);
    expect(former).not.toBe("10.77.0.201");
  });

  test("is never shared by clients that ask at the same time", async (context) => {
    const stations = stationsFor(context, site.network);
    const asking = Array.from({ length: 6 }, async () => {
      const client = await startUdhcpc(await stations.add(site.newMac()), site.folder);
      return (await client.reported("bound")).address;
    });
    const addresses = await Promise.all(asking);
    expect(new Set(addresses).size).toBe(6);
    for (const address of addresses) await site.happened(address, "LeaseGranted");
  });

  test("of another network is refused, and the client gets one of this", async (context) => {
    const stations = stationsFor(context, site.network);
    const station = await stations.add(site.newMac());
    const leaseFile = join(site.folder, "foreign.leases");
    await rememberLease(leaseFile, "192.168.50.7");
    const client = await startDhclient(station, site.folder, leaseFile);
    const { address } = await client.reported("BOUND");
    expect(address).toMatch(/^10\.77\.0\.1[01]\d$/);
    expect(await readFile(client.logFile, "utf8")).toMatch(
      /DHCPREQUEST for 192\.168\.50\.7[\s\S]*DHCPNAK from 10\.77\.0\.1/,
    );
    expect(await site.historyOf("192.168.50.7")).toEqual([]);
  });
});

describe("a client behind a relay", () => {
  test("gets an address of the relay's network, and renews it past the relay", async (context) => {
    const stations = stationsFor(context, site.network);
    const client = await startUdhcpc(await startRelay(stations), site.folder);
    const { address, server } = await client.reported("bound");
    expect({ address, server }).toEqual({
      address: expect.stringMatching(/^10\.78\.0\.1[01]\d$/),
      server: "10.77.0.1",
    });
    const granted = await site.happened(address, "LeaseGranted");
    expect(granted.data).toMatchObject({ subnet: "far", relay: "10.78.0.1" });

    client.order("SIGUSR1");
    expect((await client.reported("renew")).address).toBe(address);
    expect(await site.historyOf(address)).toEqual([granted]);
  });

  /** dnsmasq as nothing but a relay, on a router between the wire and another one. Gives a host on that other one. */
  async function startRelay(stations: Stations): Promise<Station> {
    const router = await stations.add(site.newMac());
    await router.run("ip", "address", "add", "10.77.0.2/24", "dev", "eth0");
    await router.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
    await site.network.run("ip", "route", "add", "10.78.0.0/24", "via", "10.77.0.2");
    const far = await stations.add(site.newMac(), {
      namespace: router.namespace,
      port: "far",
      joins: { address: "10.78.0.1/24" },
    });
    const dnsmasq = ["dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--pid-file", "--user=root"];
    const words = [...dnsmasq, "--port=0", "--log-facility=-", "--dhcp-relay=10.78.0.1,10.77.0.1"];
    await router.start(words, { logFile: join(site.folder, "relay.log") });
    return far;
  }
});

describe("a client that boots", () => {
  test("names its boot in all that follows, and keeps its secrets to itself", async (context) => {
    const stations = stationsFor(context, site.network);
    const station = await stations.add(site.newMac());
    const firmware = await startUdhcpc(station, site.folder, pxe);
    const { address, bootFile } = await firmware.reported("bound");
    expect(bootFile).toBe("undionly.kpxe");
    await station.run("curl", "-sf", "tftp://10.77.0.1/undionly.kpxe", "-o", join(site.folder, "loader"));
    await firmware.kill();

    const userClass = ["-x", `77:${Buffer.from("iPXE").toString("hex")}`];
    const ipxe = await startUdhcpc(station, site.folder, [...pxe, ...userClass]);
    const { address: same, bootFile: scriptUrl } = await ipxe.reported("bound");
    expect(same).toBe(address);
    const script = await station.run("curl", "-sf", scriptUrl);
    expect(script).toMatch(/^#!ipxe\n/);

    const own = await eventually(async () => {
      const log = await readLog(site.service);
      const boot = log.find(({ stream }) => stream === `boot-${station.mac}`);
      const followed = log.filter(({ correlationId }) => correlationId === boot?.eventId);
      return followed.some(({ type }) => type === "BootScriptServed") ? followed : undefined;
    });
    expect(own.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["PxeRequested", "LeaseGranted", "BootFileServed", "BootScriptServed"]),
    );
    const [{ eventId: bootId } = { eventId: "" }] = own;
    expect(new Set(own.map(({ causationId }) => causationId))).toEqual(new Set([bootId]));

    const other = await stations.add(site.newMac());
    await (await startUdhcpc(other, site.folder)).reported("bound");
    const status = ["-s", "-o", "/dev/null", "-w", "%{http_code}"];
    expect(await other.run("curl", ...status, scriptUrl)).toBe("404");

    // Refusals are recorded and printed; they must not repeat what was presented.
    const token = tokenIn(script);
    const inventory = `http://10.77.0.1:8080/agent/v1/discoveries/${crypto.randomUUID()}/inventory`;
    const refused = [
      [scriptUrl.replace("script.ipxe", "files/none/1/absent")],
      [`http://10.77.0.1:8080/${token}?token=${token}`],
      ["-H", `Authorization: Bearer ${token}`, "-X", "POST", inventory],
    ];
    for (const words of refused) expect(await station.run("curl", ...status, ...words)).toMatch(/^4\d\d$/);
    seen.push(token, /\/boot\/([^/]+)\//.exec(scriptUrl)?.[1] ?? "");
  });

  const pxe = ["-V", "PXEClient:Arch:00000:UNDI:002001", "-x", "93:0000"];
});

function tokenIn(script: string): string {
  return / ironledger\.token=(\S+)/.exec(script)?.[1] ?? "";
}

describe("stopping the service", () => {
  test("takes a few seconds, and leaves its secrets where they belong alone", async () => {
    const commandLines = await commandLinesOf(site.service.pid);
    const beganMs = performance.now();
    expect(await site.service.stop()).toBe(0);
    expect(performance.now() - beganMs).toBeLessThan(10_000);

    const { dataDirectory, logFile } = site.service;
    const known = (await secretsOf(dataDirectory)).map(({ bytes }) => Buffer.from(bytes).toString("hex"));
    expect(seen).toHaveLength(2);
    for (const token of seen) {
      const hex = Buffer.from(token, "base64url").toString("hex");
      expect(known).toContainEqual(expect.toSatisfy((secret: string) => hex.endsWith(secret)));
    }
    const places = { directories: [dataDirectory], logFiles: [logFile], commandLines };
    expect(await leakedSecrets(places)).toEqual([]);
  });
});

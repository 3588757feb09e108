import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, type TestContext, test } from "vitest";
import { prepareAssets } from "../../src/rehearsal/stand-ins.ts";
import { eventually } from "../support/eventually.ts";
import { commandLinesOf } from "../support/secret-search.ts";
import { leakedSecrets, secretsOf } from "../support/service-secrets.ts";
import { releaseByDhclient, startDhclient, startUdhcpc } from "./support/dhcp-programs.ts";
import type { LoggedEvent } from "./support/logged-event.ts";
import { createTestNetwork, type TestNetwork } from "./support/network.ts";
import { type InsideService, startServiceInside } from "./support/service-inside.ts";
import { readLog } from "./support/site.ts";
import { type Station, type Stations, stationsOn } from "./support/station.ts";
import { mutate } from "./support/subject.ts";

/** The shortest that there is. A renewal is an event after its first quarter. */
const leaseSeconds = 60;
const quarterMs = (leaseSeconds * 1000) / 4;

let folder: string;
let network: TestNetwork;
let service: InsideService;
let macs = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ironledger-dhcp-"));
  network = await createTestNetwork({ folder, routerAdvertisements: false });
  const { directory: assetsDirectory } = await prepareAssets({
    builtDirectory: join(folder, "nothing-built"),
    madeDirectory: join(folder, "assets"),
  });
  service = await startServiceInside(network, { folder, assetsDirectory });
  const subnet = { leaseSeconds, unknownMachines: "DISCOVER" };
  await mutate(service, "defineSubnet", {
    ...subnet,
    name: "near",
    cidr: "10.77.0.0/24",
    ranges: [{ first: "10.77.0.100", last: "10.77.0.119" }],
  });
  await mutate(service, "defineSubnet", {
    ...subnet,
    name: "far",
    cidr: "10.78.0.0/24",
    ranges: [{ first: "10.78.0.100", last: "10.78.0.119" }],
    routers: ["10.78.0.1"],
  });
});

afterAll(async () => {
  await network?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Hosts for one test. */
function stationsFor({ onTestFinished }: TestContext): Stations {
  const stations = stationsOn(network);
  onTestFinished(stations.close);
  return stations;
}

function newMac(): string {
  macs += 1;
  return `52:54:00:99:00:${macs.toString(16).padStart(2, "0")}`;
}

/** What the log holds of an address. */
async function historyOf(address: string): Promise<readonly LoggedEvent[]> {
  return (await readLog(service)).filter(({ stream }) => stream === `address-${address}`);
}

/** The newest event of an address, when it is of this type. */
function happened(address: string, type: string): Promise<LoggedEvent> {
  return eventually(async () => {
    const newest = (await historyOf(address)).at(-1);
    return newest?.type === type ? newest : undefined;
  });
}

/** Waits until a renewal is worth an event. */
async function quarterAfter({ time }: LoggedEvent): Promise<void> {
  const dueMs = Date.parse(time) + quarterMs;
  await eventually(() => (Date.now() > dueMs ? true : undefined), { withinMs: 2 * quarterMs });
}

/** What the event of a client that boots nothing says of its cause: nothing was before it. */
function byItself(mac: string, { eventId }: LoggedEvent) {
  return { actor: `client:${mac}`, source: "dhcp", causationId: eventId, correlationId: eventId };
}

describe.concurrent("a client that other people wrote", () => {
  test("udhcpc gets, renews and releases a lease", async (context) => {
    const stations = stationsFor(context);
    const station = await stations.add(newMac());
    const client = await startUdhcpc(station, folder);
    const { address, ...lease } = await client.reported("bound");
    expect(lease).toMatchObject({ leaseSeconds, server: "10.77.0.1" });
    expect(await station.addresses()).toEqual([address]);
    const granted = await happened(address, "LeaseGranted");
    const clientId = `01${station.mac.replaceAll(":", "")}`;
    const holder = { mac: station.mac, clientId, hostname: null };
    expect(granted).toMatchObject({ ...byItself(station.mac, granted), data: { holder, leaseSeconds } });

    client.order("SIGUSR1");
    const early = await client.reported("renew");
    expect(early.address).toBe(address);
    expect(early.leaseSeconds).toBeLessThan(leaseSeconds);
    expect(await historyOf(address)).toEqual([granted]);

    await quarterAfter(granted);
    client.order("SIGUSR1");
    expect(await client.reported("renew")).toMatchObject({ address, leaseSeconds });
    const renewed = await happened(address, "LeaseRenewed");
    expect(renewed).toMatchObject({ ...byItself(station.mac, renewed), data: { holder } });
    expect(await station.addresses()).toEqual([address]);

    client.order("SIGUSR2");
    await client.reported("deconfig");
    expect(await station.addresses()).toEqual([]);
    const released = await happened(address, "LeaseReleased");
    expect(released).toMatchObject({ ...byItself(station.mac, released), data: { status: "free", holder } });
    expect(await historyOf(address)).toEqual([granted, renewed, released]);
  });

  test("dhclient gets a lease, has it confirmed after a restart, and releases it", async (context) => {
    const stations = stationsFor(context);
    const station = await stations.add(newMac());
    const leaseFile = join(folder, "dhclient.leases");
    await writeFile(leaseFile, "");
    const first = await startDhclient(station, folder, leaseFile);
    const { address, ...lease } = await first.reported("BOUND");
    expect(lease).toMatchObject({ leaseSeconds, server: "10.77.0.1" });
    expect(await station.addresses()).toEqual([address]);
    const granted = await happened(address, "LeaseGranted");
    const holder = { mac: station.mac, hostname: "station" };
    expect(granted).toMatchObject({ ...byItself(station.mac, granted), data: { holder } });
    await first.kill();

    await quarterAfter(granted);
    const second = await startDhclient(station, folder, leaseFile);
    expect(await second.reported("REBOOT")).toMatchObject({ address, leaseSeconds });
    const renewed = await happened(address, "LeaseRenewed");
    expect(renewed).toMatchObject({ ...byItself(station.mac, renewed), data: { holder } });

    await releaseByDhclient(station, folder, leaseFile);
    const released = await happened(address, "LeaseReleased");
    expect(released).toMatchObject({ ...byItself(station.mac, released), data: { status: "free" } });
    expect(await historyOf(address)).toEqual([granted, renewed, released]);
    expect(await station.addresses()).toEqual([]);
  });
});

describe("an address", () => {
  test("that is reserved goes to its machine alone", async (context) => {
    const stations = stationsFor(context);
    const [mac, address] = [newMac(), "10.77.0.200"];
    await mutate(service, "reserveAddress", { address, mac });
    const station = await stations.add(mac);
    const client = await startUdhcpc(station, folder, ["-r", "10.77.0.101"]);
    expect(await client.reported("bound")).toMatchObject({ address });

    const envious = await startUdhcpc(await stations.add(newMac()), folder, ["-r", address]);
    expect((await envious.reported("bound")).address).not.toBe(address);
  });

  test("that is reserved for a client with another one is given to it when it renews", async (context) => {
    const stations = stationsFor(context);
    const station = await stations.add(newMac());
    const client = await startUdhcpc(station, folder);
    const { address: former } = await client.reported("bound");
    await mutate(service, "reserveAddress", { address: "10.77.0.201", mac: station.mac });

    client.order("SIGUSR1");
    expect(await client.reported("nak")).toMatchObject({ message: "10.77.0.201 is reserved for you" });
    expect(await client.reported("bound")).toMatchObject({ address: "10.77.0.201" });
    expect(await station.addresses()).toEqual(["10.77.0.201"]);
    expect(former).not.toBe("10.77.0.201");
  });

  test("is never shared by clients that ask at the same time", async (context) => {
    const stations = stationsFor(context);
    const asking = Array.from({ length: 6 }, async () => {
      const client = await startUdhcpc(await stations.add(newMac()), folder);
      return (await client.reported("bound")).address;
    });
    const addresses = await Promise.all(asking);
    expect(new Set(addresses).size).toBe(6);
    for (const address of addresses)
      expect(await historyOf(address)).toMatchObject([{ type: "LeaseGranted" }]);
  });

  test("of another network is refused, and the client gets one of this", async (context) => {
    const stations = stationsFor(context);
    const station = await stations.add(newMac());
    const leaseFile = join(folder, "foreign.leases");
    await writeFile(leaseFile, rememberedLease("192.168.50.7"));
    const client = await startDhclient(station, folder, leaseFile);
    const { address } = await client.reported("BOUND");
    expect(address).toMatch(/^10\.77\.0\.1[01]\d$/);
    expect(await readFile(client.logFile, "utf8")).toMatch(
      /DHCPREQUEST for 192\.168\.50\.7[\s\S]*DHCPNAK from 10\.77\.0\.1/,
    );
    expect(await historyOf("192.168.50.7")).toEqual([]);
  });
});

/** As dhclient wrote it yesterday, somewhere else. */
function rememberedLease(address: string): string {
  const tomorrow = Math.floor(Date.now() / 1000) + 86_400;
  return `lease {
  interface "eth0";
  fixed-address ${address};
  option subnet-mask 255.255.255.0;
  option dhcp-lease-time 172800;
  option dhcp-message-type 5;
  option dhcp-server-identifier 192.168.50.1;
  renew epoch ${tomorrow};
  rebind epoch ${tomorrow};
  expire epoch ${tomorrow};
}
`;
}

describe("a client behind a relay", () => {
  test("gets an address of the relay's network, and renews it past the relay", async (context) => {
    const stations = stationsFor(context);
    const relay = await startRelay(stations);
    const client = await startUdhcpc(relay.far, folder);
    const { address, server } = await client.reported("bound");
    expect({ address, server }).toEqual({
      address: expect.stringMatching(/^10\.78\.0\.1[01]\d$/),
      server: "10.77.0.1",
    });
    const granted = await happened(address, "LeaseGranted");
    expect(granted.data).toMatchObject({ subnet: "far", relay: "10.78.0.1" });

    client.order("SIGUSR1");
    expect((await client.reported("renew")).address).toBe(address);
    expect(await historyOf(address)).toEqual([granted]);
  });

  /** dnsmasq as nothing but a relay, on a router between the wire and another one. */
  async function startRelay(stations: Stations): Promise<{ readonly far: Station }> {
    const router = await stations.add(newMac());
    await router.run("ip", "address", "add", "10.77.0.2/24", "dev", "eth0");
    await router.run("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
    await network.run("ip", "route", "add", "10.78.0.0/24", "via", "10.77.0.2");
    const far = await stations.add(newMac(), {
      namespace: router.namespace,
      port: "far",
      joins: { address: "10.78.0.1/24" },
    });
    const dnsmasq = ["dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--pid-file", "--user=root"];
    const words = [...dnsmasq, "--port=0", "--log-facility=-", "--dhcp-relay=10.78.0.1,10.77.0.1"];
    await router.start(words, { logFile: join(folder, "relay.log") });
    return { far };
  }
});

describe("a client that boots", () => {
  test("names its boot in all that follows, and keeps its secrets to itself", async (context) => {
    const stations = stationsFor(context);
    const station = await stations.add(newMac());
    const firmware = await startUdhcpc(station, folder, [...pxe]);
    const { address, bootFile } = await firmware.reported("bound");
    expect(bootFile).toBe("undionly.kpxe");
    await station.run("curl", "-sf", "tftp://10.77.0.1/undionly.kpxe", "-o", join(folder, "loader"));
    await firmware.kill();

    const ipxe = await startUdhcpc(station, folder, [
      ...pxe,
      "-x",
      `77:${Buffer.from("iPXE").toString("hex")}`,
    ]);
    const { address: same, bootFile: scriptUrl } = await ipxe.reported("bound");
    expect(same).toBe(address);
    const script = await station.run("curl", "-sf", scriptUrl);
    expect(script).toMatch(/^#!ipxe\n/);

    const own = await eventually(async () => {
      const log = await readLog(service);
      const boot = log.find(({ stream }) => stream === `boot-${station.mac}`);
      const followed = log.filter(({ correlationId }) => correlationId === boot?.eventId);
      return followed.some(({ type }) => type === "BootScriptServed") ? followed : undefined;
    });
    expect(own.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["PxeRequested", "LeaseGranted", "BootFileServed", "BootScriptServed"]),
    );
    const [{ eventId: bootId } = { eventId: "" }] = own;
    expect(new Set(own.map(({ causationId }) => causationId))).toEqual(new Set([bootId]));

    const other = await stations.add(newMac());
    await (await startUdhcpc(other, folder)).reported("bound");
    const status = ["-s", "-o", "/dev/null", "-w", "%{http_code}"];
    expect(await other.run("curl", ...status, scriptUrl)).toBe("404");
    seen.push(tokenIn(script), /\/boot\/([^/]+)\//.exec(scriptUrl)?.[1] ?? "");
  });

  const pxe = ["-V", "PXEClient:Arch:00000:UNDI:002001", "-x", "93:0000"];
});

/** What was handed out to machines: a discovery token and a nonce. */
const seen: string[] = [];

function tokenIn(script: string): string {
  return / ironledger\.token=(\S+)/.exec(script)?.[1] ?? "";
}

describe("stopping the service", () => {
  test("takes a few seconds, and leaves its secrets where they belong alone", async () => {
    const commandLines = await commandLinesOf(service.pid);
    const beganMs = performance.now();
    expect(await service.stop()).toBe(0);
    expect(performance.now() - beganMs).toBeLessThan(10_000);

    const { dataDirectory, logFile } = service;
    const known = (await secretsOf(dataDirectory)).map(({ bytes }) => Buffer.from(bytes).toString("hex"));
    for (const token of seen) {
      const hex = Buffer.from(token, "base64url").toString("hex");
      expect(known).toContainEqual(expect.toSatisfy((secret: string) => hex.endsWith(secret)));
    }
    const places = { directories: [dataDirectory], logFiles: [logFile], commandLines };
    expect(await leakedSecrets(places)).toEqual([]);
  });
});

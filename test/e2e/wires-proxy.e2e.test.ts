import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startUdhcpc } from "./support/dhcp-programs.ts";
import { requestInside } from "./support/reach-inside.ts";
import type { InsideService } from "./support/service-inside.ts";
import { readLog } from "./support/site.ts";
import { type Station, stationsOn } from "./support/station.ts";
import { createWireSite, type WireSite } from "./support/wire-site.ts";

/** The network's own server, on a host of its own; another one that nobody asked for comes later. */
const [ours, theirs, rogue] = ["10.77.0.1", "10.77.0.2", "10.77.0.3"];

let site: WireSite;
let service: InsideService;
let client: Station;
let stations: ReturnType<typeof stationsOn>;

beforeAll(async () => {
  site = await createWireSite();
  stations = stationsOn(site.network);
  await leaseAt(theirs, "52:54:00:99:02:02", "10.77.0.50,10.77.0.69");
  client = await stations.add("52:54:00:99:02:10");
  // Without a route, its kernel would not let a program broadcast.
  await client.run("ip", "address", "add", "10.77.0.200/24", "dev", "eth0");
  await client.run("ip", "route", "add", "default", "dev", "eth0");
  const wire = { address: ours, dhcp: "proxy", rogueProbeSeconds: 1, trustedServers: [theirs] };
  service = await site.start({ wire });
  await site.define(service, 77);
});

afterAll(async () => {
  await stations?.close();
  await site?.close();
});

/** dnsmasq, leasing a range. */
async function leaseAt(address: string, mac: string, range: string): Promise<void> {
  const host = await stations.add(mac);
  await host.run("ip", "address", "add", `${address}/24`, "dev", "eth0");
  const dnsmasq = ["dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--pid-file", "--user=root"];
  const words = ["--port=0", "--log-facility=-", `--dhcp-range=${range},1h`, "--leasefile-ro", "--no-ping"];
  await host.start([...dnsmasq, ...words], { logFile: join(site.folder, `dnsmasq-${address}.log`) });
}

/** Sends a DHCP message from the client's host, and gives what is heard within two seconds. */
async function exchange(
  station: Station,
  words: Readonly<Record<string, unknown>>,
): Promise<readonly Heard[]> {
  const program = join(import.meta.dirname, "support/raw-client.ts");
  const printed = await station.run(
    process.execPath,
    program,
    JSON.stringify({ mac: station.mac, ...words }),
  );
  return printed
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

interface Heard {
  readonly from: string;
  readonly port: number;
  readonly type: string;
  readonly yiaddr: string;
  readonly siaddr: string;
  readonly server: string;
  readonly vendorClass: string | null;
  readonly bootFile: string | null;
  readonly file: string;
  readonly uuid: string | null;
}

const firmware = { vendorClass: "PXEClient:Arch:00007:UNDI:003000", architecture: "x64-uefi" };

test("offers firmware that there is something to boot, and no address", async () => {
  const heard = await exchange(client, { ...firmware, type: "discover", to: "255.255.255.255" });
  expect(heard.filter(({ from }) => from === ours)).toEqual([
    {
      ...{ from: ours, port: 67, type: "offer", yiaddr: "0.0.0.0", siaddr: ours, server: ours },
      ...{ vendorClass: "PXEClient", bootFile: null, file: "", uuid: "11223344-5566-7788-99aa-bbccddeeff00" },
    },
  ]);
  expect(heard.find(({ from }) => from === theirs)?.yiaddr).toMatch(/^10\.77\.0\.\d+$/);
});

test("leaves everything else to the network's own server", async () => {
  const plain = await exchange(client, { type: "discover", to: "255.255.255.255" });
  expect(plain.map(({ from }) => from)).toEqual([theirs]);
  const request = await exchange(client, {
    ...{ ...firmware, type: "request", to: "255.255.255.255" },
    ...{ requested: "192.0.2.7", server: ours },
  });
  expect(request.filter(({ from }) => from === ours)).toEqual([]);
});

test("names the loader on port 4011, and the script for the address that asks", async () => {
  const lease = await startUdhcpc(client, site.folder);
  const { address, server } = await lease.reported("bound");
  expect(server).toBe(theirs);
  const asked = { type: "request", to: ours, port: 4011, ciaddr: address };
  const [loader, ...none] = await exchange(client, { ...firmware, ...asked });
  expect(none).toEqual([]);
  expect(loader).toMatchObject({
    ...{ from: ours, port: 4011, type: "ack", yiaddr: "0.0.0.0", siaddr: ours, server: ours },
    ...{ vendorClass: "PXEClient", bootFile: "snponly.efi", file: "snponly.efi" },
  });
  await client.run("curl", "-sf", `tftp://${ours}/snponly.efi`, "-o", "/dev/null");

  // GRUB, which firmware of Secure Boot loads, asks for its script by TFTP, from the address that asked on 4011.
  expect(await client.run("curl", "-sf", `tftp://${ours}/grub/grub.cfg`)).toMatch(/^\s*linux /m);
  await expect(site.network.run("curl", "-sf", `tftp://${ours}/grub/grub.cfg`)).rejects.toThrow();

  const [script] = await exchange(client, { ...firmware, ...asked, userClass: "iPXE" });
  expect(script?.bootFile).toMatch(`http://${ours}:8080/boot/`);
  const informed = await exchange(client, { ...firmware, ...asked, userClass: "iPXE", type: "inform" });
  expect(informed[0]?.bootFile).toMatch(`http://${ours}:8080/boot/`);
  expect(await client.run("curl", "-sf", script?.bootFile ?? "")).toMatch(/^#!ipxe\n/);
  const elsewhere = ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", script?.bootFile ?? ""];
  expect(await site.network.run(...(elsewhere as [string, ...string[]]))).toBe("404");

  const log = await eventually(async () => {
    const events = await readLog(service);
    const ofClient = events.filter(({ stream }) => stream === `boot-${client.mac}`);
    return ofClient.some(({ type }) => type === "BootScriptServed") ? events : undefined;
  });
  const types = log.filter(({ stream }) => stream === `boot-${client.mac}`).map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(["PxeRequested", "BootFileServed", "BootScriptServed"]));
  expect(log.filter(({ stream }) => stream.startsWith("address-"))).toEqual([]);
});

test("gives firmware that boots by HTTP the loader's URL at once", async () => {
  const http = { vendorClass: "HTTPClient:Arch:00016:UNDI:003000", architecture: "x64-uefi-http" };
  const heard = await exchange(client, { ...http, type: "discover", to: "255.255.255.255" });
  const offer = heard.find(({ from }) => from === ours);
  expect(offer).toMatchObject({ yiaddr: "0.0.0.0", vendorClass: "HTTPClient" });
  const url = offer?.bootFile ?? "";
  expect(url).toMatch(/\/loaders\/snponly\.efi$/);
  await client.run("curl", "-sf", url, "-o", "/dev/null");
  // What works from every address is good for a loader, and for nothing else.
  const status = ["-s", "-o", "/dev/null", "-w", "%{http_code}"];
  const script = url.replace(/loaders\/.*/, "script.ipxe");
  expect(await client.run("curl", ...status, script)).toBe("404");
});

test("reports a server that nobody named, once, and not the one that is trusted", async () => {
  await leaseAt(rogue, "52:54:00:99:02:03", "10.77.0.80,10.77.0.89");
  const seen = await eventually(async () => {
    const found = (await readLog(service)).filter(({ type }) => type === "RogueServerSeen");
    return found.length > 0 ? found : undefined;
  });
  const data = { server: rogue, wire: ours, mac: "52:54:00:99:02:03" };
  expect(seen).toMatchObject([{ stream: "network", data }]);
  const metrics = await eventually(async () => {
    const headers = { authorization: `Bearer ${service.token}` };
    const { body } = await requestInside(service.apiSocket, "/metrics", { headers });
    const answers = /^ironledger_rogue_dhcp_reports_total\{[^}]*outcome="answers"[^}]*\} (\d+)/m.exec(body);
    return Number(answers?.[1]) > 2 ? body : undefined;
  });
  expect(metrics).toMatch(/^ironledger_rogue_dhcp_servers\{[^}]*wire="10\.77\.0\.1"[^}]*\} 1$/m);
  expect((await readLog(service)).filter(({ type }) => type === "RogueServerSeen")).toHaveLength(1);
});

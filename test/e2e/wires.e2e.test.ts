import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startUdhcpc } from "./support/dhcp-programs.ts";
import { requestInside } from "./support/reach-inside.ts";
import type { InsideService } from "./support/service-inside.ts";
import { readLog } from "./support/site.ts";
import { createWireSite, launcher, type WireSite } from "./support/wire-site.ts";

let site: WireSite;

beforeEach(async () => {
  site = await createWireSite();
});

afterEach(() => site?.close());

const pxe = ["-V", "PXEClient:Arch:00000:UNDI:002001", "-x", "93:0000"];
const ipxe = [...pxe, "-x", `77:${Buffer.from("iPXE").toString("hex")}`];
const both = [launcher, "--wire", "w1", "--wire", "w2"];
const twoWires = { wire: { interface: "w1" }, moreWires: [{ interface: "w2" }] };

/** What `/readyz` names. */
async function unready(service: InsideService): Promise<readonly string[]> {
  const { body } = await requestInside(service.apiSocket, "/readyz", {});
  const { reasons = [] } = JSON.parse(body) as { reasons?: readonly { readonly code: string }[] };
  return reasons.map(({ code }) => code);
}

describe("several wires", () => {
  test("each serve their own clients, in the name of their own address", async () => {
    const first = await site.plug("w1", "10.81.0.1");
    const second = await site.plug("w2", "10.82.0.1");
    const service = await site.start(twoWires, both);
    await site.define(service, 81);
    await site.define(service, 82);

    for (const [station, net] of [
      [first, "10.81.0"],
      [second, "10.82.0"],
    ] as const) {
      const firmware = await startUdhcpc(station, site.folder, pxe);
      const lease = await firmware.reported("bound");
      expect(lease).toMatchObject({ server: `${net}.1`, bootFile: "undionly.kpxe" });
      expect(lease.address.startsWith(`${net}.1`)).toBe(true);
      await station.run("curl", "-sf", `tftp://${net}.1/undionly.kpxe`, "-o", "/dev/null");
      await firmware.kill();
      const chained = await (await startUdhcpc(station, site.folder, ipxe)).reported("bound");
      expect(chained.bootFile).toMatch(`http://${net}.1:8080/boot/`);
      expect(await station.run("curl", "-sf", chained.bootFile)).toMatch(/^#!ipxe\n/);
    }
  });

  test("follow their addresses, and one that is down leaves the other alone", async () => {
    const first = await site.plug("w1", "10.81.0.1");
    const second = await site.plug("w2", "10.82.0.1");
    const service = await site.start(twoWires, both);
    await site.define(service, 81);
    await site.define(service, 82);

    await site.network.run("ip", "address", "del", "10.81.0.1/24", "dev", "w1");
    await eventually(async () => ((await unready(service)).includes("WIRE_DOWN") ? true : undefined));
    const other = await startUdhcpc(second, site.folder, pxe);
    expect(await other.reported("bound")).toMatchObject({ server: "10.82.0.1" });

    await site.network.run("ip", "address", "add", "10.81.0.9/24", "dev", "w1");
    await eventually(async () => ((await unready(service)).length === 0 ? true : undefined));
    const moved = await startUdhcpc(first, site.folder, ipxe);
    const { server, bootFile } = await moved.reported("bound");
    expect(server).toBe("10.81.0.9");
    expect(await first.run("curl", "-sf", bootFile)).toMatch(/^#!ipxe\n/);
    await first.run("curl", "-sf", "tftp://10.81.0.9/undionly.kpxe", "-o", "/dev/null");
  });

  test("are refused without sockets that are bound to them", async () => {
    await site.plug("w1", "10.81.0.1");
    await site.plug("w2", "10.82.0.1");
    await expect(site.start(twoWires)).rejects.toThrow(
      /wire, moreWires\[0\]: several wires need a socket each .* ironledger-sockets --wire w1 --wire w2/,
    );
  });
});

describe("an interface that is deleted and made anew", () => {
  test("takes its sockets with it, and the service says that it has to be restarted", async () => {
    await site.plug("w1", "10.81.0.1");
    const service = await site.start({ wire: { interface: "w1" } }, [launcher, "--wire", "w1"]);
    await site.network.run("ip", "link", "del", "w1");
    await site.plug("w1", "10.81.0.1");
    const reasons = await eventually(async () => {
      const headers = { authorization: `Bearer ${service.token}` };
      const { body } = await requestInside(service.apiSocket, "/readyz/details", { headers });
      return body.includes("made anew") ? body : undefined;
    });
    expect(reasons).toMatch(/"WIRE_DOWN".*w1: its interface was made anew, .*: restart the service with new/);
    expect(await unready(service)).toEqual(["WIRE_DOWN"]);
  });

  test("is served as before when the sockets are the service's own", async () => {
    await site.plug("w1", "10.81.0.1");
    const service = await site.start({ wire: { interface: "w1" } });
    await site.define(service, 81);
    await site.network.run("ip", "link", "del", "w1");
    await eventually(async () => ((await unready(service)).includes("WIRE_DOWN") ? true : undefined));
    const client = await site.plug("w1", "10.81.0.1");
    await eventually(async () => ((await unready(service)).length === 0 ? true : undefined));
    const { bootFile } = await (await startUdhcpc(client, site.folder, ipxe)).reported("bound");
    expect(await client.run("curl", "-sf", bootFile)).toMatch(/^#!ipxe\n/);
  });
});

describe("a wire where leases are ours", () => {
  test("is asked for other servers by its own socket, and the question is not answered by us", async () => {
    const host = await site.plug("w1", "10.81.0.1");
    await host.run("ip", "address", "add", "10.81.0.3/24", "dev", "eth0");
    const dnsmasq = ["dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--pid-file", "--user=root"];
    const range = ["--port=0", "--log-facility=-", "--dhcp-range=10.81.0.50,10.81.0.60,1h", "--leasefile-ro"];
    await host.start([...dnsmasq, ...range, "--no-ping"], { logFile: `${site.folder}/rogue.log` });
    const wire = { interface: "w1", rogueProbeSeconds: 1 };
    const service = await site.start({ wire }, [launcher, "--wire", "w1"]);
    await site.define(service, 81);
    const seen = await eventually(async () => {
      const found = (await readLog(service)).filter(({ type }) => type === "RogueServerSeen");
      return found.length > 0 ? found : undefined;
    });
    expect(seen).toMatchObject([{ data: { server: "10.81.0.3", wire: "w1", mac: host.mac } }]);
    const headers = { authorization: `Bearer ${service.token}` };
    const { body } = await requestInside(service.apiSocket, "/metrics", { headers });
    expect(body).toMatch(/^ironledger_rogue_dhcp_servers\{[^}]*wire="w1"[^}]*\} 1$/m);
    expect(body).toMatch(/^ironledger_wire_datagrams_total\{[^}]*direction="out"[^}]*\} 0$/m);
  });
});

describe("one wire by its interface", () => {
  test("is followed without sockets of its own", async () => {
    const client = await site.plug("w1", "10.81.0.1");
    const service = await site.start({ wire: { interface: "w1" } });
    await site.define(service, 81);
    await site.network.run("ip", "address", "del", "10.81.0.1/24", "dev", "w1");
    await eventually(async () => ((await unready(service)).includes("WIRE_DOWN") ? true : undefined));
    await site.network.run("ip", "address", "add", "10.81.0.7/24", "dev", "w1");
    await eventually(async () => ((await unready(service)).length === 0 ? true : undefined));
    const lease = await (await startUdhcpc(client, site.folder, pxe)).reported("bound");
    expect(lease).toMatchObject({ server: "10.81.0.7", bootFile: "undionly.kpxe" });
    await client.run("curl", "-sf", "tftp://10.81.0.7/undionly.kpxe", "-o", "/dev/null");
    expect(await readFile(service.logFile, "utf8")).toContain("a wire is down");
  });

  test("waits for an address that is not there yet", async () => {
    await site.network.run("ip", "link", "add", "late", "type", "veth", "peer", "name", "late-end");
    await site.network.run("ip", "link", "set", "late-end", "up");
    const service = await site.start({ wire: { interface: "late" } });
    expect(await unready(service)).toEqual(["WIRE_DOWN"]);
    await site.network.run("ip", "address", "add", "10.83.0.1/24", "dev", "late");
    await site.network.run("ip", "link", "set", "late", "up");
    await eventually(async () => ((await unready(service)).length === 0 ? true : undefined));
    await site.network.run("curl", "-s", "-o", "/dev/null", "http://10.83.0.1:8080/");
  });
});

describe("what opens the sockets", () => {
  test("says what it cannot bind, and runs nothing then", async () => {
    const start = (...wires: readonly string[]) =>
      site.network.run(launcher, ...wires.flatMap((name) => ["--wire", name]), "true");
    await expect(start("eth9")).rejects.toMatchObject({
      ...{
        code: 3,
        stderr: "ironledger-sockets: eth9: cannot bind a socket to this interface: No such device\n",
      },
    });
    await expect(start("")).rejects.toMatchObject({ code: 2 });
    await expect(start("eth1-and-more-letters")).rejects.toMatchObject({ code: 2 });
    await expect(site.network.run(launcher, "--ports", "67,", "--wire", "lo", "true")).rejects.toMatchObject({
      ...{ code: 2, stderr: expect.stringMatching(/^ironledger-sockets: {2}is no port\nusage: /) },
    });
    await expect(start("lo", "lo")).rejects.toMatchObject({
      ...{ code: 3, stderr: expect.stringContaining("lo: cannot listen on port 67: Address already in use") },
    });
  });

  test("becomes the user, and passes the sockets on to the program that it becomes", async () => {
    const shown =
      'echo "$(id -un) $(id -Gn) $LISTEN_FDS $LISTEN_FDNAMES $([ $LISTEN_PID = $$ ] && echo same)"; ls /proc/$$/fd';
    const told = await site.network.run(launcher, "--user", "nobody", "--wire", "lo", "sh", "-c", shown);
    expect(told).toMatch(/^nobody nogroup 3 lo:lo:lo same\n/);
    expect(told.split("\n")).toEqual(expect.arrayContaining(["3", "4", "5"]));
  });
});

describe("another DHCP server on the host", () => {
  test("may stay beside a service that only answers on port 4011", async () => {
    const client = await site.plug("w1", "10.81.0.1");
    await startDnsmasq();
    const service = await site.start({ wire: { interface: "w1", dhcp: "boot-server" } });
    await site.define(service, 81);
    const { address, server } = await (await startUdhcpc(client, site.folder, pxe)).reported("bound");
    expect(address).toMatch(/^10\.81\.0\.(?:5\d|60)$/);
    expect(server).toBe("10.81.0.1");

    const words = { mac: client.mac, type: "request", to: server, port: 4011, ciaddr: address };
    const firmware = { vendorClass: "PXEClient:Arch:00000:UNDI:002001", architecture: "x86-bios" };
    const program = join(import.meta.dirname, "support/raw-client.ts");
    const heard = await client.run(process.execPath, program, JSON.stringify({ ...words, ...firmware }));
    expect(JSON.parse(heard)).toMatchObject({ type: "ack", port: 4011, bootFile: "undionly.kpxe" });
  });

  test("is noticed even when it shares the port, and named as the reason not to start", async () => {
    await site.plug("w1", "10.81.0.1");
    await startDnsmasq();
    await expect(site.start({ wire: { interface: "w1" } })).rejects.toThrow(
      /wire\.dhcpPort: cannot listen on 10\.81\.0\.1:67 \(EADDRINUSE\): another process has it/,
    );
  });

  /** Leases on all interfaces of the host, and lets others share its port. */
  async function startDnsmasq(): Promise<void> {
    const dnsmasq = ["dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--pid-file", "--user=root"];
    const range = ["--port=0", "--log-facility=-", "--dhcp-range=10.81.0.50,10.81.0.60,1h"];
    await site.network.start([...dnsmasq, ...range, "--leasefile-ro", "--no-ping"], {
      logFile: `${site.folder}/other.log`,
    });
    await eventually(async () => {
      const sockets = await site.network.run("cat", "/proc/net/udp");
      return sockets.includes(":0043 ") ? true : undefined;
    });
  }
});

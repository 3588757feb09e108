import { afterEach, describe, expect, test, vi } from "vitest";
import { sha256Of } from "../../../src/boot/digest.ts";
import { fileInMemory, type TftpFiles } from "../../../src/boot/tftp/files.ts";
import { startTftpServer, type TftpServer } from "../../../src/boot/tftp/server.ts";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { freeUdpPorts } from "../../../src/rehearsal/ports.ts";
import { handClient, loadAll } from "./hand-client.ts";

const patienceMs = 30_000;
/** Octets of a request without options: opcode, "a", "octet". */
const shortestRequestBytes = 2 + 2 + 6;
/** IPv4 and UDP in front of each packet. */
const networkBytes = 28;

const bytes = Buffer.alloc(100_000, "loader");
const loader = fileInMemory({ name: "a", bytes, sha256: sha256Of(bytes) });
const onlyLoader: TftpFiles = { find: async (asked) => (asked === "a" ? loader : undefined) };

let server: TftpServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(
  options: { files?: TftpFiles; transfersMax?: number; transfersPerSourceMax?: number } = {},
) {
  const [port = 0] = await freeUdpPorts(1);
  const errors: unknown[] = [];
  const started = await startTftpServer({
    address: Ipv4.parse("127.0.0.1"),
    port,
    files: options.files ?? onlyLoader,
    observer: { served: () => undefined, refused: () => undefined },
    onError: (error) => errors.push(error),
    ...options,
  });
  server = started;
  return { port, errors, server: started };
}

describe("whoever writes a stranger's address on a request", () => {
  test("has him sent three packets at the most, however large the window is that was asked for", async () => {
    const { port, server } = await start();
    const victim = await handClient(port);
    victim.read("a", { blksize: "1468", windowsize: "64", timeout: "10", tsize: "0" });
    await vi.waitFor(() => expect(server.counters()).toMatchObject({ silent: 1, active: 0 }), patienceMs);
    expect(victim.heard().packets).toBe(3);
    expect(victim.heard().bytes).toBeLessThan(3 * 70);
    victim.close();
  });

  test("gains a factor of 43 once, and not again while eight transfers wait for the stranger", async () => {
    const { port, server } = await start();
    const ports = await Promise.all(Array.from({ length: 20 }, () => handClient(port)));
    for (const victim of ports) victim.read("a");
    await vi.waitFor(
      () => expect(server.counters()).toMatchObject({ silent: 8, active: 0, overShare: 12 }),
      patienceMs,
    );
    const heard = ports.map((victim) => victim.heard()).filter(({ packets }) => packets > 0);
    expect(heard).toHaveLength(8);
    for (const { bytes, packets } of heard) {
      const factor = (bytes + packets * networkBytes) / (shortestRequestBytes + networkBytes);
      expect(factor).toBeLessThanOrEqual(43);
    }
    for (const victim of ports) victim.close();
  });

  test("has him refused sixty times in ten seconds at the most, in few words", async () => {
    const { port, server } = await start();
    const victim = await handClient(port);
    for (let request = 0; request < 150; request++) victim.read("a", {}, "mail");
    await vi.waitFor(() => expect(server.counters()).toMatchObject({ refused: 150, untold: 90 }), patienceMs);
    await vi.waitFor(() => expect(victim.heard().packets).toBe(60), patienceMs);
    expect(victim.heard().bytes).toBeLessThan(60 * 64);
    victim.close();
  });

  test("has him told of an absent file in hardly more octets than were asked with, whatever they are", async () => {
    const { port, server } = await start();
    const victim = await handClient(port);
    const name = '\x01\x1f"\\\x7f\xff'.repeat(20);
    victim.read(name);
    await vi.waitFor(() => expect(victim.heard().packets).toBe(1), patienceMs);
    expect(server.counters()).toMatchObject({ refused: 1 });
    expect(victim.heard().bytes).toBeLessThan(name.length + 32);
    victim.close();
  });
});

describe("ten thousand requests of as many clients", () => {
  test("take a bounded number of places, and the next machine is served", async () => {
    let looks = 0;
    const find: TftpFiles["find"] = (...asked) => {
      looks += 1;
      return onlyLoader.find(...asked);
    };
    const { port, server, errors } = await start({ files: { find } });
    const before = process.memoryUsage.rss();
    let sent = 0;
    let most = 0;
    for (let round = 0; round < 100; round++) {
      const flood = await Promise.all(
        // Every address of the loopback network is this host's.
        Array.from({ length: 100 }, (_, index) => handClient(port, `127.9.${round}.${index + 1}`)),
      );
      for (const client of flood) client.read("a", { blksize: "1468" });
      sent += flood.length;
      // The kernel would drop what its buffer has no room for, so the server keeps up with each hundred.
      await vi.waitFor(() => expect(looks + server.counters().dropped).toBe(sent), {
        timeout: patienceMs,
        interval: 1,
      });
      most = Math.max(most, server.counters().active);
      for (const client of flood) client.close();
    }
    expect(sent).toBe(10_000);
    expect(most).toBe(256);
    expect(server.counters().evicted).toBeGreaterThan(0);
    expect(process.memoryUsage.rss() - before).toBeLessThan(150e6);
    const machine = await handClient(port, "127.8.0.1");
    machine.read("a", { blksize: "1468" });
    expect((await loadAll(machine, 1_468)).equals(bytes)).toBe(true);
    expect(errors).toEqual([]);
    machine.close();
  });
});

describe("clients that never answer", () => {
  test("give way to newer ones, so a machine that answers is served", async () => {
    const { port, server } = await start({ transfersMax: 4 });
    const flood = await Promise.all(
      Array.from({ length: 6 }, (_, index) => handClient(port, `127.9.0.${index + 1}`)),
    );
    for (const client of flood) client.read("a");
    await vi.waitFor(() => {
      const { active, dropped, evicted } = server.counters();
      expect(active + dropped + evicted).toBe(6);
    }, patienceMs);
    const machine = await handClient(port);
    machine.read("a", { blksize: "1468" });
    expect((await loadAll(machine, 1_468)).equals(bytes)).toBe(true);
    expect(server.counters().evicted).toBeGreaterThan(0);
    machine.close();
    for (const client of flood) client.close();
  });

  test("do not drive out a machine that has answered", async () => {
    const { port, server } = await start({ transfersMax: 2 });
    const machine = await handClient(port);
    machine.read("a", { blksize: "1468" });
    await machine.receive();
    machine.acknowledge(0);
    const loaded = loadAll(machine, 1_468);
    await vi.waitFor(() => expect(machine.heard().packets).toBeGreaterThan(1), patienceMs);
    const flood = await Promise.all(
      Array.from({ length: 30 }, (_, index) => handClient(port, `127.9.0.${index + 1}`)),
    );
    for (const client of flood) client.read("a");
    expect((await loaded).equals(bytes)).toBe(true);
    await vi.waitFor(() => expect(server.counters().completed).toBe(1), patienceMs);
    machine.close();
    for (const client of flood) client.close();
  });
});

describe("a source of files", () => {
  test("tells machines apart by their address", async () => {
    const perMachine: TftpFiles = {
      async find(asked, source) {
        const config = Buffer.from(`${asked} for ${source}`);
        return fileInMemory({ name: asked, bytes: config, sha256: sha256Of(config) });
      },
    };
    const { port } = await start({ files: perMachine });
    for (const address of ["127.0.0.1", "127.7.7.7"]) {
      const machine = await handClient(port, address);
      machine.read("//grub//grub.cfg");
      expect(String(await loadAll(machine, 512))).toBe(`grub/grub.cfg for ${address}`);
      machine.close();
    }
  });

  test("that fails is told to the operator, and to the machine as an absent file", async () => {
    const { port, errors } = await start({ files: { find: () => Promise.reject(new Error("no disk")) } });
    const machine = await handClient(port);
    machine.read("a");
    await expect(machine.receive()).resolves.toMatchObject({ kind: "error", code: 1 });
    expect(errors).toMatchObject([{ message: "no disk" }]);
    machine.close();
  });

  test("that fails while the server closes fails nothing else", async () => {
    let fail: (error: Error) => void = () => undefined;
    const looking = new Promise<undefined>((_, reject) => {
      fail = reject;
    });
    const { port, server: closing, errors } = await start({ files: { find: () => looking } });
    const machine = await handClient(port);
    machine.read("a");
    await vi.waitFor(() => expect(closing.counters()).toMatchObject({ active: 1 }), patienceMs);
    server = undefined;
    const closed = closing.close(patienceMs);
    fail(new Error("no disk"));
    expect(await closed).toBe(0);
    expect(errors).toMatchObject([{ message: "no disk" }]);
    expect(closing.counters()).toMatchObject({ active: 0, refused: 1, untold: 0 });
    machine.close();
  });

  test("that never answers keeps no place for longer than ten seconds", async () => {
    const { port, server } = await start({ files: { find: () => new Promise(() => undefined) } });
    const machine = await handClient(port);
    machine.read("a");
    await vi.waitFor(() => expect(server.counters()).toMatchObject({ active: 1 }), patienceMs);
    await vi.waitFor(() => expect(server.counters()).toMatchObject({ active: 0, failed: 1 }), patienceMs);
    machine.close();
  });
});

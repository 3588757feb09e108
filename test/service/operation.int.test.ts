import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { serviceEntry } from "../../src/paths.ts";
import { metricNames } from "../../src/service/metrics/catalogue.ts";
import { readyReasons } from "../../src/service/ready-reasons.ts";
import { eventually } from "../support/eventually.ts";
import { createSite, type RunningService, type Site, startService } from "../support/service-under-test.ts";

let assets: string;
let site: Site;
let service: RunningService;
let base: string;

beforeEach(async () => {
  assets = await mkdtemp(join(tmpdir(), "ironledger-assets-"));
  // It takes many blocks.
  await writeFile(join(assets, "undionly.kpxe"), Buffer.alloc(64 * 1_024, 0x5a));
  site = await createSite(assets);
});

afterEach(async () => {
  await service?.kill();
  await site.remove();
  await rm(assets, { recursive: true, force: true });
});

async function start(changes: object = {}): Promise<void> {
  const file = await site.configFor(site.dataDirectory);
  await writeFile(file, stringify({ ...parse(await readFile(file, "utf8")), ...changes }));
  service = await startService(file, join(site.directory, "service.log"));
  base = service.api.replace("/graphql", "");
}

function get(path: string, token?: string): Promise<Response> {
  return fetch(base + path, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
}

describe("a service that runs", () => {
  test("is ready, tells why to those who may know, and measures everything that it says it does", async () => {
    await start();
    expect(await (await get("/readyz")).json()).toEqual({ status: "ready" });
    expect((await get("/readyz/details")).status).toBe(401);
    expect((await get("/metrics")).status).toBe(401);
    const details = await (await get("/readyz/details", service.token)).json();
    expect(details).toMatchObject({ status: "ready", reasons: [], diskFreeBytes: expect.any(Number) });

    await service.graphql("{ position }");
    expect((await fetch(`${service.boot}/boot/x/script.ipxe`)).status).toBe(404);
    const response = await get("/metrics", service.token);
    expect(response.headers.get("content-type")).toContain("text/plain");
    const text = await response.text();
    const described = [...text.matchAll(/^# HELP (ironledger_\w+) /gm)].map(([, name = ""]) => name);
    const ofFiles = metricNames.filter((name) => !name.startsWith("ironledger_engine_"));
    expect(described.toSorted()).toEqual(ofFiles.toSorted());
    for (const thread of ["main", "log", "api"])
      expect(text).toContain(`ironledger_thread_up{thread="${thread}"} 1`);
    for (const reason of Object.keys(readyReasons))
      expect(text).toContain(`ironledger_unready{reason="${reason}"} 0`);
    expect(text).toMatch(/^ironledger_log_appends_total\{outcome="appended"\} [1-9]/m);
    expect(text).toContain(
      'ironledger_boot_http_requests_total{route="/boot/:nonce/script.ipxe",status="4xx"} 1',
    );
    expect(text).toContain('ironledger_machines{state="deployed"} 0');
    expect(text).toMatch(/^process_cpu_seconds_total /m);
    expect(text).not.toContain(service.token);
  });

  test("counts the connections of machines that it turns away", async () => {
    await start();
    const { port } = new URL(service.boot);
    const sockets = Array.from({ length: 70 }, () =>
      connect(Number(port), "127.0.0.1").on("error", () => undefined),
    );
    const refused = 'ironledger_boot_http_connections_refused_total{reason="per_source"} 6';
    await eventually(async () =>
      (await (await get("/metrics", service.token)).text()).includes(refused) ? true : undefined,
    );
    for (const socket of sockets) socket.destroy();
  });

  test("is not ready while there is less space than it wants", async () => {
    await start({ readiness: { diskFreeBytes: 1_099_511_627_776 } });
    const response = await get("/readyz");
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      status: "not ready",
      reasons: [{ code: "DISK_LOW", message: readyReasons.DISK_LOW }],
    });
    const details = await (await get("/readyz/details", service.token)).json();
    expect(details).toMatchObject({
      reasons: [{ code: "DISK_LOW", detail: expect.stringContaining("bytes are free") }],
    });
  });
});

/** Asks for the loader by TFTP; `next` acknowledges a block and resolves to the number of the one that follows. */
async function transfer() {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  let from = { port: site.ports.tftp };
  async function send(datagram: Buffer): Promise<number> {
    const answer = once(socket, "message");
    socket.send(datagram, from.port, "127.0.0.1");
    const [data, remote] = (await answer) as [Buffer, { port: number }];
    from = remote;
    expect(data.readUInt16BE(0)).toBe(3);
    last = data.length < 516;
    return data.readUInt16BE(2);
  }
  let last = false;
  const request = Buffer.concat([Buffer.from([0, 1]), Buffer.from("undionly.kpxe\0octet\0")]);
  return {
    begin: () => send(request),
    next: (block: number) => send(Buffer.from([0, 4, block >> 8, block & 255])),
    /** Acknowledges the last block, after which nothing comes. */
    end: (block: number) => socket.send(Buffer.from([0, 4, block >> 8, block & 255]), from.port, "127.0.0.1"),
    isLast: () => last,
    close: () => socket.close(),
  };
}

describe("a service that is told to stop", () => {
  test("says so first, lets a transfer come to its end, and ends well", async () => {
    await start({ stopSeconds: 30 });
    const client = await transfer();
    let block = await client.begin();
    const exited = once(service.process, "exit");
    // npm sends the signal of a terminal a second time.
    service.process.kill("SIGINT");
    service.process.kill("SIGINT");
    expect(await (await get("/metrics", service.token)).text()).toContain("ironledger_tftp_transfers 1");
    await eventually(async () => ((await get("/readyz")).status === 503 ? true : undefined));
    expect(await (await get("/readyz")).json()).toMatchObject({ reasons: [{ code: "STOPPING" }] });
    await expect(service.graphql("{ position }")).rejects.toThrow("LOG_CLOSED");
    while (!client.isLast()) block = await client.next(block);
    client.end(block);
    expect(await exited).toEqual([0, null]);
    client.close();
  });

  test("cuts off what takes too long, and says what that was", async () => {
    await start({ stopSeconds: 2 });
    const client = await transfer();
    await client.begin();
    const exited = once(service.process, "exit");
    service.process.kill("SIGTERM");
    expect(await exited).toEqual([1, null]);
    client.close();
    const told = await readFile(join(site.directory, "service.log"), "utf8");
    expect(told).toContain("ironledger: not done after 2 s, and cut off: 1 TFTP transfers");
  });

  test("while it starts first comes to be there, so that nothing is left half done", async () => {
    const file = await site.configFor(site.dataDirectory);
    const starting = spawn(process.execPath, [serviceEntry, "--config", file], { stdio: "ignore" });
    const exited = once(starting, "exit");
    await eventually(async () => existsSync(join(site.dataDirectory, "log")) || undefined);
    starting.kill("SIGHUP");
    starting.kill("SIGTERM");
    expect(await exited).toEqual([0, null]);
  });
});

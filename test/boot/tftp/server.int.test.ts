import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { loaderFiles, loaderSource } from "../../../src/boot/tftp/loader-files.ts";
import type { TftpPacket } from "../../../src/boot/tftp/packet.ts";
import { startTftpServer, type TftpServer } from "../../../src/boot/tftp/server.ts";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { freeUdpPorts } from "../../../src/rehearsal/ports.ts";
import { handClient } from "./hand-client.ts";

const run = promisify(execFile);
/** It has no types of its own; only this much of it is used. */
const npmTftp = createRequire(import.meta.url)("tftp") as {
  createClient(options: { host: string; port: number; windowSize: number; blockSize: number }): {
    get(remote: string, local: string, done: (error?: Error) => void): void;
  };
};
const loopback = Ipv4.parse("127.0.0.1");
const loader = Buffer.from(Array.from({ length: 74_213 }, (_, index) => (index * 31) % 256));
/** Bounds what a client may take on a busy machine; nothing waits this long when all is well. */
const patienceMs = 20_000;

let folder: string;
let server: TftpServer;
let port: number;
const served: string[] = [];
const refused: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ironledger-tftp-"));
  await writeFile(join(folder, "undionly.kpxe"), loader);
  await writeFile(join(folder, "empty.efi"), "");
  await writeFile(join(folder, "unlisted"), "not for everybody");
  await symlink("/etc/passwd", join(folder, "linked.efi"));
  const [free = 0] = await freeUdpPorts(1);
  port = free;
  const names = new Set(["undionly.kpxe", "empty.efi", "linked.efi", "absent.efi"]);
  server = await startTftpServer({
    address: loopback,
    port,
    files: loaderSource(loaderFiles(folder, names)),
    observer: {
      served: ({ file }) => served.push(file.name),
      refused: ({ request, refusal }) => refused.push(`${request}: ${refusal.code}`),
    },
    onError: (error) => {
      throw error;
    },
    limits: { timeoutMs: 200 },
    transfersPerSourceMax: 3,
    refusalsPerSource: 1_000,
  });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

afterEach(async () => {
  await vi.waitFor(() => expect(server.counters().active).toBe(0), patienceMs);
});

describe("real clients", () => {
  test.each([
    ["curl", ["--tftp-blksize", "1432"]],
    ["curl without options", ["--tftp-no-options"]],
    ["curl with the largest blocks", ["--tftp-blksize", "65464"]],
  ])("%s fetches a loader byte for byte", async (_, options) => {
    const target = join(folder, "fetched");
    const url = `tftp://127.0.0.1:${port}/undionly.kpxe`;
    await run("curl", ["-sS", "--max-time", "20", ...options, "-o", target, url]);
    expect((await readFile(target)).equals(loader)).toBe(true);
    await vi.waitFor(() => expect(served.at(-1)).toBe("undionly.kpxe"), patienceMs);
  });

  test("busybox fetches a loader byte for byte", async () => {
    const target = join(folder, "fetched");
    const wanted = ["-g", "-r", "undionly.kpxe", "-l", target, "-b", "1468", "127.0.0.1", String(port)];
    await run("busybox", ["tftp", ...wanted], { timeout: patienceMs });
    expect((await readFile(target)).equals(loader)).toBe(true);
  });

  test("the npm tftp client fetches a loader byte for byte, in windows", async () => {
    const target = join(folder, "fetched");
    const client = npmTftp.createClient({ host: "127.0.0.1", port, windowSize: 8, blockSize: 1400 });
    await new Promise<void>((resolve, reject) => {
      client.get("undionly.kpxe", target, (error) => (error ? reject(error) : resolve()));
    });
    expect((await readFile(target)).equals(loader)).toBe(true);
  });

  test("curl is told that a file is not there", async () => {
    const failing = run("curl", ["-sS", "--max-time", "20", `tftp://127.0.0.1:${port}/nothing.efi`]);
    await expect(failing).rejects.toMatchObject({ code: 68 });
    expect(refused.at(-1)).toBe("nothing.efi: FILE_NOT_FOUND");
  });
});

describe("a request for what is not given out", () => {
  test.each([
    "unlisted",
    "linked.efi",
    "absent.efi",
    "../undionly.kpxe",
    "..\\undionly.kpxe",
    "a/../undionly.kpxe",
    "....//undionly.kpxe",
    "%2e%2e/undionly.kpxe",
    "/etc/passwd",
    "C:\\boot.ini",
    "undionly.kpxe/",
    "undionly.kpxe\u00ff",
    "__proto__",
    "constructor",
    "x".repeat(400),
  ])("finds nothing: %j", async (file) => {
    const client = await handClient(port);
    client.send({ kind: "read", file, mode: "octet", options: new Map() });
    await expect(client.receive()).resolves.toMatchObject({ kind: "error", code: 1 });
    client.close();
  });

  test("finds a loader behind slashes, as some firmware asks", async () => {
    const client = await handClient(port);
    client.send({ kind: "read", file: "//undionly.kpxe", mode: "OCTET", options: new Map() });
    await expect(client.receive()).resolves.toMatchObject({ kind: "data", block: 1 });
    await client.end();
  });

  test("cannot write", async () => {
    const client = await handClient(port);
    client.send({ kind: "write", file: "undionly.kpxe", mode: "octet", options: new Map() });
    await expect(client.receive()).resolves.toMatchObject({ kind: "error", code: 2 });
    expect(refused.at(-1)).toBe("undionly.kpxe: TFTP_READ_ONLY");
    client.close();
  });

  test("must name a mode that there is", async () => {
    const client = await handClient(port);
    client.send({ kind: "read", file: "undionly.kpxe", mode: "mail", options: new Map() });
    await expect(client.receive()).resolves.toMatchObject({ kind: "error", code: 4 });
    client.close();
  });
});

describe("a transfer", () => {
  test("tells the size, and starts afresh after the client gave that up", async () => {
    const client = await handClient(port);
    const options = new Map([["tsize", "0"]]);
    client.send({ kind: "read", file: "undionly.kpxe", mode: "octet", options });
    const size = new Map([["tsize", String(loader.length)]]);
    await expect(client.receive()).resolves.toEqual({ kind: "option-acknowledgment", options: size });
    client.send({ kind: "error", code: 8, message: "User aborted the transfer" });
    await vi.waitFor(() => expect(server.counters()).toMatchObject({ active: 0 }), patienceMs);
    client.restart();
    client.send({ kind: "read", file: "empty.efi", mode: "octet", options: new Map() });
    await expect(client.receive()).resolves.toMatchObject({ kind: "data", block: 1 });
    client.send({ kind: "acknowledgment", block: 1 });
    await vi.waitFor(() => expect(served.at(-1)).toBe("empty.efi"), patienceMs);
    client.close();
  });

  test("tells strangers that its port is not theirs, and goes on", async () => {
    const client = await handClient(port);
    client.send({ kind: "read", file: "undionly.kpxe", mode: "octet", options: new Map() });
    await expect(client.receive()).resolves.toMatchObject({ kind: "data", block: 1 });
    const stranger = await handClient(port);
    stranger.send({ kind: "acknowledgment", block: 1 }, client.peerPort());
    await expect(stranger.receive()).resolves.toMatchObject({ kind: "error", code: 5 });
    client.send({ kind: "acknowledgment", block: 1 });
    await expect(client.receive()).resolves.toMatchObject({ kind: "data", block: 2 });
    stranger.close();
    await client.end();
  });

  test("is one for a request that came twice", async () => {
    const client = await handClient(port);
    const request: TftpPacket = { kind: "read", file: "undionly.kpxe", mode: "octet", options: new Map() };
    client.send(request, port);
    client.send(request, port);
    await expect(client.receive()).resolves.toMatchObject({ kind: "data", block: 1 });
    expect(server.counters().active).toBe(1);
    await client.end();
  });

  test("ends by itself when the client is gone", async () => {
    const { silent } = server.counters();
    const client = await handClient(port);
    client.send({ kind: "read", file: "undionly.kpxe", mode: "octet", options: new Map() });
    await client.receive();
    client.close();
    await vi.waitFor(
      () => expect(server.counters()).toMatchObject({ active: 0, silent: silent + 1 }),
      patienceMs,
    );
  });

  test("is one of few to the same address: more are left unanswered", async () => {
    const { overShare } = server.counters();
    const clients = await Promise.all(Array.from({ length: 5 }, () => handClient(port)));
    for (const client of clients) {
      client.send({ kind: "read", file: "undionly.kpxe", mode: "octet", options: new Map() });
    }
    await vi.waitFor(
      () => expect(server.counters()).toMatchObject({ active: 3, overShare: overShare + 2 }),
      patienceMs,
    );
    for (const client of clients) client.close();
  });
});

test("no packet stops the server", async () => {
  const client = await handClient(port);
  for (let opcode = 0; opcode < 9; opcode++) {
    for (const length of [0, 1, 2, 3, 4, 5, 100, 1_400]) {
      client.sendRaw(Buffer.concat([Buffer.from([0, opcode]), Buffer.alloc(length, opcode * 7)]));
    }
  }
  client.sendRaw(Buffer.alloc(0));
  client.sendRaw(Buffer.from([0]));
  client.close();
  const prober = await handClient(port);
  prober.send({ kind: "read", file: "empty.efi", mode: "netascii", options: new Map() });
  await expect(prober.receive()).resolves.toMatchObject({ kind: "data", block: 1 });
  await prober.end();
});

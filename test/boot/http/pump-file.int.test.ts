import { once } from "node:events";
import { type FileHandle, open } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { pumpFile } from "../../../src/boot/http/pump-file.ts";
import { scratchFolder } from "../scratch-folder.ts";

const patienceMs = 30_000;
const bytes = Buffer.alloc(3_000_017, "kernel or initrd ");

let folder: ReturnType<typeof scratchFolder>;
let server: Server;
let port: number;
let opened: FileHandle[];
let errors: unknown[];
/** What the response promises; the file may hold less. */
let promised: number;
/** Happens when a file is open and before it is sent. */
let beforeSending: (socket: Socket) => Promise<unknown>;

beforeEach(async () => {
  folder = scratchFolder();
  folder.write("file", bytes);
  opened = [];
  errors = [];
  promised = bytes.length;
  beforeSending = () => Promise.resolve();
  server = createServer(async ({ url, socket }, response) => {
    const [first = 0, last = promised - 1] = (url ?? "").split("/").filter(Boolean).map(Number);
    const handle = await open(join(folder.path, "file"));
    opened.push(handle);
    await beforeSending(socket);
    response.setHeader("content-length", last - first + 1);
    await pumpFile({ handle, first, last, response, socket }).catch((error: unknown) => errors.push(error));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("the server has no port");
  port = address.port;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await vi.waitFor(() => expect(opened.every(({ fd }) => fd === -1)).toBe(true), patienceMs);
  folder.remove();
});

async function ask(path: string, from = "127.0.0.1"): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", localAddress: from });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(`GET ${path} HTTP/1.1\r\nhost: test\r\n\r\n`);
  return socket;
}

/** What comes after the first heads, until so many octets are there. */
async function bodyOf(socket: Socket, length: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let received = 0;
  for await (const part of socket as AsyncIterable<Buffer>) {
    parts.push(part);
    received += part.length;
    const all = received >= length ? Buffer.concat(parts) : undefined;
    const body = all?.subarray(all.indexOf("\r\n\r\n") + 4);
    if (body && body.length >= length) return body;
  }
  return Buffer.concat(parts);
}

describe("a file", () => {
  test.each([
    ["/", 0, bytes.length - 1],
    ["/0/0", 0, 0],
    ["/262143/262144", 262_143, 262_144],
    ["/1/3000016", 1, 3_000_016],
    ["/3000016/3000016", 3_000_016, 3_000_016],
  ])("comes as it is: %s", async (path, first, last) => {
    const socket = await ask(path);
    const body = await bodyOf(socket, last - first + 1);
    expect(body.equals(bytes.subarray(first, last + 1))).toBe(true);
    socket.destroy();
  });

  test("that is empty comes as nothing, and its connection goes on", async () => {
    const socket = await ask("/5/4");
    socket.write("GET /0/9 HTTP/1.1\r\nhost: test\r\n\r\n");
    const text = String(await bodyOf(socket, 300));
    socket.destroy();
    expect(text).toContain(bytes.toString("latin1", 0, 10));
  });

  test("comes whole to each of many who ask at once", async () => {
    const sockets = await Promise.all(Array.from({ length: 80 }, () => ask("/")));
    const bodies = await Promise.all(sockets.map((socket) => bodyOf(socket, bytes.length)));
    expect(bodies.every((body) => body.equals(bytes))).toBe(true);
    for (const socket of sockets) socket.destroy();
  });

  test("that is shorter than was promised cuts the connection", async () => {
    promised = bytes.length + 1;
    const socket = await ask("/");
    const received = await bodyOf(socket, promised);
    expect(received.length).toBeLessThan(promised + 200);
    expect(errors).toMatchObject([{ message: "the file ends at octet 3000017, 3000018 were promised" }]);
  });
});

describe("a client that goes away", () => {
  test("leaves no file open and fails nobody", async () => {
    const sockets = await Promise.all(Array.from({ length: 40 }, () => ask("/")));
    await Promise.all(sockets.map((socket) => once(socket, "readable")));
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(() => expect(opened.filter(({ fd }) => fd !== -1)).toEqual([]), patienceMs);
    expect(opened).toHaveLength(40);
    expect(errors).toEqual([]);
    const next = await ask("/");
    expect((await bodyOf(next, bytes.length)).equals(bytes)).toBe(true);
    next.destroy();
  });

  test("does so too with a second request behind the first one", async () => {
    const socket = await ask("/");
    socket.write("GET / HTTP/1.1\r\nhost: test\r\n\r\n");
    await vi.waitFor(() => expect(opened).toHaveLength(2), patienceMs);
    socket.destroy();
    await vi.waitFor(() => expect(opened.filter(({ fd }) => fd !== -1)).toEqual([]), patienceMs);
  });

  test("does so too when it was gone before the second one began to be sent", async () => {
    let asked = 0;
    beforeSending = async (socket) => {
      asked += 1;
      if (asked === 2) await new Promise((closed) => socket.once("close", closed));
    };
    const socket = await ask("/");
    socket.write("GET / HTTP/1.1\r\nhost: test\r\n\r\n");
    await vi.waitFor(() => expect(asked).toBe(2), patienceMs);
    socket.destroy();
    await vi.waitFor(() => expect(opened.filter(({ fd }) => fd !== -1)).toEqual([]), patienceMs);
  });
});

test("five hundred who read nothing hold little memory, and do not keep others from their file", async () => {
  folder.write("file", Buffer.alloc(32_000_000, "x"));
  promised = 32_000_000;
  const before = process.memoryUsage();
  const slow = await Promise.all(
    Array.from({ length: 500 }, async (_, index) => {
      const socket = await ask("/", `127.3.${index % 200}.1`);
      socket.pause();
      return socket;
    }),
  );
  await vi.waitFor(() => expect(opened).toHaveLength(500), patienceMs);
  const next = await ask("/");
  const answer = (await once(next, "data")) as [IncomingMessage];
  expect(answer).toHaveLength(1);
  let received = 0;
  for await (const part of next as AsyncIterable<Buffer>) {
    received += part.length;
    if (received > 30_000_000) break;
  }
  const after = process.memoryUsage();
  // 32 pairs of 256 KiB and 469 of 32 KiB, and as much again for what the connections themselves take.
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(90e6);
  for (const socket of [...slow, next]) socket.destroy();
});

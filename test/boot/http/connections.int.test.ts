import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Connections, limitConnections } from "../../../src/boot/http/connections.ts";

/** More than the kernel's buffers of both sides hold, sent in pieces as files are. */
const fileBytes = 64 * 1_024 * 1_024;
const piece = Buffer.alloc(65_536);

let server: Server;
let connections: Connections;
let client: Socket;

beforeEach(async () => {
  server = createServer((_request, response) => Readable.from(pieces()).pipe(response));
  connections = limitConnections(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("the server has no port");
  client = connect(address.port, "127.0.0.1");
  client.on("error", () => undefined);
  await once(client, "connect");
  client.write("GET / HTTP/1.1\r\nhost: test\r\n\r\n");
});
afterEach(() => {
  client.destroy();
  server.closeAllConnections();
});

function* pieces() {
  for (let sent = 0; sent < fileBytes; sent += piece.length) yield piece;
}

async function close(graceMs: number): Promise<number> {
  const leaving = connections.letGo(graceMs);
  server.close();
  await once(server, "close");
  return leaving.end();
}

describe("closing", () => {
  test("does not wait for a machine that takes nothing any more, and does not count it", async () => {
    client.pause();
    expect(await close(60_000)).toBe(0);
  });

  test("waits for a machine that takes its file slowly, beyond the time after which silence counts", async () => {
    let received = 0;
    client.on("data", ({ length }) => {
      received += length;
      client.pause();
    });
    const began = performance.now();
    // A sip is what the socket has at hand, 64 KiB at the most.
    const sip = setInterval(() => client.resume(), 12);
    expect(await close(60_000)).toBe(0);
    clearInterval(sip);
    expect(performance.now() - began).toBeGreaterThan(5_000);
    expect(received).toBeGreaterThanOrEqual(fileBytes);
  });

  test("cuts off and counts what still moves when the time is up", async () => {
    client.on("data", () => client.pause());
    const sip = setInterval(() => client.resume(), 50);
    expect(await close(1_000)).toBe(1);
    clearInterval(sip);
  });
});

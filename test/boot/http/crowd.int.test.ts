import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Connections, limitConnections } from "../../../src/boot/http/connections.ts";

const patienceMs = 50_000;
const sources = 160;

let server: Server;
let connections: Connections;
let port: number;
let crowd: Socket[] = [];

beforeEach(async () => {
  // Answers nobody who is in the crowd, as a slow disk would.
  server = createServer(({ url }, response) => {
    if (url === "/next") response.end("served");
  });
  connections = limitConnections(server);
  server.listen({ port: 0, host: "127.0.0.1", backlog: 4_096 });
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("the server has no port");
  port = address.port;
});
afterEach(() => {
  for (const socket of crowd) socket.destroy();
  crowd = [];
  server.closeAllConnections();
  server.close();
});

function ask(path: string, from: string): Socket {
  const socket = connect({ port, host: "127.0.0.1", localAddress: from });
  socket.on("error", () => undefined);
  socket.write(`GET ${path} HTTP/1.1\r\nhost: test\r\n\r\n`);
  return socket;
}

async function settled(socket: Socket): Promise<void> {
  const done = Promise.withResolvers<void>();
  socket.once("connect", done.resolve);
  socket.once("close", done.resolve);
  await done.promise;
}

test("of ten thousand requests at once no more are held than there are places, and then others are served", async () => {
  const before = process.memoryUsage().rss;
  for (let round = 0; round < 10_000 / sources; round++) {
    const asked = Array.from({ length: sources }, (_, index) => ask("/", `127.5.${index}.1`));
    crowd.push(...asked);
    await Promise.all(asked.map(settled));
    expect(connections.counts().open).toBeLessThanOrEqual(4_096);
  }
  await vi.waitFor(() => {
    const { open, refusedTotal, refusedPerSource } = connections.counts();
    expect(open + refusedTotal + refusedPerSource).toBe(crowd.length);
  }, patienceMs);
  expect(crowd.length).toBeGreaterThanOrEqual(10_000);
  expect(connections.counts().open).toBe(4_096);
  // Both ends of 4,096 connections are in this process.
  expect(process.memoryUsage().rss - before).toBeLessThan(400e6);

  for (const socket of crowd) socket.destroy();
  await vi.waitFor(() => expect(connections.counts().open).toBe(0), patienceMs);
  const [answer] = (await once(ask("/next", "127.5.0.1"), "data")) as [Buffer];
  expect(String(answer)).toContain("served");
});

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startBootService } from "./boot-service.ts";

let service: Awaited<ReturnType<typeof startBootService>>;
let sockets: Socket[] = [];
beforeEach(async () => {
  service = await startBootService();
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await service.stop();
});

/** Connections that say nothing, all from one address. */
async function connectMany(count: number): Promise<void> {
  const opened = Array.from({ length: count }, () =>
    connect({ port: service.port, host: "127.0.0.1", localAddress: "127.0.0.1" }).on("error", () => {}),
  );
  sockets.push(...opened);
  await Promise.all(opened.map((socket) => once(socket, "connect")));
}

const answered = () => service.state.logged.filter((line) => line.includes('"answered"'));

describe("one host that floods the listener", () => {
  test("gets its share of connections, and the others are served", async () => {
    await connectMany(80);
    await vi.waitFor(() => expect(sockets.filter(({ closed }) => closed)).toHaveLength(16), 20_000);
    expect((await service.ask("/nothing", { from: "127.0.0.9" })).status).toBe(404);
    await expect(service.ask("/nothing")).rejects.toThrow();
  });

  test("is served again once it has let connections go", async () => {
    await connectMany(64);
    await expect(service.ask("/nothing")).rejects.toThrow();
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(async () => expect((await service.ask("/nothing")).status).toBe(404), 20_000);
  });

  test("fills no log with refusals", async () => {
    for (let times = 0; times < 70; times++) await service.ask("/nothing");
    await service.ask("/nothing", { from: "127.0.0.9" });
    await vi.waitFor(() => expect(answered()).toHaveLength(71), 20_000);
    expect(answered().filter((line) => line.includes('"level":30'))).toHaveLength(61);
  });
});

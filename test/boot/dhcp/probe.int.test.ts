import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { createProbe, type ProbeSocket } from "../../../src/boot/dhcp/probe.ts";
import { openProbeSocket } from "../../../src/boot/dhcp/server.ts";
import { ip } from "./support.ts";

/** A socket to which happens what a test wants. */
function socketThat(happens: (emit: { error(code: string): void; connect(): void }) => void) {
  let isDestroyed = false;
  const listeners = new Map<string, (error?: unknown) => void>();
  const socket: ProbeSocket = {
    on: (event: string, listener: never) => listeners.set(event, listener),
    destroy: () => {
      isDestroyed = true;
    },
  };
  queueMicrotask(() =>
    happens({
      error: (code) => listeners.get("error")?.(Object.assign(new Error(code), { code })),
      connect: () => listeners.get("connect")?.(),
    }),
  );
  return { openSocket: () => socket, isDestroyed: () => isDestroyed };
}

describe("a probe of an address of this host", () => {
  test("finds it in use, because the connection is refused", async () => {
    expect(await createProbe({ openSocket: openProbeSocket })(ip("127.77.3.3"))).toBe("in-use");
  });

  test("finds it in use, because somebody listens", async () => {
    const server = createServer().listen(0, "127.77.3.4");
    await new Promise((resolve) => server.once("listening", resolve));
    const listening = server.address();
    const port = typeof listening === "object" ? (listening?.port ?? 0) : 0;
    const openSocket = (address: Parameters<typeof openProbeSocket>[0]) => openProbeSocket(address, port);
    expect(await createProbe({ openSocket })(ip("127.77.3.4"))).toBe("in-use");
    server.close();
  });
});

describe("a probe", () => {
  test("finds the address free when nobody answers ARP", async () => {
    const { openSocket, isDestroyed } = socketThat(({ error }) => error("EHOSTUNREACH"));
    expect(await createProbe({ openSocket })(ip("10.77.0.9"))).toBe("free");
    expect(isDestroyed()).toBe(true);
  });

  test.each([
    ["ECONNREFUSED", "in-use"],
    ["ECONNRESET", "in-use"],
    ["ENETUNREACH", "silent"],
    ["EACCES", "silent"],
  ])("that ends with %s says: %s", async (code, result) => {
    const { openSocket } = socketThat(({ error }) => error(code));
    expect(await createProbe({ openSocket })(ip("10.77.0.9"))).toBe(result);
  });

  test("says that nothing was heard when nothing is heard in time", async () => {
    const { openSocket, isDestroyed } = socketThat(() => undefined);
    expect(await createProbe({ openSocket, timeoutMs: 5 })(ip("10.77.0.9"))).toBe("silent");
    expect(isDestroyed()).toBe(true);
  });
});

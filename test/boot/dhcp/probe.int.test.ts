import { describe, expect, test } from "vitest";
import { createProbe, type ProbeSocket } from "../../../src/boot/dhcp/probe.ts";
import { openProbeSocket } from "../../../src/boot/dhcp/server.ts";
import { ip } from "./support.ts";

/** A socket to which happens what a test wants, once it has sent. */
function socketThat(happens: (emit: { error(code: string): void; message(): void }) => void) {
  let isClosed = false;
  const listeners = new Map<string, (error?: unknown) => void>();
  const socket: ProbeSocket = {
    on: (event: string, listener: never) => listeners.set(event, listener),
    connect: () => queueMicrotask(() => listeners.get("connect")?.()),
    send: () =>
      happens({
        error: (code) => listeners.get("error")?.(Object.assign(new Error(code), { code })),
        message: () => listeners.get("message")?.(),
      }),
    close: () => {
      isClosed = true;
    },
  };
  return { openSocket: () => socket, isClosed: () => isClosed };
}

describe("a probe of an address", () => {
  test("of this host finds it in use, because the kernel refuses the datagram", async () => {
    const probe = createProbe({ openSocket: openProbeSocket });
    expect(await probe(ip("127.77.3.3"))).toBe("in-use");
  });

  test("finds it free when nobody answers ARP", async () => {
    const { openSocket, isClosed } = socketThat(({ error }) => error("EHOSTUNREACH"));
    expect(await createProbe({ openSocket })(ip("10.77.0.9"))).toBe("free");
    expect(isClosed()).toBe(true);
  });

  test.each(["ECONNREFUSED", "ENETUNREACH", "EACCES"])("finds it in use on %s", async (code) => {
    const { openSocket } = socketThat(({ error }) => error(code));
    expect(await createProbe({ openSocket })(ip("10.77.0.9"))).toBe("in-use");
  });

  test("finds it in use when anything answers", async () => {
    const { openSocket } = socketThat(({ message }) => message());
    expect(await createProbe({ openSocket })(ip("10.77.0.9"))).toBe("in-use");
  });

  test("finds it in use when nothing is heard in time", async () => {
    const { openSocket, isClosed } = socketThat(() => undefined);
    expect(await createProbe({ openSocket, timeoutMs: 5 })(ip("10.77.0.9"))).toBe("in-use");
    expect(isClosed()).toBe(true);
  });
});

import { describe, expect, test } from "vitest";
import type { EventStore } from "../../../src/domain/ports/event-store.ts";
import { ada, bob, client, dhcpService, hourMs, ip, lab, lease, mac, serverAddress } from "./support.ts";

const strangers = 100_000;

/** 1,000 addresses, of which the last 100 are kept. */
const thousand = {
  ...lab,
  cidr: "10.77.0.0/16" as never,
  ranges: [{ first: ip("10.77.1.1"), last: ip("10.77.4.232") }],
};

/** A MAC address that nobody else has. */
function stranger(n: number) {
  const octets = [n >> 16, n >> 8, n].map((part) => (part & 255).toString(16).padStart(2, "0"));
  return client(mac(`0e:00:00:${octets.join(":")}`));
}

/** One machine with a lease, one that is known and has none, one with a reservation. */
async function inhabited() {
  let appended = 0;
  const store = (log: EventStore): EventStore => ({
    ...log,
    append(stream, batch) {
      appended += batch.events.length;
      return log.append(stream, batch);
    },
  });
  const service = await dhcpService({ subnets: [thousand], store });
  const leased = await lease(service, ada);
  service.known.add(mac("52:54:00:77:00:02"));
  const reserved = client(mac("52:54:00:77:00:09"));
  await service.reserve(ip("10.77.200.1"), "52:54:00:77:00:09");

  async function expectService(): Promise<void> {
    expect(await service.say(ada("request", { ciaddr: leased }))).toMatchObject({ type: "ack" });
    expect(await service.say(ada("discover"))).toMatchObject({ address: leased });
    expect(await lease(service, bob)).toMatch(/^10\.77\./);
    expect(await lease(service, reserved)).toBe("10.77.200.1");
  }

  return { ...service, expectService, events: () => appended };
}

function heapMib(): number {
  return process.memoryUsage().heapUsed / 2 ** 20;
}

describe("100,000 made-up MAC addresses", () => {
  test("that only look for an address leave known machines served, and nothing in the log", async () => {
    const service = await inhabited();
    const before = service.events();
    const beganMib = heapMib();
    for (let n = 0; n < strangers; n++) await service.say(stranger(n)("discover", { xid: n }));
    expect(service.events()).toBe(before);
    expect(heapMib() - beganMib).toBeLessThan(120);
    await service.expectService();
  }, 60_000);

  test("that take what they are offered leave known machines served, and the log bounded", async () => {
    const service = await inhabited();
    const before = service.events();
    const beganMib = heapMib();
    let granted = 0;
    for (let n = 0; n < strangers; n++) {
      const who = stranger(n);
      const offer = await service.say(who("discover", { xid: n }));
      const requested = offer === "silence" ? "10.77.1.1" : offer.address;
      const answer = await service.say(
        who("request", { xid: n, requested: requested ?? "", server: serverAddress }),
      );
      if (answer !== "silence" && answer.type === "ack") granted++;
    }
    expect(granted).toBeGreaterThan(800);
    expect(granted).toBeLessThanOrEqual(900);
    expect(service.events() - before).toBe(granted);
    expect(heapMib() - beganMib).toBeLessThan(150);
    await service.expectService();
  }, 60_000);

  test("that take addresses and give them back fill the log with one event per address and hour, and as many again", async () => {
    const service = await inhabited();
    const before = service.events();
    for (let n = 0; n < 20_000; n++) {
      const who = stranger(n);
      const offer = await service.say(who("discover", { xid: n }));
      const address = offer === "silence" ? undefined : offer.address;
      if (!address) continue;
      await service.say(who("request", { requested: address, server: serverAddress }));
      await service.say(who("release", { ciaddr: address, server: serverAddress }));
    }
    expect(service.events() - before).toBeLessThanOrEqual(2 * 1_000);
    await service.expectService();
    service.advance(hourMs);
    expect(await service.say(stranger(20_001)("discover"))).toMatchObject({ type: "offer" });
  }, 60_000);
});

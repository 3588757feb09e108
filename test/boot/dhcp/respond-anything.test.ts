import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allOptions } from "../../../src/boot/dhcp/options/all.ts";
import { decode, encode } from "../../../src/boot/dhcp/packet.ts";
import { everyCapture } from "./captures.ts";
import { ada, dhcpService, lab, serverAddress, wire } from "./support.ts";

const served = [
  lab,
  {
    ...lab,
    name: "captured",
    cidr: "198.51.100.0/24",
    ranges: [{ first: "198.51.100.90", last: "198.51.100.99" }],
  },
] as never;

describe("whatever a client sends", () => {
  test("handling it never throws, and the answer can be read again", async () => {
    const { service, observer } = await dhcpService({ subnets: served });
    const anyOptions = fc.array(
      fc.tuple(fc.constantFrom(...allOptions.map(({ code }) => code)), fc.uint8Array({ maxLength: 300 })),
      { maxLength: 6 },
    );
    const anyType = fc.constantFrom("discover", "request", "decline", "release", "inform");
    const anyAddress = fc.constantFrom(undefined, "10.77.0.12", "198.51.100.92", "192.0.2.1");
    const parts = { requested: anyAddress, ciaddr: anyAddress, giaddr: anyAddress };
    await fc.assert(
      fc.asyncProperty(anyOptions, anyType, fc.record(parts), async (extra, type, addresses) => {
        const given = Object.fromEntries(Object.entries(addresses).filter(([, value]) => value));
        const message = ada(type as never, {
          ...given,
          server: serverAddress,
          boots: "uefi",
          extra: new Map(extra),
        });
        const packet = decode(encode(message));
        const reply = packet && (await service.respond(packet, wire));
        if (reply) expect(decode(encode(reply.packet, reply.sizeMax))).toBeDefined();
      }),
      { numRuns: 500 },
    );
    expect(observer.counters.failed).toBe(0);
  });

  test("a damaged capture never makes it throw", async () => {
    const { service, observer } = await dhcpService({ subnets: served });
    const damage = fc.array(fc.tuple(fc.nat(420), fc.nat(255)), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...everyCapture()), damage, async (payload, changes) => {
        const bytes = Uint8Array.from(payload);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        const packet = decode(bytes);
        if (packet) await service.respond(packet, wire);
      }),
      { numRuns: 1000 },
    );
    expect(observer.counters.failed).toBe(0);
  });
});

describe("a client's claims", () => {
  test("are recorded cleaned: a host name as a DNS label, a vendor class in printable characters", async () => {
    const { say, log } = await dhcpService();
    const extra = new Map([
      [12, Buffer.from("-Rack_7 Node.EXAMPLE.org\0")],
      [60, Buffer.from(`PXEClient\u0007:${"x".repeat(300)}`, "latin1")],
      [97, Uint8Array.of(0, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8, 0, 9)],
    ]);
    await say(ada("discover", { extra }));
    await say(ada("request", { extra, requested: "10.77.0.10", server: serverAddress }));
    expect(await log.readStream("address-10.77.0.10")).toMatchObject([
      { data: { holder: { hostname: "rack7node" } } },
    ]);
    const [seen] = await log.readStream("boot-52:54:00:77:00:01");
    expect(seen?.data).toMatchObject({
      vendorClass: `PXEClient:${"x".repeat(245)}`,
      firmwareUuid: "03000200-0400-0500-0006-000700080009",
    });
  });
});

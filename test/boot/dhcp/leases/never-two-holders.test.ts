import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { client, dhcpService, lab, mac, serverAddress } from "../support.ts";

/** Six clients want five addresses, so that they get into each other's way. */
const subnets = [
  { ...lab, leaseSeconds: 60, ranges: [{ first: "10.77.0.10", last: "10.77.0.14" }] },
] as never;
const addresses = [10, 11, 12, 13, 14].map((last) => `10.77.0.${last}`);

const who = fc.nat(5);
const where = fc.constantFrom(...addresses);
const step = fc.oneof(
  fc.record({ act: fc.constant("discover" as const), who, where }),
  fc.record({ act: fc.constant("take" as const), who, where }),
  fc.record({ act: fc.constant("reboot" as const), who, where }),
  fc.record({ act: fc.constant("renew" as const), who, where }),
  fc.record({ act: fc.constant("release" as const), who, where }),
  fc.record({ act: fc.constant("decline" as const), who, where }),
  fc.record({ act: fc.constant("wait" as const), who, where }),
  fc.record({ act: fc.constant("wait-long" as const), who, where }),
  fc.record({ act: fc.constant("expire" as const), who, where }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function messageOf({ act, who: index, where: address }: Step) {
  const say = client(mac(`52:54:00:77:00:0${index}`));
  switch (act) {
    case "discover":
      return say("discover", { requested: address });
    case "take":
      return say("request", { requested: address, server: serverAddress });
    case "reboot":
      return say("request", { requested: address });
    case "renew":
      return say("request", { ciaddr: address });
    case "release":
      return say("release", { ciaddr: address, server: serverAddress });
    case "decline":
      return say("decline", { requested: address, server: serverAddress });
    default:
      return undefined;
  }
}

const waits: Partial<Record<Step["act"], number>> = { wait: 17_000, "wait-long": 150_000 };

/** What the clients believe: each keeps its address for as long as it was told, or until it gives it up. */
function believers(nowMs: () => number) {
  const held = new Map<string, { readonly who: number; readonly untilMs: number }>();
  return {
    gaveUp({ act, who: index, where: address }: Step) {
      const isGivenUp = act === "release" || act === "decline";
      if (isGivenUp && held.get(address)?.who === index) held.delete(address);
    },
    heard({ who: index }: Step, reply: Awaited<ReturnType<Service["say"]>>) {
      if (reply === "silence" || reply.type !== "ack") return;
      const { address = "", leaseSeconds = 0 } = reply;
      const before = held.get(address);
      if (before && before.untilMs > nowMs()) expect(before.who).toBe(index);
      held.set(address, { who: index, untilMs: nowMs() + leaseSeconds * 1000 });
    },
  };
}

type Service = Awaited<ReturnType<typeof dhcpService>>;

async function take(service: Service, taken: Step, { gaveUp, heard }: ReturnType<typeof believers>) {
  service.advance(waits[taken.act] ?? 0);
  if (taken.act === "expire") await service.service.expiry.run();
  const message = messageOf(taken);
  if (!message) return;
  const reply = await service.say(message);
  gaveUp(taken);
  heard(taken, reply);
}

/** Who holds the address by its newest event. */
async function holderInLog({ log }: Service, address: string): Promise<string | undefined> {
  const newest = (await log.readStream(`address-${address}`)).at(-1);
  const data = newest?.data as { status: string; holder: { mac: string } } | undefined;
  return data?.status === "leased" ? data.holder.mac : undefined;
}

describe("whatever clients do, at whatever time,", () => {
  test("no address is acknowledged to two clients at once, and memory agrees with the log", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const service = await dhcpService({ subnets });
        const clients = believers(service.nowMs);
        for (const taken of steps) await take(service, taken, clients);
        for (const address of addresses) {
          expect(service.service.macAt(address as never)).toBe(await holderInLog(service, address));
        }
      }),
      { numRuns: 200 },
    );
  });
});

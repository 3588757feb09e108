import { describe, expect, test } from "vitest";
import { createOfferBook, offersMax } from "../../../../src/boot/dhcp/leases/offer-book.ts";
import type { LeaseIdentity } from "../../../../src/domain/values/client-id.ts";
import type { Ipv4 } from "../../../../src/domain/values/ipv4.ts";
import { ip } from "../support.ts";

function book() {
  const ended: Ipv4[] = [];
  const offers = createOfferBook((address) => ended.push(address));
  return {
    ended,
    hold: (name: string, address: Ipv4, nowMs: number) => offers.hold(client(name), address, nowMs),
    addressOf: (name: string, nowMs: number) => offers.addressOf(client(name), nowMs),
    isHeldFromOthers: (address: Ipv4, name: string, nowMs: number) =>
      offers.isHeldFromOthers(address, client(name), nowMs),
    end: (name: string) => offers.end(client(name)),
    size: () => offers.size,
  };
}

function client(name: string, wire = "hall") {
  return { network: { key: `subnet ${wire}` as const }, identity: `id:${name}` satisfies LeaseIdentity };
}

describe("an offer", () => {
  test("keeps the address from others for 30 seconds", () => {
    const { hold, isHeldFromOthers, addressOf, ended } = book();
    hold("ada", ip("10.77.0.10"), 0);
    expect(isHeldFromOthers(ip("10.77.0.10"), "bob", 29_999)).toBe(true);
    expect(isHeldFromOthers(ip("10.77.0.10"), "ada", 29_999)).toBe(false);
    expect(addressOf("ada", 29_999)).toBe("10.77.0.10");
    expect(isHeldFromOthers(ip("10.77.0.10"), "bob", 30_000)).toBe(false);
    expect(ended).toEqual(["10.77.0.10"]);
  });

  test("lasts longer when it is made again", () => {
    const { hold, addressOf, ended } = book();
    hold("ada", ip("10.77.0.10"), 0);
    hold("bob", ip("10.77.0.11"), 1);
    hold("ada", ip("10.77.0.10"), 20_000);
    expect(addressOf("bob", 40_000)).toBeUndefined();
    expect(addressOf("ada", 40_000)).toBe("10.77.0.10");
    expect(ended).toEqual(["10.77.0.11"]);
  });

  test("of another address ends the one before", () => {
    const { hold, isHeldFromOthers, ended } = book();
    hold("ada", ip("10.77.0.10"), 0);
    hold("ada", ip("10.77.0.11"), 0);
    expect(ended).toEqual(["10.77.0.10"]);
    expect(isHeldFromOthers(ip("10.77.0.10"), "bob", 0)).toBe(false);
  });

  test("ends when the client took it", () => {
    const { hold, end, size, ended } = book();
    hold("ada", ip("10.77.0.10"), 0);
    end("ada");
    end("ada");
    expect(size()).toBe(0);
    expect(ended).toEqual(["10.77.0.10"]);
  });

  test("is the client's on one wire", () => {
    const ended: Ipv4[] = [];
    const offers = createOfferBook((address) => ended.push(address));
    offers.hold(client("ada", "hall"), ip("10.77.0.10"), 0);
    offers.hold(client("ada", "attic"), ip("10.78.0.10"), 0);
    expect(offers.addressOf(client("ada", "hall"), 0)).toBe("10.77.0.10");
    expect(offers.isHeldFromOthers(ip("10.77.0.10"), client("ada", "attic"), 0)).toBe(true);
    offers.end(client("ada", "hall"));
    expect([offers.addressOf(client("ada", "attic"), 0), offers.size]).toEqual(["10.78.0.10", 1]);
    expect(ended).toEqual(["10.77.0.10"]);
  });

  test("ends early, the oldest first, when there are 10,000 others", () => {
    const offers = book();
    for (let index = 0; index <= offersMax; index++) {
      offers.hold(`client ${index}`, ip(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`), 0);
    }
    expect(offers.size()).toBe(offersMax);
    expect(offers.ended).toEqual(["10.0.0.0"]);
  });
});

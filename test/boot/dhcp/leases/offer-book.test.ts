import { describe, expect, test } from "vitest";
import { createOfferBook, offersMax } from "../../../../src/boot/dhcp/leases/offer-book.ts";
import type { Ipv4 } from "../../../../src/domain/values/ipv4.ts";
import { ip } from "../support.ts";

function book() {
  const ended: Ipv4[] = [];
  const offers = createOfferBook((address) => ended.push(address));
  return { ended, ...offers, size: () => offers.size };
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

  test("ends early, the oldest first, when there are 10,000 others", () => {
    const offers = book();
    for (let index = 0; index <= offersMax; index++) {
      offers.hold(`client ${index}`, ip(`10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`), 0);
    }
    expect(offers.size()).toBe(offersMax);
    expect(offers.ended).toEqual(["10.0.0.0"]);
  });
});

import { describe, expect, test } from "vitest";
import { createAddressPool, type Usable } from "../../../../src/boot/dhcp/leases/address-pool.ts";
import type { Ipv4 } from "../../../../src/domain/values/ipv4.ts";
import { ip, lab } from "../support.ts";

const yes = (): Usable => "yes";

function pool(known: readonly string[] = []) {
  const ranges = [
    { first: ip("10.77.0.10"), last: ip("10.77.0.11") },
    { first: ip("10.77.0.20"), last: ip("10.77.0.20") },
  ];
  return createAddressPool(
    { ...lab, ranges },
    { isOwn: () => false, isKnown: (address) => known.includes(address) },
  );
}

function takeAll({ take }: ReturnType<typeof pool>, usable: (address: Ipv4) => Usable = yes) {
  const taken = [];
  for (let address = take(usable, true); address; address = take(usable, true)) taken.push(address);
  return taken;
}

describe("a pool", () => {
  test("hands out its ranges in their order, each address once", () => {
    expect(takeAll(pool())).toEqual(["10.77.0.10", "10.77.0.11", "10.77.0.20"]);
  });

  test("leaves out what was handed out in an earlier life, until it is given back", () => {
    const restarted = pool(["10.77.0.10"]);
    restarted.giveBack(ip("10.77.0.10"));
    expect(takeAll(restarted)).toEqual(["10.77.0.11", "10.77.0.20", "10.77.0.10"]);
  });

  test("hands out what came back in the order in which it came", () => {
    const used = pool();
    takeAll(used);
    for (const address of ["10.77.0.20", "10.77.0.10", "10.77.0.11"]) used.giveBack(ip(address));
    expect(takeAll(used)).toEqual(["10.77.0.20", "10.77.0.10", "10.77.0.11"]);
  });

  test("lets an address that was used again wait again", () => {
    const used = pool();
    takeAll(used);
    for (const address of ["10.77.0.20", "10.77.0.10", "10.77.0.20"]) used.giveBack(ip(address));
    expect(takeAll(used)).toEqual(["10.77.0.10", "10.77.0.20"]);
  });

  test("takes nothing back that is not of its ranges", () => {
    const used = pool();
    takeAll(used);
    used.giveBack(ip("10.77.0.99"));
    expect(takeAll(used)).toEqual([]);
  });

  test("drops what is not usable, and keeps what may be usable later", () => {
    const mixed = pool();
    const usable = (address: Ipv4): Usable => (address === "10.77.0.10" ? "no" : "later");
    expect(mixed.take(usable, true)).toBeUndefined();
    expect(takeAll(mixed)).toEqual(["10.77.0.11", "10.77.0.20"]);
  });

  test("of 100,000 addresses hands out, takes back and hands out again in no time to speak of", () => {
    const ranges = [{ first: ip("10.0.0.1"), last: ip("10.1.134.160") }];
    const large = createAddressPool(
      { ...lab, cidr: "10.0.0.0/8" as never, ranges },
      { isOwn: () => false, isKnown: () => false },
    );
    const first = takeAll(large);
    expect(first).toHaveLength(100_000);
    for (const address of first) large.giveBack(address);
    expect(takeAll(large)).toEqual(first);
  });
});

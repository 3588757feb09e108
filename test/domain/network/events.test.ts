import { describe, expect, test } from "vitest";
import { networkCodec } from "../../../src/domain/network/events.ts";
import { subnetDefaults } from "../../../src/domain/network/subnet.ts";
import { subnet } from "../../support/samples.ts";

describe.each(["SubnetDefined", "SubnetChanged"])("a %s of the first schema", (type) => {
  test("is read with what subnets were before they could be otherwise", () => {
    const old = Object.fromEntries(Object.entries(subnet).filter(([name]) => !(name in subnetDefaults)));
    expect(networkCodec.read({ type, schema: 1, data: { subnet: old } })).toEqual({ type, data: { subnet } });
  });
});

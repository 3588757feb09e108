import { describe, expect, test } from "vitest";
import { attemptSource } from "../../../../src/adapters/graphql/attempts/source.ts";

describe("telling sources of attempts apart", () => {
  test.each([
    ["10.4.0.17", "10.4.0.17"],
    ["::ffff:10.4.0.17", "10.4.0.17"],
    ["::1", "0:0:0:0::/64"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:0001:2::6", "2001:db8:1:2::/64"],
    ["2001:db8::", "2001:db8:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    // Node gives no address of a connection that its other end has reset.
    [undefined, "unknown"],
  ])("takes %s for %s", (address, source) => {
    expect(attemptSource(address)).toBe(source);
  });
});

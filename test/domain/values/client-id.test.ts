import { describe, expect, test } from "vitest";
import { ClientId, leaseIdentity } from "../../../src/domain/values/client-id.ts";
import { MacAddress } from "../../../src/domain/values/mac-address.ts";

const mac = MacAddress.parse("52:54:00:77:00:01");

describe("who asks for an address", () => {
  test("is known by the MAC address when it has no client id, or one that says just that", () => {
    expect(leaseIdentity(mac, null)).toBe("mac:52:54:00:77:00:01");
    expect(leaseIdentity(mac, ClientId.parse("01525400770001"))).toBe("mac:52:54:00:77:00:01");
  });

  test.each([
    "02525400770001",
    "01525400770002",
    "0152540077000101",
    "ff01",
  ])("is known by any other client id: %s", (id) => {
    expect(leaseIdentity(mac, ClientId.parse(id))).toBe(`id:${id}`);
  });
});

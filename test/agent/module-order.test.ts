import { describe, expect, test } from "vitest";
import { moduleOrder } from "../../agent/build/module-order.ts";

const depends: Readonly<Record<string, readonly string[]>> = {
  virtio: [],
  virtio_ring: ["virtio"],
  virtio_net: ["virtio", "virtio_ring", "net_failover"],
  net_failover: ["failover"],
  failover: [],
  broken: ["gone"],
};
const modules = {
  dependsOf: (name: string) => depends[name],
  isBuiltIn: (name: string) => name === "af_packet",
};

describe("ordering kernel modules", () => {
  test("each comes after everything it depends on, and once", () => {
    expect(moduleOrder(["virtio_net", "virtio_ring"], modules)).toEqual([
      "virtio",
      "virtio_ring",
      "failover",
      "net_failover",
      "virtio_net",
    ]);
  });

  test("a built-in one is left out", () => {
    expect(moduleOrder(["af_packet", "failover"], modules)).toEqual(["failover"]);
  });

  test("a missing one is named, with who needs it", () => {
    expect(() => moduleOrder(["broken"], modules)).toThrow("no module gone, which broken needs");
    expect(() => moduleOrder(["missing"], modules)).toThrow("no module missing, which the agent needs");
  });
});

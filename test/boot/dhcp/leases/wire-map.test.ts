import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createWireMap } from "../../../../src/boot/dhcp/leases/wire-map.ts";
import type { WireKey } from "../../../../src/boot/dhcp/subnets.ts";

describe("a map of clients on wires", () => {
  const step = fc.record({
    act: fc.constantFrom("set", "set", "set", "delete", "delete", "clear"),
    wire: fc.constantFrom<WireKey>("subnet hall", "shared hall", "subnet attic"),
    client: fc.constantFrom("mac:52:54:00:00:00:01", "mac:52:54:00:00:00:02", "id:00ff"),
    value: fc.nat(),
  });

  test("holds what a plain map of both does", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const map = createWireMap<string, number>();
        const model = new Map<string, number>();
        for (const { act, wire, client, value } of steps) {
          const key = `${wire} ${client}`;
          if (act === "set") {
            map.set(wire, client, value);
            model.set(key, value);
          } else if (act === "delete") {
            map.delete(wire, client);
            model.delete(key);
          } else {
            map.clear();
            model.clear();
          }
          expect([map.get(wire, client), map.size]).toEqual([model.get(key), model.size]);
        }
      }),
    );
  });
});

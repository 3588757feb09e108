import type { ConnectionCounts } from "../../boot/http/connections.ts";
import type { Counts } from "../activity.ts";
import type { BootWire } from "./open-wire.ts";

type Counted = Pick<BootWire, "tftpCounts" | "connections">;

/** Adds up what wires count, those that were closed because their address changed included. */
export function wireCounts<Wire extends Counted>() {
  let tftpBefore: Counts[string] = {};
  let refusedBefore = { refusedTotal: 0, refusedPerSource: 0 };

  return {
    /** Keeps what a wire has counted that is closed. */
    keep(wire: Wire): void {
      tftpBefore = sum(tftpBefore, wire.tftpCounts());
      const { open: _, ...refused } = wire.connections();
      refusedBefore = sum(refusedBefore, refused);
    },

    tftp: (wires: readonly Wire[]): Counts[string] =>
      wires.map((wire) => wire.tftpCounts()).reduce(sum, tftpBefore),

    connections: (wires: readonly Wire[]): ConnectionCounts =>
      wires.map((wire) => wire.connections()).reduce(sum, { open: 0, ...refusedBefore }),
  };
}

/** Number by number; `other` may have some that `one` has not. */
function sum<Numbers extends object>(one: Numbers, other: Numbers): Numbers {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof Numbers>;
  const number = (from: Numbers, name: keyof Numbers) => Number(from[name] ?? 0);
  return Object.fromEntries(
    [...names].map((name) => [name, number(one, name) + number(other, name)]),
  ) as Numbers;
}

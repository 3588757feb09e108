import type { ClientNetwork, WireKey } from "./subnets.ts";

/** A wire on which clients asked and no address was left for them. */
export interface ExhaustedWire {
  /** The names of its subnets. */
  readonly subnets: readonly string[];
  /** DHCPDISCOVERs that were left unanswered. */
  readonly unanswered: number;
}

/** Remembers where addresses ran out, until somebody asks. It holds one entry for each wire at most. */
export interface Exhaustion {
  note(network: ClientNetwork): void;
  /** Where since the last time. */
  take(): readonly ExhaustedWire[];
}

export function createExhaustion(): Exhaustion {
  const wires = new Map<WireKey, ExhaustedWire>();

  return {
    note({ key, subnets }) {
      const unanswered = (wires.get(key)?.unanswered ?? 0) + 1;
      wires.set(key, { subnets: subnets.map(({ name }) => name), unanswered });
    },

    take() {
      const taken = [...wires.values()];
      wires.clear();
      return taken;
    },
  };
}

import type { WireKey } from "../subnets.ts";

/** A map whose keys are clients on wires: the same client on another wire is another key. */
export interface WireMap<Client extends string, Value> {
  get(wire: WireKey, client: Client): Value | undefined;
  set(wire: WireKey, client: Client, value: Value): void;
  delete(wire: WireKey, client: Client): void;
  clear(): void;
  readonly size: number;
}

/** Two steps to a value: one key of both would have to be put together, and hashed, for every look. */
export function createWireMap<Client extends string, Value>(): WireMap<Client, Value> {
  const wires = new Map<WireKey, Map<Client, Value>>();
  let size = 0;

  return {
    get: (wire, client) => wires.get(wire)?.get(client),

    set(wire, client, value) {
      let clients = wires.get(wire);
      if (!clients) {
        clients = new Map();
        wires.set(wire, clients);
      }
      const before = clients.size;
      size += clients.set(client, value).size - before;
    },

    delete(wire, client) {
      // A wire without clients may stay: there are no more of them than subnets.
      if (wires.get(wire)?.delete(client)) size--;
    },

    clear() {
      wires.clear();
      size = 0;
    },

    get size() {
      return size;
    },
  };
}

import type { Binding, LeaseHolder } from "./binding.ts";
import type { AddressEvent } from "./events.ts";

/** Nobody may use the address; `holder` is who did last. */
export type FreeAddress = Binding & {
  readonly status: "free";
  readonly leaseSeconds: null;
  readonly untilMs: null;
};

/** `holder` may use the address until `untilMs`. */
export type LeasedAddress = Binding & {
  readonly status: "leased";
  readonly holder: LeaseHolder;
  readonly leaseSeconds: number;
  readonly untilMs: number;
};

/** `holder` found the address in use by somebody else: nobody gets it until `untilMs`. */
export type DeclinedAddress = Binding & {
  readonly status: "declined";
  readonly leaseSeconds: null;
  readonly untilMs: number;
};

/** A binding whose parts fit its status. */
export type BoundAddress = FreeAddress | LeasedAddress | DeclinedAddress;

/** `undefined`: nothing was ever recorded of the address, so it is free. */
export type Address = BoundAddress | undefined;

/** Each event carries the whole binding, so the newest one is the state. */
export function evolve(_address: Address, { data }: AddressEvent): Address {
  return boundAddress(data);
}

/** @throws Error when the parts of the binding do not fit its status, which no decision records */
export function boundAddress(binding: Binding): BoundAddress {
  if (isBound(binding)) return binding;
  throw new Error(`a binding is ${binding.status}, but its other parts do not fit: verify the log`);
}

function isBound(binding: Binding): binding is BoundAddress {
  const { status, holder, leaseSeconds, untilMs } = binding;
  switch (status) {
    case "leased":
      return holder !== null && leaseSeconds !== null && untilMs !== null;
    case "declined":
      return leaseSeconds === null && untilMs !== null;
    case "free":
      return leaseSeconds === null && untilMs === null;
  }
}

import type { AddressCommand } from "../../domain/address/commands.ts";
import { addressDecider } from "../../domain/address/decide.ts";
import type { AddressRejectionCode } from "../../domain/address/decision.ts";
import { addressCodec, addressStream } from "../../domain/address/events.ts";
import type { BoundAddress } from "../../domain/address/state.ts";
import type { Rejection } from "../../domain/decision.ts";
import type { EventMeta, EventStore } from "../../domain/ports/event-store.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { LeaseTable } from "./leases/lease-table.ts";

/** Who asked for a change of an address. */
export interface CommitCause {
  readonly actor: string;
  readonly source: "dhcp" | "system";
  /** (Default: the event's own id) */
  readonly correlationId: string | undefined;
  /** (Default: the event's own id) */
  readonly causationId: string | undefined;
}

export type CommitResult =
  | {
      readonly outcome: "committed";
      /** `undefined`: nothing was ever recorded of the address, and nothing is now. */
      readonly binding: BoundAddress | undefined;
      /** False when there was nothing to record: the state was as wanted. */
      readonly isRecorded: boolean;
    }
  | { readonly outcome: "refused"; readonly rejection: Rejection<AddressRejectionCode> }
  /** The stream kept changing. Nothing was recorded; worth retrying. */
  | { readonly outcome: "busy" };

/**
 * Decides about one address and records the decision. Resolves when it is durable.
 *
 * Decides on what is in memory; only when another writer came first is the stream read.
 *
 * @throws EventStoreError when the log does not say that it took the change. Nobody may be told of one; should it be
 * in the log all the same, the next attempt at the address meets a conflict and reads it.
 */
export type Commit = (address: Ipv4, command: AddressCommand, cause: CommitCause) => Promise<CommitResult>;

/** A conflict is another writer's success, so retrying this often without one means something is wrong. */
const attemptsMax = 5;

export interface CommitOptions {
  readonly store: EventStore;
  readonly leases: LeaseTable;
  readonly newId: () => string;
}

export function createCommit({ store, leases, newId }: CommitOptions): Commit {
  async function attempt(address: Ipv4, command: AddressCommand, cause: CommitCause) {
    const stream = addressStream(address);
    const known = leases.get(address);
    const decision = addressDecider.decide(command, known?.binding);
    if (decision.outcome === "rejected")
      return { outcome: "refused", rejection: decision.rejection } as const;
    const { events } = decision;
    if (events.length === 0)
      return { outcome: "committed", binding: known?.binding, isRecorded: false } as const;

    const expectedRevision = known?.revision ?? "no-stream";
    const batch = events.map((event) => newEvent(addressCodec.write(event), cause));
    const result = await store.append(stream, { expectedRevision, events: batch, isApplied: true });
    if (result.outcome === "conflict") {
      for (const newest of await store.readStream(stream, { newestOnly: true })) leases.apply(newest);
      return undefined;
    }
    const binding = events.reduce(addressDecider.evolve, known?.binding);
    if (binding) leases.record(address, { binding, revision: result.revision });
    return { outcome: "committed", binding, isRecorded: true } as const;
  }

  function newEvent<Event>(event: Event, { actor, source, correlationId, causationId }: CommitCause) {
    const id = newId();
    // In the order in which it is spelled: that spares ordering it for each lease.
    const meta: EventMeta = {
      $causationId: causationId ?? id,
      $correlationId: correlationId ?? id,
      actor,
      source,
    };
    return { ...event, id, meta };
  }

  return async (address, command, cause) => {
    for (let attempts = 1; attempts <= attemptsMax; attempts++) {
      const result = await attempt(address, command, cause);
      if (result) return result;
    }
    return { outcome: "busy" };
  };
}

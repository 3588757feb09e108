import type { EventMeta } from "../../src/domain/ports/event-store.ts";

/**
 * What requests come in over an address of their own. A client of DHCP has none yet; the relay that it came through is
 * in the event's data.
 */
const haveAddress: ReadonlySet<string> = new Set(["graphql", "boot", "agent", "tftp"]);

const actor = /^(?:system|(?:user|machine|client):[^\s]+)$/;

interface Said {
  readonly type: string;
  readonly meta: EventMeta;
}

/** Events that do not say who did it, through what, from where, or what they followed from. */
export function unaccounted(events: readonly Said[]): readonly Said[] {
  return events.filter(({ meta }) => {
    const comesFromOutside = haveAddress.has(meta.source) && meta.actor !== "system";
    const hasIds = Boolean(meta.$correlationId && meta.$causationId);
    return !actor.test(meta.actor) || !hasIds || (comesFromOutside && !meta.sourceAddress);
  });
}

/** The parts of the service that events came in through. */
export function sourcesOf(events: readonly Said[]): readonly string[] {
  return [...new Set(events.map(({ meta }) => meta.source))].toSorted();
}

import { bootCodec, bootStream } from "../../domain/boot/events.ts";
import type { EventMeta, EventReader } from "../../domain/ports/event-store.ts";
import type { Architecture } from "../../domain/values/architecture.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { BootTracker } from "../boot-tracker.ts";
import { type BootTicket, nonceLifeSeconds } from "../nonce.ts";
import type { Observer } from "../observer.ts";
import { recentEvents } from "./recent-events.ts";

/** A boot as DHCP saw it begin. */
export interface KnownBoot {
  /** As the firmware or its iPXE named it; `null` when it named none that is known. */
  readonly architecture: Architecture | null;
  /** The run that the boot serves, else the boot's own id. */
  readonly correlationId: string;
  /** Beyond the hourly limit of unknown interfaces: nothing is recorded of it one by one. */
  readonly suppressed: boolean;
}

interface KnownBootOptions {
  readonly tracker: Pick<BootTracker, "reached">;
  readonly observer: Pick<Observer, "isSuppressed">;
  readonly reader: EventReader;
  readonly clock: () => Date;
}

/** Tells what is known of a boot that now asks for its script. */
export type FindBoot = (ticket: BootTicket) => Promise<KnownBoot>;

/** From memory, and from the log what memory does not hold or a restart took from it. */
export function bootFinder({ tracker, observer, reader, clock }: KnownBootOptions): FindBoot {
  return async ({ mac, bootId }) => {
    if (observer.isSuppressed(mac)) return { architecture: null, correlationId: bootId, suppressed: true };
    const current = tracker.reached(mac, "script", clock().getTime());
    const recorded = await recentEvents(reader, bootStream(mac));
    const requested = recorded.findLast(
      ({ type, id, meta }) => type === "PxeRequested" && (id === bootId || meta.$causationId === bootId),
    );
    const event = requested && bootCodec.read(requested);
    const inMemory = current?.bootId === bootId ? current.correlationId : undefined;
    return {
      architecture: event?.type === "PxeRequested" ? event.data.architecture : null,
      correlationId: inMemory ?? requested?.meta.$correlationId ?? bootId,
      suppressed: false,
    };
  };
}

/**
 * Tells which boot an interface is in that gives no ticket of its own; `undefined`: in none, or in one of iPXE, which
 * was given a ticket by DHCP: without that nobody is to have anything of such a boot.
 */
export type FindTicket = (mac: MacAddress) => Promise<BootTicket | undefined>;

/** From memory, and after a restart from the log: a boot that began no longer ago than a nonce lives. */
export function ticketFinder({
  tracker,
  reader,
  clock,
}: Pick<KnownBootOptions, "reader" | "clock"> & {
  readonly tracker: Pick<BootTracker, "current" | "hasIpxe">;
}): FindTicket {
  return async (mac) => {
    const nowMs = clock().getTime();
    if (tracker.hasIpxe(mac, nowMs)) return undefined;
    const current = tracker.current(mac, nowMs);
    if (current) return { mac, bootId: current.bootId };
    const recorded = await recentEvents(reader, bootStream(mac));
    const begun = recorded.findLast(({ type }) => type === "PxeRequested");
    if (!begun || nowMs - begun.time >= nonceLifeSeconds * 1_000) return undefined;
    const { type, data } = bootCodec.read(begun);
    return type === "PxeRequested" && data.client === "firmware" ? { mac, bootId: begun.id } : undefined;
  };
}

/** The envelope of what an interface did that nobody has authenticated: its MAC address is a claim. */
export function clientMeta(
  { mac, bootId }: BootTicket,
  { correlationId, address }: { readonly correlationId: string; readonly address: Ipv4 },
): EventMeta {
  return {
    actor: `client:${mac}`,
    source: "boot",
    $correlationId: correlationId,
    $causationId: bootId,
    sourceAddress: address,
  };
}

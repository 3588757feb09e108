import { type BootEvent, bootCodec, bootStream } from "../domain/boot/events.ts";
import { firstMeta } from "../domain/event-meta.ts";
import { networkCodec, networkStream } from "../domain/network/events.ts";
import type { EventMeta, EventStore, NewEvent } from "../domain/ports/event-store.ts";
import type { MacAddress } from "../domain/values/mac-address.ts";
import type { BootTargets } from "./boot-tracker.ts";
import { createRateLimit } from "./rate-limit.ts";
import { createStreamLimit } from "./stream-limit.ts";

const hourMs = 3_600_000;

/** Something that was seen of an interface, to be recorded on `boot-<mac>`. */
export interface Observation {
  readonly mac: MacAddress;
  readonly event: BootEvent;
  /** (Default: a new one) */
  readonly id?: string;
  readonly meta: EventMeta;
}

/** Records what was seen, without anybody waiting for it. */
export interface Observer {
  /**
   * Never throws. Dropped with a count when too much is under way, when the interface is suppressed, and when the
   * log has had enough of it for an hour.
   */
  observe(observation: Observation): void;
  /** The interface is of no machine, came after too many others, and is not recorded: it gets the disk. */
  isSuppressed(mac: MacAddress): boolean;
  /** Records how many requests were suppressed since the last time, if any. To be called once a minute. */
  summarize(): void;
  readonly counters: Readonly<ObserverCounters>;
}

export interface ObserverCounters {
  recorded: number;
  /** More was under way than may be. */
  dropped: number;
  /** The log refused. */
  failed: number;
  /** Requests of interfaces that are not recorded one by one. */
  suppressed: number;
  /** Of an interface of which more was seen in an hour than is recorded. */
  limited: number;
}

export interface ObserverOptions {
  readonly store: EventStore;
  readonly targets: BootTargets;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** Most observations on their way to the log. (Default: 4,096) */
  readonly inFlightMax?: number;
  /** Most interfaces of no machine that begin to be recorded in an hour. (Default: 1,000) */
  readonly newStreamsPerHour?: number;
  /** Most refusals of one interface in an hour: a client may ask again and again. (Default: 20) */
  readonly refusalsPerHour?: number;
  /** Most other events of one interface in an hour. (Default: 600, a machine that boots every minute) */
  readonly othersPerHour?: number;
}

export function createObserver(options: ObserverOptions): Observer {
  const { store, targets, clock, newId, inFlightMax = 4_096, newStreamsPerHour = 1_000 } = options;
  const { refusalsPerHour = 20, othersPerHour = 600 } = options;
  const counters: ObserverCounters = { recorded: 0, dropped: 0, failed: 0, suppressed: 0, limited: 0 };
  const limit = createStreamLimit(newStreamsPerHour);
  const admitRefusal = createRateLimit<MacAddress>({ most: refusalsPerHour, windowMs: hourMs });
  const admitOther = createRateLimit<MacAddress>({ most: othersPerHour, windowMs: hourMs });
  let inFlight = 0;
  let unsummarized = { count: 0, fromMs: 0 };

  async function append(stream: string, write: () => NewEvent): Promise<void> {
    inFlight++;
    try {
      await store.append(stream, { expectedRevision: "any", events: [write()] });
      counters.recorded++;
    } catch {
      // The log latches its own failures and tells of them; what was only seen is not worth a retry, and what
      // does not fit its event's shape, however a client brought that about, is not worth an answer withheld.
      counters.failed++;
    } finally {
      inFlight--;
    }
  }

  /** Refusals have a share of their own, so that they take nothing from what tells how a boot went. */
  function admit({ type }: BootEvent, mac: MacAddress, nowMs: number): boolean {
    return type === "BootRefused" ? admitRefusal(mac, nowMs) : admitOther(mac, nowMs);
  }

  function suppress(nowMs: number): void {
    counters.suppressed++;
    if (unsummarized.count === 0) unsummarized = { count: 0, fromMs: nowMs };
    unsummarized.count++;
  }

  return {
    counters,

    observe({ mac, event, id = newId(), meta }) {
      const nowMs = clock().getTime();
      if (!targets.isKnown(mac) && !limit.admit(mac, nowMs)) {
        if (event.type === "PxeRequested") suppress(nowMs);
      } else if (inFlight >= inFlightMax) {
        counters.dropped++;
      } else if (!admit(event, mac, nowMs)) {
        counters.limited++;
      } else {
        void append(bootStream(mac), () => ({ ...bootCodec.write(event), id, meta }));
      }
    },

    isSuppressed(mac) {
      return !targets.isKnown(mac) && !limit.wouldAdmit(mac, clock().getTime());
    },

    summarize() {
      const { count, fromMs } = unsummarized;
      if (count === 0) return;
      unsummarized = { count: 0, fromMs: 0 };
      const id = newId();
      const meta = firstMeta({ actor: "system", source: "dhcp" }, id);
      const data = { count, fromMs, toMs: clock().getTime() };
      const event = networkCodec.write({ type: "PxeRequestsSuppressed", data });
      void append(networkStream, () => ({ ...event, id, meta }));
    },
  };
}

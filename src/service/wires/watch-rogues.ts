import { randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Logger } from "pino";
import { type RogueServer, type RogueWatch, rogueWatch } from "../../boot/dhcp/rogue/rogue-watch.ts";
import { createRateLimit } from "../../boot/rate-limit.ts";
import { systemMeta } from "../../domain/event-meta.ts";
import { commandHandler } from "../../domain/handle-command.ts";
import { networkKind } from "../../domain/network/decide.ts";
import { networkStream } from "../../domain/network/events.ts";
import type { EventStore } from "../../domain/ports/event-store.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import { MacAddress } from "../../domain/values/mac-address.ts";
import type { Counts } from "../activity.ts";
import type { BootCore } from "../boot-core.ts";
import type { BootWire } from "./open-wire.ts";
import type { WireSettings } from "./wire-settings.ts";

export interface WatchRoguesOptions {
  readonly core: Pick<BootCore, "wires">;
  readonly store: EventStore;
  /** The log that this process shares with others. */
  readonly logId: string;
  readonly newId: () => string;
  readonly clock: () => Date;
  readonly log: Pick<Logger, "warn" | "error">;
}

/** Wires that are asked for DHCP servers which should not be there. */
export interface WatchedWires {
  /** Knows probes of our kind also on a wire that is not asked. */
  of(wire: WireSettings): RogueWatch | undefined;
  /** How many should not be there; `undefined`: the wire is not asked. */
  serversSeen(wire: WireSettings): number | undefined;
  counts(): Counts[string];
  /** Begins to ask. `opened`: what is open now. */
  start(opened: () => readonly BootWire[]): void;
  /** Asks no more. Resolves when what was seen is recorded. Call it when the wires are closed. */
  stop(): Promise<void>;
}

/** One server is told of once in an hour, in the log and as an event. Whoever makes servers up gets no further. */
const toldPerHour = 24;
const hourMs = 3_600_000;

export function watchRogues({ core, store, logId, newId, clock, log }: WatchRoguesOptions): WatchedWires {
  const handle = commandHandler(networkKind, { store, newId });
  const isNews = createRateLimit<string>({ most: 1, windowMs: hourMs, keysMax: 1_024 });
  const withinShare = createRateLimit<"all">({ most: toldPerHour, windowMs: hourMs });
  const counts = { answers: 0, recorded: 0, limited: 0, failed: 0 };
  const timers: NodeJS.Timeout[] = [];
  const underWay = new Set<Promise<void>>();

  function onRogue(wire: WireSettings, rogue: RogueServer): void {
    counts.answers++;
    const nowMs = clock().getTime();
    if (!isNews(`${wire.name} ${rogue.server}`, nowMs)) return;
    if (!withinShare("all", nowMs)) {
      counts.limited++;
      return;
    }
    const recording = record(wire, rogue).finally(() => underWay.delete(recording));
    underWay.add(recording);
  }

  async function record(
    { name: wire }: WireSettings,
    { server, source, offered }: RogueServer,
  ): Promise<void> {
    try {
      const mac = await neighbour(source);
      log.warn(
        { wire, server, source, mac, offered },
        "a DHCP server that is not expected answers on a wire",
      );
      const command = { type: "RecordRogueServer", server, wire, mac, offered } as const;
      const result = await handle(networkStream, command, { meta: systemMeta(newId()) });
      if (result.outcome === "rejected") throw new Error(result.rejection.message);
      counts.recorded++;
    } catch (err) {
      counts.failed++;
      log.error({ err, wire, server }, "a DHCP server that is not expected could not be recorded");
    }
  }

  const watches = new Map(
    core.wires.all.map((wire) => {
      const watch = rogueWatch({
        ownAddresses: core.wires.places.addresses,
        trusted: wire.trustedServers,
        logId,
        random: () => randomInt(2 ** 32),
        onRogue: (rogue) => onRogue(wire, rogue),
      });
      return [wire, watch] as const;
    }),
  );
  const isAsked = ({ rogueProbeSeconds }: WireSettings) => rogueProbeSeconds > 0;

  return {
    of: (wire) => watches.get(wire),
    serversSeen: (wire) => (isAsked(wire) ? watches.get(wire)?.serversSeen() : undefined),
    counts: () => ({ ...counts }),
    start(opened) {
      for (const wire of core.wires.all.filter(isAsked)) {
        const ask = () =>
          opened()
            .find(({ settings }) => settings === wire)
            ?.probe();
        ask();
        timers.push(setInterval(ask, wire.rogueProbeSeconds * 1_000));
      }
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(underWay);
    },
  };
}

/** What the kernel knows of a host that it just heard from; `null`: nothing, as of one behind a router. */
async function neighbour(address: Ipv4): Promise<MacAddress | null> {
  const table = await readFile("/proc/net/arp", "utf8").catch(() => "");
  const [, , , mac] =
    table
      .split("\n")
      .find((line) => line.startsWith(`${address} `))
      ?.split(/\s+/) ?? [];
  return MacAddress.safeParse(mac).data ?? null;
}

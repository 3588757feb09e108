import type { MacAddress } from "../domain/values/mac-address.ts";
import type { RunId } from "../domain/values/run-id.ts";
import { createGenerationMap } from "./generation-map.ts";

/** The event that makes an interface boot. */
export interface BootCause {
  /** `intent`: a run waits for the boot. `ended`: the last run is over, and this is the boot after it. */
  readonly kind: "intent" | "ended";
  readonly run: RunId;
  /** Of the run's BootIntentSet, or of its DeploymentCompleted or DeploymentFailed. */
  readonly eventId: string;
}

/** What the tracker has to know of machines. */
export interface BootTargets {
  /** `undefined`: no run has to do with the interface, or none that ended since it booted last. */
  causeOf(mac: MacAddress): BootCause | undefined;
  /** Whether the interface belongs to a machine. */
  isKnown(mac: MacAddress): boolean;
}

/** How far a boot came, by the last that was seen of it. */
export type BootStage = "firmware" | "loader" | "ipxe" | "script" | "agent";

/** The ids that the events of a boot carry. */
export interface BootContext {
  /** The id of the boot's first PxeRequested. */
  readonly bootId: string;
  /** The run's id while a run waits for the boot or did when it was seen, else the boot's. */
  readonly correlationId: string;
}

export interface BootSeen {
  readonly mac: MacAddress;
  readonly client: "firmware" | "ipxe";
  /** Of the DHCP exchange: the same again is the same message sent again. */
  readonly xid: number;
  /** A DHCPDISCOVER, which alone can begin a boot that is not the one under way. */
  readonly isDiscover: boolean;
}

/** The ids of a PxeRequested that is to be recorded. */
export interface RequestIds {
  readonly id: string;
  readonly causationId: string;
}

/** Which boot a packet belongs to. Only memory: after a restart a boot under way counts as a new one. */
export interface BootTracker {
  /**
   * A client asked over DHCP to be booted. `record` is there when that is news: the first of the boot, or iPXE
   * after the firmware.
   */
  requested(
    seen: BootSeen,
    nowMs: number,
  ): { readonly boot: BootContext; readonly record: RequestIds | undefined };
  /** The boot came this far. `undefined`: none is under way. */
  reached(mac: MacAddress, stage: BootStage, nowMs: number): BootContext | undefined;
  /** The boot that is under way; `undefined`: none is. */
  current(mac: MacAddress, nowMs: number): BootContext | undefined;
  /** Whether iPXE has asked DHCP in the boot that is under way. */
  hasIpxe(mac: MacAddress, nowMs: number): boolean;
  /** The run that waits for the interface to boot; `undefined`: none does. */
  waitingRun(mac: MacAddress): RunId | undefined;
}

interface Boot {
  readonly id: string;
  correlationId: string;
  stage: BootStage;
  activeMs: number;
  /** The exchange that began the boot. */
  readonly xid: number;
  readonly recorded: Set<BootSeen["client"]>;
}

/** A boot of which nothing was heard for so long is over, milliseconds. Writing an image takes its time. */
const idleMs = 30 * 60_000;

/** Firmware that loaded iPXE hears of it, and a client that repeats itself does so, within this, milliseconds. */
const chainMs = 30_000;

/** Firmware repeats a message with the same `xid` for about this long, milliseconds. */
const repeatMs = 60_000;

const stages: readonly BootStage[] = ["firmware", "loader", "ipxe", "script", "agent"];

export interface BootTrackerOptions {
  readonly targets: BootTargets;
  readonly newId: () => string;
  /** Most interfaces to keep in mind. (Default: 100,000) */
  readonly bootsMax?: number;
}

export function createBootTracker({ targets, newId, bootsMax = 100_000 }: BootTrackerOptions): BootTracker {
  const boots = createGenerationMap<MacAddress, Boot>(bootsMax);
  /** Ends of runs that a boot was traced back to already: only the first boot after an end is caused by it. */
  const tracedEnds = createGenerationMap<MacAddress, string>(bootsMax);

  function begin({ mac, client, xid }: BootSeen, nowMs: number) {
    const id = newId();
    const cause = untracedCause(mac);
    if (cause?.kind === "ended") tracedEnds.set(mac, cause.eventId);
    const correlationId = cause?.kind === "intent" ? cause.run : id;
    const boot: Boot = {
      id,
      correlationId,
      stage: client,
      activeMs: nowMs,
      xid,
      recorded: new Set([client]),
    };
    boots.set(mac, boot);
    return { boot: contextOf(mac, boot), record: { id, causationId: cause?.eventId ?? id } };
  }

  function untracedCause(mac: MacAddress): BootCause | undefined {
    const cause = targets.causeOf(mac);
    return cause?.kind === "ended" && tracedEnds.get(mac) === cause.eventId ? undefined : cause;
  }

  /** A run that began to wait during the boot makes the rest of the boot its own. */
  function contextOf(mac: MacAddress, boot: Boot): BootContext {
    const cause = targets.causeOf(mac);
    if (cause?.kind === "intent") boot.correlationId = cause.run;
    return { bootId: boot.id, correlationId: boot.correlationId };
  }

  function underWay(mac: MacAddress, nowMs: number): Boot | undefined {
    const boot = boots.get(mac);
    return boot && nowMs - boot.activeMs < idleMs ? boot : undefined;
  }

  return {
    requested(seen, nowMs) {
      const { mac, client } = seen;
      const boot = underWay(mac, nowMs);
      if (!boot || (seen.isDiscover && !continues(boot, seen, nowMs))) return begin(seen, nowMs);
      advance(boot, client, nowMs);
      const isNews = !boot.recorded.has(client);
      boot.recorded.add(client);
      return {
        boot: contextOf(mac, boot),
        record: isNews ? { id: newId(), causationId: boot.id } : undefined,
      };
    },

    reached(mac, stage, nowMs) {
      const boot = underWay(mac, nowMs);
      if (!boot) return undefined;
      advance(boot, stage, nowMs);
      return contextOf(mac, boot);
    },

    current(mac, nowMs) {
      const boot = underWay(mac, nowMs);
      return boot && contextOf(mac, boot);
    },

    hasIpxe: (mac, nowMs) => underWay(mac, nowMs)?.recorded.has("ipxe") === true,

    waitingRun(mac) {
      const cause = targets.causeOf(mac);
      return cause?.kind === "intent" ? cause.run : undefined;
    },
  };
}

/** Whether a DHCPDISCOVER is of the boot under way, and not of a machine that was switched on again. */
function continues({ stage, activeMs, xid }: Boot, seen: BootSeen, nowMs: number): boolean {
  if (seen.client === "firmware") {
    return stage === "firmware" && seen.xid === xid && nowMs - activeMs < repeatMs;
  }
  return stages.indexOf(stage) <= stages.indexOf("ipxe") && nowMs - activeMs < chainMs;
}

function advance(boot: Boot, stage: BootStage, nowMs: number): void {
  boot.activeMs = nowMs;
  if (stages.indexOf(stage) > stages.indexOf(boot.stage)) boot.stage = stage;
}

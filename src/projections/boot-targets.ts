import { claimCodec } from "../domain/claim/events.ts";
import { machineCodec } from "../domain/machine/events.ts";
import { networkCodec } from "../domain/network/events.ts";
import { emptyNetwork, evolve, type Network } from "../domain/network/state.ts";
import type { Subnet } from "../domain/network/subnet.ts";
import type { EventFilter, Position, RecordedEvent } from "../domain/ports/event-store.ts";
import { systemCodec } from "../domain/system/events.ts";
import type { MacAddress } from "../domain/values/mac-address.ts";
import type { MachineId } from "../domain/values/machine-id.ts";
import type { RunId } from "../domain/values/run-id.ts";
import type { EnvironmentName } from "../domain/values/slug.ts";
import type { KeptClaim } from "./boot-fold.ts";
import type { BootMachine } from "./boot-machine.ts";
import { bootMachines, type LiveRun } from "./boot-machines.ts";
import type { OrphanedClaim } from "./claims-without-machine.ts";
import { environmentCatalogue, type PublishedEnvironment } from "./environment-catalogue.ts";
import { trustedReader } from "./view.ts";

/** The events that the fold needs. The others may be given to it too, and change nothing. */
export const bootTargetsFilter: EventFilter = {
  categories: ["network", "system", "machine", "mac", "name", "bootenv", "boot"],
  types: [
    ...[networkCodec, systemCodec, machineCodec, claimCodec].flatMap(({ definitions }) =>
      definitions.map(({ type }) => type),
    ),
    "BootEnvironmentPublished",
    "PxeRequested",
  ],
};

/** Why an interface boots: a run or a discovery waits for it, or one has just ended. */
export interface BootCause {
  readonly kind: "intent" | "ended";
  readonly run: RunId;
  /** Of the event that set the intent, or of the one that ended it all. */
  readonly eventId: string;
}

/**
 * What the packet path has to know of the log, in memory: it never opens a database and never waits. It lags
 * behind the log by a moment, so whoever acts on it decides on the machine's stream.
 */
export interface BootTargets {
  /** Applies the next event of the log. */
  apply(event: RecordedEvent): void;
  /** Takes a machine as it was kept elsewhere, instead of the events of its stream. */
  restoreMachine(machine: BootMachine): void;
  /** Takes all claims of a machine, each with its time, milliseconds UTC. The machines come before. */
  restoreClaims(machineId: MachineId, claims: readonly KeptClaim[]): void;
  /** The subnets that are served. */
  subnets(): readonly Subnet[];
  /** The subnets that are served and the client classes: the same object until one of them changes. */
  network(): Network;
  machine(id: MachineId): BootMachine | undefined;
  /** The machine that claims this interface. */
  machineByMac(mac: MacAddress): BootMachine | undefined;
  /** The machine whose run this is, or was last. */
  machineByRun(run: RunId): BootMachine | undefined;
  /** Whether a machine claims this interface. */
  isKnown(mac: MacAddress): boolean;
  /** Why this interface would boot now; `undefined` when no run has to do with it. */
  causeOf(mac: MacAddress): BootCause | undefined;
  /** The interface booted: the run that ended before causes no further boot. */
  bootSeen(mac: MacAddress): void;
  liveRuns(): readonly LiveRun[];
  /** What a crash left claimed of machines that are retired. */
  retiredClaims(): readonly OrphanedClaim[];
  /** Claims of machines that have not come about by then, milliseconds UTC: each was claimed before. */
  claimsWithoutMachine(beforeMs: number): readonly OrphanedClaim[];
  /** `epochPosition`: of the newest EffectsEpochStarted; `undefined` before the first. */
  fence(): { readonly fenced: boolean; readonly epochPosition: Position | undefined };
  /** Whether an intent that was set there is of this epoch: those before it ended with it. */
  isIntentLive(position: Position): boolean;
  /** A published version of an environment. (Default version: the newest) */
  environment(name: EnvironmentName, version?: number): PublishedEnvironment | undefined;
  /** The newest version of each environment. */
  environments(): readonly PublishedEnvironment[];
}

export function createBootTargets(): BootTargets {
  const machines = bootMachines();
  const network = currentNetwork();
  const system = effectsFence();
  const catalogue = environmentCatalogue();
  const isIntentLive = (position: Position) => position > (system.fence().epochPosition ?? "");

  return {
    isIntentLive,
    network: network.current,
    subnets: () => [...network.current().subnets.values()],
    fence: system.fence,
    restoreMachine: machines.restoreMachine,
    restoreClaims: machines.restoreClaims,
    machine: machines.byId,
    machineByMac: machines.byMac,
    machineByRun: machines.byRun,
    isKnown: (mac) => machines.byMac(mac) !== undefined,
    bootSeen: (mac) => machines.bootSeen(mac),
    liveRuns: machines.liveRuns,
    retiredClaims: machines.retiredClaims,
    claimsWithoutMachine: machines.claimsWithoutMachine,
    environment: catalogue.find,
    environments: catalogue.newest,

    apply(event) {
      const { stream } = event;
      if (stream === "network") network.apply(event);
      else if (stream === "system") system.apply(event);
      else if (stream.startsWith("bootenv-")) catalogue.apply(event);
      else machines.apply(event);
    },

    causeOf(mac) {
      const { intent, discovery, endedRun } = machines.byMac(mac) ?? {};
      if (intent && isIntentLive(intent.position)) {
        return { kind: "intent", run: intent.plan.run, eventId: intent.eventId };
      }
      if (discovery && isIntentLive(discovery.position)) {
        return { kind: "intent", run: discovery.run, eventId: discovery.eventId };
      }
      return endedRun && { kind: "ended", ...endedRun };
    },
  };
}

const readNetwork = trustedReader(networkCodec);

function currentNetwork() {
  let network = emptyNetwork;
  return {
    current: () => network,
    apply(recorded: RecordedEvent): void {
      const event = readNetwork(recorded);
      if (event) network = evolve(network, event);
    },
  };
}

const readSystem = trustedReader(systemCodec);

function effectsFence() {
  let fenced = false;
  let epochPosition: Position | undefined;
  return {
    fence: () => ({ fenced, epochPosition }),
    apply(recorded: RecordedEvent): void {
      const event = readSystem(recorded);
      if (event?.type === "RestoreDetected") fenced = true;
      if (event?.type !== "EffectsEpochStarted") return;
      fenced = false;
      epochPosition = event.position;
    },
  };
}

import { macClaimStream } from "../domain/claim/events.ts";
import { machineCodec } from "../domain/machine/events.ts";
import type { Position, RecordedEvent } from "../domain/ports/event-store.ts";
import type { MacAddress } from "../domain/values/mac-address.ts";
import type { MachineId } from "../domain/values/machine-id.ts";
import type { RunId } from "../domain/values/run-id.ts";
import { type BootMachine, foldBootMachine } from "./boot-machine.ts";
import { type ClaimBook, claimBook } from "./claim-book.ts";
import { claimsWithoutMachine, type OrphanedClaim } from "./claims-without-machine.ts";
import { trustedReader } from "./view.ts";

/** A deployment or a discovery that is not over, and since when nothing was heard of it. */
export interface LiveRun {
  readonly machineId: MachineId;
  readonly run: RunId;
  /** Where it was asked for. */
  readonly setPosition: Position;
  /** Of its newest event, milliseconds UTC. */
  readonly heardAtMs: number;
}

/** Machines by id, by claimed interface and by run. */
export interface BootMachines {
  /** Knows the events of machines, of claims and of boots. */
  apply(event: RecordedEvent): void;
  byId(id: MachineId): BootMachine | undefined;
  byMac(mac: MacAddress): BootMachine | undefined;
  /** The machine whose run this is, or was last. */
  byRun(run: RunId): BootMachine | undefined;
  liveRuns(): readonly LiveRun[];
  /** What a crash left claimed by retired machines, whether or not the machine's own stream came to name it. */
  retiredClaims(): readonly OrphanedClaim[];
  /** Claims of machines that have not come about by then, milliseconds UTC: each was claimed before. */
  claimsWithoutMachine(beforeMs: number): readonly OrphanedClaim[];
  /** The interface booted. `cause`: only if this was the cause. (Default: whatever it was) */
  bootSeen(mac: MacAddress, cause?: string): void;
}

const readMachine = trustedReader(machineCodec);

export function bootMachines(): BootMachines {
  const machines = new Map<MachineId, BootMachine>();
  const claims = claimBook();
  const waiting = claimsWithoutMachine();
  const runs = newestRuns();

  const byMac = (mac: MacAddress) => {
    const id = claims.holderOf(macClaimStream(mac));
    return id && machines.get(id);
  };

  function applyMachine(recorded: RecordedEvent): void {
    const event = readMachine(recorded);
    const id = recorded.stream.slice("machine-".length) as MachineId;
    const after = event && foldBootMachine(machines.get(id), event);
    if (!after) return;
    if (!machines.has(id)) waiting.cameAbout(id);
    machines.set(id, after);
    if (event.type === "BootIntentSet") runs.set(id, event.data.plan.run);
  }

  function applyClaim(event: RecordedEvent): void {
    const { stream, time } = event;
    const before = claims.holderOf(stream);
    claims.apply(event);
    const machineId = claims.holderOf(stream);
    if (machineId === before) return;
    if (machineId && !machines.has(machineId)) waiting.add({ machineId, stream }, time);
    if (machineId) return;
    waiting.delete(stream);
    const machine = before && machines.get(before);
    if (machine) release(machine, stream);
  }

  /** A retired machine that claims nothing any more cannot be asked for again. */
  function release(machine: BootMachine, stream: string): void {
    const { machineId } = machine;
    const macs = machine.macs.filter((mac) => macClaimStream(mac) !== stream);
    machines.set(machineId, { ...machine, macs });
    if (!isRetired(machine) || claims.heldBy(machineId).length > 0) return;
    machines.delete(machineId);
    runs.delete(machineId);
  }

  function bootSeen(mac: MacAddress, cause?: string): void {
    const machine = byMac(mac);
    if (!machine?.endedRun || (cause ?? machine.endedRun.eventId) !== machine.endedRun.eventId) return;
    machines.set(machine.machineId, { ...machine, endedRun: undefined });
  }

  return {
    byMac,
    bootSeen,
    byId: (id) => machines.get(id),
    byRun(run) {
      const id = runs.machineOf(run);
      return id && machines.get(id);
    },
    liveRuns: () => [...machines.values()].flatMap(liveRunOf),
    retiredClaims: () => [...machines.values()].filter(isRetired).flatMap((each) => claimsOf(each, claims)),
    claimsWithoutMachine: waiting.waitingSince,
    apply(event) {
      const { stream, type, meta } = event;
      if (stream.startsWith("machine-")) applyMachine(event);
      else if (stream.startsWith("mac-") || stream.startsWith("name-")) applyClaim(event);
      else if (type === "PxeRequested")
        bootSeen(stream.slice("boot-".length) as MacAddress, meta.$causationId);
    },
  };
}

/** Machines by their newest run alone, so that a machine takes no more memory the more runs it has had. */
function newestRuns() {
  const machineOf = new Map<RunId, MachineId>();
  const runOf = new Map<MachineId, RunId>();

  function forget(id: MachineId): void {
    const run = runOf.get(id);
    if (run) machineOf.delete(run);
    runOf.delete(id);
  }

  return {
    machineOf: (run: RunId) => machineOf.get(run),
    delete: forget,
    set(id: MachineId, run: RunId): void {
      forget(id);
      machineOf.set(run, id);
      runOf.set(id, run);
    },
  };
}

function isRetired({ status }: BootMachine): boolean {
  return status === "retired";
}

function claimsOf({ machineId }: BootMachine, claims: ClaimBook): readonly OrphanedClaim[] {
  return claims.heldBy(machineId).map((stream) => ({ machineId, stream }));
}

function liveRunOf(machine: BootMachine): readonly LiveRun[] {
  const { machineId, intent, deploying, runSetPosition, discovery, heardAtMs } = machine;
  const run = (intent?.plan ?? deploying ?? discovery)?.run;
  const setPosition = runSetPosition ?? discovery?.position;
  return run !== undefined && setPosition !== undefined ? [{ machineId, run, setPosition, heardAtMs }] : [];
}

import type { Position, RecordedEvent } from "../domain/ports/event-store.ts";
import type { MacAddress } from "../domain/values/mac-address.ts";
import type { MachineId } from "../domain/values/machine-id.ts";
import type { RunId } from "../domain/values/run-id.ts";
import { type BootRows, bootSeen, foldBoot, type KeptClaim, machineByMac } from "./boot-fold.ts";
import type { BootMachine } from "./boot-machine.ts";
import { type ClaimBook, claimBook } from "./claim-book.ts";
import { claimsWithoutMachine, type OrphanedClaim } from "./claims-without-machine.ts";

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
  /** Takes what was kept elsewhere: machines first, then claims. Members that are `undefined` may be missing. */
  restoreMachine(machine: BootMachine): void;
  restoreClaims(machineId: MachineId, claims: readonly KeptClaim[]): void;
  byId(id: MachineId): BootMachine | undefined;
  byMac(mac: MacAddress): BootMachine | undefined;
  /** The machine whose run this is, or was last. */
  byRun(run: RunId): BootMachine | undefined;
  liveRuns(): readonly LiveRun[];
  /** What a crash left claimed by retired machines, whether or not the machine's own stream came to name it. */
  retiredClaims(): readonly OrphanedClaim[];
  /** Claims of machines that have not come about by then, milliseconds UTC: each was claimed before. */
  claimsWithoutMachine(beforeMs: number): readonly OrphanedClaim[];
  /** The interface booted: the run that ended before causes no further boot. */
  bootSeen(mac: MacAddress): void;
}

export function bootMachines(): BootMachines {
  const machines = new Map<MachineId, BootMachine>();
  const claims = claimBook();
  const waiting = claimsWithoutMachine();
  /** By newest run alone, so that a machine takes no more memory the more runs it has had. */
  const byRun = new Map<RunId, MachineId>();

  const rows: BootRows = {
    machine: (id) => machines.get(id),
    putMachine(machine) {
      const { machineId, newestRun } = machine;
      const before = machines.get(machineId);
      if (!before) waiting.cameAbout(machineId);
      machines.set(machineId, machine);
      if (newestRun === before?.newestRun) return;
      if (before?.newestRun) byRun.delete(before.newestRun);
      if (newestRun) byRun.set(newestRun, machineId);
    },
    dropMachine({ machineId, newestRun }) {
      machines.delete(machineId);
      if (newestRun) byRun.delete(newestRun);
    },
    holderOf: claims.holderOf,
    hold({ stream, machineId, sinceMs }) {
      const machine = machines.get(machineId);
      claims.hold(stream, machine?.machineId ?? machineId);
      if (!machine) waiting.add({ machineId, stream }, sinceMs);
    },
    free({ stream, machineId }) {
      claims.free(stream, machineId);
      waiting.delete(stream);
    },
    holdsAny: (machineId) => claims.heldBy(machineId).length > 0,
  };

  return {
    apply: (event) => foldBoot(event, rows),
    restoreMachine: rows.putMachine,
    restoreClaims(id, kept) {
      const machine = machines.get(id);
      // The machine's own text of its id, so that memory holds it once.
      const machineId = machine?.machineId ?? id;
      claims.holdAll(
        kept.map(([stream]) => stream),
        machineId,
      );
      if (machine) return;
      for (const [stream, sinceMs] of kept) waiting.add({ machineId, stream }, sinceMs);
    },
    byMac: (mac) => machineByMac(rows, mac),
    bootSeen: (mac) => bootSeen(rows, { mac }),
    byId: (id) => machines.get(id),
    byRun(run) {
      const id = byRun.get(run);
      return id && machines.get(id);
    },
    liveRuns: () => [...machines.values()].flatMap(liveRunOf),
    retiredClaims: () => [...machines.values()].flatMap((machine) => claimsOfRetired(machine, claims)),
    claimsWithoutMachine: waiting.waitingSince,
  };
}

function claimsOfRetired({ machineId, status }: BootMachine, claims: ClaimBook): readonly OrphanedClaim[] {
  if (status !== "retired") return [];
  return claims.heldBy(machineId).map((stream) => ({ machineId, stream }));
}

function liveRunOf(machine: BootMachine): readonly LiveRun[] {
  const { machineId, intent, deploying, runSetPosition, discovery, heardAtMs } = machine;
  const run = (intent?.plan ?? deploying ?? discovery)?.run;
  const setPosition = runSetPosition ?? discovery?.position;
  return run !== undefined && setPosition !== undefined ? [{ machineId, run, setPosition, heardAtMs }] : [];
}

import { claimCodec, macClaimStream } from "../domain/claim/events.ts";
import { machineCodec } from "../domain/machine/events.ts";
import type { RecordedEvent } from "../domain/ports/event-store.ts";
import type { MacAddress } from "../domain/values/mac-address.ts";
import type { MachineId } from "../domain/values/machine-id.ts";
import { type BootMachine, foldBootMachine } from "./boot-machine.ts";
import { trustedReader } from "./view.ts";

/** Which machine has claimed what a stream `mac-<mac>` or `name-<name>` is named after. */
export interface HeldClaim {
  readonly stream: string;
  readonly machineId: MachineId;
  /** When it was claimed, milliseconds UTC. */
  readonly sinceMs: number;
}

/** A claim of a machine that is named elsewhere: its stream, and since when it is held, milliseconds UTC. */
export type KeptClaim = readonly [stream: string, sinceMs: number];

/** Where machines and claims are kept: in memory for the packet path, in a view's file for its next start. */
export interface BootRows {
  machine(id: MachineId): BootMachine | undefined;
  putMachine(machine: BootMachine): void;
  dropMachine(machine: BootMachine): void;
  /** `undefined`: the claim is free. */
  holderOf(stream: string): MachineId | undefined;
  /** Nobody else holds it. */
  hold(claim: HeldClaim): void;
  free(claim: Omit<HeldClaim, "sinceMs">): void;
  /** Whether the machine holds any claim. */
  holdsAny(machineId: MachineId): boolean;
}

const readMachine = trustedReader(machineCodec);
const readClaim = trustedReader(claimCodec);

/** What the next event of the log does to machines and claims. Events of other streams change nothing. */
export function foldBoot(event: RecordedEvent, rows: BootRows): void {
  const { stream, type, meta } = event;
  if (stream.startsWith("machine-")) foldMachine(event, rows);
  else if (stream.startsWith("mac-") || stream.startsWith("name-")) foldClaim(event, rows);
  else if (type === "PxeRequested") {
    bootSeen(rows, { mac: stream.slice("boot-".length) as MacAddress, cause: meta.$causationId });
  }
}

/** The interface booted. `cause`: only if this was the cause. (Default: whatever it was) */
export function bootSeen(
  rows: BootRows,
  { mac, cause }: { readonly mac: MacAddress; readonly cause?: string },
): void {
  const machine = machineByMac(rows, mac);
  if (!machine?.endedRun || (cause ?? machine.endedRun.eventId) !== machine.endedRun.eventId) return;
  rows.putMachine({ ...machine, endedRun: undefined });
}

/** The machine that claims this interface. */
export function machineByMac(rows: BootRows, mac: MacAddress): BootMachine | undefined {
  const id = rows.holderOf(macClaimStream(mac));
  return id && rows.machine(id);
}

function foldMachine(recorded: RecordedEvent, rows: BootRows): void {
  const event = readMachine(recorded);
  const id = recorded.stream.slice("machine-".length) as MachineId;
  const after = event && foldBootMachine(rows.machine(id), event);
  if (after) rows.putMachine(after);
}

function foldClaim(recorded: RecordedEvent, rows: BootRows): void {
  const event = readClaim(recorded);
  const { stream, time } = recorded;
  const before = rows.holderOf(stream);
  if (event?.type === "Claimed" && event.data.machineId !== before) {
    if (before) rows.free({ stream, machineId: before });
    rows.hold({ stream, machineId: event.data.machineId, sinceMs: time });
  }
  if (event?.type !== "Released" || !before) return;
  rows.free({ stream, machineId: before });
  const machine = rows.machine(before);
  if (machine) release(machine, stream, rows);
}

/** A retired machine that claims nothing any more cannot be asked for again. */
function release(machine: BootMachine, stream: string, rows: BootRows): void {
  const macs = machine.macs.filter((mac) => macClaimStream(mac) !== stream);
  const isOver = machine.status === "retired" && !rows.holdsAny(machine.machineId);
  if (isOver) rows.dropMachine(machine);
  else rows.putMachine({ ...machine, macs });
}

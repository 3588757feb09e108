import type { ClaimRejectionCode } from "../claim/decide.ts";
import { macClaimStream, nameClaimStream } from "../claim/events.ts";
import type { Rejection } from "../decision.ts";
import type { HandlerRejectionCode } from "../handle-command.ts";
import type { EventMeta } from "../ports/event-store.ts";
import { type MachineId, machineStream } from "../values/machine-id.ts";
import type { MachineCommand } from "./commands.ts";
import type { MachineHandlers } from "./handlers.ts";
import type { ActiveMachine, Machine, RetiredMachine } from "./state.ts";

/** A claim that could not be released. Worth trying again. */
export interface ReleaseRefusal {
  readonly stream: string;
  readonly rejection: Rejection<ClaimRejectionCode | HandlerRejectionCode>;
}

/**
 * Frees the MAC addresses and names of a retired machine for others. A claim that is not the machine's (any
 * more) is left alone, so doing this again does nothing. Returns what is left to do.
 */
export async function releaseClaims(
  handlers: Pick<MachineHandlers, "handleClaim">,
  { machineId, machine }: { readonly machineId: MachineId; readonly machine: RetiredMachine },
  meta: EventMeta,
): Promise<readonly ReleaseRefusal[]> {
  return release(handlers, { machineId, streams: claimsOf(machine) }, meta);
}

interface Claims {
  readonly machineId: MachineId;
  /** As it is after what they were claimed for. `undefined`: nothing is known of it. */
  readonly machine: Machine | undefined;
  /** The claims' streams. */
  readonly claimed: readonly string[];
}

/**
 * Frees what was claimed for a machine that does not rest on it. What it was claimed for may have been refused, and
 * yet another request, or the machine's own boot, have made use of the claim meanwhile: that one stays. Returns what
 * is left to do.
 */
export async function releaseUnused(
  handlers: Pick<MachineHandlers, "handleClaim">,
  { machineId, machine, claimed }: Claims,
  meta: EventMeta,
): Promise<readonly ReleaseRefusal[]> {
  const isGone = machine === undefined || machine.status === "unknown" || machine.status === "retired";
  const used = isGone ? [] : claimsOf(machine);
  return release(handlers, { machineId, streams: claimed.filter((stream) => !used.includes(stream)) }, meta);
}

/** The machine as it is. Asked by a command that changes nothing, and that takes no right but that to edit machines. */
export async function machineNow(
  { handleMachine }: Pick<MachineHandlers, "handleMachine">,
  machineId: MachineId,
  meta: EventMeta,
): Promise<Machine | undefined> {
  const nothing: MachineCommand = { type: "LabelMachine", set: {}, remove: [] };
  const asked = await handleMachine(machineStream(machineId), nothing, { meta });
  return asked.state;
}

async function release(
  { handleClaim }: Pick<MachineHandlers, "handleClaim">,
  { machineId, streams }: { readonly machineId: MachineId; readonly streams: readonly string[] },
  meta: EventMeta,
): Promise<readonly ReleaseRefusal[]> {
  const refusals: ReleaseRefusal[] = [];
  for (const stream of streams) {
    const released = await handleClaim(stream, { type: "Release", machineId }, { meta });
    if (released.outcome === "rejected") refusals.push({ stream, rejection: released.rejection });
  }
  return refusals;
}

function claimsOf({ macs, name, formerNames }: ActiveMachine | RetiredMachine): readonly string[] {
  const names = name === undefined ? formerNames : [...formerNames, name];
  return [...macs.map(macClaimStream), ...names.map(nameClaimStream)];
}

import type { ClaimRejectionCode } from "../claim/decide.ts";
import { macClaimStream } from "../claim/events.ts";
import type { Refusal } from "../decision.ts";
import type { CommandResult, HandlerRejectionCode } from "../handle-command.ts";
import type { EventMeta } from "../ports/event-store.ts";
import type { Architecture } from "../values/architecture.ts";
import type { MacAddress } from "../values/mac-address.ts";
import { type MachineId, machineStream } from "../values/machine-id.ts";
import type { MachineRejectionCode } from "./decision.ts";
import type { MachineHandlers } from "./handlers.ts";
import type { Machine } from "./state.ts";

export interface Discovery {
  /** The id of the machine, if this interface belongs to none: a new UUIDv7. */
  readonly newMachineId: MachineId;
  readonly mac: MacAddress;
  readonly architecture: Architecture | null;
}

type DiscoveryResult =
  | (Extract<CommandResult<Machine, never>, { outcome: "accepted" }> & { readonly machineId: MachineId })
  | Refusal<MachineRejectionCode | ClaimRejectionCode | HandlerRejectionCode>;

/**
 * The machine that a network interface belongs to; a new one when it belongs to none.
 *
 * The claim comes before the machine. A crash in between leaves a claim that names a machine without events;
 * the next call, with whatever new id, finds that name and completes that machine. Two servers that see the
 * interface at once agree the same way.
 */
export async function discoverMachine(
  { handleClaim, handleMachine }: MachineHandlers,
  { newMachineId, mac, architecture }: Discovery,
  meta: EventMeta,
): Promise<DiscoveryResult> {
  const claim = await handleClaim(macClaimStream(mac), { type: "Claim", machineId: newMachineId }, { meta });
  let machineId = newMachineId;
  if (claim.outcome === "rejected") {
    const { rejection, state } = claim;
    if (state?.status !== "held") return { outcome: "rejected", rejection };
    machineId = state.by;
  }

  const command = { type: "DiscoverMachine", mac, architecture } as const;
  const machine = await handleMachine(machineStream(machineId), command, { meta });
  return machine.outcome === "accepted" ? { ...machine, machineId } : machine;
}

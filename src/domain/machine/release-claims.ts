import type { ClaimRejectionCode } from "../claim/decide.ts";
import { macClaimStream, nameClaimStream } from "../claim/events.ts";
import type { Rejection } from "../decision.ts";
import type { HandlerRejectionCode } from "../handle-command.ts";
import type { EventMeta } from "../ports/event-store.ts";
import type { MachineId } from "../values/machine-id.ts";
import type { MachineHandlers } from "./handlers.ts";
import type { RetiredMachine } from "./state.ts";

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
  { handleClaim }: Pick<MachineHandlers, "handleClaim">,
  { machineId, machine }: { readonly machineId: MachineId; readonly machine: RetiredMachine },
  meta: EventMeta,
): Promise<readonly ReleaseRefusal[]> {
  const { macs, name, formerNames } = machine;
  const names = name === undefined ? formerNames : [...formerNames, name];
  const refusals: ReleaseRefusal[] = [];
  for (const stream of [...macs.map(macClaimStream), ...names.map(nameClaimStream)]) {
    const released = await handleClaim(stream, { type: "Release", machineId }, { meta });
    if (released.outcome === "rejected") refusals.push({ stream, rejection: released.rejection });
  }
  return refusals;
}

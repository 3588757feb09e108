import type { ClaimRejectionCode } from "../claim/decide.ts";
import { macClaimStream } from "../claim/events.ts";
import type { Rejection } from "../decision.ts";
import type { HandlerRejectionCode } from "../handle-command.ts";
import type { EventMeta } from "../ports/event-store.ts";
import { isStationAddress, type MacAddress } from "../values/mac-address.ts";
import { type MachineId, machineStream } from "../values/machine-id.ts";
import type { MachineRejectionCode } from "./decision.ts";
import type { MachineHandlers } from "./handlers.ts";
import type { Inventory } from "./inventory.ts";

/** What became of each interface of the inventory. */
interface Adoption {
  /** The machine's own, now or before. */
  readonly adopted: readonly MacAddress[];
  /** Claimed by another machine, where the dispute is recorded for an operator. Never a reason to merge. */
  readonly disputed: readonly MacAddress[];
  /** Not settled. Worth trying again, unless the machine was retired. */
  readonly refused: readonly InterfaceRefusal[];
}

interface InterfaceRefusal {
  readonly mac: MacAddress;
  readonly rejection: Rejection<MachineRejectionCode | ClaimRejectionCode | HandlerRejectionCode>;
}

/**
 * Claims the interfaces that an inventory names for the machine that reported it.
 *
 * To be called after every accepted `ReportInventory`, also one without news: it completes what a crash cut
 * short, and records nothing when there is nothing left to do.
 */
export async function adoptInterfaces(
  handlers: MachineHandlers,
  { machineId, inventory }: { readonly machineId: MachineId; readonly inventory: Inventory },
  meta: EventMeta,
): Promise<Adoption> {
  const macs = new Set(inventory.interfaces.map(({ mac }) => mac).filter(isStationAddress));
  const adopted: MacAddress[] = [];
  const disputed: MacAddress[] = [];
  const refused: InterfaceRefusal[] = [];
  for (const mac of macs) {
    const result = await adopt(handlers, { machineId, mac }, meta);
    if (result === "adopted") adopted.push(mac);
    else if (result === "disputed") disputed.push(mac);
    else refused.push({ mac, rejection: result });
  }
  return { adopted, disputed, refused };
}

async function adopt(
  { handleClaim, handleMachine }: MachineHandlers,
  { machineId, mac }: { readonly machineId: MachineId; readonly mac: MacAddress },
  meta: EventMeta,
): Promise<"adopted" | "disputed" | InterfaceRefusal["rejection"]> {
  const stream = macClaimStream(mac);
  const claim = await handleClaim(stream, { type: "Claim", machineId }, { meta });
  if (claim.outcome === "rejected") {
    if (claim.rejection.code !== "CLAIM_HELD") return claim.rejection;
    const dispute = await handleClaim(stream, { type: "Dispute", claimant: machineId }, { meta });
    return dispute.outcome === "accepted" ? "disputed" : dispute.rejection;
  }

  const added = await handleMachine(machineStream(machineId), { type: "AddInterface", mac }, { meta });
  if (added.outcome === "accepted") return "adopted";
  // The machine was retired in between, and whoever released its claims could not know of this one.
  if (added.rejection.code === "MACHINE_RETIRED") {
    await handleClaim(stream, { type: "Release", machineId }, { meta });
  }
  return added.rejection;
}

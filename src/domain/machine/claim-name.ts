import { nameClaimStream } from "../claim/events.ts";
import { type Refusal, reject } from "../decision.ts";
import type { HandlerRejectionCode } from "../handle-command.ts";
import type { EventMeta } from "../ports/event-store.ts";
import type { MachineId } from "../values/machine-id.ts";
import type { MachineName } from "../values/slug.ts";
import type { MachineHandlers } from "./handlers.ts";

/** Why a name is not a machine's. */
export type NameRejectionCode =
  /** Another machine has the name, or had it and is still in service. */
  "NAME_TAKEN";

interface NamedMachine {
  readonly machineId: MachineId;
  readonly name: MachineName;
}

interface NameClaim {
  readonly outcome: "claimed";
  /** This call claimed it. Otherwise an older claim may be the one that the machine's name rests on. */
  readonly isNew: boolean;
}

/** Claims a name for a machine. Claiming twice is claiming once. */
export async function claimName(
  { handleClaim }: Pick<MachineHandlers, "handleClaim">,
  { machineId, name }: NamedMachine,
  meta: EventMeta,
): Promise<NameClaim | Refusal<NameRejectionCode | HandlerRejectionCode>> {
  const claim = await handleClaim(nameClaimStream(name), { type: "Claim", machineId }, { meta });
  if (claim.outcome === "accepted") return { outcome: "claimed", isNew: claim.eventIds.length > 0 };
  const { rejection } = claim;
  if (rejection.code !== "CLAIM_HELD") return reject(rejection.code, rejection.message);
  // Without the other machine's id: whoever asks may not be allowed to know of it.
  return reject(
    "NAME_TAKEN",
    `another machine has the name ${name}: take another name, or retire that machine`,
  );
}

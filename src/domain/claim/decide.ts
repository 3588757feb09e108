import { accept, type Decider, reject } from "../decision.ts";
import type { StreamKind } from "../handle-command.ts";
import type { MachineId } from "../values/machine-id.ts";
import type { ClaimCommand } from "./commands.ts";
import { type ClaimEvent, claimCodec } from "./events.ts";

/** Whose a MAC address or a name is. */
export type Claim =
  | { readonly status: "free" }
  | {
      readonly status: "held";
      readonly by: MachineId;
      /** Machines that reported it as theirs while `by` held it. */
      readonly disputedBy: readonly MachineId[];
    };

/** Why a MAC address or a name is not claimed. */
export type ClaimRejectionCode =
  /** Another machine holds the MAC address or the name. */
  "CLAIM_HELD";

export const claimDecider: Decider<Claim, ClaimCommand, ClaimEvent, ClaimRejectionCode> = {
  initial: { status: "free" },
  decide(command, claim) {
    switch (command.type) {
      case "Claim": {
        const { machineId } = command;
        if (claim.status === "free") return accept({ type: "Claimed", data: { machineId } });
        if (claim.by === machineId) return accept();
        return reject("CLAIM_HELD", "another machine holds it: retire that machine, or take another");
      }
      case "Release": {
        const { machineId } = command;
        if (claim.status === "free" || claim.by !== machineId) return accept();
        return accept({ type: "Released", data: { machineId } });
      }
      case "Dispute": {
        const { claimant } = command;
        if (claim.status === "free" || claim.by === claimant) return accept();
        if (claim.disputedBy.includes(claimant)) return accept();
        return accept({ type: "ClaimDisputed", data: { machineId: claim.by, claimant } });
      }
    }
  },
  evolve(claim, { type, data }) {
    switch (type) {
      case "Claimed":
        return { status: "held", by: data.machineId, disputedBy: [] };
      case "Released":
        return { status: "free" };
      case "ClaimDisputed": {
        const disputedBy = claim.status === "held" ? claim.disputedBy : [];
        return { status: "held", by: data.machineId, disputedBy: [...disputedBy, data.claimant] };
      }
    }
  },
};

/** Streams `mac-<mac>` and `name-<name>`. */
export const claimKind: StreamKind<Claim, ClaimCommand, ClaimEvent, ClaimRejectionCode> = {
  decider: claimDecider,
  codec: claimCodec,
};

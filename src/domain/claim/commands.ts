import { z } from "zod";
import { MachineId } from "../values/machine-id.ts";

export const ClaimCommand = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("Claim"), machineId: MachineId }),
  z.strictObject({ type: z.literal("Release"), machineId: MachineId }),
  /** Records that `claimant` reported what another machine holds. */
  z.strictObject({ type: z.literal("Dispute"), claimant: MachineId }),
]);
export type ClaimCommand = z.infer<typeof ClaimCommand>;

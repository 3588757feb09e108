import { z } from "zod";
import { addressStream } from "../../../domain/address/events.ts";
import { Ipv4 } from "../../../domain/values/ipv4.ts";
import { MacAddress } from "../../../domain/values/mac-address.ts";
import type { LeasePayloadResolvers } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { AddressOutcome } from "../models.ts";
import { shown } from "../positions.ts";
import { readSystem } from "../system-state.ts";
import { MachineReference, optional } from "./fields.ts";
import { firstOutcome } from "./first-outcome.ts";
import { mutation } from "./mutation.ts";
import { outcomeOf, refused } from "./request.ts";
import { interfaceOf, subnetOf } from "./reservation.ts";
import { userError } from "./user-errors.ts";

const Reservation = z
  .object({ address: Ipv4, mac: optional(MacAddress), machineId: optional(MachineReference) })
  .superRefine(({ mac, machineId }, refinement) => {
    if ((mac === undefined) !== (machineId === undefined)) return;
    const message = "give exactly one of mac and machineId";
    refinement.addIssue({ code: "custom", path: ["mac"], message });
  });

export const addressMutations = {
  reserveAddress: mutation(
    { name: "reserveAddress", scope: "network:edit", input: Reservation },
    async ({ value, request, context }): Promise<AddressOutcome> => {
      const { address } = value;
      const stream = addressStream(address);
      const earlier = await firstOutcome(stream, request, context);
      if (earlier) return earlier.userErrors.length === 0 ? { ...earlier, address } : earlier;

      const place = await subnetOf(address, context);
      if (place.outcome === "rejected") return refused(request, [userError(place.rejection)]);
      const holder = await interfaceOf(value, context);
      if (holder.outcome === "rejected") return refused(request, [userError(holder.rejection)]);
      const { nowMs, doubt } = await leaseTime(context);
      const command = { type: "ReserveAddress", subnet: place.subnet, mac: holder.mac, nowMs } as const;
      const result = await context.commands.handleAddress(stream, command, request.context);
      if (result.outcome === "accepted") return { ...outcomeOf(request, result), address };
      const { code, message } = result.rejection;
      const rejection = code === "ADDRESS_LEASED" ? { code, message: message + doubt } : result.rejection;
      return refused(request, [userError(rejection)]);
    },
  ),

  removeReservation: mutation(
    { name: "removeReservation", scope: "network:edit", input: z.object({ address: Ipv4 }) },
    async ({ value: { address }, request, context }): Promise<AddressOutcome> => {
      const command = { type: "RemoveReservation" } as const;
      const result = await context.commands.handleAddress(addressStream(address), command, request.context);
      const outcome = outcomeOf(request, result);
      return result.outcome === "accepted" ? { ...outcome, address } : outcome;
    },
  ),
};

export const LeasePayload: Pick<LeasePayloadResolvers, "lease"> = {
  async lease({ address, position }, _args, context) {
    if (!address) return null;
    await shown(context, position);
    return context.views.leases.find(address) ?? null;
  },
};

/** What lapsed leases are told by. While the clock is in doubt none has lapsed, however old it looks. */
async function leaseTime({ clock, log }: Pick<GraphqlContext, "clock" | "log">) {
  const { system } = await readSystem(log);
  if (system.clockSuspectSinceMs === undefined) return { nowMs: clock().getTime(), doubt: "" };
  return { nowMs: 0, doubt: ". The clock is in doubt, and no lease counts as over: confirmClock first" };
}

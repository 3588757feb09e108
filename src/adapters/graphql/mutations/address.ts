import { z } from "zod";
import { addressStream } from "../../../domain/address/events.ts";
import { Ipv4 } from "../../../domain/values/ipv4.ts";
import type { LeasePayloadResolvers } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { AddressOutcome } from "../models.ts";
import { shown } from "../positions.ts";
import { readSystem } from "../system-state.ts";
import { firstOutcome } from "./first-outcome.ts";
import { mutation } from "./mutation.ts";
import { outcomeOf, refused } from "./request.ts";
import { keyOf, otherReservation, subnetOf } from "./reservation.ts";
import { ReservationHolder } from "./reservation-input.ts";
import { userError } from "./user-errors.ts";

const Reservation = z.object({ address: Ipv4, for: ReservationHolder });

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
      const client = await keyOf(value.for, context);
      if (client.outcome === "rejected") return refused(request, [userError(client.rejection)]);
      const { subnet } = place;
      const { key } = client;
      const other = otherReservation({ address, subnet, key }, context);
      if (other) return refused(request, [userError(other)]);
      const { nowMs, doubt } = await leaseTime(context);
      const command = { type: "ReserveAddress", subnet: subnet.name, key, nowMs } as const;
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

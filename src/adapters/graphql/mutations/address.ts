import { addressStream } from "../../../domain/address/events.ts";
import type { Rejection } from "../../../domain/decision.ts";
import { reservationProblem } from "../../../domain/network/check-reservation.ts";
import { networkKind } from "../../../domain/network/decide.ts";
import { networkStream } from "../../../domain/network/events.ts";
import { cidrContains, type Ipv4 } from "../../../domain/values/ipv4.ts";
import type { SubnetName } from "../../../domain/values/slug.ts";
import type { LeasePayloadResolvers, MutationResolvers, UserErrorCode } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { AddressOutcome } from "../models.ts";
import { shown } from "../positions.ts";
import { readSystem } from "../system-state.ts";
import { firstOutcome } from "./first-outcome.ts";
import { outcomeOf, refused, requestOf } from "./request.ts";
import { userError } from "./user-errors.ts";

export const addressMutations: Pick<MutationResolvers, "reserveAddress" | "removeReservation"> = {
  async reserveAddress(_root, { input }, context): Promise<AddressOutcome> {
    const request = requestOf("reserveAddress", input, context);
    const nothing = { address: undefined };
    if (request.problems.length > 0) return { ...refused(request, request.problems), ...nothing };

    const { address, mac } = input;
    const stream = addressStream(address);
    const earlier = await firstOutcome(stream, request, context);
    if (earlier) return { ...earlier, address: earlier.userErrors.length === 0 ? address : undefined };

    const place = await subnetOf(address, context);
    if ("problem" in place) return { ...refused(request, [userError(place.problem)]), ...nothing };
    const command = { type: "ReserveAddress", subnet: place.subnet, mac } as const;
    const { nowMs, doubt } = await leaseTime(context);
    const result = await context.commands.handleAddress(stream, { ...command, nowMs }, request.context);
    if (result.outcome === "accepted") return { ...outcomeOf(request, result), address };
    const { code, message } = result.rejection;
    const rejection = code === "ADDRESS_LEASED" ? { code, message: message + doubt } : result.rejection;
    return { ...refused(request, [userError(rejection)]), ...nothing };
  },

  async removeReservation(_root, { input }, context): Promise<AddressOutcome> {
    const request = requestOf("removeReservation", input, context);
    const nothing = { address: undefined };
    if (request.problems.length > 0) return { ...refused(request, request.problems), ...nothing };
    const { address } = input;
    const command = { type: "RemoveReservation" } as const;
    const result = await context.commands.handleAddress(addressStream(address), command, request.context);
    return { ...outcomeOf(request, result), ...(result.outcome === "accepted" ? { address } : nothing) };
  },
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

/** The subnet in which an address may be reserved, decided on the log itself: a view could lag. */
async function subnetOf(
  address: Ipv4,
  { log }: GraphqlContext,
): Promise<{ readonly subnet: SubnetName } | { readonly problem: Rejection<UserErrorCode> }> {
  const { codec, decider } = networkKind;
  const recorded = await log.readStream(networkStream);
  const network = recorded.map(codec.read).reduce(decider.evolve, decider.initial);
  const subnet = [...network.values()].find(({ cidr }) => cidrContains(cidr, address))?.name;
  if (!subnet) {
    const message = `no subnet that is served holds ${address}: define it first, or correct the address`;
    return { problem: { code: "ADDRESS_OUTSIDE_SUBNET", message } };
  }
  const problem = reservationProblem(network, { subnet, address });
  return problem ? { problem } : { subnet };
}

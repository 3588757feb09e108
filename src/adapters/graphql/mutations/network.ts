import { z } from "zod";
import type { Rejection } from "../../../domain/decision.ts";
import type { NetworkCommand } from "../../../domain/network/commands.ts";
import { networkKind } from "../../../domain/network/decide.ts";
import { networkStream } from "../../../domain/network/events.ts";
import { Subnet } from "../../../domain/network/subnet.ts";
import { SharedNetworkName, SubnetName } from "../../../domain/values/slug.ts";
import type { SubnetPayloadResolvers } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { SubnetOutcome } from "../models.ts";
import { networkNow } from "../network-state.ts";
import { shown } from "../positions.ts";
import { pickerNames, policyNames, wordOf } from "../resolvers/names.ts";
import { DhcpOptions } from "./fields.ts";
import { firstOutcome } from "./first-outcome.ts";
import { type Asked, mutation } from "./mutation.ts";
import { outcomeOf, refused } from "./request.ts";
import { userError } from "./user-errors.ts";

/** A subnet in the words of the schema. */
const { unknownMachines: _policy, picker: _picker, ...own } = Subnet.shape;
const SubnetInput = z.object({
  ...own,
  domainName: own.domainName.optional().transform((domain) => domain ?? null),
  unknownMachines: z.enum(Object.values(policyNames)).transform((policy) => wordOf(policyNames, policy)),
  sharedNetwork: SharedNetworkName.nullish().transform((wire) => wire ?? null),
  picker: z.enum(Object.values(pickerNames)).transform((picker) => wordOf(pickerNames, picker)),
  options: DhcpOptions,
});
const force = z.boolean();

export const networkMutations = {
  defineSubnet: mutation({ name: "defineSubnet", scope: "network:edit", input: SubnetInput }, (asked) =>
    send(asked, { type: "DefineSubnet", subnet: asked.value }),
  ),
  changeSubnet: mutation(
    { name: "changeSubnet", scope: "network:edit", input: SubnetInput.extend({ force }) },
    ({ value: { force: isForced, ...subnet }, ...asked }) =>
      sendUnlessLeased({ ...asked, value: subnet }, { type: "ChangeSubnet", subnet }, isForced),
  ),
  retireSubnet: mutation(
    { name: "retireSubnet", scope: "network:edit", input: z.object({ name: SubnetName, force }) },
    (asked) => sendUnlessLeased(asked, { type: "RetireSubnet", name: asked.value.name }, asked.value.force),
  ),
};

export const SubnetPayload: Pick<SubnetPayloadResolvers, "subnet"> = {
  async subnet({ name, position }, _args, context) {
    if (!name) return null;
    await shown(context, position);
    return context.views.leases.findSubnet(name) ?? null;
  },
};

type AskedSubnet = Asked<{ readonly name: SubnetName }>;
type SubnetCommand = Extract<NetworkCommand, { type: "ChangeSubnet" | "RetireSubnet" }>;

async function sendUnlessLeased(
  asked: AskedSubnet,
  command: SubnetCommand,
  isForced: boolean,
): Promise<SubnetOutcome> {
  const { value, request, context } = asked;
  if (isForced) return send(asked, command);
  const earlier = await firstOutcome(networkStream, request, context);
  if (earlier) return earlier.userErrors.length === 0 ? { ...earlier, name: value.name } : earlier;
  const problem = await leasesProblem(command, value.name, context);
  return problem ? refused(request, [userError(problem)]) : send(asked, command);
}

/**
 * That leases run which the subnet would no longer have, as far as the view shows: one that is granted at this moment is
 * not among them, and ends by its time. What the decider refuses or sees no news in is its own.
 */
async function leasesProblem(
  command: SubnetCommand,
  name: SubnetName,
  { log, views, clock }: GraphqlContext,
): Promise<Rejection<"SUBNET_HAS_LEASES"> | undefined> {
  const network = await networkNow(log);
  const before = network.subnets.get(name);
  const decision = networkKind.decider.decide(command, network);
  if (!before || decision.outcome === "rejected" || decision.events.length === 0) return undefined;
  const after = command.type === "ChangeSubnet" ? command.subnet : undefined;
  const { count, first } = views.leases.endangered({
    cidr: before.cidr,
    ranges: after?.ranges ?? [],
    reservedIn: after?.cidr,
    nowMs: clock().getTime(),
  });
  if (count === 0) return undefined;
  const leases = count === 1 ? `the lease of ${first} runs` : `${count} leases run, such as that of ${first}`;
  return { code: "SUBNET_HAS_LEASES", message: `${leases}, which subnet ${name} would no longer have` };
}

async function send(
  { value, request, context }: AskedSubnet,
  command: NetworkCommand,
): Promise<SubnetOutcome> {
  const result = await context.commands.handleNetwork(networkStream, command, request.context);
  const outcome = outcomeOf(request, result);
  return result.outcome === "accepted" ? { ...outcome, name: value.name } : outcome;
}

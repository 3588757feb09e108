import type { CommandResult } from "../../../domain/handle-command.ts";
import type { NetworkCommand } from "../../../domain/network/commands.ts";
import { networkStream } from "../../../domain/network/events.ts";
import { Subnet } from "../../../domain/network/subnet.ts";
import { SubnetName } from "../../../domain/values/slug.ts";
import type {
  ChangeSubnetInput,
  DefineSubnetInput,
  MutationResolvers,
  SubnetPayloadResolvers,
} from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { SubnetOutcome } from "../models.ts";
import { shown } from "../positions.ts";
import { policyNames, wordOf } from "../resolvers/names.ts";
import { outcomeOf, parseField, parseInput, type Request, refused, requestOf } from "./request.ts";

export const networkMutations: Pick<MutationResolvers, "defineSubnet" | "changeSubnet" | "retireSubnet"> = {
  defineSubnet(_root, { input }, context) {
    const request = requestOf("defineSubnet", input, context);
    return withSubnet(request, input, (subnet) => send(request, { type: "DefineSubnet", subnet }, context));
  },

  changeSubnet(_root, { input }, context) {
    const request = requestOf("changeSubnet", input, context);
    return withSubnet(request, input, (subnet) => send(request, { type: "ChangeSubnet", subnet }, context));
  },

  async retireSubnet(_root, { input }, context) {
    const request = requestOf("retireSubnet", input, context);
    const name = parseField("name", SubnetName, input.name);
    const problems = [...request.problems, ...name.problems];
    if (!("value" in name) || problems.length > 0) return { ...refused(request, problems), name: undefined };
    const result = await send(request, { type: "RetireSubnet", name: name.value }, context);
    return { ...outcomeOf(request, result), name: undefined };
  },
};

export const SubnetPayload: Pick<SubnetPayloadResolvers, "subnet"> = {
  async subnet({ name, position }, _args, context) {
    if (!name) return null;
    await shown(context, position);
    return context.views.leases.findSubnet(name) ?? null;
  },
};

function send(request: Request, command: NetworkCommand, { commands }: GraphqlContext) {
  return commands.handleNetwork(networkStream, command, request.context);
}

async function withSubnet(
  request: Request,
  input: DefineSubnetInput | ChangeSubnetInput,
  sendSubnet: (subnet: Subnet) => ReturnType<typeof send>,
): Promise<SubnetOutcome> {
  const { name, cidr, ranges, routers, dnsServers, domainName = null, leaseSeconds, unknownMachines } = input;
  const subnet = parseInput(Subnet, {
    name,
    cidr,
    ranges: ranges.map(({ first, last }) => ({ first, last })),
    routers,
    dnsServers,
    domainName,
    leaseSeconds,
    unknownMachines: wordOf(policyNames, unknownMachines),
  });
  const problems = [...request.problems, ...subnet.problems];
  if (!("value" in subnet) || problems.length > 0) return { ...refused(request, problems), name: undefined };
  const result = await sendSubnet(subnet.value);
  return { ...outcomeOf(request, result), name: shownName(result, subnet.value.name) };
}

function shownName({ outcome }: CommandResult<unknown, string>, name: SubnetName): SubnetName | undefined {
  return outcome === "accepted" ? name : undefined;
}

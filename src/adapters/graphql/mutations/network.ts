import { z } from "zod";
import type { NetworkCommand } from "../../../domain/network/commands.ts";
import { networkStream } from "../../../domain/network/events.ts";
import { Subnet } from "../../../domain/network/subnet.ts";
import { SubnetName } from "../../../domain/values/slug.ts";
import type { SubnetPayloadResolvers } from "../__generated__/resolvers.ts";
import type { SubnetOutcome } from "../models.ts";
import { shown } from "../positions.ts";
import { policyNames, wordOf } from "../resolvers/names.ts";
import { type Asked, mutation } from "./mutation.ts";
import { outcomeOf } from "./request.ts";

/** A subnet in the words of the schema. */
const { name, unknownMachines: _, ...own } = Subnet.shape;
const SubnetInput = z.object({
  name,
  ...own,
  domainName: own.domainName.optional().transform((domain) => domain ?? null),
  unknownMachines: z.enum(Object.values(policyNames)).transform((policy) => wordOf(policyNames, policy)),
});

export const networkMutations = {
  defineSubnet: mutation({ name: "defineSubnet", scope: "network:edit", input: SubnetInput }, (asked) =>
    send(asked, { type: "DefineSubnet", subnet: asked.value }),
  ),
  changeSubnet: mutation({ name: "changeSubnet", scope: "network:edit", input: SubnetInput }, (asked) =>
    send(asked, { type: "ChangeSubnet", subnet: asked.value }),
  ),
  retireSubnet: mutation(
    { name: "retireSubnet", scope: "network:edit", input: z.object({ name: SubnetName }) },
    (asked) => send(asked, { type: "RetireSubnet", name: asked.value.name }),
  ),
};

export const SubnetPayload: Pick<SubnetPayloadResolvers, "subnet"> = {
  async subnet({ name, position }, _args, context) {
    if (!name) return null;
    await shown(context, position);
    return context.views.leases.findSubnet(name) ?? null;
  },
};

async function send(
  { value, request, context }: Asked<{ readonly name: SubnetName }>,
  command: NetworkCommand,
): Promise<SubnetOutcome> {
  const result = await context.commands.handleNetwork(networkStream, command, request.context);
  const outcome = outcomeOf(request, result);
  return result.outcome === "accepted" ? { ...outcome, name: value.name } : outcome;
}

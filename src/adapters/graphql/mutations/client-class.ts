import { z } from "zod";
import { ClientClass } from "../../../domain/network/client-class.ts";
import type { NetworkCommand } from "../../../domain/network/commands.ts";
import { networkStream } from "../../../domain/network/events.ts";
import { ClientClassName } from "../../../domain/values/slug.ts";
import type { ClientClassPayloadResolvers } from "../__generated__/resolvers.ts";
import type { ClientClassOutcome } from "../models.ts";
import { shown } from "../positions.ts";
import { architectureNames, wordOf } from "../resolvers/names.ts";
import { DhcpOptions, SelectorEntries } from "./fields.ts";
import { type Asked, mutation } from "./mutation.ts";
import { outcomeOf } from "./request.ts";

/** Texts, and how the domain spells them. `null` when none are given. */
function spelled(spell: (text: string) => string) {
  return z
    .array(z.string())
    .nullish()
    .transform((given) => given?.map(spell) ?? null);
}
const texts = spelled((text) => text);

/** A match in the words of the schema. */
const Match = z.object({
  architectures: z
    .array(z.enum(Object.values(architectureNames)).transform((each) => wordOf(architectureNames, each)))
    .nullish()
    .transform((given) => given ?? null),
  vendorClassPrefixes: texts,
  userClasses: texts,
  // Capitals and dashes are understood as they are in a whole MAC address.
  macPrefixes: spelled((prefix) => prefix.toLowerCase().replaceAll("-", ":")),
  relayCircuits: spelled((octets) => octets.toLowerCase()),
  relayRemotes: spelled((octets) => octets.toLowerCase()),
  machineLabels: SelectorEntries,
  subnets: texts,
});

/** A class in the words of the schema. */
const Definition = z
  .object({
    name: z.string(),
    priority: z.number(),
    match: Match,
    leaseSeconds: z.number().nullish(),
    options: DhcpOptions,
    bootFile: z.string().nullish(),
  })
  .transform(({ leaseSeconds, bootFile, ...given }, refinement) => {
    const parsed = ClientClass.safeParse({
      ...given,
      leaseSeconds: leaseSeconds ?? null,
      bootFile: bootFile ?? null,
    });
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) {
      refinement.addIssue({ code: "custom", path: [...path], message });
    }
    return z.NEVER;
  });

const FieldNames = { SUBNET_UNKNOWN: "match.subnets" } as const;

export const clientClassMutations = {
  defineClientClass: mutation(
    { name: "defineClientClass", scope: "network:edit", input: Definition },
    (asked) => send(asked, { type: "DefineClientClass", class: asked.value }),
  ),
  changeClientClass: mutation(
    { name: "changeClientClass", scope: "network:edit", input: Definition },
    (asked) => send(asked, { type: "ChangeClientClass", class: asked.value }),
  ),
  retireClientClass: mutation(
    { name: "retireClientClass", scope: "network:edit", input: z.object({ name: ClientClassName }) },
    (asked) => send(asked, { type: "RetireClientClass", name: asked.value.name }),
  ),
};

export const ClientClassPayload: Pick<ClientClassPayloadResolvers, "clientClass"> = {
  async clientClass({ name, position }, _args, context) {
    if (!name) return null;
    await shown(context, position);
    return context.views.leases.findClass(name) ?? null;
  },
};

async function send(
  { value, request, context }: Asked<{ readonly name: ClientClassName }>,
  command: NetworkCommand,
): Promise<ClientClassOutcome> {
  const result = await context.commands.handleNetwork(networkStream, command, request.context);
  const outcome = outcomeOf(request, result, FieldNames);
  return result.outcome === "accepted" ? { ...outcome, name: value.name } : outcome;
}

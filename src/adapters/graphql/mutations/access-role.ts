import { z } from "zod";
import { AccessRoleCommand } from "../../../domain/access/commands.ts";
import { accessRoleStream } from "../../../domain/access/role-events.ts";
import { AccessRoleName } from "../../../domain/values/slug.ts";
import type { AccessRolePayloadResolvers } from "../__generated__/resolvers.ts";
import type { AccessRoleOutcome } from "../models.ts";
import { SelectorEntries } from "./fields.ts";
import { type Asked, mutation } from "./mutation.ts";
import { outcomeOf } from "./request.ts";
import type { FieldNames } from "./user-errors.ts";

/** A role as the schema has it, as the command that defines it. */
const Definition = z
  .object({
    name: AccessRoleName,
    description: z.string(),
    rules: z.array(z.object({ scopes: z.array(z.string()), machines: SelectorEntries })),
  })
  .transform(({ name, ...definition }, refinement) => {
    const parsed = AccessRoleCommand.safeParse({ type: "DefineAccessRole", ...definition });
    if (parsed.success) return { name, command: parsed.data };
    for (const { path, message } of parsed.error.issues) {
      refinement.addIssue({ code: "custom", path: [...path], message });
    }
    return z.NEVER;
  });

const Withdrawal = z
  .object({ name: AccessRoleName })
  .transform(({ name }) => ({ name, command: { type: "WithdrawAccessRole" as const } }));

/** Mutations of access roles. */
export const accessRoleMutations = {
  defineAccessRole: mutation({ name: "defineAccessRole", scope: "access:manage", input: Definition }, send),
  withdrawAccessRole: mutation(
    { name: "withdrawAccessRole", scope: "access:manage", input: Withdrawal },
    send,
  ),
};

export const AccessRolePayload: Pick<AccessRolePayloadResolvers, "accessRole"> = {
  accessRole: ({ role }, _args, { access }) =>
    (role === undefined ? undefined : access.roles.find(role)) ?? null,
};

/** What is at fault when it is not the name of a role: what would be given, or what is taken from whoever has it. */
const byRules: FieldNames = { ESCALATION_REFUSED: "rules", LAST_ADMIN: "rules" };
const byName: FieldNames = { LAST_ADMIN: "name" };

async function send({
  value: { name, command },
  request,
  context,
}: Asked<{
  readonly name: AccessRoleName;
  readonly command: AccessRoleCommand;
}>): Promise<AccessRoleOutcome> {
  const result = await context.commands.handleAccessRole(accessRoleStream(name), command, request.context);
  const outcome = outcomeOf(request, result, command.type === "DefineAccessRole" ? byRules : byName);
  return result.outcome === "accepted" ? { ...outcome, role: name } : outcome;
}

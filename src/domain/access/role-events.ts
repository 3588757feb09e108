import { z } from "zod";
import { defineEvent, type EventOf, eventCodec } from "../event.ts";
import type { AccessRoleName } from "../values/slug.ts";
import { AccessRule } from "./rule.ts";

/** The role is this from now on: the full definition, for everybody who has it. */
export const AccessRoleDefined = defineEvent("AccessRoleDefined", {
  description: z.string().max(1024),
  rules: z.array(AccessRule),
});

/** The role gives nothing any more, and its name is never used again. */
export const AccessRoleWithdrawn = defineEvent("AccessRoleWithdrawn", {});

const accessRoleEvents = [AccessRoleDefined, AccessRoleWithdrawn] as const;
export type AccessRoleEvent = EventOf<(typeof accessRoleEvents)[number]>;
export const accessRoleCodec = eventCodec(accessRoleEvents);

const streamPrefix = "accessrole-";

export function accessRoleStream(name: AccessRoleName): string {
  return streamPrefix + name;
}

/** The name of the role that a stream `accessrole-<name>` is about. */
export function accessRoleNameOf(stream: string): string {
  return stream.slice(streamPrefix.length);
}

import { randomBytes } from "node:crypto";
import { vi } from "vitest";
import { mintToken, tokenDigest } from "../../../../src/adapters/access/token.ts";
import { createCommands } from "../../../../src/adapters/graphql/commands.ts";
import type { AccessCommand, AccessRoleCommand } from "../../../../src/domain/access/commands.ts";
import { accessStream } from "../../../../src/domain/access/events.ts";
import { accessRoleStream } from "../../../../src/domain/access/role-events.ts";
import type { AccessRule } from "../../../../src/domain/access/rule.ts";
import { AccessRoleName } from "../../../../src/domain/values/slug.ts";
import { newId } from "../../../../src/ids.ts";
import { meta } from "../../../support/recording.ts";
import type { Answer, TestApi } from "./api.ts";

/** Somebody who may use an API. */
export interface TestCaller {
  readonly principalId: string;
  readonly tokenId: string;
  readonly token: string;
  ask(query: string, variables?: object): Promise<Answer>;
}

/** What somebody has: a role that there is, or rules of their own. */
type Access = { readonly role: string } | { readonly rules: readonly AccessRule[] } | undefined;

/** Adds a principal of a name with a token, and waits until the API knows it. */
export async function addCaller(api: TestApi, name: string, access?: Access): Promise<TestCaller> {
  const [principalId, tokenId, token] = [newId(), newId(), mintToken(randomBytes)];
  const nowMs = Date.now();
  const roles = access ? [await roleOf(api, name, access)] : [];
  await changePrincipal(
    api,
    principalId,
    { type: "AddPrincipal", name, kind: "service" },
    { type: "SetAccessRoles", roles },
    { type: "IssueToken", tokenId, sha256: tokenDigest(token), name: "test", expiresAtMs: null, nowMs },
  );
  const headers = { authorization: `Bearer ${token}` };
  const ask: TestCaller["ask"] = (query, variables) => api.askAs(headers, query, variables);
  await vi.waitUntil(async () => (await ask("{ position }")).status === 200, {
    timeout: 20_000,
    interval: 20,
  });
  return { principalId, tokenId, token, ask };
}

/** Sends commands about a principal past the API. @throws Error when one is refused */
export async function changePrincipal(
  { store }: Pick<TestApi, "store">,
  principalId: string,
  ...commands: readonly AccessCommand[]
): Promise<void> {
  const { handleAccess } = createCommands(store, newId);
  for (const command of commands) {
    const result = await handleAccess(accessStream(principalId), command, { meta });
    if (result.outcome === "rejected") throw new Error(result.rejection.message);
  }
}

async function roleOf(
  { store }: TestApi,
  name: string,
  access: Exclude<Access, undefined>,
): Promise<AccessRoleName> {
  if ("role" in access) return AccessRoleName.parse(access.role);
  const role = AccessRoleName.parse(`role-of-${name}`);
  const { rules } = access;
  const command: AccessRoleCommand = { type: "DefineAccessRole", description: "", rules: [...rules] };
  const result = await createCommands(store, newId).handleAccessRole(accessRoleStream(role), command, {
    meta,
  });
  if (result.outcome === "rejected") throw new Error(result.rejection.message);
  return role;
}

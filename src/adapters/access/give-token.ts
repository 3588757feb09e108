import type { AccessCommand } from "../../domain/access/commands.ts";
import { tokenLifeMaxMs } from "../../domain/access/decide.ts";
import { accessStream } from "../../domain/access/events.ts";
import { firstMeta } from "../../domain/event-meta.ts";
import type { CommandHandler } from "../../domain/handle-command.ts";
import type { AccessRoleName } from "../../domain/values/slug.ts";
import type { KnownAccess } from "./known-access.ts";
import { tokenDigest } from "./token.ts";

export interface TokenGiver<State, Code extends string> {
  readonly handleAccess: CommandHandler<State, AccessCommand, Code>;
  readonly clock: () => Date;
  readonly newId: () => string;
}

/** For whom a token is, and the token. */
export interface TokenGift {
  /** Of the person: added when nobody has it, enabled when disabled. */
  readonly name: string;
  /** A role that the person is to have besides those it has. */
  readonly role?: AccessRoleName | undefined;
  readonly token: string;
  readonly tokenName: string;
  /** How long it counts, milliseconds. (Default: 366 days, the longest) */
  readonly lifeMs?: number | undefined;
  /** Ids that are decided: of a token that was given already, no other one is. (Default: new ones) */
  readonly ids?: { readonly principal: string; readonly token: string } | undefined;
  /** What the events say that they came from. (Default: system) */
  readonly source?: string | undefined;
}

/**
 * Makes a token count, in the name of the service: for its first start, and when all others are
 * lost. Whoever may call this may read and write the log's files. Resolves to false when another token has the id.
 *
 * @throws Error when the log refuses
 */
export async function giveToken<State, Code extends string>(
  { handleAccess, clock, newId }: TokenGiver<State, Code>,
  { principals }: Pick<KnownAccess, "principals">,
  { name, role, token, tokenName, lifeMs = tokenLifeMaxMs, source = "system", ids }: TokenGift,
): Promise<boolean> {
  const [id, principal] = holderOf(principals, name) ?? [ids?.principal ?? newId()];
  const nowMs = clock().getTime();
  const commands: AccessCommand[] = [
    ...(principal ? [] : [{ type: "AddPrincipal", name, kind: "person" } as const]),
    ...(principal?.disabled ? [{ type: "EnablePrincipal" } as const] : []),
    ...(role === undefined ? [] : [{ type: "GrantAccessRole", role } as const]),
    {
      type: "IssueToken",
      tokenId: ids?.token ?? newId(),
      sha256: tokenDigest(token),
      expiresAtMs: nowMs + lifeMs,
      name: tokenName,
      nowMs,
    },
  ];
  const meta = firstMeta({ actor: "system", source }, newId());
  for (const command of commands) {
    const result = await handleAccess(accessStream(id), command, { meta });
    if (result.outcome === "accepted") continue;
    if (ids && result.rejection.code === "TOKEN_EXISTS") return false;
    throw new Error(`no token for ${name}: ${result.rejection.message}`);
  }
  return true;
}

/** Who has the name; `undefined` when nobody has. */
export function holderOf(principals: KnownAccess["principals"], name: string) {
  return [...principals].find(([, known]) => known.name === name);
}

import type { EventReader } from "../../domain/ports/event-store.ts";
import type { AccessRoleName } from "../../domain/values/slug.ts";
import { giveToken, holderOf, type TokenGiver } from "./give-token.ts";
import { catchUp, createKnownAccess } from "./known-access.ts";
import { mintToken } from "./token.ts";

export interface RescueTokenOptions<State, Code extends string> extends TokenGiver<State, Code> {
  readonly reader: Pick<EventReader, "readAll">;
  readonly randomBytes: (size: number) => Buffer;
  /** Of the principal: added when nobody has it, enabled when disabled. No identity provider may speak for it. */
  readonly name: string;
  /** A role that the principal is to have besides those it has. (Default: none) */
  readonly role?: AccessRoleName | undefined;
  /** How long it counts, milliseconds. (Default: 366 days, the longest) */
  readonly lifeMs?: number | undefined;
  /** Keeps the text of the token where its owner finds it: it is nowhere else. Called before the log has it. */
  readonly keep: (token: string) => Promise<void>;
}

/**
 * Makes a token for when all others are lost, on a stopped service's log. It is kept before the log knows of it: the
 * other way round, a crash in between leaves a token that the log accepts and nobody has.
 *
 * @throws Error when the log refuses, or when the name is that of somebody whom an identity provider vouches for:
 * what such a person is called is the provider's word, and their roles end with their next login
 */
export async function rescueToken<State, Code extends string>(
  options: RescueTokenOptions<State, Code>,
): Promise<void> {
  const { reader, randomBytes, name, role, lifeMs, keep } = options;
  const known = createKnownAccess();
  await catchUp(known, reader);
  const [id, holder] = holderOf(known.principals, name) ?? [];
  if (holder?.identity) {
    const { issuer } = holder.identity;
    throw new Error(`${name} is principal ${id}, for whom ${issuer} speaks: take another name`);
  }
  const token = mintToken(randomBytes);
  await keep(token);
  const tokenName = "made by maintenance";
  await giveToken(options, known, { name, role, token, tokenName, lifeMs, source: "maintenance" });
}

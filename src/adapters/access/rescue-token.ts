import type { EventReader } from "../../domain/ports/event-store.ts";
import type { AccessRoleName } from "../../domain/values/slug.ts";
import { giveToken, type TokenGiver } from "./give-token.ts";
import { catchUp, createKnownAccess } from "./known-access.ts";
import { mintToken } from "./token.ts";

export interface RescueTokenOptions<State, Code extends string> extends TokenGiver<State, Code> {
  readonly reader: Pick<EventReader, "readAll">;
  readonly randomBytes: (size: number) => Buffer;
  /** Of the principal: added when nobody has it, enabled when disabled. */
  readonly name: string;
  /** A role that the principal is to have besides those it has. (Default: none) */
  readonly role?: AccessRoleName | undefined;
  /** How long it counts, milliseconds. (Default: 366 days, the longest) */
  readonly lifeMs?: number | undefined;
}

/**
 * Makes a token for when all others are lost, on a stopped service's log; returns its text, which is nowhere
 * else.
 *
 * @throws Error when the log refuses
 */
export async function rescueToken<State, Code extends string>(
  options: RescueTokenOptions<State, Code>,
): Promise<string> {
  const { reader, randomBytes, name, role, lifeMs } = options;
  const known = createKnownAccess();
  await catchUp(known, reader);
  const token = mintToken(randomBytes);
  const tokenName = "made by maintenance";
  await giveToken(options, known, { name, role, token, tokenName, lifeMs, source: "maintenance" });
  return token;
}

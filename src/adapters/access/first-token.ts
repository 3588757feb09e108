import { rm } from "node:fs/promises";
import { adminRole } from "../../domain/access/built-in-roles.ts";
import { accessStream } from "../../domain/access/events.ts";
import { systemMeta } from "../../domain/event-meta.ts";
import { writeSecretFile } from "../../durable-file.ts";
import { giveToken, type TokenGiver } from "./give-token.ts";
import type { KnownAccess } from "./known-access.ts";
import { mintToken } from "./token.ts";

/** Who the first token is for. */
export const firstPrincipal = "operator";

export interface FirstTokenOptions<State, Code extends string> extends TokenGiver<State, Code> {
  /** Everybody whom the log knows. */
  readonly known: Pick<KnownAccess, "principals" | "tokens">;
  readonly randomBytes: (size: number) => Buffer;
  /** A UUIDv8 that is the same for the same cause and steps. */
  readonly deriveId: (cause: string, ...steps: readonly string[]) => string;
  /** Where the token goes: `<data>/api-token`. */
  readonly file: string;
}

/**
 * Makes the first principal, an administrator, and its token when nobody in the log ever had one; says whether
 * it did. In a log from before there were roles, the first principal becomes an administrator.
 *
 * The file comes before the events: after a crash in between, the next start makes another token and writes it
 * over the file. The other way round, nobody would know the token that the log accepts. Of several processes that start
 * on one log at once, one makes the token: all would give it the same id.
 *
 * @throws Error when the file cannot be written, or when the log refuses
 */
export async function ensureFirstToken<State, Code extends string>(
  options: FirstTokenOptions<State, Code>,
): Promise<boolean> {
  const { known, randomBytes, deriveId, file } = options;
  if (known.tokens.size > 0) {
    await ensureFirstAdmin(options, known);
    return false;
  }
  const token = mintToken(randomBytes);
  await writeSecretFile(file, `${token}\n`);
  const ids = {
    principal: deriveId(firstPrincipal, "first principal"),
    token: deriveId(firstPrincipal, "first token"),
  };
  const gift = { name: firstPrincipal, role: adminRole, token, tokenName: "first token", ids };
  const isGiven = await giveToken(options, known, gift);
  if (!isGiven) await rm(file);
  return isGiven;
}

/** Before there were roles, whoever had a token could do everything. Such a log would lock its operator out. */
async function ensureFirstAdmin<State, Code extends string>(
  { handleAccess, newId }: TokenGiver<State, Code>,
  { principals }: Pick<KnownAccess, "principals">,
): Promise<void> {
  const [first] = principals;
  if (!first || first[1].hadRoles) return;
  const command = { type: "GrantAccessRole", role: adminRole } as const;
  const result = await handleAccess(accessStream(first[0]), command, { meta: systemMeta(newId()) });
  if (result.outcome === "rejected") {
    throw new Error(`the first principal got no role: ${result.rejection.message}`);
  }
}

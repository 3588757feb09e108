import type { AccessCommand } from "../../domain/access/commands.ts";
import { accessStream } from "../../domain/access/events.ts";
import type { CommandHandler } from "../../domain/handle-command.ts";
import type { EventReader } from "../../domain/ports/event-store.ts";
import { writeSecretFile } from "../../durable-file.ts";
import { readPrincipals } from "./principals.ts";
import { mintToken, tokenDigest } from "./token.ts";

const firstPrincipal = "operator";

export interface FirstTokenOptions<State, Code extends string> {
  readonly reader: EventReader;
  readonly handleAccess: CommandHandler<State, AccessCommand, Code>;
  readonly newId: () => string;
  readonly randomBytes: (size: number) => Buffer;
  /** Where the token goes: `<data>/api-token`. */
  readonly file: string;
}

/**
 * Makes the first principal and its token when nobody in the log has one; says whether it did.
 *
 * The file comes before the event: after a crash in between, the next start makes another token and writes it
 * over the file. The other way round, nobody would know the token that the log accepts.
 *
 * @throws Error when the file cannot be written, or when the log refuses
 */
export async function ensureFirstToken<State, Code extends string>({
  reader,
  handleAccess,
  newId,
  randomBytes,
  file,
}: FirstTokenOptions<State, Code>): Promise<boolean> {
  const { principals } = await readPrincipals(reader);
  const known = [...principals.values()];
  if (known.some(({ tokens }) => tokens.size > 0)) return false;

  const token = mintToken(randomBytes);
  await writeSecretFile(file, `${token}\n`);

  const requestId = newId();
  const meta = { actor: "system", source: "system", $correlationId: requestId, $causationId: requestId };
  const existing = known.find(({ name }) => name === firstPrincipal);
  const stream = existing?.stream ?? accessStream(newId());
  const commands: AccessCommand[] = [
    { type: "IssueToken", tokenId: newId(), sha256: tokenDigest(token), expiresAtMs: null },
  ];
  if (!existing) commands.unshift({ type: "AddPrincipal", name: firstPrincipal, kind: "person" });
  for (const command of commands) {
    const result = await handleAccess(stream, command, { meta });
    if (result.outcome === "rejected") {
      throw new Error(`the first API token was refused: ${result.rejection.message}`);
    }
  }
  return true;
}

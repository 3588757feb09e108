import { randomBytes } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { firstPrincipal } from "../adapters/access/first-token.ts";
import { rescueToken } from "../adapters/access/rescue-token.ts";
import { adminRole } from "../domain/access/built-in-roles.ts";
import { AccessName } from "../domain/access/commands.ts";
import { accessKind } from "../domain/access/decide.ts";
import { commandHandler } from "../domain/handle-command.ts";
import { AccessRoleName } from "../domain/values/slug.ts";
import { writeSecretFile } from "../durable-file.ts";
import { newId } from "../ids.ts";
import { openOfflineLog } from "./offline-log.ts";

export interface TokenRequest {
  /** The data directory of a stopped service. */
  readonly data: string;
  /** Whose token it is; added when nobody has the name. (Default: operator) */
  readonly principal?: string | undefined;
  /** A role that the principal gets, if it does not have it. (Default: admin) */
  readonly role?: string | undefined;
  /** How long the token counts, such as `30d` or `12h`. (Default: 366d, the longest) */
  readonly expires?: string | undefined;
  /** Where the token goes. (Default: `token-<principal>` in the data directory) */
  readonly file?: string | undefined;
}

const unitMs = { h: 3_600_000, d: 86_400_000 } as const;

/**
 * Makes a token for when all others are lost or over. It goes into a file that only this user can read, and is
 * nowhere else. Resolves to the file.
 *
 * @throws EventStoreError `LOG_LOCKED` while the service runs
 * @throws Error when something that was asked for is not possible
 */
export async function createToken(request: TokenRequest): Promise<string> {
  const { data, principal = firstPrincipal, role = adminRole, expires = "366d" } = request;
  const name = AccessName.parse(principal);
  const lifeMs = lifeOf(expires);
  const file = resolve(request.file ?? join(data, `token-${fileName(name)}`));
  refuseForeign(data);
  if (existsSync(file)) throw new Error(`${file} exists: move it away, or name another with --file`);
  const clock = () => new Date();
  const warn = (message: string) => process.stderr.write(`ironledger-maintenance: ${message}\n`);
  const log = openOfflineLog({ directory: join(data, "log"), clock, onWarning: warn });
  try {
    const { store } = log;
    const handleAccess = commandHandler(accessKind, { store, newId });
    const wanted = { name, role: AccessRoleName.parse(role), lifeMs };
    const keep = (token: string) => writeSecretFile(file, `${token}\n`);
    await rescueToken({ reader: store, handleAccess, clock, newId, randomBytes, keep, ...wanted });
    return file;
  } catch (error) {
    // There was no such file before: what is in it counts for nothing.
    await rm(file, { force: true });
    throw error;
  } finally {
    await log.close();
  }
}

/** What root leaves in the directory, the service could not open any more. */
function refuseForeign(data: string): void {
  const owner = statSync(data, { throwIfNoEntry: false })?.uid;
  if (owner === undefined || owner === process.getuid?.()) return;
  throw new Error(`${data} belongs to the user ${owner}: run this as that user, with sudo -u '#${owner}'`);
}

function lifeOf(expires: string): number {
  const [, count, unit] = /^([1-9][0-9]{0,3})([hd])$/.exec(expires) ?? [];
  if (unit !== "h" && unit !== "d") {
    throw new Error(`--expires ${expires}: write a number of hours or days, such as 12h or 30d`);
  }
  return Number(count) * unitMs[unit];
}

function fileName(principal: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(principal)) return principal;
  throw new Error(`${principal} makes no file name: say with --file where the token is to go`);
}

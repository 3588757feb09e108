import { randomBytes } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeNewFile } from "../durable-file.ts";
import { StartError } from "./start-error.ts";
import { unlessMissing } from "./unless-missing.ts";

const keyBytes = 32;

/** Keys that never leave this host. They are no part of the log, nor of a backup of it. */
export interface SecretKeys {
  /** Authenticates the script URLs that DHCP answers hand out. */
  readonly boot: Uint8Array;
  /** Makes the tokens of agents. */
  readonly agent: Uint8Array;
}

/**
 * The service's keys, made at the first start: 32 random octets each, readable by the service's own user alone.
 *
 * @throws StartError when a key file is not 32 octets long
 * @throws Error when one cannot be read or written
 */
export async function secretKeys(directory: string): Promise<SecretKeys> {
  return {
    boot: await secretKey(join(directory, "boot.key")),
    agent: await secretKey(join(directory, "agent.key")),
  };
}

/**
 * The 32 octets of a key file, which is made where there is none.
 *
 * @throws as `secretKeys`
 */
export async function secretKey(file: string): Promise<Uint8Array> {
  const key = (await unlessMissing(readFile(file))) ?? (await make(file));
  if (key.length === keyBytes) return key;
  throw new StartError(
    `${file} holds ${key.length} octets instead of ${keyBytes}: delete it, and a new key is made`,
  );
}

/** Another process that shares the file may make it at the same time: what is there then is the key of both. */
async function make(file: string): Promise<Uint8Array> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeNewFile(file, randomBytes(keyBytes), 0o600);
  return readFile(file);
}

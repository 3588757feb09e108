import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { SecretHit } from "../../support/secret-search.ts";
import { leakedSecrets } from "../../support/service-secrets.ts";
import type { Site } from "./site.ts";

/**
 * Secrets of the service, which does not run any more, where they must not be: its data, what was printed, the words
 * of its processes, the consoles of all machines.
 *
 * iPXE shows the URLs that it fetches, and there is no telling it not to. The nonce in them works from the machine's
 * own address for a quarter of an hour, and is the one secret that a console may show.
 */
export async function findLeaks({ folder, service, remains }: Site): Promise<readonly SecretHit[]> {
  const copies = remains.consoles.map((file) => copyConsole(file, join(folder, "searched"), withoutNonces));
  return leakedSecrets({
    directories: [service.dataDirectory],
    logFiles: [service.logFile, ...(await Promise.all(copies))],
    commandLines: remains.commandLines,
  });
}

/** The machines on whose consoles the same search finds a nonce when it is looked for. */
export async function machinesThatShowedNonces({ folder, service, remains }: Site) {
  const copies = remains.consoles.map((file) => copyConsole(file, join(folder, "searched-whole")));
  const hits = await leakedSecrets({
    directories: [service.dataDirectory],
    logFiles: await Promise.all(copies),
    commandLines: [],
  });
  const nonces = hits.filter(({ secret }) => secret.startsWith("a nonce of "));
  return new Set(nonces.map(({ where }) => basename(dirname(where))));
}

const withoutNonces = (text: string) => text.replaceAll(/\/boot\/[A-Za-z0-9_-]{56}/g, "/boot/<nonce>");

/** The firmware's console breaks lines wherever they are 80 characters long, so what is searched has no lines. */
async function copyConsole(
  console: string,
  folder: string,
  change = (text: string) => text,
): Promise<string> {
  const copy = join(folder, basename(dirname(console)), basename(console));
  await mkdir(dirname(copy), { recursive: true });
  const text = stripVTControlCharacters(await readFile(console, "latin1")).replaceAll(/[\r\n]/g, "");
  await writeFile(copy, change(text), "latin1");
  return copy;
}

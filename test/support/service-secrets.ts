import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { agentTokens } from "../../src/boot/http/agent-tokens.ts";
import { nonceBook, nonceLifeSeconds } from "../../src/boot/nonce.ts";
import { bootMacOf } from "../../src/domain/boot/events.ts";
import type { DeploymentPlan } from "../../src/domain/machine/deployment.ts";
import type { Ipv4 } from "../../src/domain/values/ipv4.ts";
import type { MachineId } from "../../src/domain/values/machine-id.ts";
import { type SearchedPlaces, type Secret, type SecretHit, searchForSecrets } from "./secret-search.ts";
import { readStoppedLog, type StoredEvent } from "./stopped-log.ts";

/** In which seconds a token may have been made, beyond the events that it lies between. */
const marginMs = 2_000;

/**
 * Every secret that a service, which is stopped now, ever made or handed out: its keys, its API token, and what only
 * it can compute of each token of a run, each discovery token and each nonce of a script's URL.
 *
 * Tokens with an expiry are computed for every second in which they can have been made.
 */
export async function secretsOf(dataDirectory: string): Promise<readonly Secret[]> {
  const [boot, agent, checkpoint] = await Promise.all([
    readFile(join(dataDirectory, "secrets/boot.key")),
    readFile(join(dataDirectory, "secrets/agent.key")),
    readFile(join(dataDirectory, "secrets/checkpoint.key")),
  ]);
  const apiToken = (await readFile(join(dataDirectory, "api-token"), "utf8")).trim();
  const log = await readStoppedLog(dataDirectory);
  return [
    { name: "the key of boot nonces", bytes: boot },
    { name: "the key of agent tokens", bytes: agent },
    { name: "the key that signs the log", bytes: checkpoint },
    ...tokenSecrets("the API token", apiToken, apiToken.replace(/^ilt_/, "")),
    ...runTokens(log, agent),
    ...discoveryTokens(log, agent),
    ...nonces(log, boot),
  ];
}

/** Where the secrets of the services of these data directories are and must not be. None of them runs any more. */
export async function leakedSecrets(places: SearchedPlaces): Promise<readonly SecretHit[]> {
  const secrets = await Promise.all(places.directories.map(secretsOf));
  return searchForSecrets(secrets.flat(), places);
}

/** The text, and the octets that it stands for. */
function tokenSecrets(name: string, text: string, encoded: string): readonly Secret[] {
  return [
    { name, bytes: Buffer.from(text) },
    { name: `the octets of ${name}`, bytes: Buffer.from(encoded, "base64url") },
  ];
}

function runTokens(log: readonly StoredEvent[], key: Uint8Array): readonly Secret[] {
  const tokens = agentTokens({ key, clock: () => new Date() });
  return log
    .filter(({ type }) => type === "BootIntentSet")
    .map(({ data }) => (data["plan"] as DeploymentPlan).run)
    .flatMap((run) =>
      (["hello", "report", "image"] as const).flatMap((endpoint) => {
        const token = tokens.forRun(run, endpoint);
        return tokenSecrets(`the ${endpoint} token of run ${run}`, token, token);
      }),
    );
}

function discoveryTokens(log: readonly StoredEvent[], key: Uint8Array): readonly Secret[] {
  return log
    .filter(({ type, data }) => type === "BootScriptServed" && data["machineId"] !== null)
    .flatMap((served) => {
      const machineId = served.data["machineId"] as MachineId;
      const bootId = served.meta.$causationId;
      return momentsOf(bootOf(log, bootId)).map((moment) => {
        const token = agentTokens({ key, clock: () => moment }).forDiscovery({ machineId, bootId });
        return discoverySecret(machineId, token);
      });
    });
}

/** The boot's id and the expiry in front are no secrets. */
function discoverySecret(machineId: string, token: string): Secret {
  return { name: `a discovery token of ${machineId}`, bytes: Buffer.from(token, "base64url").subarray(20) };
}

function nonces(log: readonly StoredEvent[], key: Uint8Array): readonly Secret[] {
  return log
    .filter(({ type, data }) => type === "PxeRequested" && data["client"] === "ipxe")
    .flatMap(({ stream, eventId, meta }) => {
      const mac = bootMacOf(stream);
      const addresses = addressesOf(log, mac);
      // Where iPXE is the firmware, its request is what the boot is named by.
      return [meta.$causationId, eventId].flatMap((bootId) =>
        momentsOf(bootOf(log, bootId)).flatMap((moment) => {
          const book = nonceBook({ key, clock: () => moment });
          return addresses.map((address) => nonceSecret(mac, book.issue({ bootId, mac }, address)));
        }),
      );
    });
}

/** The boot's id, the MAC and the expiry in front are no secrets. */
function nonceSecret(mac: string, nonce: string): Secret {
  return { name: `a nonce of ${mac}`, bytes: Buffer.from(nonce, "base64url").subarray(26) };
}

function bootOf(log: readonly StoredEvent[], bootId: string): readonly StoredEvent[] {
  return log.filter(({ eventId, meta }) => eventId === bootId || meta.$causationId === bootId);
}

/** Each second from the first of a boot's events until it was given its script, or until the nonces lapsed. */
function momentsOf(boot: readonly StoredEvent[]): readonly Date[] {
  const firstMs = (boot[0]?.time ?? 0) - marginMs;
  const script = boot.findLast(({ type }) => type === "BootScriptServed") ?? boot.at(-1);
  const seconds = Math.ceil(((script?.time ?? firstMs) + marginMs - firstMs) / 1000);
  return Array.from(
    { length: Math.min(seconds, nonceLifeSeconds) + 1 },
    (_, index) => new Date(firstMs + index * 1000),
  );
}

/** Every address that the interface ever held: its nonces work from there. */
function addressesOf(log: readonly StoredEvent[], mac: string): readonly Ipv4[] {
  const held = log
    .filter(({ data }) => (data["holder"] as { readonly mac: string } | null | undefined)?.mac === mac)
    .map(({ stream }) => stream.replace(/^address-/, "") as Ipv4);
  return [...new Set(held)];
}

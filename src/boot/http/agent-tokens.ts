import { createHmac, timingSafeEqual } from "node:crypto";
import type { MachineId } from "../../domain/values/machine-id.ts";
import type { RunId } from "../../domain/values/run-id.ts";

/** How long a discovery agent may report and wait, seconds, counted from the script that started it. */
export const discoveryTokenLifeSeconds = 3600;

/** What a run's token is good for. A token for one is no token for another. */
export type RunEndpoint = "hello" | "report" | "image";

/** Whom a discovery token was made for. */
export interface DiscoveryTicket {
  readonly machineId: MachineId;
  /** The boot that started the agent. A UUID. */
  readonly bootId: string;
}

/** Tokens that agents present. Nothing is stored: a token is the proof that this service made it. */
export interface AgentTokens {
  /** The same for every call, so that a repeated request gives the same answer. It dies with its run. */
  forRun(run: RunId, endpoint: RunEndpoint): string;
  /** `presented` is whatever the request carried; compared in constant time. */
  isForRun(presented: string, run: RunId, endpoint: RunEndpoint): boolean;
  forDiscovery(ticket: DiscoveryTicket): string;
  /** `undefined`: not ours, of another machine, or older than an hour. */
  readDiscovery(presented: string, machineId: MachineId): DiscoveryTicket | undefined;
}

const runSpelling = /^[A-Za-z0-9_-]{43}$/;
/**
 * Boot id (16 octets), expiry (4, seconds since 1970, big endian) and the first 28 octets of the HMAC: 48 octets
 * are 64 characters without padding, so that no two spellings mean the same octets.
 */
const discoverySpelling = /^[A-Za-z0-9_-]{64}$/;
const claimBytes = 20;
const discoveryTagBytes = 28;

/** `key`: 32 secret octets, not the nonces' key. `clock`: the service's. */
export function agentTokens({
  key,
  clock,
}: {
  readonly key: Uint8Array;
  readonly clock: () => Date;
}): AgentTokens {
  function forRun(run: RunId, endpoint: RunEndpoint): string {
    const hmac = createHmac("sha256", key).update(`ironledger/run-token/1\0${run}\0${endpoint}`);
    return hmac.digest("base64url");
  }

  function discoveryTag(machineId: MachineId, claim: Uint8Array): Buffer {
    const hmac = createHmac("sha256", key).update(`ironledger/discovery-token/1\0${machineId}\0`);
    return hmac.update(claim).digest().subarray(0, discoveryTagBytes);
  }

  return {
    forRun,

    isForRun(presented, run, endpoint) {
      if (!runSpelling.test(presented)) return false;
      return timingSafeEqual(Buffer.from(presented), Buffer.from(forRun(run, endpoint)));
    },

    forDiscovery({ machineId, bootId }) {
      const claim = Buffer.alloc(claimBytes);
      claim.set(Buffer.from(bootId.replaceAll("-", ""), "hex"), 0);
      claim.writeUInt32BE(Math.floor(clock().getTime() / 1000) + discoveryTokenLifeSeconds, 16);
      return Buffer.concat([claim, discoveryTag(machineId, claim)]).toString("base64url");
    },

    readDiscovery(presented, machineId) {
      if (!discoverySpelling.test(presented)) return undefined;
      const bytes = Buffer.from(presented, "base64url");
      const claim = bytes.subarray(0, claimBytes);
      if (!timingSafeEqual(bytes.subarray(claimBytes), discoveryTag(machineId, claim))) return undefined;
      if (clock().getTime() >= claim.readUInt32BE(16) * 1000) return undefined;
      const hex = claim.toString("hex", 0, 16);
      const bootId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
      return { machineId, bootId };
    },
  };
}

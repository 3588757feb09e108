import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { agentTokens } from "../../../src/boot/http/agent-tokens.ts";
import { MachineId } from "../../../src/domain/values/machine-id.ts";
import { RunId } from "../../../src/domain/values/run-id.ts";
import type { LoggedEvent } from "./logged-event.ts";
import type { InsideService } from "./service-inside.ts";

/** Something that may be nowhere but where it belongs. */
export interface Secret {
  readonly name: string;
  /** As it would be written: text, or octets. */
  readonly value: string | Uint8Array;
}

/**
 * Every secret that the service used in what the log tells: the API token, the keys, and the tokens that agents were
 * given. Those are made again with the service's key, because no agent tells its own.
 */
export async function secretsOf(
  { token, dataDirectory }: InsideService,
  log: readonly LoggedEvent[],
): Promise<readonly Secret[]> {
  const bootKey = await readFile(join(dataDirectory, "secrets/boot.key"));
  const agentKey = await readFile(join(dataDirectory, "secrets/agent.key"));
  return [
    { name: "API token", value: token },
    ...spellingsOf("boot key", bootKey),
    ...spellingsOf("agent key", agentKey),
    ...runTokens(agentKey, log),
    ...discoveryTokens(agentKey, log),
  ];
}

function spellingsOf(name: string, key: Buffer): readonly Secret[] {
  const texts = (["hex", "base64", "base64url"] as const).map((encoding) => key.toString(encoding));
  return [key, ...texts].map((value) => ({ name, value }));
}

function runTokens(key: Uint8Array, log: readonly LoggedEvent[]): readonly Secret[] {
  const tokens = agentTokens({ key, clock: () => new Date() });
  const runs = log
    .filter(({ type }) => type === "MachineAllocated")
    .map(({ data }) => RunId.parse(data["run"]));
  return runs.flatMap((run) =>
    (["hello", "report", "image"] as const).map((endpoint) => ({
      name: `${endpoint} token of run ${run}`,
      value: tokens.forRun(run, endpoint),
    })),
  );
}

/** How long before its script was recorded a token may have been made, and after it, seconds. */
const slackSeconds = 10;

/**
 * A discovery token holds the second in which it was made, which no event tells exactly: those of all the seconds
 * around it are looked for.
 */
function discoveryTokens(key: Uint8Array, log: readonly LoggedEvent[]): readonly Secret[] {
  return log
    .filter(({ type, data }) => type === "BootScriptServed" && data["environment"] === "discovery")
    .flatMap(({ data, time, causationId: bootId }) => {
      const machineId = MachineId.parse(data["machineId"]);
      return Array.from({ length: 2 * slackSeconds + 1 }, (_, index) => {
        const clock = () => new Date(Date.parse(time) + (index - slackSeconds) * 1000);
        const value = agentTokens({ key, clock }).forDiscovery({ machineId, bootId });
        return { name: `discovery token of machine ${machineId}`, value };
      });
    });
}

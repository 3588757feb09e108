import { z } from "zod";
import { MacAddress } from "../domain/values/mac-address.ts";
import { MachineId } from "../domain/values/machine-id.ts";
import { RunId } from "../domain/values/run-id.ts";
import { Sha256 } from "../domain/values/sha256.ts";

/** What the boot script tells the agent on the kernel's command line. */
const common = { server: z.url(), machine: MachineId, token: z.string().min(1), mac: MacAddress };
const AgentArguments = z.discriminatedUnion("mode", [
  z.object({ mode: z.literal("discover"), ...common }),
  z.object({ mode: z.literal("deploy"), ...common, run: RunId }),
]);
type AgentArguments = Readonly<z.infer<typeof AgentArguments>>;
export type DiscoverArguments = Extract<AgentArguments, { mode: "discover" }>;
export type DeployArguments = Extract<AgentArguments, { mode: "deploy" }>;

/** Answer to "what am I to do?". */
export const AgentTask = z.discriminatedUnion("action", [
  z.object({ action: z.literal("wait"), seconds: z.number().min(0).max(3600) }),
  z.object({ action: z.literal("reboot") }),
]);

/** Answer to the hello of a run's agent. */
export const DeployOrder = z.object({
  action: z.literal("deploy-image"),
  imageUrl: z.url(),
  imageToken: z.string().min(1),
  reportUrl: z.url(),
  reportToken: z.string().min(1),
  format: z.enum(["raw", "gzip", "zstd"]),
  sha256: Sha256,
  diskName: z.string(),
  /** `""` when the disk has none. */
  diskSerial: z.string(),
  diskBytes: z.int().positive(),
});
export type DeployOrder = Readonly<z.infer<typeof DeployOrder>>;

const prefix = "ironledger.";

/**
 * Finds the agent's part among a kernel's arguments. As with the kernel, the last of two equal names wins.
 *
 * @throws Error that names what is missing or wrong
 */
export function parseAgentArguments(argumentsText: string): AgentArguments {
  const given = argumentsText
    .split(/\s+/)
    .filter((word) => word.startsWith(prefix))
    .map((word) => word.slice(prefix.length).split(/=(.*)/s, 2));
  const parsed = AgentArguments.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${prefix}${path.join(".")}: ${message}`);
  throw new Error(`kernel arguments: ${issues.join("; ")}`);
}

import { join } from "node:path";
import { buildAgent } from "../../../agent/build/build-agent.ts";

const root = join(import.meta.dirname, "../../..");

/**
 * Builds the agent and the loaders into the folder, which takes about ten seconds: the packages are those that
 * `npm run build:agent` keeps, and are fetched when they are not there.
 *
 * @throws AgentBuildError
 */
export async function buildAssets(out: string): Promise<void> {
  await buildAgent({ out, cache: join(root, "var/packages"), sources: join(root, "agent") });
}

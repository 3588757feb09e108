import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { buildAgent } from "../../../agent/build/build-agent.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder with the agent and the loaders, for all files of tests: to be copied, not to be changed. */
    assetsDirectory: string;
  }
}

const root = join(import.meta.dirname, "../../..");

/**
 * Builds the agent and the loaders once for all end-to-end tests, which takes about ten seconds: the packages are those
 * that `npm run build:agent` keeps, and are fetched when they are not there.
 *
 * @throws AgentBuildError
 */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const out = await mkdtemp(join(tmpdir(), "ironledger-e2e-assets-"));
  await buildAgent({ out, cache: join(root, "var/packages"), sources: join(root, "agent") });
  provide("assetsDirectory", out);
  return () => rm(out, { recursive: true });
}

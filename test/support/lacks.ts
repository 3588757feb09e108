import { spawnSync } from "node:child_process";

/** Whether this machine has no such program. What needs it is skipped then, which is a failure under CI. */
export function lacks(program: string): boolean {
  return spawnSync(program, ["--version"]).error !== undefined;
}

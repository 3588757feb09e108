import { checkConfig, valueAt } from "./check-config.ts";
import { configKeys } from "./keys.ts";
import { describeProblem } from "./problem.ts";
import type { ReadConfig } from "./read-config.ts";

/** What `config check` prints, and whether the service would start on it. */
export interface CheckReport {
  readonly text: string;
  readonly isUsable: boolean;
}

/** Each key with its value and where that came from, then what is wrong. */
export async function checkReport(read: ReadConfig): Promise<CheckReport> {
  const lines = configKeys.map((key) => {
    const value = valueAt(read.config, key);
    const text = value === undefined ? "-" : JSON.stringify(value);
    return [key.name, text, read.given.get(key)?.origin ?? "default"] as const;
  });
  const nameWidth = Math.max(...lines.map(([name]) => name.length));
  const valueWidth = Math.min(40, Math.max(...lines.map(([, value]) => value.length)));
  const rows = lines.map(
    ([name, value, origin]) => `${name.padEnd(nameWidth)}  ${value.padEnd(valueWidth)}  ${origin}`,
  );
  const problems = (await checkConfig(read)).map((problem) => `problem: ${describeProblem(problem)}`);
  const verdict = problems.length === 0 ? "the service can start on this" : `${problems.length} to mend`;
  return { text: [...rows, "", ...problems, verdict, ""].join("\n"), isUsable: problems.length === 0 };
}

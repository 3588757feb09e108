import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { randomFrom } from "../fuzz/mutate.ts";
import type { ScenarioReport } from "./scenario.ts";
import { scenarios } from "./scenarios.ts";
import { describeReport, totalsOf } from "./totals.ts";

/**
 * `npm run test:faults -- --only kill --times 20 --seed 7`: makes a log in use fail in every way that there is, and checks
 * what clients and readers saw of it against what is left. Ends with one line of JSON, and with exit code 1 when anything
 * acknowledged was lost, doubled, changed or out of order, or a damage was not found.
 */
const { values } = parseArgs({
  options: { only: { type: "string" }, times: { type: "string" }, seed: { type: "string" } },
});
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : numberOf("--seed", values.seed);
const chosen = scenarios.filter(({ name }) => name.includes(values.only ?? ""));
if (chosen.length === 0) exit(`no scenario ${values.only}: ${scenarios.map(({ name }) => name).join(", ")}`);

say(`seed ${seed}`);
const reports: ScenarioReport[] = [];
let failures = 0;
for (const { name, times, run } of chosen) {
  const directory = await mkdtemp(join(tmpdir(), "ironledger-faults-"));
  const count = values.times === undefined ? times.long : numberOf("--times", values.times);
  const beganMs = performance.now();
  try {
    const report = await run({ random: randomFrom(seed), times: count, directory, note: progressOf(name) });
    reports.push(report);
    const seconds = Math.round((performance.now() - beganMs) / 1000);
    for (const line of describeReport(report)) say(`${name}: ${line}`);
    say(`${name}: ${seconds} s`);
    await rm(directory, { recursive: true, force: true });
  } catch (error) {
    failures += 1;
    say(`${name}: ${error instanceof Error ? error.stack : error}; its files are in ${directory}`);
  }
}
const totals = totalsOf(reports);
say(JSON.stringify({ seed, scenarios: reports.length, failures, ...totals }));
const { lost, duplicated, disordered, undetected } = totals;
process.exitCode = failures + lost + duplicated + disordered + undetected === 0 ? 0 : 1;

/** One line in ten is enough to see that it goes on. */
function progressOf(name: string): (line: string) => void {
  let notes = 0;
  return (line) => {
    if (++notes % 10 === 0) process.stderr.write(`${name}: ${line}\n`);
  };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function numberOf(name: string, text: string): number {
  if (!/^\d{1,10}$/.test(text)) exit(`${name} ${text}: expected a whole number`);
  return Number(text);
}

function exit(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

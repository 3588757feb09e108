import { parseArgs } from "node:util";
import { type FuzzFailure, fuzzOnce } from "./fuzz.ts";
import { openTargets } from "./targets.ts";

/**
 * `npm run fuzz -- --seconds 600 --seed 7 --target dhcp-server`: throws damaged inputs at everything that reads what
 * strangers send. Prints the seed, so that a run can be had again, and the inputs that broke a rule, in hex. Ends with
 * exit code 1 when there were any, and with one line of JSON.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string" },
    target: { type: "string" },
  },
});
const seconds = numberOf("--seconds", values.seconds);
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : numberOf("--seed", values.seed);

const opened = await openTargets();
const targets = opened.filter(({ name }) => values.target === undefined || name === values.target);
if (targets.length === 0) exit(`no target ${values.target}: ${opened.map(({ name }) => name).join(", ")}`);

process.stdout.write(`seed ${seed}, ${seconds} s, ${targets.map(({ name }) => name).join(" ")}\n`);
const failures = new Map<string, FuzzFailure>();
const counts = new Map(targets.map(({ name }) => [name, { refused: 0, taken: 0 }]));
const untilMs = performance.now() + seconds * 1000;
for (let index = 0; performance.now() < untilMs && failures.size < targets.length; index++) {
  for (const target of targets) {
    if (failures.has(target.name)) continue;
    const result = await fuzzOnce(target, seed, index);
    const count = counts.get(target.name);
    if (result.outcome === "failed") failures.set(target.name, result.failure);
    else if (count) count[result.outcome]++;
  }
}
for (const { close } of opened) await close?.();

for (const { target, message, inputHex } of failures.values()) {
  process.stdout.write(`${target} failed\n${message}\ninput ${inputHex}\n`);
}
const inputs = Object.fromEntries(counts);
process.stdout.write(`${JSON.stringify({ seed, inputs, failures: failures.size })}\n`);
process.exitCode = failures.size === 0 ? 0 : 1;

function numberOf(name: string, text: string): number {
  if (!/^\d{1,10}$/.test(text)) exit(`${name} ${text}: expected a whole number`);
  return Number(text);
}

function exit(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

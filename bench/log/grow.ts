import "../../src/require-node.mjs";
import { readFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startLogThread } from "../../src/adapters/event-store/sqlite/log-thread.ts";
import { createSqliteEventStore } from "../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import { refuse } from "../log-thread.ts";
import { type LifeAppend, lifeOf, machineStreams } from "./life.ts";

/**
 * `node bench/log/grow.ts --data DIR --machines N --events N`: lets the life of a seeded fleet go on, by the log's own
 * thread, and watches the memory of this process, which does nothing else. The last line is one JSON object.
 */
const { data, machines, events } = parseArgs({
  options: {
    data: { type: "string", default: "var/seed" },
    machines: { type: "string", default: "1000" },
    events: { type: "string", default: "100000" },
  },
}).values;

/** Appends under way: they fill the transactions of the log. */
const inFlight = 512;

const fewMachines = 2_000;

/** Share of the appends after which everything has warmed up: what comes on top of that is growth. */
const warmUpShare = 0.05;

/** How long the process rests before its memory is looked at, milliseconds: the log's thread gives back what it can. */
const restMs = 20_000;

const thread = await startLogThread({
  entry: new URL("../../src/threads/log.ts", import.meta.url),
  directory: join(data, "log"),
  onHealth: refuse,
  onWarning: refuse,
  onFailure: refuse,
});
const store = createSqliteEventStore(thread.connect());
const streams = await machineStreams(store);
const total = Number(events);
const life = lifeOfAllAndFew();
const early = Math.ceil(total * warmUpShare);
let peakMb = 0;
await appendNext(early);
const warm = await residentAtRest();
const started = performance.now();
await appendNext(total - early);
const seconds = (performance.now() - started) / 1_000;
const growthMb = (await residentAtRest()) - warm;
await store.close();
await thread.close();
const appendsPerS = Math.round((total - early) / seconds);
process.stdout.write(
  `${JSON.stringify({ events: total, appendsPerS, growthMb: Math.round(growthMb), peakMb: Math.round(peakMb) })}\n`,
);

/** Half of the events go to the whole fleet, half to so few streams that the log remembers them all. */
function* lifeOfAllAndFew(): Generator<LifeAppend> {
  const half = Math.ceil(total / 2);
  yield* lifeOf(Number(machines), { events: half, machines: streams });
  yield* lifeOf(Math.min(fewMachines, Number(machines)), { events: total - half, machines: streams });
}

/** Appends so many events more. */
async function appendNext(count: number): Promise<void> {
  let begun = 0;
  let done = 0;
  async function appendOneByOne(): Promise<void> {
    while (begun++ < count) {
      const { value: append } = life.next();
      if (!append) throw new Error("life ended before its last event");
      const result = await store.append(append.stream, { expectedRevision: "any", events: append.events });
      if (result.outcome !== "appended") throw new Error(`an append was a ${result.outcome}`);
      if (++done % Math.ceil(count / 10) === 0) tellMemory(`${done} of ${count} appends`);
    }
  }
  await Promise.all(Array.from({ length: inFlight }, appendOneByOne));
}

function tellMemory(when: string): void {
  const residentNowMb = residentMb();
  peakMb = Math.max(peakMb, residentNowMb);
  process.stderr.write(`  ${when}, ${residentNowMb} MB\n`);
}

/** What makes the events leaves rubbish in this thread, which is no growth of the log. */
async function residentAtRest(): Promise<number> {
  const session = new Session();
  session.connect();
  await session.post("HeapProfiler.collectGarbage");
  session.disconnect();
  await sleep(restMs);
  return residentMb();
}

function residentMb(): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return Math.round((Number(kibibytes) * 1_024) / 1e5) / 10;
}

import "../../src/require-node.mjs";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, release, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Ask, createClient } from "./client.ts";
import { measureFanout } from "./fanout.ts";
import { type Latencies, runLoad } from "./load.ts";
import {
  facetQuestion,
  labelQuestion,
  machineIds,
  pageQuestion,
  probeQuestion,
  type Question,
  searchQuestion,
} from "./questions.ts";
import { type MeasuredService, startMeasured, untilShown, writeConfig } from "./service.ts";

const usage = `Usage: npm run bench:api -- [--machines N] [--data DIR] [--seconds S] [--subscribers N]

Seeds a fleet, starts the service on it, and measures its API over HTTP and WebSocket.

  --machines N     how many machines are seeded (default: 100,000)
  --data DIR       a directory that \`npm run seed\` made; what is measured changes it (default: a new one)
  --seconds S      how long each load lasts (default: 20)
  --subscribers N  feeds that follow at the same time, a multiple of 20 (default: 1,000)`;

/** Feeds that one socket carries: as many as the service allows. */
const subscriptionsPerSocket = 20;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      machines: { type: "string", default: "100000" },
      data: { type: "string" },
      seconds: { type: "string", default: "20" },
      subscribers: { type: "string", default: "1000" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const [processor] = cpus();
  tell(
    `${cpus().length} x ${processor?.model ?? "unknown processor"}, Linux ${release()}, Node ${process.versions.node}`,
  );
  const directory = mkdtempSync(join(tmpdir(), "ironledger-bench-api-"));
  try {
    const data = resolve(values.data ?? join(directory, "data"));
    if (values.data === undefined) seed(data, values.machines);
    const figures = await measure(directory, data, {
      seconds: Number(values.seconds),
      subscribers: Number(values.subscribers),
    });
    tell(JSON.stringify({ machines: Number(values.machines), ...figures }));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Wanted {
  readonly seconds: number;
  readonly subscribers: number;
}

async function measure(directory: string, data: string, wanted: Wanted) {
  const config = await writeConfig(directory, data);
  const logFile = join(directory, "service.log");
  const first = await startMeasured(config, logFile);
  tell(`first start, which builds the views: ${first.startSeconds} s, then until they show the log:`);
  tell(`  ${await untilShown(first)} s`);
  await first.stop();

  const service = await startMeasured(config, logFile);
  const client = createClient(service.api, service.token);
  try {
    const figures = await figuresOf(service, client.ask, wanted);
    const { rss, peak } = service.memory();
    return {
      ...figures,
      rss_mb: rss,
      rss_peak_mb: peak,
      start_s: service.startSeconds,
      first_start_s: first.startSeconds,
    };
  } finally {
    client.close();
    await service.stop();
  }
}

async function figuresOf(service: MeasuredService, ask: Ask, { seconds, subscribers }: Wanted) {
  const ids = await machineIds(ask, 200);
  const load = async (what: string, perSecond: number, questionOf: (index: number) => Question) => {
    const send = (index: number) => {
      const { query, variables } = questionOf(index);
      return ask(query, variables);
    };
    await runLoad({ perSecond, seconds: 3, send });
    return told(what, await runLoad({ perSecond, seconds, send }));
  };
  const probe = await load("probe: { __typename }, 100/s", 100, () => probeQuestion);
  const page = await load("filtered, ordered pages of 50, 100/s", 100, pageQuestion);
  const search = await load("searches with a count, 50/s", 50, searchQuestion);
  const facets = await load("three facets, 10/s", 10, facetQuestion);
  const mutation = await load("labelMachine, 50/s", 50, (index) => labelQuestion(ids, index));
  const fanout = await measureSubscribers(service, ask, { ids, subscribers });
  told(`one event to ${fanout.subscribers} subscribers`, fanout.latencies);
  return {
    probe_p99_ms: probe.p99,
    page_p99_ms: page.p99,
    search_p99_ms: search.p99,
    facets_p99_ms: facets.p99,
    mutation_p99_ms: mutation.p99,
    subscribers: fanout.subscribers,
    fanout_p99_ms: fanout.latencies.p99,
  };
}

interface Subscribed {
  readonly ids: readonly string[];
  readonly subscribers: number;
}

async function measureSubscribers(
  { api, token }: MeasuredService,
  ask: Ask,
  { ids, subscribers }: Subscribed,
) {
  const { position } = (await ask("{ position }")) as { readonly position: string };
  return measureFanout({
    api,
    token,
    sockets: Math.ceil(subscribers / subscriptionsPerSocket),
    subscriptionsPerSocket,
    after: position,
    events: 40,
    pauseMs: 250,
    async cause(index) {
      const { query, variables } = labelQuestion(ids, 1_000_000 + index);
      const answer = (await ask(query, variables)) as {
        readonly labelMachine: { readonly position: string };
      };
      return answer.labelMachine.position;
    },
  });
}

function seed(data: string, machines: string): void {
  const entry = join(import.meta.dirname, "../seed/main.ts");
  const { status } = spawnSync(process.execPath, [entry, "--machines", machines, "--data", data], {
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("the fleet could not be seeded");
}

function told(what: string, latencies: Latencies): Latencies {
  tell(`${what.padEnd(40)} p50 ${latencies.p50} ms, p99 ${latencies.p99} ms, max ${latencies.max} ms`);
  return latencies;
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();

import "../../src/require-node.mjs";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, release, tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { measureAppends } from "../append.ts";
import { rounded } from "../boot/figures.ts";
import { measureRebuild } from "../rebuild.ts";
import { runChild } from "./child.ts";
import { measureFanout } from "./fanout.ts";
import { type BenchOptions, type Part, parseOptions, type Size, UsageError, usage } from "./options.ts";
import { measurePeer } from "./peer.ts";
import { missingPeer } from "./peer-place.ts";
import { measureService } from "./service.ts";
import { measureVerify } from "./verify.ts";

/** `npm run bench:log`. Exit codes: 0 measured, 1 failed, 2 not understood or something is missing. */
async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options === "help") {
    tell(usage);
    return 0;
  }
  const missing = options.wanted.has("peer") ? missingPeer() : undefined;
  if (missing !== undefined) throw new UsageError(missing);
  const [processor] = cpus();
  tell(
    `${cpus().length} x ${processor?.model ?? "unknown processor"}, Linux ${release()}, Node ${process.versions.node}`,
  );
  if (options.isShort)
    tell(`the short form, whose figures are not to be quoted: ${JSON.stringify(options.size)}`);
  const directory = mkdtempSync(join(options.parent ?? tmpdir(), "ironledger-bench-log-"));
  try {
    const figures = await measureAll(options, directory);
    tell(JSON.stringify({ form: options.isShort ? "short" : "full", ...figures }));
    return 0;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

type Figures = Readonly<Record<string, unknown>>;

/** Those that need the seeded fleet come after it was seeded, and what changes its log comes last. */
async function measureAll({ size, wanted }: BenchOptions, directory: string): Promise<Figures> {
  const figures: Figures[] = [];
  async function measure(part: Part, work: () => Promise<Figures>): Promise<void> {
    if (!wanted.has(part)) return;
    tell(`\n${part}`);
    const start = performance.now();
    const measured = await work();
    for (const [name, value] of Object.entries(measured)) {
      tell(`  ${name.padEnd(24)} ${typeof value === "object" ? JSON.stringify(value) : value}`);
    }
    tell(`  in ${Math.round((performance.now() - start) / 1_000)} s`);
    figures.push(measured);
  }

  const { rounds, measureMs } = size;
  await measure("append", async () => ({
    ...(await measureAppends({ rounds, measureMs, parent: directory })),
  }));
  await measure("rebuild", () => rebuild(size, directory));
  await measure("fanout", async () => ({ ...(await measureFanout(size.fanoutEvents, directory)) }));
  await measure("peer", async () => ({
    ...(await measurePeer({ events: size.peerEvents, rounds: size.peerRounds }, directory)),
  }));
  const data = join(directory, "fleet");
  if (wanted.has("past") || wanted.has("verify") || wanted.has("long")) await seed(size, data);
  await measure("past", () => past(data));
  await measure("verify", async () => ({ ...measureVerify(join(data, "log"), size.verifyRounds) }));
  await measure("long", () => long(size, { directory, data }));
  return Object.assign({}, ...figures);
}

async function rebuild({ rebuildMachines, rounds }: Size, parent: string): Promise<Figures> {
  const { events, ...figures } = await measureRebuild({ machines: rebuildMachines, rounds, parent });
  return {
    rebuild_events: events,
    ...figures,
    rebuild_million_s: rounded(1_000_000 / figures.rebuild_per_s),
  };
}

async function seed({ fleetMachines }: Size, data: string): Promise<void> {
  tell(`\na fleet of ${fleetMachines} machines`);
  const { events, seconds } = await runChild(
    "../seed/main.ts",
    ["--machines", String(fleetMachines), "--data", data],
    z.object({ events: z.int(), seconds: z.number() }),
  );
  tell(`  ${events} events in ${seconds} s`);
}

/** Questions about the past of the fleet, over its whole log. */
async function past(data: string): Promise<Figures> {
  const Past = z.looseObject({ fleet_at_s: z.number(), machine_at_ms: z.number() });
  const { events, fleet_at_s, machine_at_ms } = await runChild("../past.ts", ["--data", data], Past);
  return { past_events: events, fleet_at_s: rounded(fleet_at_s), machine_at_ms: rounded(machine_at_ms) };
}

/** Ten million appends while memory is watched, and the service on what they left. */
async function long(
  { fleetMachines, longAppends, starts, fanoutEvents }: Size,
  { directory, data }: { readonly directory: string; readonly data: string },
): Promise<Figures> {
  const Grown = z.object({ appendsPerS: z.number(), growthMb: z.number(), peakMb: z.number() });
  const { appendsPerS, growthMb, peakMb } = await runChild(
    "grow.ts",
    ["--data", data, "--machines", String(fleetMachines), "--events", String(longAppends)],
    Grown,
  );
  return {
    long_appends: longAppends,
    long_appends_per_s: appendsPerS,
    rss_growth_mb: growthMb,
    rss_peak_mb: peakMb,
    ...(await measureService({ directory, data, starts, fanoutEvents })),
  };
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`bench:log: ${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof UsageError) process.stderr.write(`\n${usage}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);

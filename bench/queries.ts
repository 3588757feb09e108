import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fleetCollection } from "../src/projections/collections/fleet.ts";
import type { Condition } from "../src/projections/query/condition.ts";
import { parseSearch } from "../src/projections/query/search.ts";
import type { SearchableCollection } from "../src/projections/query/sql-collection.ts";
import { openViewConnection } from "../src/projections/view-connection.ts";
import { createViewFile } from "../src/projections/view-file.ts";
import { fleet } from "../src/projections/views/fleet.ts";
import type { FleetRow } from "../src/projections/views/fleet-tables.ts";
import { fleetStartMs, machineLife, mulberry } from "./queries-fleet.ts";

/** What queries over a large fleet take, milliseconds: `[p50, p99, slowest]` of each kind. */
export interface QueryFigures {
  readonly query_machines: number;
  /** Machines that were written to the view in a second. */
  readonly query_fill_per_s: number;
  readonly query_ms: Readonly<Record<string, readonly number[]>>;
}

export interface QueryBenchOptions {
  /** (Default: 100,000) */
  readonly machines?: number;
  /** Queries of each kind. (Default: 300) */
  readonly rounds?: number;
  /** On the disk to measure. (Default: the system's directory for temporary files) */
  readonly parent?: string;
}

/** Fills the view of the fleet and asks it what an operator would. */
export async function measureQueries(options: QueryBenchOptions = {}): Promise<QueryFigures> {
  const { machines = 100_000, rounds = 300, parent = tmpdir() } = options;
  const directory = mkdtempSync(join(parent, "ironledger-queries-"));
  const path = join(directory, "fleet.db");
  const file = createViewFile(path, fleet);
  try {
    const start = performance.now();
    for (let number = 0; number < machines; number++) {
      file.apply(machineLife(number));
      if (file.pending() >= 10_000) await file.flush();
    }
    await file.flush();
    const seconds = (performance.now() - start) / 1_000;
    const connection = openViewConnection(path);
    const query_ms = measured(fleetCollection(connection), { machines, rounds });
    connection.close();
    return { query_machines: machines, query_fill_per_s: Math.round(machines / seconds), query_ms };
  } finally {
    file.close();
    rmSync(directory, { recursive: true });
  }
}

type Collection = SearchableCollection<FleetRow>;

function measured(
  collection: Collection,
  { machines, rounds }: Required<Pick<QueryBenchOptions, "machines" | "rounds">>,
) {
  const chance = mulberry(4_711);
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(chance() * values.length)] as Value;
  const site = () => `site-${Math.floor((chance() * machines) / 5_000)}`;
  const nowMs = fleetStartMs + machines * 7_000;
  const searched = (text: string): Condition | undefined => {
    const { condition, problems } = parseSearch(text, collection, nowMs);
    if (problems) throw new Error(`${text}: ${problems[0]?.message}`);
    return condition;
  };
  const orders = ["machineId", "name", "changedAt", "seenAt", "memoryBytes", "state"] as const;
  const pageOf = (where: Condition | undefined) =>
    collection.page({ where, orderBy: { column: pick(orders), descending: chance() < 0.5 }, limit: 51 });
  const filters: readonly (() => Condition | undefined)[] = [
    () => ({ column: "state", eq: pick(["ready", "failed", "deployed", "discovered"]) }),
    () => ({
      all: [
        { column: "state", eq: "failed" },
        { label: "site", eq: site() },
      ],
    }),
    () => ({
      all: [
        { column: "manufacturer", eq: "HPE" },
        { column: "memoryBytes", from: 2 ** 38 },
      ],
    }),
    () => ({
      all: [
        { column: "failureCode", eq: "DISK_NOT_FOUND" },
        { column: "cpuCount", eq: 64 },
      ],
    }),
    () => ({ not: { column: "locked", eq: true } }),
    () => ({ column: "address", within: "10.0.16.0/20" }),
    () => ({
      all: [
        { label: "role", eq: "gpu" },
        { column: "firmware", eq: "bios" },
        { column: "diskCount", from: 4 },
      ],
    }),
    () => ({
      any: [
        { label: "owner", eq: "team-7" },
        { label: "rack", in: ["r1", "r200", "r999"] },
      ],
    }),
    () => ({ column: "seenAt", from: nowMs - 86_400_000 }),
  ];
  const searches = [
    () => `node-${Math.floor(chance() * 1_000)}`,
    () => `state:failed label:site=${site()} seen<now-1d`,
    () => `label:rack=r${Math.floor((chance() * machines) / 40)}`,
    () => "memory>=128GiB -state:retired product:PowerEdge*",
    () => `ip:10.0.${Math.floor(chance() * 256)}.0/24`,
    () => "manufacturer:HPE cpus:16 locked:true",
  ];
  const facets = ["state", "manufacturer", "product", "image", "failureCode", "subnet"] as const;
  return {
    page: timed(rounds, () => pageOf(undefined)),
    filtered_page: timed(rounds, () => pageOf(pick(filters)())),
    search: timed(rounds, () => pageOf(searched(pick(searches)()))),
    count: timed(rounds, () => collection.count(pick(filters)(), "estimate")),
    exact_count: timed(rounds, () => collection.count(pick(filters)(), "exact")),
    facet: timed(rounds, () => collection.facet({ column: pick(facets) }, undefined)),
    filtered_facet: timed(rounds, () => collection.facet({ column: pick(facets) }, pick(filters)())),
  };
}

/** `[p50, p99, slowest]`, milliseconds. */
function timed(rounds: number, run: () => unknown): readonly number[] {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const at = (share: number) => Math.round(100 * (times[Math.floor(share * (rounds - 1))] ?? 0)) / 100;
  return [at(0.5), at(0.99), at(1)];
}

if (import.meta.main) console.log(JSON.stringify(await measureQueries(), undefined, 2));

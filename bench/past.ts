import "../src/require-node.mjs";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { positionText } from "../src/adapters/event-store/position.ts";
import { openLogReader } from "../src/adapters/event-store/sqlite/open-reader.ts";
import { type EventRow, recordedEvent } from "../src/adapters/event-store/sqlite/rows.ts";
import { machineAfter } from "../src/domain/machine/snapshot.ts";
import type { RecordedEvent } from "../src/domain/ports/event-store.ts";
import { threadEntry } from "../src/paths.ts";
import { fleetCollection } from "../src/projections/collections/fleet.ts";
import { leaseCollection } from "../src/projections/collections/leases.ts";
import { keptViews } from "../src/projections/past/kept-views.ts";
import { createPastViews, type Place } from "../src/projections/past/past-views.ts";
import type { SearchableCollection } from "../src/projections/query/sql-collection.ts";
import { createViewFile, openViewFile, type ViewFile } from "../src/projections/view-file.ts";
import type { FleetRow } from "../src/projections/views/fleet-tables.ts";
import { openPastThread } from "../src/service/past-thread.ts";
import { median } from "./log-thread.ts";

/**
 * `node bench/past.ts --data DIR [--views DIR]`: what a look at the past costs, in the log that `npm run seed` made. It
 * builds the views of the fleet and of leases first, and keeps them in the folder of `--views` for the next run. The
 * last line is one JSON object. Nothing may write to the log meanwhile.
 */
const { data = "var/seed", views } = parseArgs({
  options: { data: { type: "string" }, views: { type: "string" } },
}).values;
const reader = openLogReader(join(data, "log"));
const temporary = mkdtempSync(join(tmpdir(), "ironledger-past-"));
const viewsDirectory = views ?? temporary;
/** Views do not look at what log their events are of. */
const identity = { logId: "0".repeat(16), incarnation: "0".repeat(12) };
const momentsTried = [0.2, 0.4, 0.6, 0.8, 1];
const machinesTried = 200;
const pageSize = 200;
/** They stay open, as a service has them. */
const files: ViewFile[] = [];
const thread = openPastThread(threadEntry("past"));

try {
  mkdirSync(viewsDirectory, { recursive: true });
  process.stdout.write(`${JSON.stringify(await figures())}\n`);
} finally {
  await thread.close();
  for (const file of files) file.close();
  rmSync(temporary, { recursive: true });
  reader.close();
}

async function figures() {
  const built = { fleet: await viewBuilt("fleet"), leases: await viewBuilt("leases") };
  const path = (name: string) => join(viewsDirectory, `${name}.db`);
  const pasts = createPastViews({ directory: join(temporary, "past"), path, copy: thread.copy });
  const head = reader.head();
  const places = momentsTried.map((share) => placeOf(Math.floor(head * share) - 1));
  const spent = {
    fleet: [] as number[],
    cpu: [] as number[],
    again: [] as number[],
    label: [] as number[],
    leases: [] as number[],
  };

  /** The machines of a page, found in the view and folded from their events, as the API does. */
  async function fleetAt(place: Place, ask: (machines: SearchableCollection<FleetRow>) => Page) {
    const of = { view: "fleet", table: "fleet", place } as const;
    return secondsOf(async () => {
      const page = await pasts.read(of, (from) => ask(fleetCollection(from)));
      for (const { row } of page) machineThen(row.id, place);
    });
  }
  for (const place of places) {
    const cpuBefore = cpuSeconds();
    spent.fleet.push(await fleetAt(place, firstPage));
    spent.cpu.push(cpuSeconds() - cpuBefore);
    spent.again.push(await fleetAt(place, firstPage));
    spent.label.push(await fleetAt(place, labelled));
    const leasesOf = { view: "leases", table: "address", place } as const;
    const leased = { column: "status", eq: "leased" };
    spent.leases.push(
      await secondsOf(() =>
        pasts.read(leasesOf, (from) => leaseCollection(from).page({ where: leased, limit: pageSize })),
      ),
    );
  }
  const rows = pasts.heldRows();
  await pasts.close();
  return {
    events: head,
    machines: machinesAtTheEnd(),
    fleet_at_s: median(spent.fleet),
    fleet_at_each_s: spent.fleet,
    fleet_at_cpu_s: median(spent.cpu),
    fleet_next_page_s: median(spent.again),
    fleet_by_label_s: median(spent.label),
    leases_at_s: median(spent.leases),
    machine_at_ms: machineAt(places),
    held_rows: rows,
    views: built,
  };
}

/** What a list of machines shows first: a page in an order, and counts. */
function firstPage(machines: SearchableCollection<FleetRow>): Page {
  machines.count({ column: "state", in: ["ready", "deployed"] }, "exact");
  machines.count(undefined, "exact");
  return machines.page({ orderBy: { column: "name", descending: false }, limit: pageSize });
}

type Page = ReturnType<SearchableCollection<FleetRow>["page"]>;

/** A condition on another table of the view, which is copied for it. */
function labelled(machines: SearchableCollection<FleetRow>): Page {
  return machines.page({ where: { label: "rack", exists: true }, limit: pageSize });
}

/** Builds a view, unless it was built before. */
async function viewBuilt(name: "fleet" | "leases") {
  const path = join(viewsDirectory, `${name}.db`);
  const view = keptViews[name];
  const known = existsSync(path) ? openViewFile(path, view) : undefined;
  const file = known ?? createViewFile(path, view);
  files.push(file);
  const seconds = known ? undefined : await secondsOf(() => readAll(file));
  return { build_s: seconds, bytes: statSync(path).size };
}

async function readAll(file: ViewFile): Promise<void> {
  for (let after = 0; ; ) {
    const { rows, position, caughtUp } = reader.page({ after, limit: 1_000, filter: undefined });
    file.apply(rows.map(eventOf));
    after = position;
    if (caughtUp || file.pending() >= 10_000) await file.flush();
    if (caughtUp) return;
  }
}

function eventOf(row: EventRow): RecordedEvent {
  return recordedEvent(identity, row);
}

function machinesAtTheEnd(): number {
  return Number(onFleet((fleet) => fleet.prepare("SELECT count(*) AS rows FROM fleet").get())?.["rows"]);
}

/** Milliseconds to fold one machine as it was, the median. */
function machineAt(places: readonly Place[]): number {
  const found = onFleet((fleet) => fleet.prepare("SELECT id FROM fleet LIMIT ?").all(machinesTried));
  const measured = found.map(({ id }, index) => {
    const place = places[index % places.length];
    const start = performance.now();
    if (place) machineThen(String(id), place);
    return performance.now() - start;
  });
  return median(measured);
}

function machineThen(id: string, { position: last }: Place): void {
  const events = reader.stream(`machine-${id}`, {}).map(eventOf);
  machineAfter(events.filter(({ position }) => position <= last));
}

function onFleet<Result>(ask: (fleet: DatabaseSync) => Result): Result {
  const fleet = new DatabaseSync(join(viewsDirectory, "fleet.db"), { readOnly: true });
  try {
    return ask(fleet);
  } finally {
    fleet.close();
  }
}

function placeOf(ordinal: number): Place {
  return { ordinal, position: positionText(identity, ordinal + 1) };
}

/** Processor time of all threads, which tells more than the clock does on a machine that is shared. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

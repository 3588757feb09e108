import type { LogReader } from "../../adapters/event-store/sqlite/reader.ts";
import type { Projector } from "../../projections/projector.ts";
import type { Readiness } from "../readiness.ts";
import { type ReadyReason, readyReasons } from "../ready-reasons.ts";
import type { Meter } from "./meter.ts";

export interface MeasuredService {
  readonly version: string;
  readonly readiness: Readiness;
  readonly projector: Pick<Projector, "status" | "connection">;
  readonly log: Pick<LogReader, "head" | "page">;
  readonly clock: () => Date;
}

/** Defines the metrics of the views and of readiness. */
export function measureService(meter: Meter, options: MeasuredService): void {
  const { version, readiness, projector, log, clock } = options;
  const ofViews = (value: (status: ReturnType<Projector["status"]>[number]) => number) => () =>
    projector.status().map((status) => ({ labels: { view: status.view }, value: value(status) }));

  meter.gauge("ironledger_build_info", () => [
    { labels: { version, node: process.versions.node }, value: 1 },
  ]);
  meter.gauge("ironledger_ready", async () => [{ value: (await readiness.reasons()).length === 0 ? 1 : 0 }]);
  meter.gauge("ironledger_unready", async () => {
    const now: ReadonlySet<string> = new Set((await readiness.reasons()).map(({ code }) => code));
    const all = Object.keys(readyReasons) as ReadyReason[];
    return all.map((reason) => ({ labels: { reason }, value: now.has(reason) ? 1 : 0 }));
  });
  meter.gauge(
    "ironledger_view_lag_events",
    ofViews(({ events }) => Math.max(0, log.head() - events)),
  );
  meter.gauge(
    "ironledger_view_lag_seconds",
    ofViews(({ events }) => lagSeconds({ log, clock }, events)),
  );
  meter.gauge(
    "ironledger_view_generation",
    ofViews(({ generation }) => generation),
  );
  meter.gauge(
    "ironledger_view_following",
    ofViews(({ state }) => Number(isFollowing(state))),
  );
}

function isFollowing(state: ReturnType<Projector["status"]>[number]["state"]): boolean {
  return state === "live" || state === "catching-up";
}

/** The age of the first event after those that a view shows. */
function lagSeconds({ log, clock }: Pick<MeasuredService, "log" | "clock">, shown: number): number {
  if (log.head() <= shown) return 0;
  const [next] = log.page({ after: shown, limit: 1, filter: undefined }).rows;
  if (!next) return 0;
  const [, , , , , , time] = next;
  return Math.max(0, clock().getTime() - time) / 1_000;
}

import type { EventReader } from "../../domain/ports/event-store.ts";
import type { Projector, ViewStatus } from "../../projections/projector.ts";
import type { LagEvents } from "../ledger/open-log.ts";
import type { Readiness } from "../readiness.ts";
import { type ReadyReason, readyReasons } from "../ready-reasons.ts";
import type { Meter } from "./meter.ts";

export interface MeasuredService {
  readonly version: string;
  readonly readiness: Readiness;
  readonly projector: Pick<Projector, "status" | "connection">;
  readonly log: Pick<EventReader, "readAll" | "readStream">;
  readonly lagEvents: LagEvents;
  readonly clock: () => Date;
}

/** Defines the metrics of the views and of readiness. */
export function measureService(meter: Meter, options: MeasuredService): void {
  const { version, readiness, projector, lagEvents } = options;
  const ofViews = (value: (status: ViewStatus) => number) => () =>
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
  meter.gauge("ironledger_view_lag_events", ofViews(lagEvents));
  meter.gauge("ironledger_view_lag_seconds", () =>
    Promise.all(
      projector.status().map(async (status) => ({
        labels: { view: status.view },
        value: await lagSeconds(options, status),
      })),
    ),
  );
  meter.gauge(
    "ironledger_view_generation",
    ofViews(({ generation }) => generation),
  );
  meter.gauge(
    "ironledger_view_following",
    ofViews((status) => Number(isFollowing(status))),
  );
}

function isFollowing({ state }: ViewStatus): boolean {
  return state === "live" || state === "catching-up";
}

/** The age of the first event after those that a view shows. */
async function lagSeconds({ log, lagEvents, clock }: MeasuredService, shown: ViewStatus): Promise<number> {
  if (lagEvents(shown) === 0) return 0;
  const { events } = await log.readAll({ after: shown.position, limit: 1 });
  const [next] = events;
  return next ? Math.max(0, clock().getTime() - next.time) / 1_000 : 0;
}

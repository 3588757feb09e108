import type { PastViews } from "../../projections/past/past-views.ts";
import type { Meter } from "./meter.ts";

/** Defines the metrics of looks at the past. */
export function measurePasts(meter: Meter, pasts: Pick<PastViews, "heldRows" | "copying">): void {
  meter.gauge("ironledger_past_rows", () => [{ value: pasts.heldRows() }]);
  meter.gauge("ironledger_past_copies", () => [{ value: pasts.copying() }]);
}

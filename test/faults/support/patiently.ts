import { eventually } from "../../support/eventually.ts";

/** Asks again and again until there is an answer, as long as a machine that is busy with other things may need. */
export function patiently<Value>(ask: () => Promise<Value | undefined> | Value | undefined): Promise<Value> {
  return eventually(ask, { withinMs: 120_000 });
}

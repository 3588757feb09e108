import type { Row } from "../api/api.ts";
import { inert } from "../output/inert.ts";
import type { Palette } from "../output/palette.ts";
import type { Format } from "../output/rows.ts";
import { jsonText, yamlText } from "../output/serialise.ts";
import { planText } from "./plan-text.ts";

/** What became of a change. */
interface Outcome {
  readonly payload: Row;
  /** In a line for people. */
  readonly done: string;
  /** What a dry run of many things says before its plan. (Default: nothing) */
  readonly wouldBeDone?: string;
}

/** A change's outcome for stdout: a line and, for a dry run, the plan; or the payload as the API says it. */
export async function changeText(
  { payload, done, wouldBeDone }: Outcome,
  { output, palette }: { readonly output: Format; readonly palette: Palette },
): Promise<string> {
  if (output === "json") return `${jsonText(payload, 2)}\n`;
  if (output === "yaml") return yamlText(payload);
  const plan = payload["plan"];
  if (!plan) return `${inert(done)}\n`;
  const lead = wouldBeDone === undefined ? "" : `${inert(wouldBeDone)}\n`;
  return lead + planText(plan as Row, palette);
}

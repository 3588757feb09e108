import type { Row } from "../api/api.ts";
import { valueAt } from "../output/cell.ts";
import { inert } from "../output/inert.ts";
import type { Palette } from "../output/palette.ts";
import type { Format } from "../output/rows.ts";
import { jsonText, yamlText } from "../output/serialise.ts";

/** What became of a change. */
interface Outcome {
  readonly payload: Row;
  /** In a line for people. */
  readonly done: string;
}

/** A change's outcome for stdout: a line and, for a dry run, the plan; or the payload as the API says it. */
export async function changeText(
  { payload, done }: Outcome,
  { output, palette }: { readonly output: Format; readonly palette: Palette },
): Promise<string> {
  if (output === "json") return `${jsonText(payload, 2)}\n`;
  if (output === "yaml") return yamlText(payload);
  const plan = payload["plan"];
  return plan ? planText(plan as Row, palette) : `${inert(done)}\n`;
}

/** The differences and the events that a change would make. */
function planText(plan: Row, palette: Palette): string {
  const events = (plan["events"] as readonly Row[]).map(eventLine);
  const count = Number(plan["eventCount"]);
  const others = count > events.length ? [`... and ${count - events.length} more`] : [];
  const heading = palette.heading(headingFor(count));
  const diff = String(valueAt(plan, "diff") ?? "")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => diffLine(line, palette));
  return [...diff, heading, ...events, ...others].map((line) => `${line}\n`).join("");
}

function headingFor(count: number): string {
  if (count === 0) return "nothing would change";
  return count === 1 ? "1 event would be recorded:" : `${count} events would be recorded:`;
}

function diffLine(line: string, { good, bad, heading }: Palette): string {
  const text = inert(line);
  if (/^(?:---|\+\+\+)/.test(text)) return heading(text);
  if (text.startsWith("+")) return good(text);
  return text.startsWith("-") ? bad(text) : text;
}

function eventLine(event: Row): string {
  const data = JSON.stringify(event["data"]);
  return inert(`  ${String(event["stream"])} ${String(event["type"])} ${data}`);
}

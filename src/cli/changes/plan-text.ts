import type { Row } from "../api/api.ts";
import { cellText, valueAt } from "../output/cell.ts";
import { inert } from "../output/inert.ts";
import type { Palette } from "../output/palette.ts";

/** Of so many objects the differences are shown line by line; of more it is counted what becomes of them. */
const subjectsMax = 5;

/** What a change would do: the differences and the events, or how many of each kind there are when they are many. */
export function planText(plan: Row, palette: Palette): string {
  const changes = (plan["changes"] ?? []) as readonly Row[];
  const subjects = new Set(changes.map(({ subject }) => subject)).size;
  const lines =
    subjects > subjectsMax ? countedLines(plan, { changes, subjects, palette }) : allLines(plan, palette);
  return lines.map((line) => `${line}\n`).join("");
}

function allLines(plan: Row, palette: Palette): readonly string[] {
  const events = plan["events"] as readonly Row[];
  const diff = String(valueAt(plan, "diff") ?? "")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => diffLine(line, palette));
  return [...diff, heading(plan, palette), ...events.map(eventLine), ...moreEvents(plan)];
}

function countedLines(
  plan: Row,
  {
    changes,
    subjects,
    palette,
  }: { readonly changes: readonly Row[]; readonly subjects: number; readonly palette: Palette },
): readonly string[] {
  const kinds = counted(changes.map(changeText));
  const types = counted((plan["events"] as readonly Row[]).map(({ type }) => String(type)));
  return [
    palette.heading(`${subjects} objects would change:`),
    ...kinds.slice(0, kindsMax).map(countLine),
    ...(kinds.length > kindsMax ? [`  ... and ${kinds.length - kindsMax} more kinds of change`] : []),
    heading(plan, palette),
    ...types.map(countLine),
    ...moreEvents(plan),
    "-o json shows each of them",
  ];
}

/** Kinds of change that are shown, the most frequent first. */
const kindsMax = 20;

function changeText({ path, before, after }: Row): string {
  const [from, to] = [before, after].map((value) => cut(cellText(value)) || "nothing");
  return `${String(path)}: ${from} -> ${to}`;
}

function cut(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function counted(texts: readonly string[]): readonly (readonly [text: string, count: number])[] {
  return [...Map.groupBy(texts, (text) => text)]
    .map(([text, same]) => [text, same.length] as const)
    .sort(([, a], [, b]) => b - a);
}

function countLine([text, count]: readonly [text: string, count: number]): string {
  return inert(`${String(count).padStart(7)}  ${text}`);
}

function heading(plan: Row, palette: Palette): string {
  const count = Number(plan["eventCount"]);
  if (count === 0) return palette.heading("nothing would change");
  return palette.heading(count === 1 ? "1 event would be recorded:" : `${count} events would be recorded:`);
}

function moreEvents(plan: Row): readonly string[] {
  const left = Number(plan["eventCount"]) - (plan["events"] as readonly Row[]).length;
  return left > 0 ? [`... and ${left} more`] : [];
}

function diffLine(line: string, { good, bad, heading: strong }: Palette): string {
  const text = inert(line);
  if (/^(?:---|\+\+\+)/.test(text)) return strong(text);
  if (text.startsWith("+")) return good(text);
  return text.startsWith("-") ? bad(text) : text;
}

function eventLine(event: Row): string {
  const data = JSON.stringify(event["data"]);
  return inert(`  ${String(event["stream"])} ${String(event["type"])} ${data}`);
}

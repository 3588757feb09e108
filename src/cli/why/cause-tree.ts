import type { Row } from "../api/api.ts";
import { cellText } from "../output/cell.ts";
import { inert } from "../output/inert.ts";
import type { Palette } from "../output/palette.ts";

/** An event, or the request that none of the events caused, with what it led to. */
export interface CauseNode {
  /** `undefined`: a request, which is no event itself. */
  readonly event: Row | undefined;
  readonly causationId: string;
  readonly effects: readonly CauseNode[];
}

/** The events that led to one, the first first. It is the last of them itself. */
export function chainTo(event: Row, related: readonly Row[]): readonly Row[] {
  const byId = new Map(related.map((row) => [idOf(row), row]));
  const chain = [event];
  const seen = new Set([idOf(event)]);
  for (;;) {
    const cause = byId.get(causeOf(chain[0] ?? event));
    // An event may name itself as its cause: the first of a boot does.
    if (!cause || seen.has(idOf(cause))) return chain;
    seen.add(idOf(cause));
    chain.unshift(cause);
  }
}

/** Events under what caused them, each list in the order in which they came. */
export function causeTree(events: readonly Row[]): readonly CauseNode[] {
  const ids = new Set(events.map(idOf));
  const effects = Map.groupBy(events, causeOf);
  const grow = (event: Row): CauseNode => ({
    event,
    causationId: causeOf(event),
    effects: (effects.get(idOf(event)) ?? []).filter((effect) => idOf(effect) !== idOf(event)).map(grow),
  });
  return [...effects]
    .filter(([cause, caused]) => !ids.has(cause) || caused.some((event) => idOf(event) === cause))
    .flatMap(([cause, caused]) =>
      ids.has(cause)
        ? caused.filter((event) => idOf(event) === cause).map(grow)
        : [{ event: undefined, causationId: cause, effects: caused.map(grow) }],
    );
}

interface TreeOptions {
  readonly palette: Palette;
  /** The event that was asked about. */
  readonly marked: string;
  /** How long a line may be: the data gives way. `undefined`: as long as it is. */
  readonly lineWidth: number | undefined;
}

/** The tree in lines. */
export function treeLines(
  nodes: readonly CauseNode[],
  { palette, marked, lineWidth }: TreeOptions,
): readonly string[] {
  const text = ({ event, causationId, effects }: CauseNode, depth: number): string => {
    const room = lineWidth === undefined ? undefined : lineWidth - 3 * depth;
    if (event) return eventText(event, { palette, marked, room });
    return inert(requestText(causationId, effects[0]?.event));
  };
  const below = (children: readonly CauseNode[], depth: number): readonly string[] =>
    children.flatMap((child, index) => {
      const isLast = index === children.length - 1;
      const [first = "", ...rest] = [text(child, depth), ...below(child.effects, depth + 1)];
      return [`${isLast ? "└─ " : "├─ "}${first}`, ...rest.map((line) => `${isLast ? "   " : "│  "}${line}`)];
    });
  return nodes.flatMap((node) => [text(node, 0), ...below(node.effects, 1)]);
}

function eventText(
  event: Row,
  {
    palette,
    marked,
    room,
  }: { readonly palette: Palette; readonly marked: string; readonly room: number | undefined },
): string {
  const { time, stream, data } = event;
  const type = inert(String(event["type"]));
  const taken = String(time).length + type.length + String(stream).length + 6;
  const left =
    room === undefined ? dataCharactersMax : Math.min(dataCharactersMax, Math.max(room - taken, 0));
  const shown = idOf(event) === marked ? palette.heading(type) : type;
  return `${palette.faint(inert(String(time)))}  ${shown}  ${inert(`${String(stream)} ${cut(cellText(data), left)}`)}`;
}

/** Who asked, as the first thing that came of it has it. */
function requestText(causationId: string, event: Row | undefined): string {
  const { actor, source, sourceAddress, reason } = event ?? {};
  const from = sourceAddress ? ` from ${String(sourceAddress)}` : "";
  const why = reason ? `: ${JSON.stringify(reason)}` : "";
  return `request ${causationId} by ${String(actor)} through ${String(source)}${from}${why}`;
}

const dataCharactersMax = 120;

function cut(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}…` : text;
}

function idOf(event: Row): string {
  return String(event["eventId"]);
}

function causeOf(event: Row): string {
  return String(event["causationId"]);
}

import type { ReadReq } from "@eventstore/db-client/generated/streams_pb.js";
import type { Ledger, Stored } from "./ledger.ts";
import { streamName } from "./messages.ts";

/** What a read or a subscription asks for. */
export interface ReadWish {
  /** `undefined`: the whole log. */
  readonly stream: string | undefined;
  /** A revision of the stream, or a position in the whole log. */
  readonly from: number | "start" | "end";
  readonly isBackwards: boolean;
  readonly count: number;
  readonly isSubscription: boolean;
  readonly isStructured: boolean;
  passes(event: Stored): boolean;
}

export function readWish(request: ReadReq): ReadWish {
  const options = request.getOptions();
  if (!options) throw new Error("a read without options");
  const stream = options.getStream();
  return {
    stream: stream && streamName(stream.getStreamIdentifier()),
    from: stream ? streamStart(stream) : logStart(options.getAll()),
    isBackwards: options.getReadDirection() === 1,
    count: Number(options.getCount()),
    isSubscription: options.hasSubscription(),
    isStructured: options.getUuidOption()?.hasStructured() ?? false,
    passes: filterOf(options.getFilter()),
  };
}

function streamStart(options: ReadReq.Options.StreamOptions): ReadWish["from"] {
  if (options.hasStart()) return "start";
  return options.hasEnd() ? "end" : Number(options.getRevision());
}

function logStart(options: ReadReq.Options.AllOptions | undefined): ReadWish["from"] {
  const position = options?.getPosition();
  if (position) return Number(position.getCommitPosition());
  return options?.hasEnd() ? "end" : "start";
}

function filterOf(filter: ReadReq.Options.FilterOptions | undefined): ReadWish["passes"] {
  const expression = filter?.getStreamIdentifier() ?? filter?.getEventType();
  if (!filter || !expression) return () => true;
  const nameOf = ({ stream, type }: Stored) => (filter.hasStreamIdentifier() ? stream : type);
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return (event) => prefixes.some((prefix) => nameOf(event).startsWith(prefix));
  const pattern = new RegExp(expression.getRegex());
  return (event) => pattern.test(nameOf(event));
}

/** The events that a read finds, and whether it may start where it wants to. */
export function found(ledger: Ledger, wish: ReadWish): readonly Stored[] | "missing" | "no-position" {
  const { stream, from, isBackwards, count } = wish;
  const events = stream === undefined ? ledger.all : ledger.stream(stream);
  if (stream !== undefined && events.length === 0) return "missing";
  const at = ({ revision, position }: Stored) => (stream === undefined ? position : revision);
  if (stream === undefined && isInside(events, from)) return "no-position";
  const chosen = isBackwards
    ? // Of the whole log a read backwards gives what is before a position; of a stream, the revision too.
      events.filter((event) => isBefore(at(event), from, stream !== undefined)).reverse()
    : events.filter((event) => from === "start" || (from !== "end" && at(event) >= from));
  return chosen.filter(wish.passes).slice(0, count);
}

function isBefore(place: number, from: ReadWish["from"], isInclusive: boolean): boolean {
  if (from === "end") return true;
  return from !== "start" && (isInclusive ? place <= from : place < from);
}

/** A position that is not the beginning of an event, as the engine finds out when it reads there. */
function isInside(events: readonly Stored[], from: ReadWish["from"]): boolean {
  const last = events.at(-1);
  if (typeof from !== "number" || !last || from > last.position) return false;
  return !events.some(({ position }) => position === from);
}

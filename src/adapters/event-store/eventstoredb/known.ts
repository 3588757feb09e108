import type { Placed } from "../placement.ts";
import type { Standing } from "./envelope.ts";

/** Streams, and events by their id, that are remembered: some 30 MB at most. */
const rememberedMax = 65_536;

/** The newest event of a stream. */
export type StreamHead = Pick<Standing, "revision" | "hash" | "time">;

/** An event and where it stands. */
export type LogPlace = Pick<Standing, "position" | "hash">;

/** What this process has seen of the log. Only what was read is in it, so a hash in it is the log's. */
export interface Known {
  see(event: Standing): void;
  /** Takes what was read of the log's order. */
  reach(event: LogPlace): void;
  /** The last event of the log's order that was seen. */
  last(): LogPlace | undefined;
  /** The newest event of a stream that was seen; others may have appended since. */
  head(stream: string): StreamHead | undefined;
  find(id: string): Placed | undefined;
  /** Time of the newest event that was seen, milliseconds since 1970 UTC. */
  newestMs(): number;
}

export function createKnown(): Known {
  const heads = new Map<string, StreamHead>();
  const placedById = new Map<string, Placed>();
  let newestMs = 0;
  let last: LogPlace | undefined;

  function reach({ position, hash }: LogPlace): void {
    if (!last || last.position < position) last = { position, hash };
  }

  return {
    reach,
    last: () => last,
    see({ id, stream, revision, position, time, hash }) {
      const head = heads.get(stream);
      if (!head || head.revision < revision) remember(heads, stream, { revision, hash, time });
      remember(placedById, id, { stream, revision, position, time });
      newestMs = Math.max(newestMs, time);
      reach({ position, hash });
    },
    head: (stream) => heads.get(stream),
    find: (id) => placedById.get(id),
    newestMs: () => newestMs,
  };
}

/** Puts an entry last, and drops the first when there are too many. */
function remember<Key, Value>(entries: Map<Key, Value>, key: Key, value: Value): void {
  entries.delete(key);
  entries.set(key, value);
  if (entries.size <= rememberedMax) return;
  const [oldest] = entries.keys();
  if (oldest !== undefined) entries.delete(oldest);
}

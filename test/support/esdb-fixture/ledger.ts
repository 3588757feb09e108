/** An event that somebody wants to append. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface Stored extends Proposed {
  readonly stream: string;
  readonly revision: number;
  /** Of its first octet in the engine's log; commit and prepare position are the same. */
  readonly position: number;
  readonly createdMs: number;
}

export type Expected = number | "any" | "no-stream" | "stream-exists";

export type Appended =
  | { readonly outcome: "appended"; readonly last: Stored }
  | { readonly outcome: "conflict"; readonly current: number | undefined };

/** Streams and their common order, as the engine keeps them. */
export interface Ledger {
  readonly all: readonly Stored[];
  stream(name: string): readonly Stored[];
  append(stream: string, expected: Expected, events: readonly Proposed[]): Appended;
  /** Calls back after every append, until the function that it returns is called. */
  onGrown(listener: () => void): () => void;
}

export interface LedgerOptions {
  /** Octets between two events beside their own: positions have gaps, as those of the engine. (Default: 97) */
  readonly gap?: number;
  readonly onStored?: (events: readonly Stored[]) => void;
  readonly stored?: readonly Stored[];
}

export function createLedger({ gap = 97, onStored, stored = [] }: LedgerOptions = {}): Ledger {
  const all: Stored[] = [];
  const streams = new Map<string, Stored[]>();
  const listeners = new Set<() => void>();
  let end = gap;

  function keep(event: Stored): void {
    const history = streams.get(event.stream) ?? [];
    history.push(event);
    streams.set(event.stream, history);
    all.push(event);
    end = event.position + event.data.length + event.metadata.length + gap;
  }

  for (const event of stored) keep(event);

  return {
    all,
    stream: (name) => streams.get(name) ?? [],

    append(stream, expected, events) {
      const history = streams.get(stream) ?? [];
      const decision = decide(history, expected, events);
      if (decision !== "new") return decision;
      const written = events.map((event) => {
        const revision = streams.get(stream)?.length ?? 0;
        const kept = { ...event, stream, revision, position: end, createdMs: Date.now() };
        keep(kept);
        return kept;
      });
      onStored?.(written);
      for (const listener of listeners) listener();
      const last = streams.get(stream)?.at(-1);
      if (!last) throw new Error("an append without events");
      return { outcome: "appended", last };
    },

    onGrown(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** As the engine's index writer: a repeated append is known by its ids where it would have gone. */
function decide(
  history: readonly Stored[],
  expected: Expected,
  events: readonly Proposed[],
): Appended | "new" {
  const current = history.at(-1)?.revision;
  if (expected === (current ?? "no-stream")) return "new";
  if (expected === "stream-exists" && current !== undefined) return "new";

  const known = history.findIndex(({ id }) => id === events[0]?.id);
  if (expected === "any" && known === -1) return "new";
  const first = typeof expected === "number" ? expected + 1 : expected === "no-stream" ? 0 : known;
  const there = history.slice(first, first + events.length);
  const last = there.at(-1);
  const isRepeated = there.length === events.length && there.every(({ id }, n) => id === events[n]?.id);
  return last && isRepeated ? { outcome: "appended", last } : { outcome: "conflict", current };
}

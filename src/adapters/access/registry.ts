import type { Rights } from "../../domain/access/rights.ts";
import type { EventReader } from "../../domain/ports/event-store.ts";
import type { Caller } from "./caller.ts";
import { createJudge } from "./judge.ts";
import { accessFilter, catchUp, createKnownAccess, type KnownAccess } from "./known-access.ts";
import { bearerToken, tokenDigest } from "./token.ts";

export interface AccessRegistry {
  /**
   * Who holds the token of an `Authorization` value, `Bearer <token>`; `undefined` when nobody does, whatever
   * the reason: none, malformed, unknown, revoked, expired, of a disabled principal. `sourceAddress`: where it came from.
   */
  authenticate(authorization: unknown, sourceAddress?: string): Caller | undefined;
  /** Whether the caller's token counts still: not revoked, not expired, its principal not disabled. */
  stillHolds(caller: Caller): boolean;
  /** What the principal may do now; nothing when there is no such principal. */
  rightsOf(principalId: string): Rights;
  /** Calls back after it changed what anybody may do. Returns how to stop that. */
  onChange(listener: () => void): () => void;
  /** Everybody and every role, as far as `refresh` or following the log came. */
  readonly known: Omit<KnownAccess, "take">;
  /** Reads what the log holds by now, without waiting to be told. */
  refresh(): Promise<void>;
  /** Runs a task when all that were given before have ended: for changes that must see each other. */
  alone<Result>(task: () => Promise<Result>): Promise<Result>;
  /** Stops following the log. */
  close(): Promise<void>;
}

export interface AccessRegistryOptions {
  readonly reader: EventReader;
  readonly clock: () => Date;
  /** The registry cannot follow the log any more: what it knows grows old, and the service should end. */
  readonly onFailure: (error: unknown) => void;
  /** Told of every use of a token. (Default: nobody is) */
  readonly onUse?: (caller: Caller, sourceAddress: string | undefined) => void;
}

/** Reads who may use the API from the log, and follows it. */
export async function openAccessRegistry({
  reader,
  clock,
  onFailure,
  onUse,
}: AccessRegistryOptions): Promise<AccessRegistry> {
  const abort = new AbortController();
  const listeners = new Set<() => void>();
  const known = createKnownAccess();
  const judge = createJudge(known, clock);
  await catchUp(known, reader);

  function changed(): void {
    judge.forget();
    for (const listener of listeners) listener();
  }

  async function follow(): Promise<void> {
    const { signal } = abort;
    for await (const page of reader.subscribe({ after: known.position(), filter: accessFilter, signal })) {
      if (known.take(page)) changed();
    }
  }
  const following = follow().catch((error: unknown) => {
    if (!abort.signal.aborted) onFailure(error);
  });

  return {
    authenticate(authorization, sourceAddress) {
      const token = bearerToken(authorization);
      // The time of a look-up by digest tells at most about a digest, from which nobody gets to its token: that
      // has 256 random bits. So it may depend on what is there, and costs the same for ten thousand tokens.
      const issued = token === undefined ? undefined : known.tokenOf(tokenDigest(token));
      const caller = issued && judge.callerBy(issued);
      if (caller) onUse?.(caller, sourceAddress);
      return caller;
    },
    stillHolds: judge.counts,
    rightsOf: judge.rightsOf,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    known,
    async refresh() {
      if (await catchUp(known, reader)) changed();
    },
    alone: createQueue(),
    async close() {
      abort.abort();
      await following;
    },
  };
}

/** Tasks one after the other. What one fails with is its giver's to know. */
function createQueue(): AccessRegistry["alone"] {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const turn = last.then(task);
    last = turn.catch(() => undefined);
    return turn;
  };
}

import { makeExecutableSchema } from "@graphql-tools/schema";
import { pino } from "pino";
import { expect, onTestFinished, vi } from "vitest";
import type { Caller } from "../../../../src/adapters/access/caller.ts";
import { createMemoryEventStore } from "../../../../src/adapters/event-store/memory/memory-event-store.ts";
import type { AttemptLimits } from "../../../../src/adapters/graphql/attempts/attempt-limit.ts";
import { watchFailedAttempts } from "../../../../src/adapters/graphql/attempts/failed-attempts.ts";
import type { GraphqlContext } from "../../../../src/adapters/graphql/context.ts";
import { documentText } from "../../../../src/adapters/graphql/persisted.ts";
import { type ApiServerOptions, createApiServer } from "../../../../src/adapters/graphql/server.ts";
import { type Rights, rightsOf } from "../../../../src/domain/access/rights.ts";
import type { EventReader, EventStore, RecordedEvent } from "../../../../src/domain/ports/event-store.ts";
import { newId } from "../../../../src/ids.ts";

/** A listener with a schema of a few words: what stands before the resolvers is the same for every schema. */
export interface Door {
  readonly url: string;
  readonly token: string;
  readonly store: EventStore;
  readonly server: object;
  /** Feeds that were started and have not ended. */
  readonly openFeeds: () => number;
  /** What `authenticate` answers for `token`; `undefined`: the token counts for nothing. */
  holder: Caller | undefined;
  /** Tells the listener that somebody's access changed. */
  changeAccess(): void;
  /** Records the failed attempts that wait to be recorded. */
  flushAttempts(): Promise<void>;
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<DoorAnswer>;
  close(): Promise<void>;
}

export interface DoorAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape, and assert what they find.
  readonly body: any;
}

export interface DoorOptions extends Partial<ApiServerOptions> {
  readonly limits?: Partial<AttemptLimits>;
  /** (Default: any free port) */
  readonly port?: number;
}

const doorSchema = `
  type Query { position: String, name: String, deep: Query }
  type Mutation { touch: String }
  type Subscription { events(after: String): String }`;

/** Everything, everywhere. */
export const allRights: Rights = rightsOf([{ scopes: ["events:read"], machines: null }]);

/** Somebody whose token does not expire. */
export function callerOf(rights: Rights = allRights, expiresAtMs: number | null = null): Caller {
  return {
    principalId: "0192f000-0000-7000-8000-000000000001",
    name: "ada",
    kind: "person",
    tokenId: "0192f000-0000-7000-8000-000000000002",
    expiresAtMs,
    rights: () => rights,
  };
}

/** Opens one on loopback; it is closed after the test. A fault fails the test. */
export async function openDoor({ limits, port = 0, ...options }: DoorOptions = {}): Promise<Door> {
  const clock = options.clock ?? (() => new Date());
  const store = createMemoryEventStore(clock);
  const faults: unknown[] = [];
  const listeners = new Set<() => void>();
  const feeds = new Set<object>();
  const token = `ilt_${"t".repeat(43)}`;
  const failedAttempts = watchFailedAttempts({
    store,
    clock,
    newId,
    onFault: (error) => faults.push(error),
    ...(limits && { limits }),
  });
  const door = { holder: callerOf() as Caller | undefined };

  const app = await createApiServer({
    schema: makeExecutableSchema({
      typeDefs: doorSchema,
      resolvers: {
        Query: { position: () => "1", deep: () => ({}) },
        Mutation: { touch: () => "touched" },
        Subscription: { events: { subscribe: (_root, _args, { signal }) => ticks(signal, feeds) } },
      },
    }),
    authenticate: (authorization) => (authorization === `Bearer ${token}` ? door.holder : undefined),
    onAccessChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    failedAttempts,
    documentText: documentText(new Map(), false),
    // The resolvers above take nothing else.
    contextOf: (_caller, _request, signal) => ({ signal }) as GraphqlContext,
    notReady: () => [],
    clock,
    newId,
    logger: pino({ level: "error" }, { write: (line) => faults.push(line) }),
    ...options,
  });
  onTestFinished(async () => {
    await app.close();
    await failedAttempts.close();
    expect(faults).toEqual([]);
    await vi.waitUntil(() => feeds.size === 0, 20_000);
    expect(listeners.size).toBe(0);
  });
  const url = await app.listen({ host: "127.0.0.1", port });

  return Object.assign(door, {
    url,
    token,
    store,
    server: app.server,
    openFeeds: () => feeds.size,
    changeAccess: () => {
      for (const listener of listeners) listener();
    },
    post: async (body: unknown, headers: Readonly<Record<string, string>> = bearer(token)) => {
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      });
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
    flushAttempts: failedAttempts.close,
    close: async () => app.close(),
  });
}

/** The header that shows a token. */
export function bearer(token: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${token}` };
}

async function* ticks(signal: AbortSignal, feeds: Set<object>) {
  const feed = {};
  feeds.add(feed);
  try {
    yield { events: "first" };
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
  } finally {
    feeds.delete(feed);
  }
}

/** What a log holds. */
export async function recordedIn(store: EventReader): Promise<readonly RecordedEvent[]> {
  return (await store.readAll({ after: undefined, limit: 1_000 })).events;
}

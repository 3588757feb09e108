import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { type Latencies, latenciesOf } from "./load.ts";

export interface FanoutOptions {
  readonly api: string;
  readonly token: string;
  readonly sockets: number;
  readonly subscriptionsPerSocket: number;
  /** The position to follow from. */
  readonly after: string;
  /** Makes event number `index`, and resolves to its position. */
  readonly cause: (index: number) => Promise<string>;
  readonly events: number;
  /** Between two events, milliseconds. */
  readonly pauseMs: number;
}

export interface Fanout {
  readonly subscribers: number;
  /** From the moment when an event was asked for until a subscriber had it, over all events and subscribers. */
  readonly latencies: Latencies;
}

const query = `subscription ($after: EventPosition) {
  events(after: $after, filter: { type: { eq: "LabelsChanged" } }) { __typename ... on Event { position } }
}`;

/** Follows the log by many subscribers at once, and measures when each of them has each event. */
export async function measureFanout(options: FanoutOptions): Promise<Fanout> {
  const { api, token, sockets, subscriptionsPerSocket, after, cause, events, pauseMs } = options;
  const arrivals = new Map<string, number[]>();
  const caughtUp: Promise<void>[] = [];
  const clients = Array.from({ length: sockets }, () =>
    createClient({
      url: api.replace(/^http/, "ws"),
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      lazy: false,
    }),
  );
  for (const client of clients) {
    for (let number = 0; number < subscriptionsPerSocket; number++) {
      caughtUp.push(follow(client, after, arrivals));
    }
  }
  await Promise.all(caughtUp);

  const sent = new Map<string, number>();
  for (let index = 0; index < events; index++) {
    const at = performance.now();
    sent.set(await cause(index), at);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  const subscribers = clients.length * subscriptionsPerSocket;
  await allArrived({ arrivals, positions: [...sent.keys()], subscribers });
  await Promise.all(clients.map((client) => client.dispose()));
  const latencies = [...sent].flatMap(([position, at]) =>
    (arrivals.get(position) ?? []).map((arrived) => arrived - at),
  );
  return { subscribers, latencies: latenciesOf(latencies) };
}

interface Item {
  readonly events: { readonly __typename: string; readonly position?: string };
}

/** Resolves when the feed has caught up; from then on every event is noted. */
function follow(
  client: ReturnType<typeof createClient>,
  after: string,
  arrivals: Map<string, number[]>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    client.subscribe<Item>(
      { query, variables: { after } },
      {
        next({ data, errors }) {
          if (errors || !data) return reject(new Error(`the feed answers ${JSON.stringify(errors)}`));
          const { __typename, position } = data.events;
          if (__typename === "CaughtUp") resolve();
          if (__typename !== "Event" || position === undefined) return;
          const times = arrivals.get(position) ?? [];
          times.push(performance.now());
          arrivals.set(position, times);
        },
        error: (reason) => reject(new Error("the feed failed", { cause: reason })),
        complete: () => undefined,
      },
    );
  });
}

interface Awaited {
  readonly arrivals: ReadonlyMap<string, readonly number[]>;
  readonly positions: readonly string[];
  readonly subscribers: number;
}

/** @throws Error when a subscriber misses an event for 30 s */
async function allArrived({ arrivals, positions, subscribers }: Awaited): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (positions.some((position) => arrivals.get(position)?.length !== subscribers)) {
    if (performance.now() > deadline) throw new Error("a subscriber missed an event");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

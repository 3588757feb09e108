import { setTimeout as delay } from "node:timers/promises";
import { Failure } from "../failure.ts";
import type { Api, Row } from "./api.ts";
import { ConnectionLost, type SocketOptions, subscribe } from "./socket.ts";

/** What is followed. */
export interface Feed {
  readonly document: string;
  /** The field of `Subscription` that the document asks for. */
  readonly field: string;
  readonly variables: Row;
  /** Exclusive. `undefined`: from where the feed begins. */
  readonly after: string | undefined;
}

/** `note`: told when the connection is lost. */
export interface FeedOptions extends SocketOptions {
  readonly note: (line: string) => void;
}

const firstDelayMs = 250;
const delayMsMax = 10_000;

/** How a field of `Subscription` carries where it is: every item has a `position`. */
export const marks =
  "... on CaughtUp { position } ... on Heartbeat { position } ... on Gap { position from to }";

/**
 * The items of a feed, each once and in order. A connection that breaks is made again from the last position, for as
 * long as it takes; one that was never made is a failure at once.
 *
 * @throws Failure
 */
export async function* follow(
  api: Api,
  feed: Feed,
  options: FeedOptions,
): AsyncGenerator<Row, void, undefined> {
  const { signal, note } = options;
  let { after } = feed;
  let connected = false;
  let waitMs = firstDelayMs;
  const outage = createOutage(api.target.server, note);
  while (!signal.aborted) {
    try {
      const subscription = { query: feed.document, variables: { ...feed.variables, after } };
      for await (const data of subscribe(api.target, subscription, options)) {
        const item = data[feed.field] as Row;
        connected = true;
        waitMs = firstDelayMs;
        outage.ends();
        yield item;
        after = textOf(item["position"]) ?? after;
      }
      return;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ConnectionLost)) throw error;
      if (!connected) throw unavailable(error);
      outage.goesOn(error);
      await delay(waitMs, undefined, { signal }).catch(() => undefined);
      waitMs = Math.min(waitMs * 2, delayMsMax);
    }
  }
}

/** Tells of an outage once, however often it is tried again, and of its end. */
function createOutage(server: URL, note: FeedOptions["note"]) {
  let isOut = false;
  return {
    goesOn({ message }: ConnectionLost) {
      if (!isOut) note(`${message}; trying again`);
      isOut = true;
    },
    ends() {
      if (isOut) note(`${server.origin}: the feed goes on from where it was`);
      isOut = false;
    },
  };
}

function unavailable(error: ConnectionLost): Failure {
  return new Failure("unavailable", error.message, {
    code: "SERVER_UNREACHABLE",
    remedy:
      "is it running, and is this its address? --server names another, and ironledger context set keeps it",
    cause: error,
  });
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

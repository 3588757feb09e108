import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import type { Stored } from "./ledger.ts";
import { caughtUpMessage, confirmationMessage, eventMessage } from "./messages.ts";
import type { NodeView } from "./node.ts";
import type { ReadWish } from "./read-wish.ts";
import type { ReadCall } from "./serve-read.ts";
import { cutOff } from "./trouble.ts";

/** Confirmation, what is there, "caught up", then what comes, until the client goes or the trouble says so. */
export async function* subscriptionMessages(
  node: NodeView,
  wish: ReadWish,
  call: ReadCall,
): AsyncGenerator<ReadResp> {
  const { ledger, trouble, thawed } = node;
  let sent = 0;
  let isCaughtUp = false;
  let next = startOf(wish, ledger.all);
  yield confirmationMessage(randomUUID());
  while (!call.cancelled) {
    await thawed();
    const event = trouble.deafSubscriptions ? undefined : ledger.all[next];
    if (!event) {
      if (isCaughtUp) await grown(node, call);
      else yield caughtUpMessage();
      isCaughtUp = true;
      continue;
    }
    next++;
    if (!isMeant(wish, event)) continue;
    if (trouble.subscriptionDelayMs > 0) await pause(trouble.subscriptionDelayMs);
    if (sent++ === trouble.cutSubscriptionsAfter) throw cutOff();
    yield eventMessage(event, wish.isStructured);
  }
}

/** Subscriptions begin behind the place that they name. */
function startOf({ stream, from }: ReadWish, all: readonly Stored[]): number {
  if (from === "start") return 0;
  if (from === "end") return all.length;
  const index = all.findLastIndex((event) =>
    stream === undefined ? event.position <= from : event.stream === stream && event.revision <= from,
  );
  return index + 1;
}

function isMeant({ stream, passes }: ReadWish, event: Stored): boolean {
  return (stream === undefined || event.stream === stream) && passes(event);
}

/** Resolves at the next append, or when the client has gone. */
async function grown({ ledger }: NodeView, call: ReadCall): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = ledger.onGrown(resolve);
  call.on("cancelled", resolve);
  await promise;
  call.off("cancelled", resolve);
  stop();
}

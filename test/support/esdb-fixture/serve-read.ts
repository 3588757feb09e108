import { setTimeout as pause } from "node:timers/promises";
import type { ReadReq, ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import { type ServerWritableStream, status } from "@grpc/grpc-js";
import { eventMessage, missingMessage } from "./messages.ts";
import type { NodeView } from "./node.ts";
import { found, type ReadWish, readWish } from "./read-wish.ts";
import { subscriptionMessages } from "./subscription.ts";
import { failure } from "./trouble.ts";

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** Streams.Read: pages of a stream or of the log, forwards and backwards, and subscriptions to both. */
export async function serveRead(node: NodeView, call: ReadCall): Promise<void> {
  const wish = readWish(call.request);
  const refusal = await node.admit(wish.isSubscription ? "subscribe" : "read", call);
  if (refusal) return void call.emit("error", refusal);
  try {
    const messages = wish.isSubscription ? subscriptionMessages(node, wish, call) : pageMessages(node, wish);
    for await (const message of messages) {
      node.count(`${wish.isSubscription ? "subscribe" : "read"} message`);
      if (!call.write(message)) await drained(call);
      if (call.cancelled) return;
    }
    call.end();
  } catch (error) {
    call.emit("error", error);
  }
}

async function* pageMessages(
  { ledger, trouble, thawed }: NodeView,
  wish: ReadWish,
): AsyncGenerator<ReadResp> {
  const events = found(ledger, wish);
  if (events === "missing") return yield missingMessage(wish.stream ?? "");
  if (events === "no-position") {
    throw failure(status.INVALID_ARGUMENT, "Trying to read from an invalid position.");
  }
  for (const event of events) {
    if (trouble.readDelayMs > 0) await pause(trouble.readDelayMs);
    await thawed();
    yield eventMessage(event, wish.isStructured);
  }
}

/** Resolves when the client has taken what was sent, or has gone. */
async function drained(call: ReadCall): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  call.on("drain", resolve).on("cancelled", resolve);
  await promise;
  call.off("drain", resolve).off("cancelled", resolve);
}

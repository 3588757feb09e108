import { once } from "node:events";
import shared from "@eventstore/db-client/generated/shared_pb.js";
import type { AppendReq, AppendResp } from "@eventstore/db-client/generated/streams_pb.js";
import streams from "@eventstore/db-client/generated/streams_pb.js";
import type { ServerReadableStream, sendUnaryData } from "@grpc/grpc-js";
import type { Appended, Expected, Proposed } from "./ledger.ts";
import { proposedOf, streamName } from "./messages.ts";
import type { NodeView } from "./node.ts";
import { cutOff, denied, tooLarge } from "./trouble.ts";

/** Streams.Append: the stream and its revision first, then an event a message, one answer. */
export async function serveAppend(
  node: NodeView,
  call: ServerReadableStream<AppendReq, AppendResp>,
  answer: sendUnaryData<AppendResp>,
): Promise<void> {
  const refusal = await node.admit("append", call);
  if (refusal) return answer(refusal);
  const requests: AppendReq[] = [];
  call.on("data", (request: AppendReq) => requests.push(request));
  await once(call, "end");

  const trouble = node.trouble.appends.shift();
  if (trouble === "refused") return answer(cutOff());
  if (trouble === "denied") return answer(denied());
  if (trouble === "too-large") return answer(tooLarge());
  const options = requests[0]?.getOptions();
  const stream = streamName(options?.getStreamIdentifier());
  const expected = expectedOf(options);
  if (trouble === "conflicting") return answer(null, answerTo({ outcome: "conflict", current: 7 }, expected));
  const appended = node.ledger.append(stream, expected, requests.slice(1).map(eventOf));
  if (trouble === "lost") return answer(cutOff());
  if (trouble !== "silent") answer(null, answerTo(appended, expected));
}

function expectedOf(options: AppendReq.Options | undefined): Expected {
  if (options?.hasNoStream()) return "no-stream";
  if (options?.hasStreamExists()) return "stream-exists";
  if (options?.hasRevision()) return Number(options.getRevision());
  return "any";
}

function eventOf(request: AppendReq): Proposed {
  const message = request.getProposedMessage();
  if (!message) throw new Error("an append's later message has no event");
  return proposedOf(message);
}

function answerTo(appended: Appended, expected: Expected): AppendResp {
  const response = new streams.AppendResp();
  if (appended.outcome === "appended") {
    const success = new streams.AppendResp.Success();
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(String(appended.last.position));
    position.setPreparePosition(String(appended.last.position));
    success.setCurrentRevision(String(appended.last.revision));
    success.setPosition(position);
    response.setSuccess(success);
    return response;
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (appended.current === undefined) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(appended.current));
  if (typeof expected === "number") wrong.setExpectedRevision(String(expected));
  if (expected === "no-stream") wrong.setExpectedNoStream(new shared.Empty());
  response.setWrongExpectedVersion(wrong);
  return response;
}

import shared from "@eventstore/db-client/generated/shared_pb.js";
import status from "@eventstore/db-client/generated/status_pb.js";
import type { BatchAppendReq, BatchAppendResp } from "@eventstore/db-client/generated/streams_pb.js";
import streams from "@eventstore/db-client/generated/streams_pb.js";
import type { ServerDuplexStream } from "@grpc/grpc-js";
import anyMessage from "google-protobuf/google/protobuf/any_pb.js";
import emptyMessage from "google-protobuf/google/protobuf/empty_pb.js";
import type { Expected, Proposed } from "./ledger.ts";
import { proposedOf, streamIdentifier, streamName, uuidText } from "./messages.ts";
import type { NodeView } from "./node.ts";

interface Batch {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: Proposed[];
}

/** Streams.BatchAppend: appends in parts, told apart by their correlation ids, on one call for all. */
export async function serveBatchAppend(
  node: NodeView,
  call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>,
): Promise<void> {
  const refusal = await node.admit("batchAppend", call);
  if (refusal) return void call.emit("error", refusal);
  const batches = new Map<string, Batch>();
  call.on("end", () => call.end());
  call.on("data", (request: BatchAppendReq) => {
    const id = uuidText(request.getCorrelationId());
    const batch = batches.get(id) ?? batchOf(request.getOptions());
    batches.set(id, batch);
    batch.events.push(...request.getProposedMessagesList().map(proposedOf));
    if (!request.getIsFinal()) return;
    batches.delete(id);
    call.write(answerTo(node, request, batch));
  });
}

function batchOf(options: BatchAppendReq.Options | undefined): Batch {
  const stream = streamName(options?.getStreamIdentifier());
  const expected = (() => {
    if (options?.hasNoStream()) return "no-stream";
    if (options?.hasStreamExists()) return "stream-exists";
    if (options?.hasStreamPosition()) return Number(options.getStreamPosition());
    return "any";
  })();
  return { stream, expected, events: [] };
}

function answerTo({ ledger }: NodeView, request: BatchAppendReq, batch: Batch): BatchAppendResp {
  const appended = ledger.append(batch.stream, batch.expected, batch.events);
  const response = new streams.BatchAppendResp();
  response.setCorrelationId(request.getCorrelationId());
  response.setStreamIdentifier(streamIdentifier(batch.stream));
  if (appended.outcome === "appended") {
    const success = new streams.BatchAppendResp.Success();
    const position = new shared.AllStreamPosition();
    position.setCommitPosition(String(appended.last.position));
    position.setPreparePosition(String(appended.last.position));
    success.setCurrentRevision(String(appended.last.revision));
    success.setPosition(position);
    response.setSuccess(success);
    return response;
  }
  const wrong = new shared.WrongExpectedVersion();
  if (appended.current === undefined) wrong.setCurrentNoStream(new emptyMessage.Empty());
  else wrong.setCurrentStreamRevision(String(appended.current));
  const details = new anyMessage.Any();
  details.pack(wrong.serializeBinary(), "event_store.client.WrongExpectedVersion");
  const error = new status.Status();
  error.setMessage("wrong expected version");
  error.setDetails(details);
  response.setError(error);
  return response;
}

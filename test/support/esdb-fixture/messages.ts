import type { StreamIdentifier, UUID } from "@eventstore/db-client/generated/shared_pb.js";
import shared from "@eventstore/db-client/generated/shared_pb.js";
import type { AppendReq, BatchAppendReq, ReadResp } from "@eventstore/db-client/generated/streams_pb.js";
import streams from "@eventstore/db-client/generated/streams_pb.js";
import type { Proposed, Stored } from "./ledger.ts";

/** .NET's ticks, a tenth of a microsecond. */
const ticksPerMs = 10_000n;

export function streamName(identifier: StreamIdentifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString("utf8");
}

export function streamIdentifier(name: string): StreamIdentifier {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(name));
  return identifier;
}

/** The text of a UUID, in whichever form the client sent it. */
export function uuidText(uuid: UUID | undefined): string {
  const structured = uuid?.getStructured();
  if (!structured) return uuid?.getString() ?? "";
  const hex = [structured.getMostSignificantBits(), structured.getLeastSignificantBits()]
    .map((bits) => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, "0"))
    .join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function uuid(text: string, isStructured = false): UUID {
  const message = new shared.UUID();
  if (!isStructured) {
    message.setString(text);
    return message;
  }
  const hex = text.replaceAll("-", "");
  const structured = new shared.UUID.Structured();
  structured.setMostSignificantBits(BigInt.asIntN(64, BigInt(`0x${hex.slice(0, 16)}`)).toString());
  structured.setLeastSignificantBits(BigInt.asIntN(64, BigInt(`0x${hex.slice(16)}`)).toString());
  message.setStructured(structured);
  return message;
}

/** An event to append, as both ways of appending send it. */
type ProposedMessage = AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage;

export function proposedOf(message: ProposedMessage): Proposed {
  const about = message.getMetadataMap();
  return {
    id: uuidText(message.getId()),
    type: about.get("type") ?? "",
    contentType: about.get("content-type") ?? "",
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

export function eventMessage(stored: Stored, isStructured: boolean): ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(uuid(stored.id, isStructured));
  recorded.setStreamIdentifier(streamIdentifier(stored.stream));
  recorded.setStreamRevision(String(stored.revision));
  recorded.setCommitPosition(String(stored.position));
  recorded.setPreparePosition(String(stored.position));
  recorded.setData(stored.data);
  recorded.setCustomMetadata(stored.metadata);
  recorded.getMetadataMap().set("type", stored.type);
  recorded.getMetadataMap().set("content-type", stored.contentType);
  recorded.getMetadataMap().set("created", String(BigInt(stored.createdMs) * ticksPerMs));
  const event = new streams.ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(String(stored.position));
  const message = new streams.ReadResp();
  message.setEvent(event);
  return message;
}

export function missingMessage(name: string): ReadResp {
  const missing = new streams.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(streamIdentifier(name));
  const message = new streams.ReadResp();
  message.setStreamNotFound(missing);
  return message;
}

export function confirmationMessage(id: string): ReadResp {
  const confirmation = new streams.ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(id);
  const message = new streams.ReadResp();
  message.setConfirmation(confirmation);
  return message;
}

export function caughtUpMessage(): ReadResp {
  const message = new streams.ReadResp();
  message.setCaughtUp(new streams.ReadResp.CaughtUp());
  return message;
}

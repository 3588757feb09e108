import { canonicalMembers } from "./canonical.ts";
import type { CheckedEvent } from "./check-chains.ts";
import { type Hash, isHash } from "./merkle.ts";
import type { TreeState } from "./tree-builder.ts";

/** The first line of an exported file: which events of which log it holds. */
export interface ExportHeader {
  readonly logId: string;
  readonly incarnation: string;
  /** The tree of the events before the first line: its size is the position that the file begins after. */
  readonly before: TreeState;
  /** Position of the last event of the file. */
  readonly through: number;
  /** One clock gave all events of the log their times. (Default: true) */
  readonly hasOneClock?: boolean;
}

/** The last line: a file without it was cut. */
export interface ExportEnd {
  readonly logId: string;
  readonly incarnation: string;
  /** How many events the file holds. */
  readonly count: number;
  /** The root of the tree over all events up to the last of the file. */
  readonly root: Hash;
}

/** An event of an exported file. */
export interface ExportedEvent {
  readonly event: CheckedEvent;
  /** The hash before it, with the first event of the file that is of a stream which began before. */
  readonly previous: Hash | undefined;
}

const headerName = "ironledger-export";
const endName = "ironledger-export-end";
const version = 1;
const severalClocks = "several";

/** Lines are RFC 8785 text, so that each has one spelling and any other octet in it shows. */
export function headerLine(header: ExportHeader): string {
  const { logId, incarnation, before, through, hasOneClock = true } = header;
  const { size: after, edge } = before;
  const clocks = hasOneClock ? {} : { clocks: severalClocks };
  return JSON.stringify({ after, ...clocks, edge, format: headerName, incarnation, logId, through, version });
}

export function endLine({ logId, incarnation, count, root }: ExportEnd): string {
  return JSON.stringify({ count, format: endName, incarnation, logId, root, version });
}

/** @param position of the event, as the API writes it */
export function eventLine(position: string, { event, previous }: ExportedEvent): string {
  const { data, meta, hash, id, revision, schema, stream, time, type } = event;
  const before = previous === undefined ? "" : `"previousHash":"${previous}",`;
  // A name may hold any character, the rest none that JSON escapes.
  const names = `"schema":${schema},"stream":${JSON.stringify(stream)},"time":${time},"type":${JSON.stringify(type)}`;
  return `{"data":${data},"hash":"${hash}","id":"${id}","meta":${meta},"position":"${position}",${before}"revision":${revision},${names}}`;
}

/** `undefined` for a line that is none of a version that is known. */
export function readHeader(line: string): ExportHeader | undefined {
  const fields = readFields(line, { format: headerName, counts: [7, 8] });
  if (!fields) return undefined;
  const { after, clocks, edge, incarnation, logId, through } = fields;
  const hasOneClock = Object.keys(fields).length === 7;
  if (!hasOneClock && clocks !== severalClocks) return undefined;
  const isEdge = Array.isArray(edge) && edge.every((hash) => typeof hash === "string" && isHash(hash));
  if (!isPlace(after) || !isPlace(through) || after > through || !isEdge) return undefined;
  if (!isLogId(logId) || !isIncarnation(incarnation)) return undefined;
  return { logId, incarnation, before: { size: after, edge }, through, hasOneClock };
}

/** `undefined` for a line that is none of a version that is known. */
export function readEnd(line: string): ExportEnd | undefined {
  const fields = readFields(line, { format: endName, counts: [6] });
  if (!fields) return undefined;
  const { count, incarnation, logId, root } = fields;
  if (!isPlace(count) || typeof root !== "string" || !isHash(root)) return undefined;
  if (!isLogId(logId) || !isIncarnation(incarnation)) return undefined;
  return { logId, incarnation, count, root };
}

/** The members of an event's line. */
const memberNames = [
  ...["data", "hash", "id", "meta", "position"],
  ...["revision", "schema", "stream", "time", "type"],
] as const;

/** No name of a stream or of a type is longer; what a stranger sends as one is not kept. */
const nameMax = 255;

const uuid = /^"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"$/;
const positionPattern = /^"([0-9a-f]{16})\.([0-9a-f]{12})\.([0-9a-f]{16})"$/;

/**
 * An event's line, whose position must be of the log that the header names; `undefined` for any other line. Data and
 * meta are parts of RFC 8785 text, and so such text themselves.
 */
export function readEventLine(
  line: string,
  { logId, incarnation }: Pick<ExportHeader, "logId" | "incarnation">,
): ExportedEvent | undefined {
  const members = canonicalMembers(line);
  if (!members) return undefined;
  const text = (name: string) => members.get(name) ?? "";
  const [, ofLog, ofIncarnation, place = ""] = positionPattern.exec(text("position")) ?? [];
  const previous = members.has("previousHash") ? text("previousHash").slice(1, -1) : undefined;
  const event = {
    position: Number.parseInt(place, 16),
    stream: wordOf(text("stream")),
    revision: Number(text("revision")),
    id: text("id").slice(1, -1),
    type: wordOf(text("type")),
    schema: Number(text("schema")),
    time: Number(text("time")),
    data: text("data"),
    meta: text("meta"),
    hash: text("hash").slice(1, -1),
  };
  const isOfLog = ofLog === logId && ofIncarnation === incarnation && Number.isSafeInteger(event.position);
  const isNamed = memberNames.every((name) => members.has(name));
  const isWhole = members.size === (previous === undefined ? 10 : 11) && isNamed && uuid.test(text("id"));
  const isShort = event.stream.length <= nameMax && event.type.length <= nameMax;
  const hasHashes = isHash(event.hash) && (previous === undefined || isHash(previous));
  const hasObjects = event.data.startsWith("{") && event.meta.startsWith("{");
  return isOfLog && isWhole && isShort && hasHashes && hasObjects ? { event, previous } : undefined;
}

/** The string that a JSON text is; empty, which is no name, for any other. */
function wordOf(json: string): string {
  return json.startsWith('"') ? JSON.parse(json) : "";
}

function readFields(
  line: string,
  { format, counts }: { readonly format: string; readonly counts: readonly number[] },
): Readonly<Record<string, unknown>> | undefined {
  if (!counts.includes(canonicalMembers(line)?.size ?? 0)) return undefined;
  const fields = JSON.parse(line);
  return fields.format === format && fields.version === version ? fields : undefined;
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isLogId(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{16}$/.test(value);
}

function isIncarnation(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{12}$/.test(value);
}

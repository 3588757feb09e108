import { type FileHandle, open } from "node:fs/promises";

/** What is in a file of an export that was cut short. */
export type Unfinished =
  /** Nothing that could be gone on with. */
  | { readonly kind: "empty" }
  /** It has all that was asked for, and only lacks its name. */
  | { readonly kind: "complete" }
  | {
      readonly kind: "part";
      readonly format: "verifiable" | "cloudevents";
      /** The event that the file begins after; `undefined`: it begins with the log, or that is not known. */
      readonly after: string | undefined;
      /** The last event of the whole file; `undefined` where the file does not say. */
      readonly through: string | undefined;
      /** The last event that it has. */
      readonly last: string;
    };

/** Longer than the line of any event: the log takes none that is larger than 1 MiB. */
const tailBytes = 8 * 1024 * 1024;

/** Finds out how far a file is, and cuts off what is no whole line. The file is open for reading and writing. */
export async function mendUnfinished(handle: FileHandle): Promise<Unfinished> {
  const { size } = await handle.stat();
  const from = Math.max(0, size - tailBytes);
  const tail = await octetsAt(handle, from, size - from);
  const end = tail.lastIndexOf("\n") + 1;
  const first = await firstLine(handle);
  const last = jsonIn(tail.subarray(0, end).toString("utf8").trimEnd().split("\n").at(-1));
  if (last?.["format"] === "ironledger-export-end") return { kind: "complete" };
  const position = last?.["sequence"] ?? last?.["position"];
  if (!first || typeof position !== "string") {
    await handle.truncate(0);
    return { kind: "empty" };
  }
  await handle.truncate(from + end);
  if (first["format"] !== "ironledger-export") {
    return { kind: "part", format: "cloudevents", after: undefined, through: undefined, last: position };
  }
  const placeOf = (number: unknown) =>
    `${first["logId"]}.${first["incarnation"]}.${Number(number).toString(16).padStart(16, "0")}`;
  const { after, through } = first;
  return {
    kind: "part",
    format: "verifiable",
    after: after === 0 ? undefined : placeOf(after),
    through: placeOf(through),
    last: position,
  };
}

/** Opens a file for appending, whether it is there or not, for this user alone. */
export function openUnfinished(file: string): Promise<FileHandle> {
  return open(file, "a+", 0o600);
}

async function firstLine(handle: FileHandle): Promise<Record<string, unknown> | undefined> {
  const head = await octetsAt(handle, 0, tailBytes);
  const end = head.indexOf("\n");
  return end < 0 ? undefined : jsonIn(head.subarray(0, end).toString("utf8"));
}

async function octetsAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(length), position });
  return buffer.subarray(0, bytesRead);
}

function jsonIn(line: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line ?? "");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // Whatever it is, it is not of an export.
    return undefined;
  }
}

import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { Stored } from "./ledger.ts";

/** What a fixture's process keeps in a file, so that one that is killed finds it again. */
export function openJournal(file: string) {
  return {
    stored: existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean).map(read) : [],
    /** In one write, so that it is there as a whole or not at all. */
    onStored: (events: readonly Stored[]) =>
      appendFileSync(file, events.map((event) => `${JSON.stringify(write(event))}\n`).join("")),
  };
}

function write({ data, metadata, ...event }: Stored) {
  return {
    ...event,
    data: Buffer.from(data).toString("base64"),
    metadata: Buffer.from(metadata).toString("base64"),
  };
}

function read(line: string): Stored {
  const { data, metadata, ...event } = JSON.parse(line) as ReturnType<typeof write>;
  return { ...event, data: Buffer.from(data, "base64"), metadata: Buffer.from(metadata, "base64") };
}

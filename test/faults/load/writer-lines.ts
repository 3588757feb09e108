import type { Operation, Sight } from "../history/history.ts";

/** What a writer told, as far as it came. */
export interface WriterStory {
  readonly operations: readonly Operation[];
  readonly sights: readonly Sight[];
  readonly acknowledged: number;
}

/** Each event is an operation; its fact is the place in its stream. A last line that was cut short does not count. */
export function readWriterLines(text: string): WriterStory {
  const asked = new Map<string, Operation>();
  const batches = new Map<string, readonly string[]>();
  const sights: Sight[] = [];
  let acknowledged = 0;

  function ask([client = "", ms, ...ids]: readonly string[]): void {
    for (const key of ids) asked.set(key, { client, key, invokedMs: Number(ms), outcome: "unknown" });
    batches.set(ids.at(-1) ?? "", ids);
  }

  function acknowledge([ms, position, revision, last = ""]: readonly string[]): void {
    const ids = batches.get(last) ?? [];
    for (const [index, key] of ids.entries()) {
      const before = ids.length - 1 - index;
      const operation = asked.get(key);
      if (!operation) continue;
      const fact = factOf(operation.client, Number(revision) - before);
      const told = { endedMs: Number(ms), position: Number(position) - before, fact };
      asked.set(key, { ...operation, outcome: "acknowledged", ...told });
      acknowledged += 1;
    }
  }

  for (const line of text.slice(0, text.lastIndexOf("\n") + 1).split("\n")) {
    const [word, ...rest] = line.split(" ");
    if (word === "ask") ask(rest);
    else if (word === "ack") acknowledge(rest);
    else if (word === "saw") sights.push({ position: Number(rest[0]), event: rest[1] ?? "" });
  }
  return { operations: [...asked.values()], sights, acknowledged };
}

/** What an acknowledgement says of an event beside its position. */
export function factOf(stream: string, revision: number): string {
  return `${stream}/${revision}`;
}

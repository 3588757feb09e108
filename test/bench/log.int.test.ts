import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lifeOf, machineStreams } from "../../bench/log/life.ts";
import { parseOptions, UsageError } from "../../bench/log/options.ts";
import { measureVerify } from "../../bench/log/verify.ts";
import { refuse } from "../../bench/log-thread.ts";
import { startLogThread } from "../../src/adapters/event-store/sqlite/log-thread.ts";
import { createSqliteEventStore } from "../../src/adapters/event-store/sqlite/sqlite-event-store.ts";
import type { RecordedEvent } from "../../src/domain/ports/event-store.ts";
import { threadEntry } from "../../src/paths.ts";
import { createViewFile } from "../../src/projections/view-file.ts";
import { allViews } from "../../src/projections/views/all.ts";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ironledger-bench-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function bench(...words: readonly string[]) {
  return spawnSync(process.execPath, ["bench/log/main.ts", ...words], { encoding: "utf8" });
}

describe("bench:log", () => {
  test("prints its size and ends with one JSON object in the short form, and leaves nothing behind", () => {
    const { status, stdout, stderr } = bench("--short", "--only", "fanout", "--on", directory);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toContain('"longAppends"');
    const figures = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
    expect(figures).toEqual({
      form: "short",
      fanout_p50_ms: expect.any(Number),
      fanout_p99_ms: expect.any(Number),
    });
    expect(spawnSync("ls", [directory], { encoding: "utf8" }).stdout).toBe("");
  });

  test.each([["--only", "everything"], ["--long"]])("names what is wrong with %s %s", (...words) => {
    expect(() => parseOptions(words)).toThrow(UsageError);
    expect(() => parseOptions(words)).toThrow(words.at(-1));
  });
});

describe("the life of a seeded fleet", () => {
  test("goes on with events that every view can apply, and a log that verifies", async () => {
    const data = join(directory, "data");
    const machines = 12;
    const seeded = spawnSync(
      process.execPath,
      ["bench/seed/main.ts", "--machines", String(machines), "--data", data],
      { encoding: "utf8" },
    );
    const { events: before } = JSON.parse(seeded.stdout);

    const recorded = await goOn(data, { machines, events: 100 });

    expect(recorded).toHaveLength(before + 100);
    expect(new Set(recorded.slice(before).map(({ type }) => type))).toEqual(
      new Set(["LeaseRenewed", "PxeRequested", "LabelsChanged"]),
    );
    for (const view of allViews) {
      const file = createViewFile(join(directory, `${view.name}.db`), view);
      file.apply(recorded);
      expect(file.events()).toBe(before + 100);
      file.close();
    }
    expect(measureVerify(join(data, "log"), 1)).toMatchObject({ verify_events: before + 100 });
  });
});

/** Appends more to the log of a seeded directory. Returns all of it. */
async function goOn(
  data: string,
  { machines, events }: { readonly machines: number; readonly events: number },
): Promise<readonly RecordedEvent[]> {
  const thread = await startLogThread({
    entry: threadEntry("log"),
    directory: join(data, "log"),
    onHealth: refuse,
    onWarning: refuse,
    onFailure: refuse,
  });
  const store = createSqliteEventStore(thread.connect());
  try {
    for (const append of lifeOf(machines, { events, machines: await machineStreams(store) })) {
      await store.append(append.stream, { expectedRevision: "any", events: append.events });
    }
    const recorded: RecordedEvent[] = [];
    for (let after: string | undefined; ; ) {
      const page = await store.readAll({ after, limit: 1_000 });
      recorded.push(...page.events);
      after = page.position;
      if (page.caughtUp) return recorded;
    }
  } finally {
    await store.close();
    await thread.close();
  }
}

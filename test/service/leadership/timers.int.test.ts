import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");

/** Where a thread of the service may do something again and again. */
const folders = ["src/app.ts", "src/threads", "src/service", "src/boot", "src/adapters", "src/projections"];

/** Whoever of several processes leads does these, and where that is asked. */
const ofTheLeader: Readonly<Record<string, readonly [source: string, question: string]>> = {
  "src/service/upkeep.ts: ending leases": ["src/boot/dhcp/expiry.ts", "if (!leads())"],
  "src/service/upkeep.ts: reconciling": ["src/service/upkeep.ts", "if (leadership.isHeld()) await reconcile"],
  "src/service/checkpoints/open-checkpoints.ts": ["src/service/checkpoints/signing.ts", "isLeader()"],
};

/** Each process does these, and why that is right. */
const ofEach: Readonly<Record<string, string>> = {
  "src/service/upkeep.ts: watching the clock": "each host has a clock of its own",
  "src/service/upkeep.ts: summarizing requests": "each tells of what it left out itself",
  "src/service/upkeep.ts: telling what was counted": "its own log",
  "src/service/upkeep.ts: telling where addresses ran out": "its own log",
  "src/service/upkeep.ts": "what the rounds above are made with",
  "src/service/collect-at-rest.ts": "its own memory",
  "src/service/ledger/engine-lag.ts": "its own views",
  "src/service/ledger/engine-health.ts": "its own way to the engine",
  "src/service/leadership/keep-leadership.ts": "who leads is found out here",
  "src/service/wires/watch-rogues.ts": "its own wires; what is told is told once in an hour",
  "src/service/wires/follow-wires.ts": "its own interfaces",
  "src/boot/http/connections.ts": "its own connections",
  "src/boot/tftp/server.ts": "its own transfers",
  "src/adapters/event-store/sqlite/recovery.ts": "of a log that has one process",
  "src/adapters/event-store/eventstoredb/tail.ts": "it reads",
  "src/adapters/graphql/socket/gate.ts": "its own connections",
  "src/projections/past/past-views.ts": "its own files",
};

function sources(path: string): readonly string[] {
  if (path.endsWith(".ts")) return [path];
  return readdirSync(join(root, path), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes("__generated__"))
    .map((name) => join(path, name));
}

/** What is done because time passes: its source, with what it is called where there are several. */
function timers(): readonly string[] {
  return folders.flatMap(sources).flatMap((source) => {
    const text = readFileSync(join(root, source), "utf8");
    const rounds = [...text.matchAll(/ every\([\d_]+, "([^"]+)"/g)].map(([, what]) => `${source}: ${what}`);
    return text.includes("setInterval(") ? [...rounds, source] : rounds;
  });
}

test("whatever is done because time passes asks who leads, or is each process's own", () => {
  expect(timers().toSorted()).toEqual([...Object.keys(ofTheLeader), ...Object.keys(ofEach)].toSorted());
});

test.each(Object.entries(ofTheLeader))("%s asks who leads", (_timer, [source, question]) => {
  expect(readFileSync(join(root, source), "utf8")).toContain(question);
});

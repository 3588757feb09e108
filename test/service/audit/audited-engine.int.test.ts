import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../../src/canonical-json.ts";
import type { EventStore, Position } from "../../../src/domain/ports/event-store.ts";
import { createExportCheck } from "../../../src/proof/check-export.ts";
import { type Checkpoint, openCheckpoint, signCheckpoint } from "../../../src/proof/checkpoint.ts";
import { createFindingList } from "../../../src/proof/findings.ts";
import { keyPair, parseSignerKey, parseVerifierKey } from "../../../src/proof/note-keys.ts";
import type { ExportJob } from "../../../src/service/audit/audit-job.ts";
import { type CountedPlace, openAuditedEngine } from "../../../src/service/audit/audited-engine.ts";
import { engine, openStore } from "../../adapters/event-store/eventstoredb/support.ts";
import { events } from "../../contracts/event-store.support.ts";
import type { Stored } from "../../support/esdb-fixture/ledger.ts";

const keys = keyPair("ironledger.example/log", Buffer.alloc(32, 7));

/** An engine's log of 30 events in three streams, among others that are the engine's own. */
async function makeEngine() {
  const { ledger, connectionString } = await engine();
  let ms = Date.parse("2026-01-01T00:00:00Z");
  const store = openStore(connectionString, { clock: () => new Date(ms++) });
  for (let round = 0; round < 10; round++) {
    for (const stream of ["machine-1", "machine-2", "network"]) {
      await store.append(stream, { expectedRevision: "any", events: events(1) });
    }
    const data = Buffer.from("{}");
    const stats = { type: "$stats", contentType: "application/json", data, metadata: data };
    ledger.append("$stats-1", "any", [
      { ...stats, id: `01920000-0000-7000-8000-${`${round}`.padStart(12, "0")}` },
    ]);
  }
  const ours = ledger.all.filter(({ stream }) => /^(machine|network)/.test(stream));
  return { store, connectionString, ours, all: await positionsOf(store) };
}

async function positionsOf(store: EventStore): Promise<readonly Position[]> {
  const page = await store.readAll({ after: undefined, limit: 1_000 });
  return page.events.map(({ position }) => position);
}

async function audited(store: ReturnType<typeof openStore>, counted?: CountedPlace) {
  return openAuditedEngine({ store: { ...store, close: async () => undefined }, counted });
}

async function exportOf(
  store: ReturnType<typeof openStore>,
  job: Partial<ExportJob>,
  counted?: CountedPlace,
) {
  const log = await audited(store, counted);
  const { through, lines } = await log.export({ kind: "export", format: "verifiable", ...job });
  let text = "";
  for await (const each of lines) text += each;
  return { through, text };
}

/** What the verifier of exported files says of one. */
function checked(text: string, checkpoints: readonly Checkpoint[] = []) {
  const check = createExportCheck({ checkpoints, findings: createFindingList() });
  for (const line of text.slice(0, -1).split("\n")) check.add(line);
  return check.end();
}

async function verified(store: ReturnType<typeof openStore>, checkpoints: readonly Checkpoint[] = []) {
  const log = await audited(store);
  return log.verify({ findings: createFindingList(), checkpoints });
}

function signed({ size, root }: { readonly size: number; readonly root: string }): readonly Checkpoint[] {
  const origin = "ironledger.example/log";
  const note = signCheckpoint({ origin, size, root, extensions: [] }, [parseSignerKey(keys.signerKey)]);
  return [openCheckpoint(Buffer.from(note), [parseVerifierKey(keys.verifierKey)])];
}

/** Changes an event where it is stored, as somebody does who has the engine's disk. */
function change(event: Stored | undefined, part: Partial<Stored>): void {
  Object.assign(event ?? {}, part);
}

describe("the log of an engine, exported", () => {
  test("is a file that the verifier takes, with a checkpoint over its tree", async () => {
    const { store } = await makeEngine();
    const { text } = await exportOf(store, {});
    const report = checked(text);
    expect(report).toMatchObject({ events: 30, findings: [] });
    expect(checked(text, signed(report)).vouched).toBe(30);
    expect((await verified(store)).root).toBe(report.root);
  });

  test("ends with the event that is known by its number, which spares counting", async () => {
    const { store, all } = await makeEngine();
    const { text, through } = await exportOf(store, {}, { position: all[19] ?? "", events: 20 });
    expect(checked(text)).toMatchObject({ events: 20, findings: [] });
    expect(through).toMatch(/0{14}14$/);
  });

  test("is counted where the number that is known is of an earlier life of the log", async () => {
    const { store, all } = await makeEngine();
    const earlier = (all[19] ?? "").replace(/\..{12}\./, ".000199999999.");
    const { text } = await exportOf(store, {}, { position: earlier, events: 20 });
    expect(checked(text)).toMatchObject({ events: 30, findings: [] });
  });

  test("begins and ends at any event, and is right with what came before", async () => {
    const { store, all } = await makeEngine();
    const whole = checked((await exportOf(store, {})).text);
    for (const after of [1, 7, 29]) {
      const { text } = await exportOf(store, { after: all[after - 1] });
      expect(checked(text, signed(whole))).toMatchObject({
        ...{ first: after + 1, events: 30 - after, vouched: 30, findings: [] },
      });
    }
    const { text } = await exportOf(store, { after: all[4], through: all[20] });
    expect(checked(text)).toMatchObject({ first: 6, events: 16, findings: [] });
  });

  test("is gone on with behind any line, octet by octet", async () => {
    const { store, all } = await makeEngine();
    for (const after of [undefined, all[9]]) {
      const { text, through } = await exportOf(store, { after });
      const lines = text.slice(0, -1).split("\n");
      const begin = (JSON.parse(lines[0] ?? "") as { after: number }).after;
      const placeOf = (line: string | undefined) =>
        (JSON.parse(line ?? "") as { position: Position }).position;
      const fileAfter =
        begin === 0 ? undefined : placeOf(lines[1])?.replace(/.{16}$/, begin.toString(16).padStart(16, "0"));
      for (const last of [1, 4, lines.length - 2]) {
        const had = lines
          .slice(0, last + 1)
          .map((line) => `${line}\n`)
          .join("");
        const job = { after: fileAfter, through, resumeAfter: placeOf(lines[last]) };
        expect(had + (await exportOf(store, job)).text).toBe(text);
      }
    }
  });
});

describe("the log of an engine, exported or refused", () => {
  test("as CloudEvents names the engine's own positions, and goes on after any", async () => {
    const { store, all } = await makeEngine();
    const { text } = await exportOf(store, { format: "cloudevents", after: all[11] });
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ sequence }) => sequence)).toEqual(all.slice(12));
  });

  test("is refused from or up to a position where no event stands", async () => {
    const { store, all } = await makeEngine();
    const between = all[3]?.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"));
    for (const format of ["verifiable", "cloudevents"] as const) {
      for (const job of [{ after: between }, { through: between }, { after: all[5], through: all[2] }]) {
        await expect(exportOf(store, { format, ...job })).rejects.toMatchObject({ code: "POSITION_UNKNOWN" });
      }
    }
  });
});

describe("the log of an engine, verified", () => {
  test("is right as it was written, by processes whose clocks differ", async () => {
    const { store, connectionString } = await makeEngine();
    const behind = openStore(connectionString, { clock: () => new Date("2025-06-01T00:00:00Z") });
    await behind.append("machine-3", { expectedRevision: "no-stream", events: events(1) });
    expect(await verified(store)).toMatchObject({ events: 31, findings: [] });
    expect(checked((await exportOf(store, {})).text)).toMatchObject({ events: 31, findings: [] });
  });

  test.each<[string, (event: Stored, other: Stored) => Partial<Stored>, readonly string[]]>([
    ["data", () => ({ data: Buffer.from('{"other":1}') }), ["EVENT_CHANGED"]],
    ["type", () => ({ type: "Another" }), ["EVENT_CHANGED"]],
    ["id", () => ({ id: "01920000-0000-7000-8000-00000000abcd" }), ["EVENT_CHANGED"]],
    ["another's id", (_, { id }) => ({ id }), ["ID_REPEATED", "EVENT_CHANGED"]],
    ["stream", () => ({ stream: "machine-2" }), ["EVENT_CHANGED"]],
    [
      "actor",
      ({ metadata }) => edited(metadata, (meta) => ({ ...meta, actor: "user:eve" })),
      ["EVENT_CHANGED"],
    ],
    ["time", ({ metadata }) => edited(metadata, (meta) => inEnvelope(meta, { time: 1 })), ["TIME_BACKWARDS"]],
    [
      "hash",
      ({ metadata }) => edited(metadata, (meta) => inEnvelope(meta, { hash: "0".repeat(64) })),
      ["EVENT_CHANGED"],
    ],
    ["what it is", () => ({ metadata: Buffer.from("{}") }), ["EVENT_UNREADABLE"]],
  ])("names the event of which somebody changed %s", async (_name, part, codes) => {
    const { store, ours } = await makeEngine();
    const [event, other] = [ours[12], ours[3]];
    if (!event || !other) throw new Error("the log is too short");
    const before = signed(await verified(store));
    change(event, part(event, other));
    const { findings } = await verified(store, before);
    expect(findings.filter(({ position }) => position === 13).map(({ code }) => code)).toEqual(
      expect.arrayContaining([...codes]),
    );
  });

  test("finds what was removed from the end by the checkpoint", async () => {
    const { store, all } = await makeEngine();
    const checkpoints = signed(await verified(store));
    const readAll: EventStore["readAll"] = async (page) => {
      const { events: found, ...rest } = await store.readAll(page);
      return { ...rest, events: found.filter(({ position }) => position < (all[28] ?? "")) };
    };
    const log = await openAuditedEngine({
      store: { readAll, head: async () => all[27], close: async () => undefined },
      counted: undefined,
    });
    const { findings } = await log.verify({ findings: createFindingList(), checkpoints });
    expect(findings.map(({ code }) => code)).toEqual(["CHECKPOINT_NOT_REACHED"]);
  });

  test("tells how far it is, of about how many", async () => {
    const { store } = await makeEngine();
    const log = await audited(store);
    const told: (readonly number[])[] = [];
    await log.verify({ findings: createFindingList(), onProgress: (...progress) => told.push(progress) });
    expect(told.at(-1)).toEqual([30, 30]);
  });
});

type Metadata = { readonly ironledger: object };

function edited(metadata: Uint8Array, edit: (meta: Metadata) => object): Partial<Stored> {
  return { metadata: Buffer.from(canonicalJson(edit(JSON.parse(Buffer.from(metadata).toString())))) };
}

function inEnvelope(meta: Metadata, part: object): object {
  return { ...meta, ironledger: { ...meta.ironledger, ...part } };
}

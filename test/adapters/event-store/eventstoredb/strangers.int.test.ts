import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { events, meta, numbered, readWhole } from "../../../contracts/event-store.support.ts";
import { afterwards } from "../../../support/afterwards.ts";
import { spawnFixture } from "../../../support/esdb-fixture/spawn.ts";
import { eventually } from "../../../support/eventually.ts";
import { engine, openStore, shortLimits } from "./support.ts";

const limits = shortLimits;

describe("an engine that others write to", () => {
  const strange = {
    id: numbered(1).id,
    type: "Strange",
    contentType: "application/json",
    data: Buffer.from("{}"),
    metadata: Buffer.from(JSON.stringify(meta)),
  };

  test("is refused when it was theirs before", async () => {
    const { ledger, connectionString } = await engine();
    ledger.append("orders-1", "no-stream", [strange]);
    const store = openStore(connectionString);
    await expect(store.head()).rejects.toMatchObject({ code: "LOG_DAMAGED" });
    await expect(
      store.append("machine-1", { expectedRevision: "no-stream", events: events(1) }),
    ).rejects.toMatchObject({ code: "LOG_DAMAGED" });
    expect(ledger.all).toHaveLength(1);
  });

  test("is found damaged where they wrote", async () => {
    const { ledger, connectionString } = await engine();
    const store = openStore(connectionString);
    await store.append("machine-1", { expectedRevision: "no-stream", events: events(1) });
    ledger.append("machine-1", "any", [strange]);
    await expect(store.readStream("machine-1")).rejects.toMatchObject({ code: "LOG_DAMAGED" });
    await expect(readWhole(store)).rejects.toThrow(/event 1 of stream machine-1/);
  });

  test("may have events of its own among ours", async () => {
    const { ledger, connectionString } = await engine();
    const own = (count: number) =>
      Array.from({ length: count }, () => ({ ...strange, id: numbered(1).id, type: "$stats" }));
    ledger.append("$stats-1", "any", own(1_500));
    const store = openStore(connectionString);
    expect(await store.head()).toBeUndefined();
    await store.append("machine-1", { expectedRevision: "no-stream", events: events(2) });
    ledger.append("$stats-1", "any", own(2_500));
    const { position } = await store.readAll({ after: undefined, limit: 10 });
    expect(position).toBe(await store.head());
    await store.append("machine-1", { expectedRevision: 1, events: events(2) });
    ledger.append("$stats-1", "any", own(10));
    expect((await readWhole(store)).map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
  });
});

describe("an engine that came back", () => {
  test("is refused without the log, or with another", async () => {
    const directory = mkdtempSync(join(tmpdir(), "ironledger-engine-"));
    afterwards(() => rmSync(directory, { recursive: true }));
    const fixture = await spawnFixture(join(directory, "journal"));
    afterwards(fixture.kill);
    const store = openStore(fixture.connectionString, { limits });
    await store.append("machine-1", { expectedRevision: "no-stream", events: events(1) });
    const pages = store.subscribe({ after: undefined, signal: new AbortController().signal });
    const following = (async () => {
      for await (const _page of pages);
    })();
    rmSync(join(directory, "journal"));
    const [failed] = await Promise.allSettled([following, fixture.killAndRestart()]);
    expect(failed).toMatchObject({ status: "rejected", reason: { code: "LOG_DAMAGED" } });
    const append = store.append("machine-2", { expectedRevision: "no-stream", events: events(1) });
    await expect(append).rejects.toMatchObject({ code: "LOG_DAMAGED" });
  });

  test("is refused with an older log", async () => {
    const directory = mkdtempSync(join(tmpdir(), "ironledger-engine-"));
    afterwards(() => rmSync(directory, { recursive: true }));
    const journal = join(directory, "journal");
    const fixture = await spawnFixture(journal);
    afterwards(fixture.kill);
    const store = openStore(fixture.connectionString, { limits });
    await store.append("machine-1", { expectedRevision: "no-stream", events: events(1) });
    const older = readFileSync(journal);
    await store.append("machine-1", { expectedRevision: 0, events: events(1) });
    await store.ping();
    writeFileSync(journal, older);
    await fixture.killAndRestart();
    const isDamaged = (error: unknown) => (error as { readonly code?: unknown }).code === "LOG_DAMAGED";
    await eventually(() =>
      store.ping().then(
        () => undefined,
        (error) => isDamaged(error) || undefined,
      ),
    );
    const append = store.append("machine-2", { expectedRevision: "no-stream", events: events(1) });
    await expect(append).rejects.toMatchObject({ code: "LOG_DAMAGED" });
  });
});

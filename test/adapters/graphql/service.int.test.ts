import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { createCommands } from "../../../src/adapters/graphql/commands.ts";
import { EventStoreError } from "../../../src/domain/ports/event-store.ts";
import { newId } from "../../../src/ids.ts";
import { projectorOn, temporaryDirectory } from "../../projections/view-files.ts";
import { allEvents } from "../../support/history.ts";
import { memoryLog, meta } from "../../support/recording.ts";
import { ask, startApi } from "./support/api.ts";
import { discover } from "./support/machines.ts";

const rebuild = (view: string) => `mutation { rebuildView(input: { view: "${view}" }) {
  userErrors { code message field } position digest view { name state generation } } }`;

describe("rebuilding a view", () => {
  test("puts an equal one in its place", async () => {
    const api = await startApi();
    await discover(api.store);
    await ask(
      api,
      "query ($minPosition: EventPosition) { machines(minPosition: $minPosition) { nodes { id } } }",
    );
    const { rebuildView } = await ask(api, rebuild("machines"));
    expect(rebuildView).toMatchObject({
      userErrors: [],
      position: await api.store.head(),
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      view: { name: "machines", state: "LIVE", generation: 2 },
    });
    const { machines } = await ask(api, "{ machines { nodes { state } } }");
    expect(machines.nodes).toEqual([{ state: "DISCOVERED" }]);
  });

  test("keeps the view in use when they differ, and names the row", async () => {
    const store = memoryLog();
    const directory = temporaryDirectory();
    const id = await discover(store);
    const first = await projectorOn(store, directory);
    await first.caughtUp();
    await first.close();
    const file = new DatabaseSync(`${directory}/machines-1.db`);
    file.exec("UPDATE machine SET name = 'another'");
    file.close();
    const api = await startApi({ store, projector: await projectorOn(store, directory) });
    const { rebuildView } = await ask(api, rebuild("machines"));
    expect(rebuildView).toMatchObject({
      userErrors: [{ code: "VIEW_DIFFERS", field: "view", message: expect.stringContaining(id) }],
      digest: null,
      view: { generation: 1 },
    });
  });

  test("is refused for a view that is not there", async () => {
    const { rebuildView } = await ask(await startApi(), rebuild("nothing"));
    expect(rebuildView).toMatchObject({
      userErrors: [{ code: "VIEW_UNKNOWN", message: expect.stringContaining("machines") }],
      view: null,
    });
  });
});

const confirm = "mutation { confirmClock(input: {}) { userErrors { code } } }";

describe("confirming the clock", () => {
  test("ends the suspicion after a step", async () => {
    const api = await startApi();
    const { handleSystem } = createCommands(api.store, newId);
    await handleSystem("system", { type: "RecordClockStep", fromMs: 0, toMs: 3_600_000 }, { meta });
    expect(await ask(api, "{ service { clockSteady } }")).toEqual({ service: { clockSteady: false } });
    const { confirmClock } = await ask(
      api,
      'mutation { confirmClock(input: { reason: "NTP" }) { userErrors { code } service { clockSteady } } }',
    );
    expect(confirmClock).toEqual({ userErrors: [], service: { clockSteady: true } });
  });

  test("is meant of a change that nobody has recorded yet, too", async () => {
    const store = memoryLog();
    const { handleSystem } = createCommands(store, newId);
    const stepTo = (toMs: number) => async () => {
      await handleSystem("system", { type: "RecordClockStep", fromMs: 0, toMs }, { meta });
    };
    await stepTo(3_600_000)();
    const api = await startApi({ store, clockWatch: { recordStep: stepTo(-3_600_000) } });
    expect(await ask(api, confirm)).toMatchObject({ confirmClock: { userErrors: [] } });
    const types = (await allEvents(store)).map(({ type }) => type);
    expect(types.filter((type) => type.startsWith("Clock"))).toEqual([
      "ClockStepped",
      "ClockStepped",
      "ClockConfirmed",
    ]);
  });

  test("is refused when nothing of it is in doubt, and where the change cannot be recorded", async () => {
    const { confirmClock } = await ask(await startApi(), confirm);
    expect(confirmClock).toMatchObject({ userErrors: [{ code: "CLOCK_NOT_IN_DOUBT" }] });
    const recordStep = () => Promise.reject(new EventStoreError("LOG_READ_ONLY", "the disk is full"));
    const { errors } = await (await startApi({ clockWatch: { recordStep } })).ask(confirm);
    expect(errors).toMatchObject([{ extensions: { code: "LOG_READ_ONLY" } }]);
  });
});

describe("the status of the service", () => {
  test("tells how far the log and every view are", async () => {
    const api = await startApi();
    const position = await api.store.head();
    await ask(
      api,
      "query ($minPosition: EventPosition) { machines(minPosition: $minPosition) { nodes { id } } }",
    );
    const { service, position: head } = await ask(
      api,
      `{ position service {
      fenced fencedBecause epoch clockSteady position views { name state position } } }`,
    );
    expect(head).toBe(position);
    expect(service).toMatchObject({
      fenced: false,
      fencedBecause: null,
      epoch: 0,
      clockSteady: true,
      position,
    });
    expect(service.views.length).toBeGreaterThan(4);
    for (const view of service.views) expect(view).toMatchObject({ state: "LIVE", position });
  });
});

describe("a log that fails", () => {
  test.each([
    "LOG_READ_ONLY",
    "LOG_OVERLOADED",
  ] as const)("is named, without particulars: %s", async (code) => {
    const store = memoryLog();
    let fails = false;
    const append: typeof store.append = async (...call) => {
      if (fails) throw new EventStoreError(code, "disk /dev/sda3 is full");
      return store.append(...call);
    };
    const api = await startApi({ store: { ...store, append } });
    fails = true;
    const { data, errors } = await api.ask(
      'mutation { confirmClock(input: {}) { position } lock: retireSubnet(input: { name: "a" }) { position } }',
    );
    expect(data).toMatchObject({ confirmClock: { position: null } });
    const define = await api.ask(
      'mutation { defineSubnet(input: { name: "a", cidr: "10.0.0.0/24" }) { position } }',
    );
    expect([errors, define.data]).toEqual([[], null]);
    expect(define.errors).toMatchObject([
      { extensions: { code }, message: expect.not.stringContaining("sda3") },
    ]);
  });

  test("shows nothing of a fault but where to look for it", async () => {
    const store = memoryLog();
    const readStream: typeof store.readStream = async (stream, slice) => {
      if (stream === "system") throw new Error("secret detail");
      return store.readStream(stream, slice);
    };
    const expectedFaults = [expect.stringContaining("secret detail")];
    const api = await startApi({
      store: { ...store, readStream },
      expectedFaults,
    });
    const { errors } = await api.ask("{ service { fenced } }");
    expect(errors).toMatchObject([{ extensions: { code: "INTERNAL", requestId: expect.any(String) } }]);
    expect(JSON.stringify(errors)).not.toContain("secret detail");
  });
});

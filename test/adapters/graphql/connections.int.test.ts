import { describe, expect, test } from "vitest";
import { projectorOn, temporaryDirectory } from "../../projections/view-files.ts";
import { allEvents, dice, historyLog, record } from "../../support/history.ts";
import { memoryLog } from "../../support/recording.ts";
import { samples } from "../../support/samples.ts";
import { ask, startApi, type TestApi } from "./support/api.ts";
import { discover, macOf, publish } from "./support/machines.ts";

interface Page {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string;
  };
}

/** Reads a connection page by page; `between` happens after each. */
async function readAll(
  api: TestApi,
  field: string,
  { first = 2, filter = "", between = async () => {} } = {},
) {
  const ids: string[] = [];
  for (let after: string | undefined; ; ) {
    const args = `first: ${first}, ${after ? `after: "${after}",` : ""} ${filter}`;
    const query = `query ($minPosition: EventPosition) { ${field}(${args} minPosition: $minPosition) {
      nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
    const page: Page = (await ask(api, query))[field];
    expect(page.pageInfo.hasPreviousPage).toBe(after !== undefined);
    ids.push(...page.nodes.map(({ id }) => id));
    if (!page.pageInfo.hasNextPage) return ids;
    expect(page.nodes).toHaveLength(first);
    expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor);
    after = page.pageInfo.endCursor;
    await between();
  }
}

const decoded = (ids: readonly string[]) => ids.map((id) => Buffer.from(id, "base64url").toString());

describe("reading a connection page by page", () => {
  test("finds everything once, in order, while more joins", async () => {
    const api = await startApi();
    let number = 0;
    const between = async () => {
      await discover(api.store, ++number);
    };
    for (let count = 0; count < 5; count++) await between();
    const machines = await readAll(api, "machines", {
      between: () => (number < 8 ? between() : Promise.resolve()),
    });
    expect(new Set(machines).size).toBe(8);
    expect(decoded(machines)).toEqual(decoded(machines).toSorted());
    expect(decoded(machines)[0]).toMatch(/^Machine:[0-9a-f-]{36}$/);
  });

  test("goes on behind its cursor, though what the cursor names is gone", async () => {
    const api = await startApi();
    for (const name of ["a", "b", "c", "d"]) {
      const cidr = `10.${name.charCodeAt(0)}.0.0/16`;
      await api.ask(`mutation { defineSubnet(input: { name: "${name}", cidr: "${cidr}" }) { position } }`);
    }
    const between = async () => {
      await api.ask('mutation { retireSubnet(input: { name: "b" }) { position } }');
    };
    const subnets = await readAll(api, "subnets", { between });
    expect(decoded(subnets)).toEqual(["Subnet:a", "Subnet:b", "Subnet:c", "Subnet:d"]);
  });

  test("goes through everything that a site has", async () => {
    const store = await historyLog(21, 12);
    const api = await startApi({ store });
    for (const name of ["one", "two", "three"]) await publish(store, name);
    const events = await allEvents(store);
    const idsOf = (type: string) => [
      ...new Set(events.filter((event) => event.type === type).map(({ stream }) => stream)),
    ];
    expect(decoded(await readAll(api, "events", { first: 100 }))).toEqual(
      events.map(({ id }) => `Event:${id}`),
    );
    expect(await readAll(api, "machines")).toHaveLength(idsOf("MachineDiscovered").length);
    expect(await readAll(api, "leases", { first: 3 })).toHaveLength(
      new Set(idsOf("LeaseGranted").concat(idsOf("AddressReserved"))).size,
    );
    expect(await readAll(api, "runs", { first: 1 })).toHaveLength(
      events.filter(({ type }) => type === "BootIntentSet").length,
    );
    expect(decoded(await readAll(api, "bootEnvironments"))).toEqual(
      expect.arrayContaining(["BootEnvironment:one", "BootEnvironment:two"]),
    );
  });
});

describe("looking for events", () => {
  test("goes by every condition and all of them together", async () => {
    const store = await historyLog(22, 8);
    const api = await startApi({ store });
    const events = await allEvents(store);
    const sample = events[Math.floor(events.length / 2)] ?? expect.fail();
    const { stream, type, time, meta } = sample;
    const cases = [
      { filter: { stream: { eq: stream } }, fits: (event: typeof sample) => event.stream === stream },
      {
        filter: { type: { in: [type, "LeaseGranted"] } },
        fits: (event: typeof sample) => [type, "LeaseGranted"].includes(event.type),
      },
      {
        filter: { actor: { eq: meta.actor }, type: { eq: type } },
        fits: (event: typeof sample) => event.meta.actor === meta.actor && event.type === type,
      },
      {
        filter: { correlationId: { eq: meta.$correlationId } },
        fits: (event: typeof sample) => event.meta.$correlationId === meta.$correlationId,
      },
      {
        filter: { time: { from: new Date(time).toISOString() } },
        fits: (event: typeof sample) => event.time >= time,
      },
      {
        filter: { time: { to: new Date(time).toISOString() }, type: { eq: type } },
        fits: (event: typeof sample) => event.time < time && event.type === type,
      },
      { filter: { stream: { eq: stream }, actor: { eq: "nobody" } }, fits: () => false },
    ];
    for (const { filter, fits } of cases) {
      const query = `query ($filter: EventFilter, $minPosition: EventPosition) {
        events(first: 1000, filter: $filter, minPosition: $minPosition) {
          nodes { eventId stream revision position type schema time data actor source correlationId causationId hash } } }`;
      const found = (await ask(api, query, { filter })).events.nodes;
      expect(found).toEqual(
        events.filter(fits).map((event) => ({
          eventId: event.id,
          stream: event.stream,
          revision: event.revision,
          position: event.position,
          type: event.type,
          schema: event.schema,
          time: new Date(event.time).toISOString(),
          data: event.data,
          actor: event.meta.actor,
          source: event.meta.source,
          correlationId: event.meta.$correlationId,
          causationId: event.meta.$causationId,
          hash: event.hash,
        })),
      );
    }
  });
});

describe("asking for a view that shows a position", () => {
  test("waits until it does", async () => {
    const api = await startApi();
    for (let number = 1; number <= 5; number++) {
      await discover(api.store, number);
      const query = `query ($minPosition: EventPosition) { machine(mac: "${macOf(number)}", minPosition: $minPosition) { state } }`;
      expect(await ask(api, query)).toEqual({ machine: { state: "DISCOVERED" } });
    }
  });

  test("is told how far the view is when that takes too long", async () => {
    const store = memoryLog();
    const still = memoryLog();
    const projector = await projectorOn(still, temporaryDirectory());
    const api = await startApi({ store, projector, waitMs: 50 });
    await record(store, { stream: "boot-52:54:00:00:00:01", events: [samples.BootFileServed] }, dice(3));
    const minPosition = await store.head();
    const { data, errors } = await api.ask(
      "query ($p: EventPosition) { machines(minPosition: $p) { nodes { id } } }",
      { p: minPosition },
    );
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: "PROJECTION_BEHIND", position: null } }]);
  });

  test("does not turn a mutation that was recorded into a refusal", async () => {
    const store = memoryLog();
    const projector = await projectorOn(memoryLog(), temporaryDirectory());
    const api = await startApi({ store, projector, waitMs: 50 });
    const { data, errors } =
      await api.ask(`mutation { defineSubnet(input: { name: "a", cidr: "10.0.0.0/24" }) {
      userErrors { code } position subnet { name } } }`);
    expect(data.defineSubnet).toEqual({ userErrors: [], position: await store.head(), subnet: null });
    expect(errors).toMatchObject([{ extensions: { code: "PROJECTION_BEHIND" } }]);
  });

  test("is refused for a position of another log", async () => {
    const api = await startApi();
    const { errors } = await api.ask(
      '{ machines(minPosition: "ffffffffffffffff.000100000000.0000000000000001") { nodes { id } } }',
    );
    expect(errors).toMatchObject([{ extensions: { code: "POSITION_UNKNOWN" } }]);
  });
});

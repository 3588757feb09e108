import { describe, expect, test } from "vitest";
import { guardLog } from "../../../../src/adapters/graphql/guard/guard-log.ts";
import { ownersIn } from "../../../../src/adapters/graphql/guard/owners.ts";
import { sightOf } from "../../../../src/adapters/graphql/guard/sight.ts";
import { createReadModels } from "../../../../src/adapters/graphql/read-models.ts";
import { type Rights, rightsOf } from "../../../../src/domain/access/rights.ts";
import { scopes } from "../../../../src/domain/access/scopes.ts";
import type { EventReader } from "../../../../src/domain/ports/event-store.ts";
import { projectorOn, temporaryDirectory } from "../../../projections/view-files.ts";
import { memoryLog } from "../../../support/recording.ts";
import { type FleetMachine, smallFleet } from "../support/fleet.ts";

const everyScope = scopes.filter((scope) => !scope.startsWith("access:"));
const poolA = rightsOf([
  { scopes: everyScope, machines: { pool: "a" } },
  { scopes: ["network:read", "service:operate", "environments:read"], machines: null },
]);

interface Guarded {
  readonly guarded: EventReader;
  readonly plain: EventReader;
  readonly a: FleetMachine;
  readonly b: FleetMachine;
}

/** The log of two machines, as somebody with these rights reads it. */
async function readBy(rights: Rights): Promise<Guarded> {
  const plain = memoryLog();
  const { a, b } = await smallFleet({ store: plain });
  const projector = await projectorOn(plain, temporaryDirectory());
  const views = createReadModels(projector);
  await projector.waitFor((await plain.head()) ?? expect.fail("the log is empty"), { timeoutMs: 20_000 });
  const sight = sightOf(() => rights, ownersIn(views));
  return { guarded: guardLog(plain, { sight, views }), plain, a, b };
}

const streamsOf = ({ name, mac, id, address }: FleetMachine) =>
  [`address-${address}`, `mac-${mac}`, `machine-${id}`, `name-${name}`].toSorted();

describe("the log of somebody who is limited to some machines", () => {
  test("has pages with their events only, wherever they are read", async () => {
    const { guarded, plain, a } = await readBy(poolA);
    const all = await plain.readAll({ after: undefined, limit: 100 });
    const { events, position, caughtUp } = await guarded.readAll({ after: undefined, limit: 100 });
    expect([...new Set(events.map(({ stream }) => stream))].toSorted()).toEqual(streamsOf(a));
    expect([position, caughtUp]).toEqual([all.position, all.caughtUp]);
    const signal = AbortSignal.timeout(20_000);
    for await (const page of guarded.subscribe({ after: undefined, signal })) {
      expect(page.events).toEqual(events);
      break;
    }
  });

  test("has streams with what is theirs only", async () => {
    const { guarded, plain, a, b } = await readBy(poolA);
    for (const stream of streamsOf(b))
      expect([stream, await guarded.readStream(stream)]).toEqual([stream, []]);
    for (const stream of [`machine-${a.id}`, `mac-${a.mac}`, `name-${a.name}`, "network"]) {
      expect([stream, await guarded.readStream(stream)]).toEqual([stream, await plain.readStream(stream)]);
    }
    // An address passes from machine to machine.
    expect(await guarded.readStream(`address-${a.address}`)).toEqual([]);
  });
});

describe("the log of anybody", () => {
  test("has no streams that nothing is made of", async () => {
    const { guarded, a } = await readBy(rightsOf([{ scopes: [...scopes], machines: null }]));
    for (const stream of [`boot-${a.mac}`, "login-127.0.0.1", "access-1", "constructor-x"]) {
      await expect(guarded.readStream(stream)).rejects.toThrow("no caller reads");
    }
    expect(await guarded.readStream(`address-${a.address}`)).toHaveLength(1);
  });

  test("is empty without a scope", async () => {
    const { guarded, a } = await readBy(rightsOf([]));
    expect((await guarded.readAll({ after: undefined, limit: 100 })).events).toEqual([]);
    for (const stream of [...streamsOf(a), "network", "system"]) {
      await expect(guarded.readStream(stream)).rejects.toMatchObject({ extensions: { code: "FORBIDDEN" } });
    }
    expect(() => guarded.subscribe({ after: undefined, signal: AbortSignal.abort() })).toThrow("events:read");
  });
});

import { describe, expect, test } from "vitest";
import { createCommands } from "../../../src/adapters/graphql/commands.ts";
import { retireMachine } from "../../../src/domain/machine/retire.ts";
import { networkStream } from "../../../src/domain/network/events.ts";
import { systemStream } from "../../../src/domain/system/events.ts";
import { newId } from "../../../src/ids.ts";
import { meta } from "../../support/recording.ts";
import { subnet } from "../../support/samples.ts";
import { ask, startApi, type TestApi } from "./support/api.ts";
import { addCaller } from "./support/callers.ts";
import { smallFleet } from "./support/fleet.ts";
import { command } from "./support/machines.ts";

/** Everything that there is of each kind, as a list has it and as `node` has it. */
const kinds = `
  machines { nodes { id __typename name state labels { key value } run { state } } }
  interfaces { nodes { id __typename mac address machine { name state } } }
  runs { nodes { id __typename state machine { state } } }
  leases { nodes { id __typename address status machine { name } } }
  reservations { nodes { id __typename address lease { status } } }
  subnets { nodes { id __typename name leaseSeconds usage { leased } } }
  addressUsage { nodes { id __typename leased subnet { leaseSeconds } } }
  clientClasses { nodes { id __typename name } }
  bootEnvironments { nodes { id __typename name version } }
  events { nodes { id __typename type position } }
  principals { nodes { id __typename name disabled roles tokens { nodes { name state } } } }
  tokens { nodes { id __typename name state principal { name disabled } } }
  accessRoles { nodes { id __typename name builtIn withdrawn description } }`;

/** What is asked of each kind, by its type. */
const fields = [...kinds.matchAll(/(\w+) \{ nodes \{ (id __typename .*) \} \}$/gm)].map(
  ([, list = "", of = ""]) => ({ list, of }),
);

async function listed(api: TestApi) {
  const query = fields.map(({ list, of }) => `${list}(minPosition: $minPosition) { nodes { ${of} } }`);
  return ask(api, `query ($minPosition: EventPosition) { ${query.join(" ")} }`);
}

async function nodesAt(api: TestApi, at: object, before: Awaited<ReturnType<typeof listed>>) {
  const query = (type: string, of: string) =>
    `query ($id: ID!, $at: Moment) { node(id: $id, at: $at) { ... on ${type} { ${of} } } }`;
  const found: Record<string, unknown> = {};
  for (const { list, of } of fields) {
    const nodes: unknown[] = [];
    for (const { id, __typename } of before[list].nodes) {
      nodes.push((await ask(api, query(__typename, of), { id, at })).node);
    }
    found[list] = { nodes };
  }
  return found;
}

async function changeEverything(api: TestApi, { a, b }: Awaited<ReturnType<typeof smallFleet>>) {
  const commands = createCommands(api.store, newId);
  await command(api.store, b.id, { type: "LabelMachine", set: { pool: "z" }, remove: [] });
  await retireMachine(commands, a.id, { meta });
  const changed = { ...subnet, leaseSeconds: 7_200 };
  await commands.handleNetwork(networkStream, { type: "ChangeSubnet", subnet: changed }, { meta });
  const { principals } = await ask(api, "{ principals { nodes { principalId name } } }");
  const principalId = principals.nodes.find(({ name }: { name: string }) => name === "some").principalId;
  const disable = `mutation ($principalId: ID!) {
    disablePrincipal(input: { principalId: $principalId }) { userErrors { message } } }`;
  expect((await ask(api, disable, { principalId })).disablePrincipal.userErrors).toEqual([]);
}

describe("asking for objects of the past by their ids", () => {
  test("finds each as a list had it then", { timeout: 120_000 }, async () => {
    const api = await startApi();
    const fleet = await smallFleet(api);
    await addCaller(api, "some", { rules: [{ scopes: ["machines:read"], machines: { pool: "a" } }] });
    const before = await listed(api);
    const at = { position: await api.store.head() };
    await changeEverything(api, fleet);
    expect(await listed(api)).not.toEqual(before);
    expect(await nodesAt(api, at, before)).toEqual(before);
    const early = await nodesAt(api, { time: "2020-01-01T00:00:00Z" }, before);
    const found = Object.values(early).flatMap((each) => (each as { nodes: unknown[] }).nodes);
    // The built in roles come with the program.
    expect(found.filter((node) => node !== null).length).toBe(
      before.accessRoles.nodes.filter(({ builtIn }: { builtIn: boolean }) => builtIn).length,
    );
  });
});

describe("asking for who could do what", () => {
  const query = `query ($at: Moment) {
    principals(at: $at) { totalCount nodes { name disabled tokens { nodes { state } } } }
    tokens(at: $at) { totalCount } accessRoles(at: $at, search: "builtIn:false") { nodes { name } } }`;

  test("answers as it was, and takes access:read", async () => {
    const api = await startApi();
    const first = { position: await api.store.head() };
    const before = await ask(api, query, { at: first });
    const some = await addCaller(api, "some", { rules: [{ scopes: ["machines:read"], machines: null }] });
    expect(await ask(api, query, { at: first })).toEqual(before);
    expect(before.principals.totalCount).toBe(1);
    expect((await ask(api, query)).principals.totalCount).toBe(2);
    const { errors } = await some.ask(query, { at: first });
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(["FORBIDDEN"]));
  });
});

describe("asking for the service and the log of the past", () => {
  test("tells what the log told then, and no read model", async () => {
    const api = await startApi();
    const query = `query ($at: Moment) { position(at: $at)
      service(at: $at) { fenced clockSteady position views { name } } }`;
    const { handleSystem } = createCommands(api.store, newId);
    const first = await api.store.head();
    await handleSystem(systemStream, { type: "RecordClockStep", fromMs: 0, toMs: 3_600_000 }, { meta });
    const now = await ask(api, query);
    expect([now.position, now.service.clockSteady]).toEqual([await api.store.head(), false]);
    expect(now.service.views).not.toEqual([]);
    expect(await ask(api, query, { at: { position: first } })).toEqual({
      position: first,
      service: { fenced: false, clockSteady: true, position: first, views: [] },
    });
    expect(await ask(api, query, { at: { time: "2020-01-01T00:00:00Z" } })).toMatchObject({
      position: null,
      service: { clockSteady: true, position: null },
    });
  });
});

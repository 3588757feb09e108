import { getNamedType, isCompositeType, isObjectType } from "graphql";
import { describe, expect, test } from "vitest";
import type { Scope } from "../../../src/domain/access/scopes.ts";
import { startApi, type TestApi } from "./support/api.ts";
import { addCaller } from "./support/callers.ts";
import { schema } from "./support/documents.ts";
import { type FleetMachine, smallFleet } from "./support/fleet.ts";

/** A field that leads from one kind of thing to another, and what it takes to follow it. */
interface Crossing {
  /** What it takes to come to the object. */
  readonly from: Scope;
  /** What it takes besides. */
  readonly to: Scope;
  readonly query: string;
}

/** A field that joins and is neither here nor in `parts` fails the test. */
const crossings: Readonly<Record<string, Crossing>> = {
  "Machine.run": {
    from: "machines:read",
    to: "runs:read",
    query: '{ machine(name: "node-a") { run { runId } } }',
  },
  "Machine.runs": {
    from: "machines:read",
    to: "runs:read",
    query: '{ machine(name: "node-a") { runs { totalCount } } }',
  },
  "Machine.timeline": {
    from: "machines:read",
    to: "events:read",
    query: '{ machine(name: "node-a") { timeline { nodes { event { type } } } } }',
  },
  "Run.machine": { from: "runs:read", to: "machines:read", query: "{ runs { nodes { machine { name } } } }" },
  "Run.events": {
    from: "runs:read",
    to: "events:read",
    query: "{ runs { nodes { events { nodes { type } } } } }",
  },
  "TimelineEntry.run": {
    from: "events:read",
    to: "runs:read",
    query: '{ machine(name: "node-a") { timeline { nodes { run { runId } } } } }',
  },
  "Lease.machine": {
    from: "leases:read",
    to: "machines:read",
    query: "{ leases { nodes { machine { name } } } }",
  },
  "Reservation.machine": {
    from: "leases:read",
    to: "machines:read",
    query: "{ reservations { nodes { machine { name } } } }",
  },
  "Subnet.leases": {
    from: "network:read",
    to: "leases:read",
    query: "{ subnets { nodes { leases { totalCount } } } }",
  },
  "Principal.tokens": {
    from: "machines:read",
    to: "access:read",
    query: "{ viewer { principal { tokens { totalCount } } } }",
  },
};

/** What belongs to its object, so that whoever sees the one sees the other. */
const parts: readonly string[] = [
  "AccessRole.rules",
  "AccessRule.machines",
  "AccessToken.principal",
  "AddressUsage.subnet",
  // Whoever may ask for a decision sees machines, and the network that decides.
  "BootDecision.dhcp",
  "BootDecision.machine",
  "BootDecision.script",
  "BootDecision.steps",
  "BootEnvironment.files",
  // Whoever asks what changed, or why, gets events only that they may see.
  "CausedChange.events",
  "Facet.values",
  "Interface.machine",
  "Inventory.agentPackages",
  "ClientClass.match",
  "ClientClass.options",
  "ClientMatch.machineLabels",
  "ConsistencyProof.checkpoint",
  "DhcpAnswer.options",
  "Diff.changes",
  "InclusionProof.checkpoint",
  "InclusionProof.event",
  "Inventory.cpu",
  "Inventory.disks",
  "Inventory.interfaces",
  "Inventory.smbios",
  "LabelSelector.labels",
  "Lease.holder",
  "LogSigning.newest",
  "Machine.dhcpOptions",
  "Machine.discoveryIntent",
  "Machine.failure",
  "Machine.interfaces",
  "Machine.inventory",
  "Machine.labels",
  "MachineChange.machine",
  "Plan.changes",
  "Plan.events",
  "Principal.identity",
  "Principal.scopes",
  "Reservation.lease",
  "Run.boots",
  "Run.disk",
  "Run.environment",
  "Run.failure",
  "Run.image",
  "RunChange.run",
  "ScopeGrant.machines",
  "ServiceStatus.lastBackup",
  "ServiceStatus.leadership",
  "ServiceStatus.views",
  "Subnet.exclusions",
  "Subnet.options",
  "Subnet.ranges",
  "Subnet.usage",
  "TimelineEntry.event",
  "Verification.report",
  "Verification.views",
  "VerificationReport.findings",
  "Viewer.principal",
  "Viewer.scopes",
  "Viewer.token",
  "ViewStatus.building",
  "ViewStatus.stoppedBefore",
  "Why.edges",
  "Why.event",
  "Why.nodes",
  "Why.request",
];

describe("a field that leads to another object", () => {
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !/^(?:__.*|Query|Mutation|Subscription|.*(?:Connection|Edge|Payload))$/.test(name))
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })))
    .filter(({ field }) => isCompositeType(getNamedType(field.type)))
    .map(({ type, field }) => `${type.name}.${field.name}`);

  test("is known to cross from one kind of thing to another, or not to", () => {
    expect(fields.toSorted()).toEqual([...Object.keys(crossings), ...parts].toSorted());
  });

  test("is followed with the scope that it takes, and not without", async () => {
    const api = await startApi();
    const { a } = await smallFleet(api);
    await reserve(api, a);
    for (const [field, { from, to, query }] of Object.entries(crossings)) {
      const path: Scope[] = field.startsWith("TimelineEntry") ? [from, "machines:read"] : [from];
      const name = field.toLowerCase().replace(".", "-");
      const without = await addCaller(api, `without-${name}`, { rules: [{ scopes: path, machines: null }] });
      const having = await addCaller(api, `having-${name}`, {
        rules: [{ scopes: [...path, to], machines: null }],
      });
      const refused = await without.ask(query);
      expect([field, refused.errors[0]?.extensions.code, refused.errors[0]?.message]).toEqual([
        field,
        "FORBIDDEN",
        `needs scope ${to}`,
      ]);
      const answer = await having.ask(query);
      expect([field, answer.errors]).toEqual([field, []]);
      const found = expect.stringMatching(/"(?:runId|totalCount|type|name)":["1-9]/);
      expect([field, JSON.stringify(answer.data)]).toEqual([field, found]);
    }
  });

  test("leads to nothing without any scope", async () => {
    const api = await startApi();
    const caller = await addCaller(api, "nobody");
    const { data, errors } = await caller.ask(
      "{ viewer { principal { name roles } scopes { scope } token { state } } }",
    );
    expect([data.viewer, errors]).toEqual([
      { principal: { name: "nobody", roles: [] }, scopes: [], token: { state: "ACTIVE" } },
      [],
    ]);
  });
});

/** Sets the address of a machine aside for it. */
async function reserve(api: TestApi, { address, mac }: FleetMachine): Promise<void> {
  const { data } = await api.ask(
    `mutation ($input: ReserveAddressInput!) { reserveAddress(input: $input) { userErrors { message } } }`,
    { input: { address, for: { mac } } },
  );
  expect(data.reserveAddress.userErrors).toEqual([]);
}

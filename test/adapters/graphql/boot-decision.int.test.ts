import { describe, expect, test } from "vitest";
import { bootCodec, bootStream } from "../../../src/domain/boot/events.ts";
import { bootEnvironmentCodec, bootEnvironmentStream } from "../../../src/domain/boot-environment/events.ts";
import { claimCodec, macClaimStream } from "../../../src/domain/claim/events.ts";
import type { DomainEvent, EventCodec } from "../../../src/domain/event.ts";
import { machineCodec } from "../../../src/domain/machine/events.ts";
import { networkCodec } from "../../../src/domain/network/events.ts";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { newId } from "../../../src/ids.ts";
import { histories } from "../../support/machine-history.ts";
import { meta } from "../../support/recording.ts";
import {
  environment,
  mac,
  machineId,
  otherMac,
  otherMachineId,
  run,
  samples,
} from "../../support/samples.ts";
import { ask, startApi, type TestApi } from "./support/api.ts";
import { addCaller } from "./support/callers.ts";

const query = `query ($mac: MAC, $machineId: ID, $at: Moment, $client: BootClientInput, $minPosition: EventPosition) {
  bootDecision(mac: $mac, machineId: $machineId, at: $at, client: $client, minPosition: $minPosition) {
    mac machine { machineId state } position
    dhcp { outcome wire subnet address addressFrom leaseSeconds classes options { name value from } bootFile }
    script { action why runId environment version template servings }
    steps { step outcome because }
    text
  }
}`;

async function append<Event extends DomainEvent>(
  { store }: TestApi,
  stream: string,
  { codec, events }: { readonly codec: EventCodec<Event>; readonly events: readonly Event[] },
): Promise<string | undefined> {
  const recorded = events.map((event) => ({ ...codec.write(event), id: newId(), meta }));
  await store.append(stream, { expectedRevision: "any", events: recorded });
  return store.head();
}

/** A subnet, and a machine of it that waits for its deployment. Returns where it was not allocated yet. */
async function labWithMachine(api: TestApi) {
  await append(api, "network", { codec: networkCodec, events: [samples.SubnetDefined] });
  await append(api, bootStream(mac), { codec: bootCodec, events: [samples.PxeRequested] });
  const published = { codec: bootEnvironmentCodec, events: [samples.BootEnvironmentPublished] };
  await append(api, bootEnvironmentStream(environment.name), published);
  await append(api, macClaimStream(mac), { codec: claimCodec, events: [samples.Claimed] });
  const labelled = { type: "LabelsChanged", data: { set: { pool: "a" }, removed: [] } } as const;
  const stream = machineStream(machineId);
  const before = await append(api, stream, { codec: machineCodec, events: [...histories.ready, labelled] });
  const intent = [samples.MachineAllocated, samples.BootIntentSet];
  await append(api, stream, { codec: machineCodec, events: intent });
  return { before };
}

describe("asking for a boot decision", () => {
  test("tells what a machine gets, by its MAC address and by its id", async () => {
    const api = await startApi();
    await labWithMachine(api);
    const { bootDecision } = await ask(api, query, { mac });
    expect(bootDecision).toMatchObject({
      mac,
      machine: { machineId, state: "ALLOCATED" },
      dhcp: {
        outcome: "OFFER",
        wire: "lab",
        subnet: "rack-7",
        addressFrom: "RANGE",
        bootFile: "snponly.efi",
      },
      script: { action: "DEPLOY", why: "boot-intent", runId: run, servings: 0 },
    });
    const kinds = bootDecision.steps.map(({ step }: { readonly step: string }) => step);
    expect(kinds.slice(0, 3)).toEqual(["CLIENT", "WIRE", "SUBNET"]);
    expect(kinds.at(-1)).toBe("ANSWER");
    const { bootDecision: byId } = await ask(api, query, { machineId });
    expect(byId.script).toEqual(bootDecision.script);
  });

  test("tells what it would have got at an earlier moment, by position and by time", async () => {
    const api = await startApi();
    const { before } = await labWithMachine(api);
    const { bootDecision } = await ask(api, query, { mac, at: { position: before } });
    expect(bootDecision).toMatchObject({
      machine: { state: "READY" },
      position: before,
      script: { action: "LOCAL_DISK", why: "no-intent" },
    });
    const early = await ask(api, query, { mac, at: { time: "1999-01-01T00:00:00Z" } });
    expect(early).toEqual({ bootDecision: null });
  });

  test("takes what is said of the client instead of what the log has", async () => {
    const api = await startApi();
    await labWithMachine(api);
    const client = { architecture: "X86_BIOS", vendorClass: "PXEClient:\u001b[31m" };
    const { bootDecision } = await ask(api, query, { mac, client });
    expect(bootDecision.dhcp.bootFile).toBe("undionly.kpxe");
    expect(bootDecision.text).not.toContain("\u001b");
  });
});

describe("asking for a boot decision by the id of a machine", () => {
  test("takes the interface that the machine booted with last", async () => {
    const api = await startApi();
    await labWithMachine(api);
    const added = {
      codec: machineCodec,
      events: [{ type: "InterfaceAdded", data: { mac: otherMac } }],
    } as const;
    await append(api, machineStream(machineId), added);
    await append(api, macClaimStream(otherMac), { codec: claimCodec, events: [samples.Claimed] });
    const of = async (at?: object) => (await ask(api, query, { machineId, at })).bootDecision;
    expect(await of()).toMatchObject({ mac, machine: { machineId } });
    const before = await api.store.head();
    await append(api, bootStream(otherMac), { codec: bootCodec, events: [samples.PxeRequested] });
    expect(await of()).toMatchObject({ mac: otherMac, machine: { machineId } });
    expect(await of({ position: before })).toMatchObject({ mac });
  });

  test("names the machine that claims the interface, and not a retired one that had it", async () => {
    const api = await startApi();
    await labWithMachine(api);
    const stream = machineStream(machineId);
    await append(api, stream, { codec: machineCodec, events: [samples.MachineRetired] });
    await append(api, macClaimStream(mac), { codec: claimCodec, events: [samples.Released] });
    expect((await ask(api, query, { machineId })).bootDecision).toMatchObject({ mac, machine: null });
    const successor = otherMachineId;
    await append(api, machineStream(successor), { codec: machineCodec, events: [samples.MachineDiscovered] });
    const claimed = { type: "Claimed", data: { machineId: successor } } as const;
    await append(api, macClaimStream(mac), { codec: claimCodec, events: [claimed] });
    const minPosition = await api.store.head();
    expect((await ask(api, query, { machineId, minPosition })).bootDecision).toMatchObject({
      mac,
      machine: { machineId: successor, state: "DISCOVERED" },
    });
  });
});

describe("a boot decision", () => {
  test("refuses what is not of its form", async () => {
    const api = await startApi();
    const wrong: readonly (readonly [object, RegExp])[] = [
      [{}, /exactly one/],
      [{ mac, machineId }, /exactly one/],
      [{ mac, client: { clientId: "zz" } }, /^clientId: /],
      [{ mac, client: { circuitId: "" } }, /^circuitId: /],
    ];
    for (const [variables, message] of wrong) {
      const { errors } = await api.ask(query, variables);
      expect(errors).toMatchObject([
        { extensions: { code: "INPUT_INVALID" }, message: expect.stringMatching(message) },
      ]);
    }
  });

  test("tells whoever sees some machines of those and of nothing else", async () => {
    const api = await startApi();
    await labWithMachine(api);
    const reaching = async (pool: string) =>
      addCaller(api, `pool-${pool}`, {
        rules: [
          { scopes: ["machines:read", "leases:read"], machines: { pool } },
          { scopes: ["network:read"], machines: null },
        ],
      });
    const minPosition = await api.store.head();
    const [inside, outside] = [await reaching("a"), await reaching("b")];
    expect((await inside.ask(query, { mac, minPosition })).data.bootDecision).toMatchObject({ mac });
    const unknown = { mac: "52:54:00:99:99:99", minPosition };
    for (const variables of [{ mac, minPosition }, { machineId, minPosition }, unknown]) {
      expect(await outside.ask(query, variables)).toMatchObject({ data: { bootDecision: null }, errors: [] });
    }
    expect(await inside.ask(query, unknown)).toMatchObject({ data: { bootDecision: null }, errors: [] });
    const blind = await addCaller(api, "no-leases", {
      rules: [
        { scopes: ["machines:read", "leases:read"], machines: { pool: "b" } },
        { scopes: ["machines:read", "network:read"], machines: null },
      ],
    });
    expect(await blind.ask(query, { mac, minPosition })).toMatchObject({ data: { bootDecision: null } });
    // What another client says of itself would tell what is set aside for it.
    const { errors } = await inside.ask(query, { mac, client: { firmwareUuid: newId() } });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN", scope: "leases:read" } }]);
  });
});

describe("asking with curl", () => {
  async function get({ url, token }: TestApi, path: string) {
    const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    return {
      status: response.status,
      type: response.headers.get("content-type"),
      text: await response.text(),
    };
  }

  test("gives the same as plain text", async () => {
    const api = await startApi();
    const { before } = await labWithMachine(api);
    const { bootDecision } = await ask(api, query, { mac, at: { position: before } });
    const { status, type, text } = await get(api, `/explain/${mac}?at=${before}`);
    expect([status, type]).toEqual([200, "text/plain; charset=utf-8"]);
    expect(text).toBe(bootDecision.text);
    expect(text).toMatch(/^HTTP {4}local-disk \(no-intent\)/m);
  });

  test("takes what is said of the client, with architectures as events have them", async () => {
    const api = await startApi();
    await labWithMachine(api);
    const { text } = await get(api, `/explain/${mac}?architecture=x64-uefi-http`);
    expect(text).toContain("boot file http://10.77.0.1:8080/boot/<nonce>/loaders/snponly.efi");
  });

  test("answers 404 before the log began and 400 for what is not of its form", async () => {
    const api = await startApi();
    await labWithMachine(api);
    expect(await get(api, `/explain/${mac}?at=1999-01-01T00:00:00Z`)).toMatchObject({ status: 404 });
    for (const path of [
      "/explain/x",
      `/explain/${mac}?at=`,
      `/explain/${mac}?colour=red`,
      `/explain/${mac}?at=a&at=b`,
    ]) {
      const { status, text } = await get(api, path);
      expect([path, status, text]).toEqual([path, 400, expect.stringContaining("INPUT_INVALID")]);
    }
    const unknown = await get(api, `/explain/${mac}?at=nowhere`);
    expect([unknown.status, unknown.text]).toEqual([400, expect.stringContaining("POSITION_UNKNOWN")]);
  });

  test("asks for a token, and for the scopes that the query takes", async () => {
    const api = await startApi();
    expect((await fetch(`${api.url}/explain/${mac}`)).status).toBe(401);
    const caller = await addCaller(api, "reader", { rules: [{ scopes: ["machines:read"], machines: null }] });
    const response = await fetch(`${api.url}/explain/${mac}`, {
      headers: { authorization: `Bearer ${caller.token}` },
    });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      errors: [
        { message: "needs scope network:read", extensions: { code: "FORBIDDEN", scope: "network:read" } },
      ],
    });
  });
});

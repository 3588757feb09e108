import { createReadModels } from "../../../src/adapters/graphql/read-models.ts";
import { shippedLoaders } from "../../../src/boot/dhcp/loader.ts";
import { type AddressEvent, addressCodec, addressStream } from "../../../src/domain/address/events.ts";
import { type BootEvent, bootCodec, bootStream } from "../../../src/domain/boot/events.ts";
import { bootEnvironmentCodec, bootEnvironmentStream } from "../../../src/domain/boot-environment/events.ts";
import type { EnvironmentPurpose } from "../../../src/domain/boot-environment/manifest.ts";
import { type ClaimEvent, claimCodec, macClaimStream } from "../../../src/domain/claim/events.ts";
import type { DomainEvent, EventCodec } from "../../../src/domain/event.ts";
import { type MachineEvent, machineCodec } from "../../../src/domain/machine/events.ts";
import { type NetworkEvent, networkCodec, networkStream } from "../../../src/domain/network/events.ts";
import { Subnet, subnetDefaults } from "../../../src/domain/network/subnet.ts";
import type { BootQuestion, BootStepName } from "../../../src/domain/ports/boot-explainer.ts";
import { type SystemEvent, systemCodec, systemStream } from "../../../src/domain/system/events.ts";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { keyOfMac } from "../../../src/domain/values/reservation-key.ts";
import { EnvironmentName } from "../../../src/domain/values/slug.ts";
import { newId } from "../../../src/ids.ts";
import { createBootExplainer } from "../../../src/service/explain/explainer.ts";
import type { ServedWire } from "../../../src/service/explain/place.ts";
import { projectorOn, temporaryDirectory } from "../../projections/view-files.ts";
import { memoryLog, meta } from "../../support/recording.ts";
import { mac, machineId, nowMs, samples } from "../../support/samples.ts";

export const serverAddress = Ipv4.parse("10.77.0.1");
export const labWire: ServedWire = { name: "lab", address: serverAddress, mode: "serve" };

/** Ten addresses, leased for an hour. */
export const lab = Subnet.parse({
  ...subnetDefaults,
  name: "lab",
  cidr: "10.77.0.0/24",
  ranges: [{ first: "10.77.0.10", last: "10.77.0.19" }],
  routers: ["10.77.0.254"],
  dnsServers: [],
  domainName: null,
  leaseSeconds: 3600,
  unknownMachines: "discover",
});

/** A day after the samples' clock, so that nothing is in the future. */
export const askedAtMs = nowMs + 86_400_000;

/** The lease of an address of the lab, still running when somebody asks. */
export const binding = {
  subnet: lab.name,
  status: "leased",
  reservedFor: null,
  holder: { mac, clientId: null, hostname: null },
  relay: null,
  leaseSeconds: 3600,
  untilMs: askedAtMs + 1_000_000,
} as const;

/** The lab is served. */
export const defined = { type: "SubnetDefined", data: { subnet: lab } } as const;

/** An address is set aside for the interface of the samples. */
export const reserved = {
  type: "AddressReserved",
  data: {
    ...binding,
    status: "free",
    holder: null,
    leaseSeconds: null,
    untilMs: null,
    reservedFor: keyOfMac(mac),
  },
} as const;

export interface WorldOptions {
  readonly wires?: readonly ServedWire[];
}

/** A log to which things happen. Environments of all purposes are published. */
export async function storyLog() {
  const store = memoryLog();

  async function append<Event extends DomainEvent>(
    { stream, actor = meta.actor }: { readonly stream: string; readonly actor?: string },
    codec: EventCodec<Event>,
    events: readonly Event[],
  ): Promise<string> {
    for (const event of events) {
      const recorded = { ...codec.write(event), id: newId(), meta: { ...meta, actor } };
      await store.append(stream, { expectedRevision: "any", events: [recorded] });
    }
    return head();
  }

  async function head(): Promise<string> {
    const position = await store.head();
    if (position === undefined) throw new Error("the log is empty");
    return position;
  }

  async function publish(name: string, purpose: EnvironmentPurpose): Promise<void> {
    const { data } = samples.BootEnvironmentPublished;
    const manifest = { ...data.manifest, purpose };
    const event = { type: "BootEnvironmentPublished", data: { ...data, manifest } } as const;
    await append({ stream: bootEnvironmentStream(EnvironmentName.parse(name)) }, bootEnvironmentCodec, [
      event,
    ]);
  }
  await publish("image-deploy", "deploy");
  await publish("discovery", "discover");
  await publish("local-disk", "local-disk");

  const happened = {
    network: (...events: readonly NetworkEvent[]) => append({ stream: networkStream }, networkCodec, events),
    system: (...events: readonly SystemEvent[]) => append({ stream: systemStream }, systemCodec, events),
    machine: (...events: readonly MachineEvent[]) =>
      append({ stream: machineStream(machineId) }, machineCodec, events),
    claim: (...events: readonly ClaimEvent[]) => append({ stream: macClaimStream(mac) }, claimCodec, events),
    boot: (...events: readonly BootEvent[]) => append({ stream: bootStream(mac) }, bootCodec, events),
    address(address: string, event: AddressEvent) {
      const actor = `client:${event.data.holder?.mac ?? mac}`;
      return append({ stream: addressStream(address as Ipv4), actor }, addressCodec, [event]);
    },
  };

  return { store, head, happened };
}

/** The same with its views, and the explainer of both. */
export async function world({ wires = [labWire] }: WorldOptions = {}) {
  const log = await storyLog();
  const { store, head } = log;
  const projector = await projectorOn(store, temporaryDirectory());
  const views = createReadModels(projector);
  const explainer = createBootExplainer({
    log: store,
    views,
    wires: () => wires,
    httpPort: 8080,
    loaders: shippedLoaders,
  });

  /** Asks about the interface of the samples, with views that show all of it. */
  async function explain(asked: Partial<BootQuestion> = {}) {
    const now = await head();
    if (!(await projector.waitFor(now, { timeoutMs: 60_000 }))) throw new Error("the views lag behind");
    const question = { mac, until: now, atMs: askedAtMs, isNow: true, client: {}, ...asked };
    const explained = await explainer.explain(question);
    return {
      ...explained,
      /** Outcomes of the steps of one kind. */
      outcomes: (step: BootStepName) =>
        explained.steps.filter((each) => each.step === step).map(({ outcome }) => outcome),
      reasons: (step: BootStepName) =>
        explained.steps.filter((each) => each.step === step).map(({ because }) => because),
    };
  }

  return { ...log, explain };
}

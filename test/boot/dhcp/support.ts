import { createMemoryEventStore } from "../../../src/adapters/event-store/memory/memory-event-store.ts";
import { type BootCause, type BootTargets, createBootTracker } from "../../../src/boot/boot-tracker.ts";
import {
  bootFileName,
  clientArchitecture,
  userClass,
  vendorClass,
} from "../../../src/boot/dhcp/options/boot.ts";
import { clientIdentifier } from "../../../src/boot/dhcp/options/client-identity.ts";
import {
  leaseTime,
  requestedAddress,
  serverIdentifier,
} from "../../../src/boot/dhcp/options/configuration.ts";
import { type MessageType, messageType } from "../../../src/boot/dhcp/options/message-type.ts";
import { optionEntry, readOption } from "../../../src/boot/dhcp/options/option.ts";
import { type DhcpPacket, noAddress } from "../../../src/boot/dhcp/packet.ts";
import type { Probe } from "../../../src/boot/dhcp/probe.ts";
import { createDhcpService, type DhcpServiceOptions } from "../../../src/boot/dhcp/service.ts";
import type { ClientMachines } from "../../../src/boot/dhcp/settings.ts";
import { createObserver } from "../../../src/boot/observer.ts";
import { addressCodec, addressStream } from "../../../src/domain/address/events.ts";
import { networkCodec, networkStream } from "../../../src/domain/network/events.ts";
import { Subnet, subnetDefaults } from "../../../src/domain/network/subnet.ts";
import type { EventStore, NewEvent, RecordedEvent } from "../../../src/domain/ports/event-store.ts";
import type { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import type { MacAddress } from "../../../src/domain/values/mac-address.ts";
import { ReservationKey } from "../../../src/domain/values/reservation-key.ts";

export const ip = (text: string) => text as Ipv4;
export const mac = (text: string) => text as MacAddress;

export const serverAddress = ip("10.77.0.1");
export const wire = { name: "lab", address: serverAddress };
export const otherServer = "10.77.0.2";

/** Ten addresses, 10.77.0.10 to 10.77.0.19, leased for an hour. */
export const lab = Subnet.parse({
  ...subnetDefaults,
  name: "lab",
  cidr: "10.77.0.0/24",
  ranges: [{ first: "10.77.0.10", last: "10.77.0.19" }],
  routers: ["10.77.0.254"],
  dnsServers: ["10.77.0.253"],
  domainName: "lab.example",
  leaseSeconds: 3600,
  unknownMachines: "discover",
});

export const hourMs = 3_600_000;

/** A clock that stands until it is moved. */
export function fakeClock(startMs = Date.UTC(2026, 0, 1)) {
  let nowMs = startMs;
  return {
    clock: () => new Date(nowMs),
    nowMs: () => nowMs,
    advance(ms: number) {
      nowMs += ms;
    },
  };
}

let idSources = 0;

/** UUIDs that count up, and that no other source gives. */
export function fakeIds() {
  const source = (++idSources).toString(16).padStart(8, "0");
  let count = 0;
  return () => `${source}-0000-7000-8000-${(++count).toString(16).padStart(12, "0")}`;
}

/** Machines and runs as a test wants them. */
export function fakeTargets() {
  const causes = new Map<MacAddress, BootCause>();
  const known = new Set<MacAddress>();
  const targets: BootTargets = {
    causeOf: (address) => causes.get(address),
    isKnown: (address) => known.has(address),
  };
  return { causes, known, targets };
}

export interface ServiceSetup {
  readonly store?: (store: EventStore) => EventStore;
  readonly probe?: Probe;
  readonly options?: Partial<DhcpServiceOptions>;
  readonly subnets?: readonly Subnet[];
}

/** The DHCP service on a log in memory, with a fake clock, a fence and a network that can be set. */
export async function dhcpService({ store: wrap, probe, options, subnets = [lab] }: ServiceSetup = {}) {
  const time = fakeClock();
  const newId = fakeIds();
  const log = createMemoryEventStore(time.clock);
  const store = wrap ? wrap(log) : log;
  const flags = { fenced: false, clockSuspect: false, leads: true };
  const { causes, known, targets } = fakeTargets();
  const details = new Map<MacAddress, ReturnType<ClientMachines["machineByMac"]>>();
  const machines: ClientMachines = {
    isKnown: targets.isKnown,
    machineByMac: (address) => details.get(address),
  };
  const observer = createObserver({ store: log, targets, clock: time.clock, newId });
  const service = createDhcpService({
    ownAddresses: () => [serverAddress],
    store,
    clock: time.clock,
    newId,
    machines,
    tracker: createBootTracker({ targets, newId }),
    observer,
    fenced: () => flags.fenced,
    clockSuspect: () => flags.clockSuspect,
    leads: () => flags.leads,
    probe: probe ?? (async () => "free"),
    scriptUrl: ({ bootId, address }) => `http://10.77.0.1:8080/boot/${bootId}/${address}/script.ipxe`,
    loaderUrl: (_place, loader) => `http://10.77.0.1:8080/loaders/${loader}`,
    // The clock of a test stands, so all that a client says falls into one window.
    messagesPerClientMax: Number.POSITIVE_INFINITY,
    ...options,
  });

  const happened = elsewhere({ log, newId, apply: service.apply });
  for (const subnet of subnets) {
    await happened(networkStream, networkCodec.write({ type: "SubnetDefined", data: { subnet } }));
  }

  const { reserve, unreserve } = reservations(happened);

  /** What the client hears, as a test wants to read it. */
  async function say(packet: DhcpPacket) {
    const reply = await service.respond(packet, wire);
    return reply ? heard(reply.packet) : "silence";
  }

  /** Types of the events of an address, oldest first. */
  async function history(address: string): Promise<readonly string[]> {
    return (await log.readStream(`address-${address}`)).map(({ type }) => type);
  }

  return {
    ...time,
    service,
    log,
    details,
    flags,
    causes,
    known,
    observer,
    happened,
    reserve,
    unreserve,
    say,
    history,
  };
}

type Happened = (stream: string, event: Omit<NewEvent, "id" | "meta">) => Promise<void>;

/** Appends as another part of the service would, and lets the DHCP service see it. */
function elsewhere(to: {
  readonly log: EventStore;
  readonly newId: () => string;
  readonly apply: (event: RecordedEvent) => void;
}): Happened {
  return async (stream, event) => {
    const id = to.newId();
    const meta = { actor: "user:ada", source: "graphql", $correlationId: id, $causationId: id };
    await to.log.append(stream, { expectedRevision: "any", events: [{ ...event, id, meta }] });
    for (const recorded of await to.log.readStream(stream)) to.apply(recorded);
  };
}

/** Reservations of addresses that nobody has. */
function reservations(happened: Happened) {
  const unused = {
    subnet: lab.name,
    status: "free",
    holder: null,
    relay: null,
    leaseSeconds: null,
    untilMs: null,
  } as const;

  return {
    reserve(address: Ipv4, key: string): Promise<void> {
      const data = { ...unused, reservedFor: ReservationKey.parse(key) };
      return happened(addressStream(address), addressCodec.write({ type: "AddressReserved", data }));
    },

    unreserve(address: Ipv4): Promise<void> {
      const data = { ...unused, reservedFor: null };
      return happened(addressStream(address), addressCodec.write({ type: "ReservationRemoved", data }));
    },
  };
}

function heard({ yiaddr, options }: DhcpPacket) {
  return {
    type: readOption(options, messageType),
    ...(yiaddr !== noAddress && { address: yiaddr }),
    ...(options.has(leaseTime.code) && { leaseSeconds: readOption(options, leaseTime) }),
    ...(options.has(bootFileName.code) && { file: readOption(options, bootFileName) }),
  };
}

export interface MessageParts {
  readonly requested?: string;
  readonly server?: string;
  readonly ciaddr?: string;
  readonly giaddr?: string;
  readonly clientId?: string;
  readonly xid?: number;
  readonly boots?: "ipxe" | "bios" | "uefi" | "uefi-http" | "arm64";
  readonly extra?: ReadonlyMap<number, Uint8Array>;
}

const bootOptions = {
  ipxe: [
    optionEntry(vendorClass, "PXEClient:Arch:00000:UNDI:002001"),
    [userClass.code, Buffer.from("iPXE")],
    optionEntry(clientArchitecture, ["x86-bios"]),
  ],
  bios: [
    optionEntry(vendorClass, "PXEClient:Arch:00000:UNDI:002001"),
    optionEntry(clientArchitecture, ["x86-bios"]),
  ],
  uefi: [
    optionEntry(vendorClass, "PXEClient:Arch:00007:UNDI:003000"),
    optionEntry(clientArchitecture, ["x64-uefi"]),
  ],
  "uefi-http": [
    optionEntry(vendorClass, "HTTPClient:Arch:00016:UNDI:003000"),
    optionEntry(clientArchitecture, ["x64-uefi-http"]),
  ],
  arm64: [
    optionEntry(vendorClass, "PXEClient:Arch:00011:UNDI:003000"),
    optionEntry(clientArchitecture, ["arm64-uefi"]),
  ],
} satisfies Record<string, readonly (readonly [number, Uint8Array])[]>;

/** A client that sends what it is told to. */
export function client(address: MacAddress) {
  return (type: MessageType, parts: MessageParts = {}): DhcpPacket => ({
    op: "request",
    hops: 0,
    xid: parts.xid ?? 1,
    secs: 0,
    broadcast: false,
    ciaddr: ip(parts.ciaddr ?? noAddress),
    yiaddr: noAddress,
    siaddr: noAddress,
    giaddr: ip(parts.giaddr ?? noAddress),
    mac: address,
    sname: "",
    file: "",
    options: new Map<number, Uint8Array>([
      optionEntry(messageType, type),
      ...(parts.clientId ? [[clientIdentifier.code, Buffer.from(parts.clientId, "hex")] as const] : []),
      ...(parts.requested ? [optionEntry(requestedAddress, ip(parts.requested))] : []),
      ...(parts.server ? [optionEntry(serverIdentifier, ip(parts.server))] : []),
      ...(parts.boots ? bootOptions[parts.boots] : []),
      ...(parts.extra ?? []),
    ]),
  });
}

export const ada = client(mac("52:54:00:77:00:01"));
export const bob = client(mac("52:54:00:77:00:02"));
export const cyd = client(mac("52:54:00:77:00:03"));

type Service = Awaited<ReturnType<typeof dhcpService>>;

/** DISCOVER, OFFER, REQUEST, ACK. Returns the address. */
export async function lease({ say }: Service, who = ada, parts: MessageParts = {}): Promise<string> {
  const offer = await say(who("discover", parts));
  if (offer === "silence" || !offer.address) throw new Error("no offer");
  const ack = await say(who("request", { ...parts, requested: offer.address, server: serverAddress }));
  if (ack === "silence" || ack.type !== "ack")
    throw new Error(`no acknowledgement of ${offer.address}: ${JSON.stringify(ack)}`);
  return offer.address;
}

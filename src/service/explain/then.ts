import { recentEvents } from "../../boot/http/recent-events.ts";
import { addressCodec, addressOf } from "../../domain/address/events.ts";
import { boundAddress, type LeasedAddress } from "../../domain/address/state.ts";
import { bootCodec, bootMacOf, bootStream } from "../../domain/boot/events.ts";
import { bootEnvironmentStream } from "../../domain/boot-environment/events.ts";
import { claimDecider, claimKind } from "../../domain/claim/decide.ts";
import { macClaimStream } from "../../domain/claim/events.ts";
import { networkStream } from "../../domain/network/events.ts";
import type { BootQuestion, ClientHints } from "../../domain/ports/boot-explainer.ts";
import type { Position, RecordedEvent } from "../../domain/ports/event-store.ts";
import { systemStream } from "../../domain/system/events.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import { type MachineId, machineStream } from "../../domain/values/machine-id.ts";
import { keysOf } from "../../domain/values/reservation-key.ts";
import { type BootTargets, createBootTargets } from "../../projections/boot-targets.ts";
import { createClockGuard } from "../clock-guard.ts";
import { longestLeaseOf } from "../memory.ts";
import { candidateStreams } from "./candidates.ts";
import { type KnownClient, knownClient, type LastRequest } from "./client.ts";
import { type LogSources, logAt, type StreamReader } from "./past-log.ts";

/** Most boot environments that are looked at. */
const environmentsMax = 200;

/** What the packet path knew of an interface, and of all that decides about it. */
export interface Then {
  readonly question: BootQuestion;
  /** What the clock said, milliseconds UTC. */
  readonly atMs: number;
  readonly log: StreamReader;
  readonly client: KnownClient;
  /** Of the interface's newest lease; `undefined`: it has none. */
  readonly lastAddress: Ipv4 | undefined;
  readonly machineId: MachineId | undefined;
  readonly targets: BootTargets;
  readonly clockSuspect: boolean;
  /** Of the network and of the client's addresses, in the order of the log. */
  readonly dhcpEvents: readonly RecordedEvent[];
}

/** Reads what the log had at the moment. Its cost: see the guide of the API. */
export async function readThen(sources: LogSources, question: BootQuestion): Promise<Then> {
  const { mac } = question;
  const atMs = question.atMs ?? timeOf(sources, question.until);
  const log = logAt(sources, question);
  const [network, system, claims, boots, environments] = await Promise.all([
    log.readStream(networkStream),
    log.readStream(systemStream),
    log.readStream(macClaimStream(mac)),
    recentEvents(log, bootStream(mac)),
    readAllOf(log, environmentStreams(sources)),
  ]);
  const machineId = holderOf(claims);
  const machine = machineId ? await log.readStream(machineStream(machineId)) : [];
  const lastRequest = lastRequestIn(boots);
  const addressesFor = (clientId: ClientHints["clientId"]) => {
    const keys = keysOfClient(mac, knownClient(question, lastRequest, clientId));
    return readAllOf(log, candidateStreams(sources, question, keys), true);
  };
  const known = await addressesFor(undefined);
  const lease = newestLease(known, mac);
  const clientId = lease?.binding.holder.clientId ?? undefined;
  // By the client id that only its lease tells, an address may be set aside for it, too.
  const addresses = clientId === undefined ? known : await addressesFor(clientId);
  const targets = createBootTargets();
  for (const event of inOrder([...network, ...system, ...environments, ...machine, ...claims])) {
    targets.apply(event);
  }
  return {
    question,
    atMs,
    log,
    client: knownClient(question, lastRequest, clientId),
    lastAddress: lease?.address,
    machineId,
    targets,
    clockSuspect: isSuspect(system, targets, atMs),
    dhcpEvents: inOrder([...network, ...addresses]),
  };
}

/** What `BootExplainer.bootedLast` says. All that is recorded of an interface is of its boots. */
export async function bootedLast(
  log: StreamReader,
  macs: readonly MacAddress[],
): Promise<MacAddress | undefined> {
  const boots = await readAllOf(log, macs.map(bootStream), true);
  const newest = inOrder(boots).at(-1);
  return newest ? bootMacOf(newest.stream) : macs[0];
}

/** When an event was recorded, milliseconds UTC. */
function timeOf({ views }: LogSources, position: Position): number {
  const ordinal = views.events.findByPosition(position)?.ordinal;
  const row = ordinal === undefined ? undefined : views.lists.events.find(ordinal);
  if (!row) throw new Error(`the index of events does not show ${position}, which was waited for`);
  return row.timeMs;
}

function keysOfClient(mac: BootQuestion["mac"], client: KnownClient) {
  const { clientId = null, firmwareUuid = null, circuitId = null, remoteId = null } = client;
  return keysOf({ mac, clientId, firmwareUuid, circuitId, remoteId });
}

function environmentStreams({ views }: Pick<LogSources, "views">): readonly string[] {
  const page = views.lists.bootEnvironments.page({ limit: environmentsMax });
  return page.map(({ row }) => bootEnvironmentStream(row.name));
}

async function readAllOf(
  log: StreamReader,
  streams: readonly string[],
  newestOnly = false,
): Promise<readonly RecordedEvent[]> {
  const read: RecordedEvent[] = [];
  for (const stream of streams) read.push(...(await log.readStream(stream, { newestOnly })));
  return read;
}

function inOrder(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  return events.toSorted((one, other) => (one.position < other.position ? -1 : 1));
}

function holderOf(claims: readonly RecordedEvent[]): MachineId | undefined {
  const claim = claims.map(claimKind.codec.read).reduce(claimDecider.evolve, claimDecider.initial);
  return claim.status === "held" ? claim.by : undefined;
}

function lastRequestIn(boots: readonly RecordedEvent[]): LastRequest | undefined {
  const recorded = boots.findLast(({ type }) => type === "PxeRequested");
  const event = recorded && bootCodec.read(recorded);
  if (event?.type !== "PxeRequested") return undefined;
  const { client, architecture, vendorClass, firmwareUuid, relay } = event.data;
  return {
    atMs: recorded?.time ?? 0,
    client,
    hints: {
      architecture: architecture ?? undefined,
      vendorClass: vendorClass ?? undefined,
      firmwareUuid: firmwareUuid ?? undefined,
      relay: relay ?? undefined,
    },
  };
}

/** The newest lease that the interface holds. */
function newestLease(addresses: readonly RecordedEvent[], mac: BootQuestion["mac"]) {
  const held = inOrder(addresses).map((event) => ({
    address: addressOf(event.stream),
    binding: boundAddress(addressCodec.read(event).data),
  }));
  return held.findLast(
    (each): each is typeof each & { readonly binding: LeasedAddress } =>
      each.binding.status === "leased" && each.binding.holder.mac === mac,
  );
}

/** As the guard of the clock has it, which is told of each event when it happened. A start makes it wait anew. */
function isSuspect(system: readonly RecordedEvent[], targets: BootTargets, atMs: number): boolean {
  let nowMs = 0;
  let step: RecordedEvent | undefined;
  const longestLeaseMs = () => longestLeaseOf(targets.network());
  const guard = createClockGuard({ clock: () => new Date(nowMs), steadyMs: () => nowMs, longestLeaseMs });
  for (const event of system) {
    nowMs = event.time;
    if (event.type === "ClockStepped") step = event;
    if (event.type === "ClockConfirmed") step = undefined;
    guard.apply(event.type === "ServiceStarted" && step ? step : event);
  }
  nowMs = atMs;
  return guard.isSuspect();
}

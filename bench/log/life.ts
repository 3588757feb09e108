import { addressCodec, addressStream } from "../../src/domain/address/events.ts";
import { bootCodec, bootStream } from "../../src/domain/boot/events.ts";
import type { DomainEvent } from "../../src/domain/event.ts";
import { machineCodec } from "../../src/domain/machine/events.ts";
import type { EventMeta, EventReader, NewEvent, Position } from "../../src/domain/ports/event-store.ts";
import { newId } from "../../src/ids.ts";
import { type FleetMachine, fleetMachine } from "../seed/fleet.ts";
import { leaseSeconds } from "../seed/life.ts";

/** Events of one stream, to be appended together. */
export interface LifeAppend {
  readonly stream: string;
  readonly events: readonly NewEvent[];
}

/** Every so many rounds of renewals a machine boots, and somebody labels it. */
const roundsPerBoot = 4;

/**
 * How the life of a seeded fleet goes on: leases are renewed, now and then a machine boots and gets another label. Each
 * event passes the gate that the service writes through. Ends with `events` events.
 *
 * @param machines ids of machines of the fleet, whose labels change
 */
export function* lifeOf(
  fleet: number,
  { events, machines }: { readonly events: number; readonly machines: readonly string[] },
): Generator<LifeAppend> {
  let made = 0;
  for (let round = 0; ; round++) {
    for (let index = 0; index < fleet; index++) {
      for (const append of dayOf(index, { round, machines })) {
        if (made === events) return;
        made += append.events.length;
        yield append;
      }
    }
  }
}

interface Day {
  readonly round: number;
  readonly machines: readonly string[];
}

function* dayOf(index: number, { round, machines }: Day): Generator<LifeAppend> {
  const machine = fleetMachine(index);
  const client = `client:${machine.mac}`;
  yield one(addressStream(machine.address), client, addressCodec.write(renewal(machine, round)));
  if ((index + round) % roundsPerBoot !== 0) return;
  yield one(bootStream(machine.mac), client, bootCodec.write(request(machine)));
  const stream = machines[index % machines.length];
  if (stream === undefined) return;
  const set = { kernel: `6.${round % 20}` };
  const labelled = machineCodec.write({ type: "LabelsChanged", data: { set, removed: [] } } as LabelsChanged);
  yield one(stream, "user:bench", labelled);
}

type LabelsChanged = Extract<Parameters<typeof machineCodec.write>[0], { type: "LabelsChanged" }>;
type LeaseRenewed = Extract<Parameters<typeof addressCodec.write>[0], { type: "LeaseRenewed" }>;
type PxeRequested = Extract<Parameters<typeof bootCodec.write>[0], { type: "PxeRequested" }>;

function renewal({ mac, subnet }: FleetMachine, round: number): LeaseRenewed {
  const holder = { mac, clientId: null, hostname: null };
  // Each renewal moves the end of the lease.
  const untilMs = Date.now() + 1_000 * (leaseSeconds + round);
  const data = { holder, leaseSeconds, relay: null, reservedFor: null, status: "leased", subnet, untilMs };
  return { type: "LeaseRenewed", data } as LeaseRenewed;
}

function request({ architecture }: FleetMachine): PxeRequested {
  const data = {
    client: "firmware",
    architecture,
    vendorClass: "PXEClient",
    firmwareUuid: null,
    relay: null,
  } as const;
  return { type: "PxeRequested", data };
}

function one(stream: string, actor: string, event: DomainEvent & { readonly schema: number }): LifeAppend {
  const id = newId();
  const meta: EventMeta = { actor, source: "bench", $correlationId: id, $causationId: id };
  return { stream, events: [{ ...event, id, meta }] };
}

/** Streams of the machines in the log, in the order in which they were discovered. */
export async function machineStreams(reader: EventReader): Promise<readonly string[]> {
  const streams: string[] = [];
  let after: Position | undefined;
  for (;;) {
    const filter = { types: ["MachineDiscovered"] };
    const page = await reader.readAll({ after, limit: 1_000, filter });
    for (const { stream } of page.events) streams.push(stream);
    after = page.position;
    if (page.caughtUp) return streams;
  }
}

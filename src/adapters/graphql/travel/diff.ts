import { setImmediate as nextTurn } from "node:timers/promises";
import { addressStream } from "../../../domain/address/events.ts";
import { networkStream } from "../../../domain/network/events.ts";
import type { Subnet } from "../../../domain/network/subnet.ts";
import type { RecordedEvent } from "../../../domain/ports/event-store.ts";
import { cidrContains, type Ipv4 } from "../../../domain/values/ipv4.ts";
import { type MachineId, machineStream } from "../../../domain/values/machine-id.ts";
import type { DiffSubject } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { forbidden } from "../guard/forbidden.ts";
import type { DiffModel, Past } from "../models.ts";
import { subjectsAlong } from "../plan/subjects.ts";
import { machineIdOf } from "../resolvers/machine-reference.ts";
import { type CausedChange, causedChanges } from "./caused-changes.ts";

/** Most values that a diff tells. */
const diffChangesMax = 1_000;
/** Most events that a diff of many things looks at to find what changed. */
const diffEventsMax = 10_000;

/** Streams of things that a diff of everything tells. */
const toldCategories = ["machine", "network", "bootenv"];

interface Stretch {
  readonly from: Past;
  readonly to: Past;
}

interface Asked extends Stretch {
  /** `undefined`: everything. */
  readonly of: DiffSubject | undefined;
}

/** The streams of a diff. */
interface Found {
  readonly streams: readonly string[];
  /** Whether these are all. */
  readonly whole: boolean;
  /** The one thing of them that is meant. (Default: all) */
  readonly subject?: string;
}

/**
 * What is different between two moments, of what the caller sees.
 *
 * @throws GraphQLError `INPUT_INVALID`, `FORBIDDEN`
 */
export async function diffOf(asked: Asked, context: GraphqlContext): Promise<DiffModel> {
  const { of, from, to } = asked;
  const { log, signal } = context;
  if (to.ordinal < from.ordinal) {
    throw apiError("INPUT_INVALID", "`to` is before `from`: turn them around", { field: "to" });
  }
  const { streams, whole, subject } = of
    ? await streamsMeant(of, asked, context)
    : streamsChanged(asked, toldCategories, context);
  const changes: CausedChange[] = [];
  for (const stream of streams) {
    // Each is some milliseconds of work, and others want the thread too.
    await nextTurn();
    if (signal.aborted) break;
    const events = await log.readStream(stream);
    const told = causedChanges(stream, events, { from: from.position, to: to.position });
    changes.push(...told.filter((change) => subject === undefined || change.subject === subject));
    if (changes.length > diffChangesMax) break;
  }
  // Whoever is gone is told nothing.
  const isWhole = whole && changes.length <= diffChangesMax && !signal.aborted;
  return { from, to, changes: changes.slice(0, diffChangesMax), truncated: !isWhole };
}

/**
 * That the caller may ask for this diff at all. Asked before the question is read.
 *
 * @throws GraphQLError `FORBIDDEN`
 */
export function needDiff(of: DiffSubject | undefined, { sight }: Pick<GraphqlContext, "sight">): void {
  sight.need(of?.machine === undefined ? "network" : "machines");
  if (!of) sight.need("environments");
  if (!of || of.machine !== undefined) return;
  // Whose address it was changes, and with it who may see that.
  if (of.subnet === undefined && sight.reach("leases") !== "all")
    throw forbidden("leases:read", "on every machine");
  // The events of a network are no machine's.
  if (sight.reach("events") !== "all") throw forbidden("events:read", "on every machine");
}

async function streamsMeant(of: DiffSubject, stretch: Stretch, context: GraphqlContext): Promise<Found> {
  if (of.machine !== undefined) return { streams: [machineMeant(of.machine, context)], whole: true };
  if (of.address !== undefined) return { streams: [addressStream(of.address)], whole: true };
  const name = of.subnet ?? of.leasesOf;
  const network = await context.log.readStream(networkStream);
  const subnet = subnetIn(network, name, stretch.to);
  if (of.leasesOf === undefined) {
    return { streams: [networkStream], whole: true, subject: `subnet/${name}` };
  }
  const { streams, whole } = streamsChanged(stretch, ["address"], context);
  const isWithin = (stream: string) => cidrContains(subnet.cidr, stream.slice("address-".length) as Ipv4);
  return { streams: streams.filter(isWithin), whole };
}

/** Its stream. What the caller does not see is not there. */
function machineMeant(machine: string, { views, sight }: GraphqlContext): string {
  const id = machineIdOf(machine);
  if (id && isSeen(id, sight) && views.machines.find(id)) return machineStream(id);
  throw apiError("INPUT_INVALID", "you see no machine of this id: look it up with `machines`", {
    field: "of",
  });
}

/** As it was last, until a moment. */
function subnetIn(network: readonly RecordedEvent[], name: string | undefined, { position }: Past): Subnet {
  const until = network.filter((event) => event.position <= position);
  const subject = `subnet/${name}`;
  const found = subjectsAlong(networkStream, until, 0).findLast((subjects) => subjects.has(subject));
  if (found) return found.get(subject) as Subnet;
  throw apiError("INPUT_INVALID", `there was no subnet ${name} until then: look it up with \`subnets\``, {
    field: "of",
  });
}

/** The streams of some categories with events between the two, as the index of events knows them. */
function streamsChanged(
  { from, to }: Stretch,
  categories: readonly string[],
  { views, sight }: GraphqlContext,
): Found {
  const where = {
    all: [
      { column: "position", from: from.ordinal + 1, below: to.ordinal + 1 },
      { column: "category", in: categories },
    ],
  };
  const orderBy = { column: "position", descending: false };
  const found = views.lists.events.page({ where, orderBy, limit: diffEventsMax });
  const streams = new Set(found.map(({ row: { stream } }) => stream));
  const seen = [...streams].filter(
    (stream) => !stream.startsWith("machine-") || isSeen(stream.slice("machine-".length) as MachineId, sight),
  );
  return { streams: seen, whole: found.length < diffEventsMax };
}

/** A diff tells what the machine was and what happened to it. */
function isSeen(id: MachineId, sight: GraphqlContext["sight"]): boolean {
  return sight.sees("machines", id) && sight.sees("events", id);
}

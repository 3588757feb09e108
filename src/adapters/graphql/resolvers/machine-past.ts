import { claimKind } from "../../../domain/claim/decide.ts";
import { macClaimStream, nameClaimStream } from "../../../domain/claim/events.ts";
import { machineAfter } from "../../../domain/machine/snapshot.ts";
import type { RecordedEvent } from "../../../domain/ports/event-store.ts";
import { type MachineId, machineStream } from "../../../domain/values/machine-id.ts";
import { MachineName } from "../../../domain/values/slug.ts";
import { type RunRow, runs } from "../../../projections/views/runs.ts";
import type { Moment } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { MachineModel, Past } from "../models.ts";
import { pastOf } from "../positions.ts";
import { type MachineReference, machineById, machineIdOf } from "./machine-reference.ts";

/** A machine as it was, folded from its stream; `undefined` when it was not there yet. */
export async function pastMachine(
  reference: MachineReference,
  moment: Moment,
  context: GraphqlContext,
): Promise<MachineModel | undefined> {
  const past = await pastOf(context, moment);
  return past && machineAsOf(reference, past, context);
}

/** The same at a place in the log. */
export async function machineAsOf(
  reference: MachineReference,
  past: Past,
  context: GraphqlContext,
): Promise<MachineModel | undefined> {
  const id = await idThen(reference, past, context);
  // Whoever sees the machine's runs or events may read its stream, and does not see the machine by that.
  if (!id || !context.sight.sees("machines", id)) return undefined;
  const snapshot = machineAfter(await streamUntil(machineStream(id), past, context));
  if (!snapshot) return undefined;
  // A name that a machine gave up stays claimed for it, and was not its name any more.
  if ("name" in reference && snapshot.name !== reference.name) return undefined;
  return { snapshot, past };
}

/** A machine as it was at a moment, or as it is now. */
export async function machineThen(
  reference: { readonly id: MachineId },
  past: Past | undefined,
  context: GraphqlContext,
): Promise<MachineModel | null> {
  if (!past) return machineById(reference.id, context);
  return (await machineAsOf(reference, past, context)) ?? null;
}

/** The machine's runs as they were, newest first. The present view tells their places in the log. */
export async function pastRuns(
  machineId: MachineId,
  past: Past,
  context: GraphqlContext,
): Promise<readonly RunRow[]> {
  context.sight.need("runs");
  if (!context.sight.sees("runs", machineId)) return [];
  const rows = new Map<string, RunRow>();
  const tables = {
    run: {
      get: (id: string | number) => rows.get(String(id)),
      put: (row: RunRow) => void rows.set(row.id, row),
      delete: (id: string | number) => void rows.delete(String(id)),
    },
    // Boots are read from the present view, up to the moment: they do not change afterwards.
    boot: { insert: () => undefined },
    cause: unread,
    facts: unread,
    label: unread,
    tally: { count: () => undefined },
  };
  for (const event of await streamUntil(machineStream(machineId), past, context)) {
    runs.apply(event, tables, context.views.events.findByPosition(event.position)?.ordinal ?? 0);
  }
  return [...rows.values()].reverse();
}

/** A table of the view whose rows nobody looks at here. */
const unread = { get: () => undefined, put: () => undefined, delete: () => undefined };

/** Who the reference meant then: names and interfaces pass from machine to machine. */
async function idThen(
  reference: MachineReference,
  past: Past,
  context: GraphqlContext,
): Promise<MachineId | undefined> {
  if ("id" in reference) return machineIdOf(reference.id);
  const stream = claimStreamOf(reference);
  if (!stream) return undefined;
  const { codec, decider } = claimKind;
  const events = await streamUntil(stream, past, context);
  const claim = events.map(codec.read).reduce(decider.evolve, decider.initial);
  return claim.status === "held" ? claim.by : undefined;
}

function claimStreamOf(reference: Exclude<MachineReference, { id: string }>): string | undefined {
  if ("mac" in reference) return macClaimStream(reference.mac);
  const name = MachineName.safeParse(reference.name).data;
  return name && nameClaimStream(name);
}

async function streamUntil(
  stream: string,
  past: Past,
  { log }: Pick<GraphqlContext, "log">,
): Promise<readonly RecordedEvent[]> {
  const events = await log.readStream(stream);
  return events.filter(({ position }) => position <= past.position);
}

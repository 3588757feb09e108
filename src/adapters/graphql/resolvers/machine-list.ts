import type { MachineSnapshot } from "../../../domain/machine/snapshot.ts";
import type { MachineId } from "../../../domain/values/machine-id.ts";
import type { Condition } from "../../../projections/query/condition.ts";
import { fleet } from "../../../projections/views/fleet.ts";
import type { FleetRow } from "../../../projections/views/fleet-tables.ts";
import { machines } from "../../../projections/views/machines.ts";
import type { GraphqlContext } from "../context.ts";
import type { MachineConnectionModel } from "../list-models.ts";
import {
  type ListArguments,
  type Listed,
  type Listing,
  readConnection,
  readConnectionThen,
} from "../listing/connection.ts";
import type { MachineModel, Past } from "../models.ts";
import { withNodes } from "../page.ts";
import { machineAsOf } from "./machine-past.ts";
import { present } from "./machine-reference.ts";
import { architectureNames, firmwareNames, machineStateNames } from "./names.ts";

const machineListing: Listing = {
  type: "Machine",
  names: { state: machineStateNames, architecture: architectureNames, firmware: firmwareNames },
  nodes: { machineId: "Machine" },
};

/** Machines that are looked up at once. A condition takes twice as many values. */
const idsAtOnce = 250;

/** The machines that the caller may see. */
export function listedMachines({ views, clock }: Pick<GraphqlContext, "views" | "clock">): Listed<FleetRow> {
  return { collection: views.lists.machines, listing: machineListing, nowMs: clock().getTime() };
}

/** A page of machines. @throws as `readConnection` */
export async function machinePage(
  args: ListArguments,
  context: GraphqlContext,
): Promise<MachineConnectionModel> {
  const page = readConnection(listedMachines(context), args);
  return withNodes(page, await modelsOf(page.nodes, context));
}

/** A page of the machines of a moment. @throws as `readConnection` */
export async function pastMachinePage(
  args: ListArguments,
  past: Past,
  context: GraphqlContext,
): Promise<MachineConnectionModel> {
  const page = await readConnectionThen(context.pastLists(past).machines(), listedMachines(context), args);
  return withNodes(page, await Promise.all(page.nodes.map(({ id }) => machineOfRow(id, past, context))));
}

async function machineOfRow(id: MachineId, past: Past, context: GraphqlContext): Promise<MachineModel> {
  const model = await machineAsOf({ id }, past, context);
  if (!model) throw new Error(`the view of ${past.position} has machine ${id}, and the log has not`);
  return model;
}

/** Those of some machines that the caller may see and that meet a condition, by their ids. */
export async function machinesAmong(
  ids: readonly string[],
  where: Condition | undefined,
  context: GraphqlContext,
): Promise<ReadonlyMap<string, MachineModel>> {
  const { collection } = listedMachines(context);
  const rows: FleetRow[] = [];
  for (let from = 0; from < ids.length; from += idsAtOnce) {
    const some = { column: "machineId", in: ids.slice(from, from + idsAtOnce) };
    const found = collection.page({ where: where ? { all: [some, where] } : some, limit: idsAtOnce });
    rows.push(...found.map(({ row }) => row));
  }
  const models = await modelsOf(rows, context);
  return new Map(models.map((model) => [model.snapshot.id, model]));
}

/**
 * The machines of these rows, one for each. What is looked for is in one view and the rest in another, which may be
 * a moment behind.
 */
async function modelsOf(
  rows: readonly FleetRow[],
  { views, waitMs }: GraphqlContext,
): Promise<readonly MachineModel[]> {
  const found = rows.map((row) => modelOf(row, views.machines.find(row.id)));
  if (!found.includes(undefined)) return found.filter((model) => model !== undefined);
  const shown = views.projector.status().find(({ view }) => view === fleet.name)?.position;
  if (shown) await views.projector.waitFor(shown, { timeoutMs: waitMs, view: machines.name });
  return rows.map((row) => {
    const model = modelOf(row, views.machines.find(row.id));
    if (!model) throw new Error(`the view ${machines.name} lacks machine ${row.id}`);
    return model;
  });
}

function modelOf({ seenAtMs }: FleetRow, snapshot: MachineSnapshot | undefined): MachineModel | undefined {
  return snapshot && { ...present(snapshot), seenAtMs };
}

import { ask, startApi, type TestApi } from "../support/api.ts";
import { command, discover, inspect } from "../support/machines.ts";

interface Machines {
  readonly nodes: readonly {
    readonly machineId: string;
    readonly state: string;
    readonly changedAt: string;
  }[];
  readonly pageInfo: Record<"hasNextPage" | "hasPreviousPage", boolean> &
    Record<"startCursor" | "endCursor", string>;
  readonly totalCount: number;
}

/** Lists machines with every argument that there is. */
export const machinesQuery = `query (
  $first: Int, $after: String, $last: Int, $before: String, $filter: MachineFilter, $search: String
  $orderBy: MachineOrder = { field: MACHINE_ID }, $minPosition: EventPosition
) {
  machines(
    first: $first, after: $after, last: $last, before: $before, filter: $filter, search: $search
    orderBy: $orderBy, minPosition: $minPosition
  ) {
    nodes { machineId state changedAt } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

/** Lists machines with these arguments. */
export async function machines(api: TestApi, args: object = {}): Promise<Machines> {
  return (await ask(api, machinesQuery, args)).machines;
}

/** Their ids, in the order of the page. */
export const idsOf = ({ nodes }: Machines) => nodes.map(({ machineId }) => machineId);

/** Five machines, in the order in which they were discovered; the second and fourth are ready. */
export async function fiveMachines() {
  const api = await startApi();
  const ids: string[] = [];
  for (let number = 1; number <= 5; number++) {
    const id = await (number % 2 === 0 ? inspect : discover)(api.store, number);
    if (number % 2 === 0) await command(api.store, id, { type: "ApproveMachine" });
    ids.push(id);
  }
  const label = async (index: number, set: Record<string, string>) => {
    const id = ids[index] as Parameters<typeof command>[1];
    await command(api.store, id, { type: "LabelMachine", set, remove: [] });
  };
  await label(0, { rack: "r1" });
  await label(1, { rack: "r1", lab: "" });
  await label(2, { rack: "r2" });
  return { api, ids };
}

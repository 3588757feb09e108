import type { MachineSnapshot } from "../../../domain/machine/snapshot.ts";
import { MachineId } from "../../../domain/values/machine-id.ts";
import type { MachineFilter, MachineResolvers, QueryResolvers } from "../__generated__/resolvers.ts";
import type { MachineModel } from "../models.ts";
import { nodeId } from "../node-id.ts";
import { type Paging, readPage } from "../page.ts";
import { shown } from "../positions.ts";
import { pastMachine } from "./machine-past.ts";
import { findNow, type MachineReference, present, referenceOf } from "./machine-reference.ts";
import { architectureNames, machineStateNames, wordOf } from "./names.ts";
import { runOfMachine, runsOfMachine } from "./run.ts";
import { timelineOfMachine } from "./timeline.ts";

const paging: Paging<MachineModel, MachineId> = {
  type: "MachineConnection",
  keyOf: ({ snapshot }) => snapshot.id,
  isKey: (value): value is MachineId => MachineId.safeParse(value).success,
};

export const machineQueries: Pick<QueryResolvers, "machine" | "machines"> = {
  async machine(_root, args, context) {
    const reference = referenceOf(args);
    await shown(context, args.minPosition);
    if (args.at) return (await pastMachine(reference, args.at, context)) ?? null;
    const snapshot = findNow(reference, context);
    return snapshot ? present(snapshot) : null;
  },

  async machines(_root, { minPosition, filter, ...page }, context) {
    await shown(context, minPosition);
    const states = filter?.states?.map((state) => wordOf(machineStateNames, state));
    const references = referencesOf(filter ?? {});
    if (references.length > 0) {
      const found = meantByAll(references.map((reference) => findNow(reference, context)));
      const wanted = found && (states?.includes(found.state) ?? true) ? [present(found)] : [];
      return readPage(paging, page, ({ after }) =>
        wanted.filter(({ snapshot }) => !after || snapshot.id > after),
      );
    }
    return readPage(paging, page, ({ first, after }) =>
      context.views.machines
        .list({ limit: first, ...(states && { states }), ...(after && { after }) })
        .map(present),
    );
  },
};

export const Machine: MachineResolvers = {
  id: ({ snapshot }) => nodeId("Machine", snapshot.id),
  machineId: ({ snapshot }) => snapshot.id,
  name: ({ snapshot }) => snapshot.name,
  state: ({ snapshot }) => machineStateNames[snapshot.state],
  failure: ({ snapshot }) => snapshot.failure,
  locked: ({ snapshot }) => snapshot.locked,
  architecture: ({ snapshot }) => snapshot.architecture && architectureNames[snapshot.architecture],
  macs: ({ snapshot }) => snapshot.macs,
  inventory: ({ snapshot }) => snapshot.inventory,
  run: (machine, _args, context) => runOfMachine(machine, context),
  runs: (machine, page, context) => runsOfMachine(machine, page, context),
  timeline: (machine, page, context) => timelineOfMachine(machine, page, context),
  revision: ({ snapshot }) => snapshot.revision,
  position: ({ snapshot }) => snapshot.position,
  discoveredAt: ({ snapshot }) => snapshot.discoveredAtMs,
  changedAt: ({ snapshot }) => snapshot.changedAtMs,
};

/** The conditions that name one machine. */
function referencesOf({ mac, name }: MachineFilter): readonly MachineReference[] {
  return [...(mac ? [{ mac }] : []), ...(name ? [{ name }] : [])];
}

/** The machine that all conditions found; `undefined` when one found none, or another one. */
function meantByAll(found: readonly (MachineSnapshot | undefined)[]): MachineSnapshot | undefined {
  const [first] = found;
  return first && found.every((each) => each?.id === first.id) ? first : undefined;
}

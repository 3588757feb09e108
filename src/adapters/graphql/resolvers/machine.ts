import type { MachineResolvers, QueryResolvers } from "../__generated__/resolvers.ts";
import { nodeId } from "../node-id.ts";
import { shown, thenOf } from "../positions.ts";
import { addressesOfMachine, addressesThen, interfacesOfMachine } from "./interface.ts";
import { machinePage, pastMachinePage } from "./machine-list.ts";
import { pastMachine } from "./machine-past.ts";
import { findNow, present, referenceOf } from "./machine-reference.ts";
import { architectureNames, machineStateNames } from "./names.ts";
import { runOfMachine, runsOfMachine } from "./run.ts";
import { timelineOfMachine } from "./timeline.ts";

export const machineQueries: Pick<QueryResolvers, "machine" | "machines"> = {
  async machine(_root, args, context) {
    const reference = referenceOf(args);
    await shown(context, args.minPosition);
    if (args.at) return (await pastMachine(reference, args.at, context)) ?? null;
    const snapshot = findNow(reference, context);
    return snapshot ? present(snapshot) : null;
  },

  async machines(_root, { minPosition, at, ...args }, context) {
    await shown(context, minPosition);
    const past = await thenOf(context, at);
    return past ? pastMachinePage(args, past, context) : machinePage(args, context);
  },
};

/** When it was seen last is known of now alone: a look at the past has none of it. */
export const Machine: MachineResolvers = {
  id: ({ snapshot }) => nodeId("Machine", snapshot.id),
  machineId: ({ snapshot }) => snapshot.id,
  name: ({ snapshot }) => snapshot.name,
  state: ({ snapshot }) => machineStateNames[snapshot.state],
  failure: ({ snapshot }) => snapshot.failure,
  locked: ({ snapshot }) => snapshot.locked,
  architecture: ({ snapshot }) => snapshot.architecture && architectureNames[snapshot.architecture],
  labels: ({ snapshot }) =>
    Object.entries(snapshot.labels)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, value]) => ({ key, value })),
  label: ({ snapshot: { labels } }, { key }) => (Object.hasOwn(labels, key) ? (labels[key] ?? null) : null),
  params: ({ snapshot }) => snapshot.params,
  dhcpOptions: ({ snapshot }) => snapshot.dhcpOptions,
  macs: ({ snapshot }) => snapshot.macs,
  interfaces: interfacesOfMachine,
  addresses: async ({ snapshot, past }, _args, context) =>
    past ? addressesThen(snapshot, past, context) : ((await addressesOfMachine(snapshot.id, context)) ?? []),
  inventory: ({ snapshot }) => snapshot.inventory,
  run: (machine, _args, context) => runOfMachine(machine, context),
  discoveryIntent({ snapshot: { discoveryIntent } }) {
    if (!discoveryIntent) return null;
    const { run: runId, setAtMs: setAt, environment, version, servings } = discoveryIntent;
    return { runId, environment, version, servings, setAt };
  },
  runs: (machine, page, context) => runsOfMachine(machine, page, context),
  timeline: (machine, page, context) => timelineOfMachine(machine, page, context),
  revision: ({ snapshot }) => snapshot.revision,
  position: ({ snapshot }) => snapshot.position,
  registeredAt: ({ snapshot }) => snapshot.registeredAtMs,
  discoveredAt: ({ snapshot }) => snapshot.discoveredAtMs,
  changedAt: ({ snapshot }) => snapshot.changedAtMs,
  seenAt({ snapshot, past, seenAtMs }, _args, { views }) {
    if (past) return null;
    return seenAtMs === undefined ? (views.lists.machines.find(snapshot.id)?.seenAtMs ?? null) : seenAtMs;
  },
};

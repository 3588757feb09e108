import type { ClientHints } from "../../../domain/ports/boot-explainer.ts";
import type { MacAddress } from "../../../domain/values/mac-address.ts";
import type { MachineId } from "../../../domain/values/machine-id.ts";
import type { Moment } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import { apiError } from "../errors.ts";
import { forbidden } from "../guard/forbidden.ts";
import type { BootDecisionModel, MachineModel } from "../models.ts";
import { pastOf } from "../positions.ts";
import { pastMachine } from "../resolvers/machine-past.ts";
import { findNow, type MachineReference, present } from "../resolvers/machine-reference.ts";

/** Which interface, and when. */
export interface Asked {
  readonly interface: { readonly mac: MacAddress } | { readonly machineId: string };
  /** `undefined`: now. */
  readonly at: Moment | undefined;
  readonly client: ClientHints;
}

/**
 * That the caller may ask at all: a decision tells of the machine, of the network, and which address is the client's.
 * Asked before the question is read, so that whoever may not ask learns nothing of what is wrong with it.
 *
 * @throws GraphQLError `FORBIDDEN`
 */
export function needExplaining({ sight }: Pick<GraphqlContext, "sight">): void {
  for (const kind of ["machines", "network", "leases"] as const) sight.need(kind);
}

/**
 * What one interface hears when it boots; `undefined` when there is no such machine, the log began later, or the
 * machine is none that the caller sees, with its leases. Whoever sees some machines only is told nothing of an
 * interface of none.
 *
 * @throws GraphQLError `FORBIDDEN`, `INPUT_INVALID`, `PROJECTION_BEHIND`
 * @throws EventStoreError `POSITION_UNKNOWN`
 */
export async function explainBoot(
  { interface: meant, at, client }: Asked,
  context: GraphqlContext,
): Promise<BootDecisionModel | undefined> {
  const { sight, bootExplainer, clock } = context;
  needExplaining(context);
  if (namesOthers(client) && sight.reach("leases") !== "all")
    throw forbidden("leases:read", "on every machine");
  const until = at ? (await pastOf(context, at))?.position : await context.log.head();
  if (until === undefined) return undefined;
  const machine = await machineThen("mac" in meant ? meant : { id: meant.machineId }, at, context);
  const isSeen = (id: MachineId | null) => sight.sees("machines", id) && sight.sees("leases", id);
  if (!isSeen(machine?.snapshot.id ?? null)) return undefined;
  const moment = { until, isNow: at === undefined };
  const mac =
    "mac" in meant ? meant.mac : await bootExplainer.bootedLast(machine?.snapshot.macs ?? [], moment);
  if (mac === undefined) return undefined;

  const atMs = at ? at.time : clock().getTime();
  const explained = await bootExplainer.explain({ mac, atMs, client, ...moment });
  const { machineId } = explained;
  // The log may know of a machine that the views do not show yet, or of one that has the interface of a retired one.
  if (!isSeen(machineId)) return undefined;
  if (machineId === null) return { explained, machine: undefined };
  const isMeant = machineId === machine?.snapshot.id;
  return { explained, machine: isMeant ? machine : await machineThen({ id: machineId }, at, context) };
}

/** Whether what is said is what reservations go by: of another client, they would be told. */
function namesOthers({ clientId, firmwareUuid, circuitId, remoteId }: ClientHints): boolean {
  return [clientId, firmwareUuid, circuitId, remoteId].some((identity) => identity !== undefined);
}

async function machineThen(
  reference: MachineReference,
  at: Moment | undefined,
  context: GraphqlContext,
): Promise<MachineModel | undefined> {
  if (at) return pastMachine(reference, at, context);
  const snapshot = findNow(reference, context);
  return snapshot && present(snapshot);
}

/** @throws GraphQLError `INPUT_INVALID` unless exactly one of them is given */
export function interfaceOf(
  mac: MacAddress | null | undefined,
  machineId: string | null | undefined,
): Asked["interface"] {
  if (mac && !machineId) return { mac };
  if (machineId && !mac) return { machineId };
  throw apiError("INPUT_INVALID", "give exactly one of mac and machineId");
}

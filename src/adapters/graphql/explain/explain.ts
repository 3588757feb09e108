import type { ClientHints } from "../../../domain/ports/boot-explainer.ts";
import type { MacAddress } from "../../../domain/values/mac-address.ts";
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
 * What one interface hears when it boots; `undefined` when there is no such machine, the log began later, or the
 * machine is none that the caller sees. Whoever sees some machines only is told nothing of an interface of none.
 *
 * @throws GraphQLError `FORBIDDEN`, `INPUT_INVALID`, `PROJECTION_BEHIND`
 * @throws EventStoreError `POSITION_UNKNOWN`
 */
export async function explainBoot(
  { interface: meant, at, client }: Asked,
  context: GraphqlContext,
): Promise<BootDecisionModel | undefined> {
  const { sight, bootExplainer, clock } = context;
  sight.need("machines");
  sight.need("network");
  if (namesOthers(client) && sight.reach("leases") !== "all")
    throw forbidden("leases:read", "on every machine");
  const until = at ? (await pastOf(context, at))?.position : await context.log.head();
  if (until === undefined) return undefined;
  const machine = await machineThen("mac" in meant ? meant : { id: meant.machineId }, at, context);
  const mac = "mac" in meant ? meant.mac : machine?.snapshot.macs[0];
  if (mac === undefined) return undefined;
  const isSeen = (id: string | null) => sight.reach("machines") === "all" || sight.sees("machines", id);
  if (!isSeen(machine?.snapshot.id ?? null)) return undefined;

  const atMs = at ? at.time : clock().getTime();
  const explained = await bootExplainer.explain({ mac, until, atMs, isNow: at === undefined, client });
  // The log may know of a machine that the views do not show yet.
  return isSeen(explained.machineId) ? { explained, machine } : undefined;
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

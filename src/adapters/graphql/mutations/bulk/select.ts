import { z } from "zod";
import { bulkMachinesMax } from "../../../../domain/bulk/events.ts";
import type { MachineId } from "../../../../domain/values/machine-id.ts";
import type { Key } from "../../../../projections/query/collection.ts";
import type { GraphqlContext } from "../../context.ts";
import { whereOf } from "../../listing/connection.ts";
import { shown } from "../../positions.ts";
import { listedMachines } from "../../resolvers/machine-list.ts";
import { MachineReference, optional } from "../fields.ts";

/** Machines read at a time. */
const pageMax = 1_000;

/** Longest condition that is recorded, characters of JSON. */
const recordedCharactersMax = 16_384;

const Match = z
  .object({ filter: optional(z.record(z.string(), z.unknown())), search: optional(z.string()) })
  .refine((match) => JSON.stringify(match).length <= recordedCharactersMax, {
    error: `the conditions have more than ${recordedCharactersMax} characters: say it more briefly`,
  });

/** Which machines, as the schema says it. GraphQL saw to it that it is one of the two. */
export const MachineSelector = z.object({
  machineIds: optional(z.array(MachineReference).min(1).max(bulkMachinesMax)),
  matching: optional(Match),
});
type MachineSelector = z.infer<typeof MachineSelector>;

/** The selector as it is recorded: machines that were named stand beside it anyway. */
export function recordedSelector({ machineIds, matching }: MachineSelector): string {
  return JSON.stringify(machineIds ? { machineIds: machineIds.length } : { matching: matching ?? {} });
}

/**
 * The machines that are meant, each once; one more than a bulk change may be about when there are more. Machines
 * that were named need not exist: each answers for itself.
 *
 * @throws GraphQLError `INPUT_INVALID` for a filter or search that means nothing, `PROJECTION_BEHIND`
 */
export async function selectMachines(
  { machineIds, matching }: MachineSelector,
  context: GraphqlContext,
): Promise<readonly MachineId[]> {
  if (machineIds) return [...new Set(machineIds)];
  // Whoever labelled machines a moment ago means them too.
  await shown(context, await context.log.head());
  const listed = listedMachines(context);
  const where = whereOf(listed, matching ?? {});
  const found: MachineId[] = [];
  let after: Key | undefined;
  while (found.length <= bulkMachinesMax) {
    const page = listed.collection.page({ where, after, limit: pageMax });
    found.push(...page.map(({ row }) => row.id));
    after = page.at(-1)?.key;
    if (page.length < pageMax) break;
  }
  return found;
}

import type { LogPage } from "../../../domain/ports/event-store.ts";
import type { Condition } from "../../../projections/query/condition.ts";
import type { SubscriptionMachineChangedArgs } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import { apiError } from "../errors.ts";
import type { MachineChangeModel } from "../list-models.ts";
import { whereOf } from "../listing/connection.ts";
import type { MachineModel } from "../models.ts";
import { listedMachines, machinesAmong } from "../resolvers/machine-list.ts";
import { machineIdOf } from "../resolvers/machine-reference.ts";
import { type Change, changesIn } from "./changes.ts";
import { type FeedItem, feed } from "./feed.ts";
import { skipBeyond, stateLagMax } from "./lag.ts";
import { Membership, rememberedMax } from "./membership.ts";
import { machineIdIn } from "./subject.ts";
import { viewsShow } from "./views-show.ts";

/** Machines that may be named by `ids`. */
const idsMax = 1_000;

/** Follows machines as they change. Its first pull may be refused: `INPUT_INVALID`. */
export function machineFeed(
  { after, filter, search, ids }: SubscriptionMachineChangedArgs,
  context: GraphqlContext,
): AsyncIterableIterator<FeedItem<MachineChangeModel>> {
  return feed({ ...context, log: context.changeLog }, async () => {
    const where = whereOf(listedMachines(context), { filter, search });
    const changes = machineChanges({ where, wanted: ids ? idSet(ids) : undefined }, context);
    return {
      after: after ?? (await context.log.head()),
      // A machine changes by its own events, and by the leases and boots of its interfaces.
      filter: { categories: ["machine", "address", "boot"] },
      show: async (page) => ({ items: await changes(page) }),
      skipTo: skipBeyond(stateLagMax, context),
    };
  });
}

function idSet(ids: readonly string[]): ReadonlySet<string> {
  if (ids.length > idsMax) {
    throw apiError("INPUT_INVALID", `ids has ${ids.length} machines: name at most ${idsMax}`, {
      field: "ids",
    });
  }
  // What is no id of a machine names none.
  return new Set(ids.map(machineIdOf).filter((id) => id !== undefined));
}

interface Wanted {
  readonly where: Condition | undefined;
  /** Only these; `undefined`: any. */
  readonly wanted: ReadonlySet<string> | undefined;
}

/** What the pages of one feed change, page by page. */
function machineChanges(
  { where, wanted }: Wanted,
  context: GraphqlContext,
): (page: LogPage) => Promise<readonly MachineChangeModel[]> {
  const members = new Membership();
  let begun = where === undefined;

  /** Learns who meets the conditions, once the feed has come to the end of the log. */
  async function begin(): Promise<void> {
    begun = true;
    const found = listedMachines(context).collection.page({ where, limit: rememberedMax + 1 });
    // The view may show what the feed has not come to yet.
    const until = await context.log.head();
    if (until !== undefined) members.begin(new Set(found.map(({ row }) => row.id)), until);
  }

  /** `left`: those that the caller may see, and that do not meet the conditions. */
  async function changesOf(changes: ReadonlyMap<string, Change>): Promise<readonly MachineChangeModel[]> {
    const ids = [...changes.keys()];
    const matching = await machinesAmong(ids, where, context);
    const rest = ids.filter((id) => !matching.has(id));
    const left = where ? await machinesAmong(rest, undefined, context) : new Map<string, MachineModel>();
    return [...changes].flatMap(([machineId, { position, types }]): readonly MachineChangeModel[] => {
      const machine = matching.get(machineId) ?? left.get(machineId);
      const change = { __typename: "MachineChange", machine, machineId, types, position } as const;
      if (matching.has(machineId)) {
        members.meets(machineId);
        return [{ ...change, left: false }];
      }
      // Of one that the caller may not see nothing is told, but that it went out of sight.
      const isTold = machine || members.isMember(machineId);
      return isTold && members.leaves(machineId, position) ? [{ ...change, left: true }] : [];
    });
  }

  return async ({ events, position, caughtUp }) => {
    const all = changesIn(events, (event) => machineIdIn(event, context));
    const changes = new Map([...all].filter(([id]) => wanted?.has(id) ?? true));
    const begins = caughtUp && !begun;
    if (changes.size > 0 || begins) await viewsShow(["fleet", "machines"], position, context);
    const items = await changesOf(changes);
    if (begins) await begin();
    return items;
  };
}

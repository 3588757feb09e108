import { type Command, Option } from "commander";
import type { Row } from "../api/api.ts";
import { machineKeys } from "../changes/machine-reference.ts";
import type { Collection } from "../collections/collection.ts";
import { events } from "../collections/events.ts";
import { textTest } from "../collections/text-test.ts";
import type { Host } from "../host.ts";
import { timeOf } from "../moment.ts";
import { type ListOptions, withList, words } from "../options.ts";
import { onAction, type Session } from "../session.ts";
import { list } from "./list.ts";

interface AuditOptions extends ListOptions {
  readonly actor?: string;
  readonly machine?: string;
  readonly correlation?: string;
  readonly type?: readonly string[];
  readonly stream?: string;
  readonly since?: string;
  readonly until?: string;
}

/** What an audit looks at first, the rest with `-o wide`. */
const shown: readonly string[] = ["time", "actor", "from", "type", "stream", "reason"];

/** Events with who did them, from where and why in front. */
const trail: Collection = {
  ...events,
  columns: events.columns
    .map(({ wide: _, ...column }) => ({ ...column, ...(!shown.includes(column.name) && { wide: true }) }))
    .toSorted((one, other) => placeOf(one.name) - placeOf(other.name)),
};

function placeOf(name: string): number {
  const place = shown.indexOf(name);
  return place < 0 ? shown.length : place;
}

/** `audit`: who did what, from where and why, the newest first. */
export function addCommands(command: Command, host: Host): void {
  withList(command)
    .option("--actor <actor>", "done by user:ada; a * at the end is any end, such as user:*")
    .option("--machine <machine>", "about one machine, its boots, addresses and names: name, MAC, UUID or id")
    .option("--correlation <id>", "what followed from one first cause")
    .addOption(new Option("--type <types>", "of these types, separated by commas").argParser(words))
    .option("--stream <stream>", "about this, such as network; a * at the end is any end")
    .option("--since <moment>", "not before, such as now-2h, 2026-01-31, or a time of RFC 3339")
    .option("--until <moment>", "before this");
  onAction<AuditOptions>(command, host, async (session, { options }) => {
    const only = await conditionOf(session, options);
    const sort = options.sort ?? { column: "position", descending: true };
    await list(session, trail, { ...options, sort, only });
  });
}

/** @throws Failure when there is no such machine, or what is no moment */
async function conditionOf(session: Session, options: AuditOptions): Promise<Row> {
  const { actor, machine, correlation, type, stream, since, until } = options;
  const of = machine === undefined ? undefined : await machineKeys(session, machine);
  const now = session.clock();
  return {
    ...(actor !== undefined && { actor: textTest(actor) }),
    ...(of && { machineId: { eq: of.machineId } }),
    ...(correlation !== undefined && { correlationId: { eq: correlation } }),
    ...(type && { type: { in: type } }),
    ...(stream !== undefined && { stream: textTest(stream) }),
    ...((since !== undefined || until !== undefined) && {
      time: {
        ...(since !== undefined && { from: timeOf(since, now) }),
        ...(until !== undefined && { to: timeOf(until, now) }),
      },
    }),
  };
}

import { type Command, InvalidArgumentError, Option } from "commander";
import type { Row } from "../api/api.ts";
import { follow, marks } from "../api/feed.ts";
import { rowsOf } from "../api/pages.ts";
import { machineKeys } from "../changes/machine-reference.ts";
import { chooseColumns } from "../collections/choose-columns.ts";
import { events } from "../collections/events.ts";
import { textTest } from "../collections/text-test.ts";
import { usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import { words } from "../options.ts";
import { type FeedOutput, lineFormatter, withFeed } from "../output/lines.ts";
import { onAction, type Session } from "../session.ts";
import { addCount } from "./count.ts";
import { addListOfMachine } from "./list.ts";
import { eventLookup } from "./lookups.ts";
import { addShow } from "./show.ts";
import { feedOptions, newestPosition } from "./watch.ts";

interface TailOptions extends FeedOutput {
  readonly follow?: boolean;
  readonly lines: number;
  readonly type?: readonly string[];
  readonly machine?: string;
  readonly stream?: string;
  readonly actor?: string;
  readonly correlation?: string;
}

/** Follows the log. */
export const eventsSubscription = `subscription ($after: EventPosition, $filter: EventFilter) {
  events(after: $after, filter: $filter) { __typename ... on Event { ${events.fields} } ${marks} }
}`;

/** The newest events. */
export const tailDocument = `query ($last: Int!, $filter: EventFilter) {
  events(last: $last, filter: $filter) { nodes { ${events.fields} } }
}`;

/** `events`: the log. */
export function addCommands(parent: Command, host: Host): void {
  addListOfMachine(parent, { collection: events, ofMachine }, host);
  addShow(parent, { collection: events, lookup: eventLookup }, host);
  addCount(parent, events, host);
  const command = withFeed(
    parent.command("tail").description("show the newest events, and follow the log with -f"),
  )
    .option("-f, --follow", "go on with what happens")
    .addOption(new Option("-n, --lines <count>", "how many of the newest").argParser(lineCount).default(10))
    .addOption(new Option("--type <types>", "of these types, separated by commas").argParser(words))
    .option("--machine <machine>", "of one machine, its boots, addresses and names: name, MAC, UUID or id")
    .option("--stream <stream>", "of this stream, such as machine-<uuid>; a * at the end is any end")
    .option("--actor <actor>", "by this actor, such as user:ada")
    .option("--correlation <id>", "with this correlation id");
  onAction<TailOptions>(command, host, (session, { options }) => tail(session, options));
}

async function tail(session: Session, options: TailOptions): Promise<void> {
  if (options.after !== undefined && !options.follow) {
    throw usageError("--after is where to go on from, and needs -f", "events list shows what was recorded");
  }
  const { machine } = options;
  const filter = filterOf(options, machine === undefined ? undefined : await machineKeys(session, machine));
  const columns = chooseColumns(events, { names: options.columns, wide: options.output === "wide" });
  const line = lineFormatter(session, { columns, output: options.output });
  const api = await session.api();
  // Asked for first: what is recorded while the newest are read comes in the feed.
  let after = options.after ?? (await newestPosition(session));
  if (options.after === undefined && options.lines > 0) {
    const newest = rowsOf(await api.ask(tailDocument, { last: options.lines, filter }), events.field);
    for (const event of newest) await session.streams.out(await line(event));
    after = (newest.at(-1)?.["position"] as string | undefined) ?? after;
  }
  if (!options.follow) return;
  const feed = { document: eventsSubscription, field: "events", variables: { filter }, after };
  for await (const { __typename, ...event } of follow(api, feed, feedOptions(session))) {
    if (__typename === "Event") await session.streams.out(await line(event));
  }
}

/** Events that belong to a machine. */
function ofMachine({ machineId }: { readonly machineId: string }): Row {
  return { machineId: { eq: machineId } };
}

function filterOf(
  { type, stream, actor, correlation }: TailOptions,
  keys: { readonly machineId: string } | undefined,
): Row | undefined {
  const filter = {
    ...(keys && ofMachine(keys)),
    ...(type && { type: { in: type } }),
    ...(stream && { stream: textTest(stream) }),
    ...(actor && { actor: { eq: actor } }),
    ...(correlation && { correlationId: { eq: correlation } }),
  };
  return Object.keys(filter).length > 0 ? filter : undefined;
}

function lineCount(text: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) <= 1000) return Number(text);
  throw new InvalidArgumentError("Expected a number up to 1000.");
}

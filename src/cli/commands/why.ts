import { type Command, Option } from "commander";
import type { Api, Row } from "../api/api.ts";
import { rowsOf } from "../api/pages.ts";
import { machineKeys } from "../changes/machine-reference.ts";
import { events } from "../collections/events.ts";
import { bareName } from "../collections/name.ts";
import { Failure } from "../failure.ts";
import type { Host } from "../host.ts";
import { momentOf } from "../moment.ts";
import { type WhyOptions, withWhyOutput } from "../options.ts";
import { onAction, type Session } from "../session.ts";
import { causeTree, chainTo, treeLines } from "../why/cause-tree.ts";

/** At most so many events of one first cause are looked at. */
const eventsMax = 5_000;

/** The newest event that this filter lets through. */
export const newestDocument = `query ($filter: EventFilter!) {
  events(last: 1, filter: $filter) { nodes { ${events.fields} } }
}`;

/** Everything that followed from one first cause. */
export const correlatedDocument = `query ($filter: EventFilter!, $after: String) {
  events(first: 1000, after: $after, filter: $filter) {
    nodes { ${events.fields} } pageInfo { hasNextPage endCursor }
  }
}`;

/** The event that made a value of a machine what it is. */
export const whyDocument = `query ($machine: ID!, $field: String!, $at: Moment) {
  why(machine: $machine, field: $field, at: $at) { event { ${events.fields} } }
}`;

/** `why web-01`: what led to a machine's newest event; `why <event>`: what led to that one. */
export function addCommands(command: Command, host: Host): void {
  withWhyOutput(command.argument("<thing>", "a machine, or an event by its id"))
    .option("--type <type>", "the machine's newest event of this type")
    .option("--field <value>", "what made a value of the machine what it is: state, labels.rack, run.stage")
    .addOption(
      new Option("--at <moment>", "with --field, as it was: now-2h, a time (RFC 3339), or a position"),
    )
    .option("--all", "everything that followed from the first cause, not only what led here");
  onAction<WhyOptions>(command, host, async (session, { args: [thing = ""], options }) => {
    const api = await session.api();
    const { field } = options;
    const event =
      field === undefined
        ? await eventOf(session, thing, options)
        : await eventOfField(session, thing, { ...options, field });
    const related = await relatedTo(api, event);
    const shown = options.all ? related : chainTo(event, related);
    if (options.output !== "table") return printChain(session, shown, options);
    const lines = treeLines(causeTree(shown), {
      palette: session.palette,
      marked: String(event["eventId"]),
      lineWidth: session.streams.outColumns(),
    });
    return session.streams.out(lines.map((line) => `${line}\n`).join(""));
  });
}

/** @throws Failure when there is no such event and no such machine */
async function eventOf(session: Session, thing: string, { type }: WhyOptions): Promise<Row> {
  const api = await session.api();
  const eventId = bareName(events, thing);
  if (type === undefined && isUuid(eventId)) {
    const event = await newestOf(api, { eventId: { eq: eventId } });
    if (event) return event;
  }
  const { machineId } = await machineKeys(session, thing);
  const stream = { eq: `machine-${machineId}` };
  const event = await newestOf(api, { stream, ...(type !== undefined && { type: { eq: type } }) });
  if (event) return event;
  throw new Failure("notFound", `${thing} has no event${type === undefined ? "" : ` ${type}`}`, {
    code: "NOT_FOUND",
  });
}

/** @throws Failure when there is no such machine, or nothing ever changed the value */
async function eventOfField(
  session: Session,
  thing: string,
  { field, at }: WhyOptions & { readonly field: string },
): Promise<Row> {
  const moment = at === undefined ? undefined : momentOf(at, session.clock());
  const { machineId } = await machineKeys(session, thing);
  const { why } = await (await session.api()).ask(whyDocument, { machine: machineId, field, at: moment });
  if (why) return (why as Row)["event"] as Row;
  throw new Failure("notFound", `nothing changed ${field} of ${thing}`, { code: "NOT_FOUND" });
}

async function newestOf(api: Api, filter: Row): Promise<Row | undefined> {
  return rowsOf(await api.ask(newestDocument, { filter }), "events")[0];
}

/**
 * The events that share the event's first cause, and the causes of those that lie beyond: a boot belongs to a
 * correlation of its own, and may have been caused by a run.
 */
async function relatedTo(api: Api, event: Row): Promise<readonly Row[]> {
  const known = new Map<string, Row>();
  const correlations = new Set<string>();
  let correlation: string | undefined = String(event["correlationId"]);
  let head: Row = event;
  while (correlation !== undefined && !correlations.has(correlation) && known.size < eventsMax) {
    correlations.add(correlation);
    for (const row of await correlated(api, correlation)) known.set(String(row["eventId"]), row);
    known.set(String(head["eventId"]), head);
    head = chainTo(head, [...known.values()])[0] ?? head;
    const cause: Row | undefined = await newestOf(api, { eventId: { eq: head["causationId"] } });
    if (cause) known.set(String(cause["eventId"]), cause);
    correlation = cause && String(cause["correlationId"]);
    head = cause ?? head;
  }
  return [...known.values()];
}

async function correlated(api: Api, correlationId: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let after: unknown;
  for (;;) {
    const data = await api.ask(correlatedDocument, {
      filter: { correlationId: { eq: correlationId } },
      after,
    });
    rows.push(...rowsOf(data, "events"));
    const { hasNextPage, endCursor } = (data["events"] as Row)["pageInfo"] as Row;
    if (hasNextPage !== true || rows.length >= eventsMax) return rows;
    after = endCursor;
  }
}

async function printChain(session: Session, chain: readonly Row[], { output }: WhyOptions): Promise<void> {
  const { printRows } = await import("../output/print-rows.ts");
  const nameOf = (row: Row) => `event/${row["eventId"]}`;
  await printRows(session, chain, { options: { output, headers: true }, columns: events.columns, nameOf });
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
}

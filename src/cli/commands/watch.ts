import type { Command } from "commander";
import type { Row } from "../api/api.ts";
import { type Feed, follow, marks } from "../api/feed.ts";
import { machineIdOf } from "../changes/machine-reference.ts";
import { chooseColumns } from "../collections/choose-columns.ts";
import type { Collection } from "../collections/collection.ts";
import { machines } from "../collections/machines.ts";
import { runs } from "../collections/runs.ts";
import type { Host } from "../host.ts";
import type { Column } from "../output/column.ts";
import { type FeedOutput, lineFormatter, withFeed } from "../output/lines.ts";
import { onAction, type Session } from "../session.ts";

/** A collection whose objects can be followed as they change. */
export interface CollectionFeed {
  readonly collection: Collection;
  readonly document: string;
  readonly field: string;
  /** Where an item has the object. */
  readonly object: string;
  /** The object's columns of a line, unless others are asked for. */
  readonly shown: readonly string[];
  /** Columns of a line beside the object's own, behind the first of these. */
  readonly columns: readonly Column[];
  /** Adds what the feed can be narrowed by. */
  readonly configure: (command: Command) => Command;
  readonly variables: (session: Session, given: WatchArguments) => Promise<Row>;
}

interface WatchArguments {
  readonly args: readonly string[];
  readonly options: FeedOutput & { readonly filter?: string; readonly machine?: string };
}

const feedColumns: readonly Column[] = [{ name: "events", path: "types" }];

/** Machines as they change. */
export const machineFeed: CollectionFeed = {
  collection: machines,
  document: `subscription ($after: EventPosition, $search: String, $ids: [ID!]) {
    machineChanged(after: $after, search: $search, ids: $ids) {
      __typename ... on MachineChange { position machineId types left machine { ${machines.fields} } } ${marks}
    }
  }`,
  field: "machineChanged",
  object: "machine",
  shown: ["name", "state", "locked", "address", "labels", "changed"],
  columns: feedColumns,
  configure: (command) =>
    command
      .argument("[machines...]", "name, MAC, UUID or id; all when there is none")
      .option("--filter <search>", "which ones, such as 'label:rack=r7'"),
  async variables(session, { args, options }) {
    const ids = await Promise.all(args.map((machine) => machineIdOf(session, machine)));
    return { search: options.filter, ...(ids.length > 0 && { ids }) };
  },
};

/** Runs as they go. */
export const runFeed: CollectionFeed = {
  collection: runs,
  document: `subscription ($after: EventPosition, $runId: ID, $machineId: ID) {
    runProgress(after: $after, runId: $runId, machineId: $machineId) {
      __typename ... on RunChange { position types run { ${runs.fields} } } ${marks}
    }
  }`,
  field: "runProgress",
  object: "run",
  shown: ["machine", "state", "stage", "image", "failure", "run"],
  columns: feedColumns,
  configure: (command) =>
    command
      .argument("[run]", "until it has ended; all when there is none")
      .option("--machine <machine>", "runs of this machine"),
  async variables(session, { args: [run], options }) {
    const { machine } = options;
    return { runId: run, ...(machine !== undefined && { machineId: await machineIdOf(session, machine) }) };
  },
};

/** Adds `watch`: a line for each change from now on, JSON where nobody looks. */
export function addWatch(parent: Command, feed: CollectionFeed, host: Host): void {
  const command = feed.configure(
    withFeed(parent.command("watch").description(`follow ${parent.name()} as they change`)),
  );
  onAction<WatchArguments["options"]>(command, host, async (session, given) => {
    const after = given.options.after ?? (await newestPosition(session));
    const subscription = { ...feed, after, variables: await feed.variables(session, given) };
    await printFeed(session, subscription, { feed, options: given.options });
  });
}

/** Where the log ends now; `undefined` when it is empty. */
export async function newestPosition(session: Session): Promise<string | undefined> {
  const { position } = await (await session.api()).ask(positionDocument);
  return typeof position === "string" ? position : undefined;
}

/** Asks where the log ends. */
export const positionDocument = "{ position }";

async function printFeed(
  session: Session,
  subscription: Feed,
  { feed, options }: { readonly feed: CollectionFeed; readonly options: FeedOutput },
): Promise<void> {
  const wide = options.output === "wide";
  const chosen = chooseColumns(feed.collection, {
    names: options.columns ?? (wide ? undefined : feed.shown),
    wide,
  });
  const [first, ...others] = chosen.map((column) => {
    const { path, fallback } = column;
    const below = { path: `${feed.object}.${path}` };
    return fallback === undefined
      ? { ...column, ...below }
      : { ...column, ...below, fallback: `${feed.object}.${fallback}` };
  });
  const columns = [...(first ? [first] : []), ...feed.columns, ...others];
  const line = lineFormatter(session, { columns, output: options.output });
  for await (const item of follow(await session.api(), subscription, feedOptions(session))) {
    if (item["__typename"] === "Gap") session.note("the feed left something out: look at the list, too");
    if (!("types" in item)) continue;
    const { __typename, ...change } = item;
    await session.streams.out(await line(change));
  }
}

/** How a command follows a feed. */
export function feedOptions(session: Session) {
  const { signal, global, note } = session;
  return { signal, note, debug: global.debug ? note : undefined };
}

import { type Command, Option } from "commander";
import type { Api, Row } from "../api/api.ts";
import { follow } from "../api/feed.ts";
import { machineDocument, machineReference, machineUnknown } from "../changes/machine-reference.ts";
import type { Collection } from "../collections/collection.ts";
import { machines } from "../collections/machines.ts";
import { bareName, qualifiedName } from "../collections/name.ts";
import { runs } from "../collections/runs.ts";
import { Failure, usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import { duration } from "../options.ts";
import { cellText, valueAt } from "../output/cell.ts";
import { onAction, type Session } from "../session.ts";
import { suggestion } from "../suggest.ts";
import { runDocument } from "./lookups.ts";
import { type CollectionFeed, feedOptions, machineFeed, newestPosition, runFeed } from "./watch.ts";

/** What one object of a kind is waited for with. */
export interface Waiting {
  readonly collection: Collection;
  readonly feed: CollectionFeed;
  /** The object as it is now, at least as new as a position. `undefined`: there is none. */
  readonly find: (api: Api, name: string, minPosition: string | undefined) => Promise<Row | undefined>;
  readonly variables: (row: Row) => Row;
  /** States that it does not leave by itself: coming there instead is the end of waiting. */
  readonly deadEnds: readonly string[];
}

interface Options {
  readonly for: string;
  readonly timeout: number;
}

export const machineWait: Waiting = {
  collection: machines,
  feed: machineFeed,
  async find(api, name, minPosition) {
    const variables = { ...machineReference(name), minPosition };
    return (
      ((await api.ask(machineDocument(machines.fields), variables))["machine"] as Row | null) ?? undefined
    );
  },
  variables: ({ id }) => ({ ids: [id] }),
  deadEnds: ["FAILED", "QUARANTINED", "RETIRED"],
};

export const runWait: Waiting = {
  collection: runs,
  feed: runFeed,
  async find(api, name, minPosition) {
    return ((await api.ask(runDocument, { id: name, minPosition }))["run"] as Row | null) ?? undefined;
  },
  variables: ({ runId }) => ({ runId }),
  deadEnds: ["FAILED", "COMPLETED"],
};

/** Adds `wait` to a noun. */
export function addWait(parent: Command, waiting: Waiting, host: Host): void {
  const { singular } = waiting.collection;
  const command = withWaiting(
    parent
      .command("wait")
      .description(`wait until a ${singular} is as it should be`)
      .argument(`<${singular}>`),
  );
  onAction<Options>(command, host, (session, { args: [name = ""], options }) =>
    waitFor(session, waiting, { name: bareName(waiting.collection, name), options }),
  );
}

function withWaiting(command: Command): Command {
  return command
    .requiredOption(
      "--for <condition>",
      "what it should be: state=deployed, or one of several: state=ready,deployed",
    )
    .addOption(
      new Option("--timeout <time>", "how long, such as 90s, 10m or 2h")
        .argParser(duration)
        .default(600_000, "10m"),
    );
}

/** `wait machine/web-01`: the same, by the name that `-o name` prints. */
export function addCommands(command: Command, host: Host): void {
  withWaiting(command.argument("<thing>", "a machine, or run/ID"));
  onAction<Options>(command, host, (session, { args: [thing = ""], options }) => {
    const waiting = thing.startsWith("run/") ? runWait : machineWait;
    return waitFor(session, waiting, { name: bareName(waiting.collection, thing), options });
  });
}

/** @throws Failure `timeout` when the time is over */
async function waitFor(
  session: Session,
  waiting: Waiting,
  { name, options }: { readonly name: string; readonly options: Options },
): Promise<void> {
  const condition = conditionOf(waiting.collection, options.for);
  const timeout = AbortSignal.timeout(options.timeout);
  const signal = AbortSignal.any([session.signal, timeout]);
  // Everything behind the position is in the feed, and everything before it in the object: nothing is missed.
  const after = await newestPosition(session);
  const api = await session.api();
  const row = await waiting.find(api, name, after);
  if (!row) throw waiting === machineWait ? machineUnknown(name) : notFound(waiting, name);
  const told = async (object: Row) =>
    session.streams.out(`${qualifiedName(waiting.collection, object)} ${condition.text}\n`);
  if (condition.holds(row)) return told(row);
  let latest = row;
  const feed = { ...waiting.feed, after, variables: waiting.variables(row) };
  for await (const item of follow(api, feed, { ...feedOptions(session), signal })) {
    const object = item[waiting.feed.object] as Row | null | undefined;
    if (!object) continue;
    latest = object;
    session.detail(
      `${qualifiedName(waiting.collection, object)} is ${cellText(object["state"]).toLowerCase()}`,
    );
    if (condition.holds(object)) return told(object);
    if (waiting.deadEnds.includes(String(object["state"]))) throw deadEnd(waiting, object, condition);
  }
  if (timeout.aborted) throw overdue(waiting, latest, condition);
}

interface Condition {
  readonly text: string;
  readonly holds: (row: Row) => boolean;
}

/** @throws Failure when there is no such column */
function conditionOf({ columns }: Collection, text: string): Condition {
  const [, name = "", list = ""] = /^([A-Za-z.]+)=(.+)$/.exec(text) ?? [];
  if (name === "") throw usageError(`${text}: expected COLUMN=VALUE`, "such as state=deployed");
  const column = columns.find((candidate) => candidate.name === name || candidate.path === name);
  if (!column)
    throw usageError(
      `there is no column ${name}`,
      suggestion(
        name,
        columns.map((known) => known.name),
      ),
    );
  const isFlag = column.kind === "flag";
  const wanted = list
    .toLowerCase()
    .split(",")
    .map((word) => (isFlag ? (flagWords[word] ?? word) : word));
  const values = isFlag ? ["true", "false"] : column.values?.map((value) => value.toLowerCase());
  const never = values && wanted.find((value) => !values.includes(value));
  if (values && never !== undefined) throw usageError(`${name} is never ${never}`, suggestion(never, values));
  return { text, holds: (row) => wanted.includes(cellText(valueAt(row, column.path)).toLowerCase()) };
}

/** A table says `yes` where the API says `true`. */
const flagWords: Readonly<Record<string, string>> = { yes: "true", no: "false" };

function notFound({ collection: { singular } }: Waiting, name: string): Failure {
  return new Failure("notFound", `there is no ${singular} ${name}`, { code: "NOT_FOUND" });
}

function deadEnd({ collection }: Waiting, row: Row, { text }: Condition): Failure {
  const why = cellText(valueAt(row, "failure.message"));
  const state = cellText(row["state"]).toLowerCase();
  const message = `${qualifiedName(collection, row)} is ${state}${why === "" ? "" : `: ${why}`}; it will not be ${text}`;
  return new Failure("failure", message, { code: "WAIT_FAILED" });
}

function overdue({ collection }: Waiting, row: Row, { text }: Condition): Failure {
  const state = cellText(row["state"]).toLowerCase();
  return new Failure(
    "timeout",
    `${qualifiedName(collection, row)} is ${state}, and not ${text} in the time given`,
    {
      code: "WAIT_TIMEOUT",
    },
  );
}

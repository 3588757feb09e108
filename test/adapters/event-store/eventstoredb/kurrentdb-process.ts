/**
 * KurrentDB's client in a process of its own, because both clients keep their messages in the same global object. It
 * appends, reads and follows, and writes what it saw as one line of JSON: `node kurrentdb-process.ts <connection string>`.
 */
import { BACKWARDS, END, jsonEvent, KurrentDBClient, NO_STREAM, START } from "@kurrent/kurrentdb-client";

const [, , connectionString = ""] = process.argv;
const client = KurrentDBClient.connectionString(connectionString);
const noted = (n: number) => jsonEvent({ type: "Noted", data: { n } });

type Resolved = {
  readonly event?: { readonly id: string; readonly data: unknown; readonly streamId: string };
};

async function all<Value>(events: AsyncIterable<Resolved>, of: (event: Resolved["event"]) => Value) {
  const values: Value[] = [];
  for await (const { event } of events) values.push(of(event));
  return values;
}

/** Follows the log until an event of its own comes. */
async function follow(): Promise<readonly (string | undefined)[]> {
  const ids: (string | undefined)[] = [];
  for await (const { event } of client.subscribeToAll({ fromPosition: START })) {
    ids.push(event?.id);
    if (event?.type === "Last") return ids;
  }
  throw new Error("the subscription ended");
}

const appended = await client.appendToStream("orders-1", [noted(1), noted(2)], { streamState: NO_STREAM });
const refused = await client
  .appendToStream("orders-1", noted(3), { streamState: NO_STREAM })
  .catch((error: { readonly type?: string }) => error.type);
const following = follow();
await client.appendToStream("orders-1", jsonEvent({ type: "Last", data: { n: 3 } }), { streamState: 1n });
const newest = { fromRevision: END, direction: BACKWARDS, maxCount: 1 } as const;
const seen = {
  revision: Number(appended.nextExpectedRevision),
  refused,
  stream: await all(client.readStream("orders-1"), (event) => event?.data),
  newest: await all(client.readStream("orders-1", newest), (event) => event?.data),
  log: await all(client.readAll(), (event) => event?.streamId),
  ids: await all(client.readAll(), (event) => event?.id),
  followed: await following,
};
process.stdout.write(`${JSON.stringify(seen)}\n`);
await client.dispose();

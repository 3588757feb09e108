import "../../src/require-node.mjs";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { peerDirectory } from "./peer-place.ts";

/**
 * `node bench/log/emmett.ts --file FILE --events N --warm-up MS`: appends that many events to a new store of emmett-sqlite,
 * one by one, after it did so for a while, and then has a consumer read them all. A process of its own, because it may end
 * this process. The last line is one JSON object.
 */
const values = parseArgs({
  options: {
    file: { type: "string", default: "" },
    events: { type: "string", default: "200" },
    "warm-up": { type: "string", default: "1000" },
  },
}).values;

/** What of emmett-sqlite is used. It is not installed with Ironledger, so its own types are not at hand. */
interface EmmettStore {
  appendToStream(
    stream: string,
    events: readonly object[],
    options: { readonly expectedStreamVersion: bigint | "STREAM_DOES_NOT_EXIST" },
  ): Promise<unknown>;
  consumer(options: { readonly pulling: { readonly batchSize: number } }): EmmettConsumer;
}

interface EmmettConsumer {
  processor(options: {
    readonly processorId: string;
    readonly startFrom: "BEGINNING";
    readonly stopAfter: () => boolean;
    readonly eachMessage: () => void;
  }): unknown;
  start(): Promise<void>;
  close(): Promise<void>;
}

const { getSQLiteEventStore } = createRequire(`${peerDirectory}/package.json`)(
  "@event-driven-io/emmett-sqlite",
) as { getSQLiteEventStore(options: { readonly fileName: string }): EmmettStore };

const triesMax = 10;
const total = Number(values.events);
let appended = 0;
const store = getSQLiteEventStore({ fileName: values.file });
const warmMs = performance.now() + Number(values["warm-up"]);
await append("warm-up", () => performance.now() < warmMs);
const appendSeconds = await secondsOf(() => append("machine", (index) => index < total));
const catchUpSeconds = await secondsOf(catchUp);
process.stdout.write(
  `${JSON.stringify({ appendPerS: total / appendSeconds, catchUpPerS: appended / catchUpSeconds })}\n`,
);

/** Streams of 20 events, each appended under the revision that it must have. */
async function append(kind: string, goesOn: (index: number) => boolean): Promise<void> {
  for (let index = 0; goesOn(index); index++) {
    const revision = index % 20;
    const expectedStreamVersion = revision === 0 ? "STREAM_DOES_NOT_EXIST" : BigInt(revision);
    const stream = `${kind}-${Math.floor(index / 20)}`;
    await appendAgain(() => store.appendToStream(stream, [eventOf(index)], { expectedStreamVersion }));
    appended++;
  }
}

/** Now and then its own transactions get in their way (`SQLITE_BUSY`): as its clients must, this one tries again. */
async function appendAgain(attempt: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (tries === triesMax) throw error;
    }
  }
}

/** All in one batch: between two of them it would pause. */
async function catchUp(): Promise<void> {
  let read = 0;
  const consumer = store.consumer({ pulling: { batchSize: appended } });
  consumer.processor({
    processorId: "bench",
    startFrom: "BEGINNING",
    stopAfter: () => read === appended,
    eachMessage: () => {
      read++;
    },
  });
  await consumer.start();
  await consumer.close();
  if (read !== appended) throw new Error(`the consumer read ${read} of ${appended} events`);
}

/** As many octets as the events that we append. */
function eventOf(index: number): object {
  const id = `01920000-0000-7000-8000-${String(index).padStart(12, "0")}`;
  return {
    type: "DeploymentStageReached",
    data: {
      run: id,
      stage: "written",
      bytes: 2_147_483_648 + index,
      sha256: "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
      diskName: "vda",
    },
    metadata: { actor: `machine:${id}`, source: "agent", $correlationId: id, $causationId: id },
  };
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { MessageChannel } from "node:worker_threads";
import type { Logger } from "pino";
import {
  type EngineStore,
  type EventStoreDbOptions,
  openEventStoreDb,
} from "../../adapters/event-store/eventstoredb/eventstoredb-event-store.ts";
import { within } from "../../adapters/event-store/eventstoredb/persist.ts";
import { acquireLock } from "../../adapters/event-store/sqlite/lock.ts";
import { logFiles } from "../../adapters/event-store/sqlite/log-files.ts";
import {
  createWitnessKeeper,
  readWitness,
  type Witness,
  type WitnessKeeper,
} from "../../adapters/event-store/sqlite/witness.ts";
import type { Config } from "../../config.ts";
import type { EventStore } from "../../domain/ports/event-store.ts";
import { measureEngine, measureEngineAppends } from "../metrics/measure-engine.ts";
import { countRefusals } from "../metrics/measure-store.ts";
import { createMeter } from "../metrics/meter.ts";
import { serveMeter } from "../metrics/meter-line.ts";
import { type Part, part } from "../stopping.ts";
import { engineAddress } from "./engine-address.ts";
import { type EngineHealth, watchEngine } from "./engine-health.ts";
import { healthTeller, type Ledger, type LedgerOptions } from "./ledger.ts";
import { sqliteDirectory } from "./sqlite-directory.ts";

/** The log in an engine, for the thread that calls this: each has connections of its own. */
export function openEngine(connectionString: string, witness?: EventStoreDbOptions["witness"]): EngineStore {
  return openEventStoreDb({
    connectionString,
    witness,
    clock: () => new Date(),
    random: Math.random,
    randomHex: (digits) => randomBytes(digits / 2).toString("hex"),
  });
}

/**
 * The log in an engine that several processes may share. There is no thread of the log: every thread that needs it
 * speaks to the engine itself.
 *
 * @throws StartError
 * @throws EventStoreError `LOG_LOCKED` when another process has the data directory
 */
export async function openEngineLedger({ config, log, meter, parts }: LedgerOptions): Promise<Ledger> {
  const connectionString = await engineAddress(config);
  await lockDataDirectory(config, parts);
  const { witness } = logFiles(sqliteDirectory(config));
  const engine = openEngine(connectionString, readWitness(witness));
  const witnessed = keepWitness(engine, witness, log);
  const { tell, listen } = healthTeller();
  const health = watchEngine({
    ping: witnessed.ping,
    onHealth(now) {
      log.warn(now, "the log's health changed");
      tell(now);
    },
  });
  parts.push(part("watching the engine", async () => health.stop()));
  const store = countRefusals(measureEngineAppends(noted(engine, health), meter, "main"), meter, "main");
  parts.push(part("appends", () => store.close()));
  const restored = await engine.restored();
  parts.push(part("what was seen of the log", witnessed.close));

  const { port1, port2 } = new MessageChannel();
  const engineMeter = createMeter((err) => log.error({ err }, "a metric could not be measured"));
  measureEngine(engineMeter, { health, directory: config.dataDirectory });
  serveMeter(port1, engineMeter);
  return {
    store,
    restored,
    register: engine.leadership,
    connect: () => ({ kind: "engine", connectionString }),
    meterPort: port2,
    onHealth: listen,
  };
}

/** How long the end of the log may be asked for when the service stops, milliseconds. */
const lastLookMs = 2_000;

/**
 * Writes down how far the log was followed, as far as the engine has just confirmed it: should it be put back to an
 * older state while no process runs, the next one notices.
 */
function keepWitness(
  engine: Pick<EngineStore, "ping">,
  path: string,
  log: Pick<Logger, "warn">,
): { ping(): Promise<void>; close(): Promise<void> } {
  const onFailure = (err: unknown) => log.warn({ err }, "what was seen of the log could not be written down");
  let seen: Witness | undefined;
  let keeper: WitnessKeeper | undefined;

  async function ping(): Promise<void> {
    const now = await engine.ping();
    const isNew = now.position !== seen?.position || now.incarnation !== seen.incarnation;
    seen = now;
    keeper ??= createWitnessKeeper({ path, current: () => seen ?? now, onFailure });
    if (isNew) keeper.grown();
  }

  return {
    ping,
    async close() {
      await within(lastLookMs, ping()).catch(() => undefined);
      await keeper?.close();
    },
  };
}

/** Views and secrets are there: two processes in one directory would spoil each other's. */
async function lockDataDirectory(config: Config, parts: Part[]): Promise<void> {
  const directory = sqliteDirectory(config);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const lock = acquireLock(directory);
  parts.push(part("the data directory", async () => lock.release()));
}

function noted(store: EventStore, health: EngineHealth): EventStore {
  return { ...store, append: (stream, batch) => health.noting(store.append(stream, batch)) };
}

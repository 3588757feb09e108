import { mkdir } from "node:fs/promises";
import { MessageChannel } from "node:worker_threads";
import type { Logger } from "pino";
import type { SignedSize } from "../../adapters/event-store/sqlite/fence.ts";
import { type Retention, startLogThread } from "../../adapters/event-store/sqlite/log-thread.ts";
import { createSqliteEventStore } from "../../adapters/event-store/sqlite/sqlite-event-store.ts";
import type { Config } from "../../config.ts";
import { threadEntry } from "../../paths.ts";
import { publishedSizes } from "../checkpoints/published-sizes.ts";
import { countRefusals } from "../metrics/measure-store.ts";
import { part } from "../stopping.ts";
import { healthTeller, type Ledger, type LedgerOptions } from "./ledger.ts";
import { sqliteDirectory } from "./sqlite-directory.ts";

const dayMs = 86_400_000;

/**
 * The log in files of the data directory, written by a thread of its own.
 *
 * @throws EventStoreError
 */
export async function openSqliteLedger(options: LedgerOptions): Promise<Ledger> {
  const { config, log, meter, parts, onFatal } = options;
  const directory = sqliteDirectory(config);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const health = healthTeller();
  const thread = await startLogThread({
    entry: threadEntry("log"),
    directory,
    retention: retentionOf(config),
    signed: await signedOf(config, log),
    onNotice: (message) => log.info(message),
    onHealth(now) {
      log.warn(now, "the log's health changed");
      health.tell(now);
    },
    onWarning: (message) => log.warn(message),
    onFailure: onFatal,
  });
  parts.push(part("the log", () => thread.close()));
  const { port1, port2 } = new MessageChannel();
  thread.connectMeter(port1);
  const store = countRefusals(createSqliteEventStore(thread.connect()), meter, "main");
  parts.push(part("appends", () => store.close()));

  return {
    store,
    restored: thread.restored,
    register: undefined,
    connect: () => ({ kind: "sqlite", line: thread.connect(), directory }),
    meterPort: port2,
    onHealth: health.listen,
  };
}

/** Without it a log that was rolled back starts as if nothing was, until its tree is compared. */
async function signedOf(config: Config, log: Pick<Logger, "warn">): Promise<readonly SignedSize[]> {
  try {
    return await publishedSizes(config);
  } catch (err) {
    log.warn({ err }, "the checkpoints cannot be read: whether the log was rolled back is not known yet");
    return [];
  }
}

function retentionOf({ retention }: Pick<Config, "retention">): Retention | undefined {
  const { sealAfterDays, leastEvents } = retention;
  return sealAfterDays === undefined ? undefined : { sealAfterMs: sealAfterDays * dayMs, leastEvents };
}

import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { archiveLog } from "../adapters/event-store/sqlite/archive/archive-log.ts";
import type { Log } from "../adapters/event-store/sqlite/log.ts";
import { logFiles } from "../adapters/event-store/sqlite/log-files.ts";
import { createLogServer } from "../adapters/event-store/sqlite/log-server.ts";
import type {
  LogThreadData,
  LogThreadOrder,
  LogThreadReport,
  Retention,
} from "../adapters/event-store/sqlite/log-thread.ts";
import { type LogOptions, openLog } from "../adapters/event-store/sqlite/open-log.ts";
import { failureOf } from "../adapters/event-store/sqlite/protocol.ts";
import { newId } from "../ids.ts";
import { collectAtRest } from "../service/collect-at-rest.ts";
import { measureLog } from "../service/metrics/measure-log.ts";
import { createMeter } from "../service/metrics/meter.ts";
import { serveMeter } from "../service/metrics/meter-line.ts";

/** The thread that owns the log: the only one that writes it. Its other end is `startLogThread`. */
const { directory, retention, signed } = workerData as LogThreadData;
const report = (message: LogThreadReport) => parentPort?.postMessage(message);

const clock = () => new Date();
const opening: LogOptions = {
  directory,
  signed,
  clock,
  randomHex: (digits) => randomBytes(digits / 2).toString("hex"),
  onWarning: (warning) => report({ warning }),
};

/** Whatever comes of it, the log has all of its events, and the service starts. */
async function archive({ sealAfterMs, leastEvents }: Retention): Promise<void> {
  const beganMs = performance.now();
  const signedBeforeMs = clock().getTime() - sealAfterMs;
  try {
    const { events, segments } = await archiveLog({
      ...{ ...opening, newId, signedBeforeMs, leastEvents },
      onProgress: (notice) => report({ notice }),
      onStep(done) {
        if (done.step === "recorded") report({ notice: `archived up to event ${done.segment.through}` });
        if (done.step === "copied") report({ notice: "the log's new file was made and compared" });
      },
    });
    const seconds = Math.ceil((performance.now() - beganMs) / 1_000);
    if (events > 0) report({ notice: `archived ${events} events in ${segments} files in ${seconds} s` });
  } catch (error) {
    report({ warning: `nothing more is archived at this start: ${failureOf(error).message}` });
  }
}

async function open(): Promise<Log | undefined> {
  if (retention && existsSync(logFiles(directory).ledger)) await archive(retention);
  try {
    return openLog(opening);
  } catch (error) {
    report({ failed: failureOf(error) });
    return undefined;
  }
}

function serve(log: Log): void {
  collectAtRest((error) =>
    report({ warning: `memory could not be given back: ${failureOf(error).message}` }),
  );
  const meter = createMeter((error) =>
    report({ warning: `a metric could not be measured: ${failureOf(error).message}` }),
  );
  const tell = measureLog(meter, { log, directory, queued: () => server.queued() });
  const server = createLogServer(log, (health) => report({ health }), tell);
  parentPort?.on("message", async (order: LogThreadOrder) => {
    if ("connect" in order) return server.connect(order.connect);
    if ("meter" in order) return serveMeter(order.meter, meter);
    await server.close();
    parentPort?.close();
  });
  report({ opened: log.identity, restored: log.restored });
}

const log = await open();
if (log) serve(log);

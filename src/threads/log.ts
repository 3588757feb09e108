import { randomBytes } from "node:crypto";
import { parentPort, workerData } from "node:worker_threads";
import type { Log } from "../adapters/event-store/sqlite/log.ts";
import { createLogServer } from "../adapters/event-store/sqlite/log-server.ts";
import type {
  LogThreadData,
  LogThreadOrder,
  LogThreadReport,
} from "../adapters/event-store/sqlite/log-thread.ts";
import { openLog } from "../adapters/event-store/sqlite/open-log.ts";
import { failureOf } from "../adapters/event-store/sqlite/protocol.ts";
import { collectAtRest } from "../service/collect-at-rest.ts";
import { measureLog } from "../service/metrics/measure-log.ts";
import { createMeter } from "../service/metrics/meter.ts";
import { serveMeter } from "../service/metrics/meter-line.ts";

/** The thread that owns the log: the only one that writes it. Its other end is `startLogThread`. */
const { directory } = workerData as LogThreadData;
const report = (message: LogThreadReport) => parentPort?.postMessage(message);

function open(): Log | undefined {
  try {
    return openLog({
      directory,
      clock: () => new Date(),
      randomHex: (digits) => randomBytes(digits / 2).toString("hex"),
      onWarning: (warning) => report({ warning }),
    });
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

const log = open();
if (log) serve(log);

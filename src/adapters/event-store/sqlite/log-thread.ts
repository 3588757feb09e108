import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { LogIdentity } from "../position.ts";
import type { Restored, SignedSize } from "./fence.ts";
import type { LogHealth } from "./latch.ts";
import { errorOf, type Failure, type LogLine } from "./protocol.ts";

/** What the thread is started with. */
export interface LogThreadData {
  readonly directory: string;
  /** What is archived before the log is opened. (Default: nothing) */
  readonly retention?: Retention | undefined;
  /** What is known to have been signed of the log. (Default: nothing) */
  readonly signed?: readonly SignedSize[] | undefined;
}

/** Which events leave the log's file when it is opened. */
export interface Retention {
  /** Those that a checkpoint was signed over so long ago, milliseconds. */
  readonly sealAfterMs: number;
  /** Only so many at least. */
  readonly leastEvents: number;
}

/** What the starter of the thread tells it. */
export type LogThreadOrder =
  | { readonly connect: MessagePort }
  /** Whoever asks on the port is told what the thread measures. */
  | { readonly meter: MessagePort }
  | { readonly close: true };

/** What the thread tells its starter. */
export type LogThreadReport =
  | { readonly opened: LogIdentity; readonly restored: Restored | undefined }
  | { readonly failed: Failure }
  | { readonly health: LogHealth }
  | { readonly warning: string }
  | { readonly notice: string };

export interface LogThreadOptions {
  /** The file that the thread runs: `src/threads/log.ts`, or what became of it in the package. */
  readonly entry: URL;
  readonly directory: string;
  /** What is archived before the log is opened. (Default: nothing) */
  readonly retention?: Retention | undefined;
  /** What is known to have been signed of the log: if it has less, it is an older one. (Default: nothing) */
  readonly signed?: readonly SignedSize[] | undefined;
  /** Told what was archived. (Default: nobody is) */
  readonly onNotice?: (message: string) => void;
  /** The log became read-only, writable again, or read-only for another reason. */
  readonly onHealth: (health: LogHealth) => void;
  readonly onWarning: (message: string) => void;
  /** The thread ended while the log was open. Nothing is appended any more: the process should end. */
  readonly onFailure: (error: Error) => void;
}

export interface LogThread extends LogIdentity {
  /**
   * As the log was opened: set when it continues from a copy and no RestoreDetected event tells of that yet.
   */
  readonly restored: Restored | undefined;
  /** A new line to the log, for `createSqliteEventStore` here or in the thread that it is transferred to. */
  connect(): LogLine;
  /** Lets whoever holds the other end of the port ask for the thread's metrics. */
  connectMeter(port: MessagePort): void;
  /**
   * Commits what was sent, closes the files, releases the lock, ends the thread. Close local readers before.
   */
  close(): Promise<void>;
}

/**
 * For objects that live as long as a transaction. Left to itself, V8 takes several times as much at the first burst of
 * work and keeps it.
 */
const maxYoungGenerationSizeMb = 12;

/**
 * Starts the thread that owns the log.
 *
 * @throws EventStoreError `LOG_LOCKED`, `LOG_DAMAGED`, `LOG_NEWER`
 */
export async function startLogThread(options: LogThreadOptions): Promise<LogThread> {
  const { entry, directory, retention, signed, onHealth, onNotice, onWarning, onFailure } = options;
  const workerData: LogThreadData = { directory, retention, signed };
  const worker = new Worker(entry, { workerData, resourceLimits: { maxYoungGenerationSizeMb } });
  const opened = Promise.withResolvers<Extract<LogThreadReport, { opened: LogIdentity }>>();
  const ended = Promise.withResolvers<never>();
  const exited = new Promise((resolve) => worker.once("exit", resolve));
  let isClosing = false;
  const order = (message: LogThreadOrder, transfer: readonly MessagePort[] = []) =>
    worker.postMessage(message, [...transfer]);

  worker.on("message", (report: LogThreadReport) => {
    if ("opened" in report) opened.resolve(report);
    else if ("failed" in report) opened.reject(errorOf(report.failed));
    else if ("health" in report) onHealth(report.health);
    else if ("notice" in report) onNotice?.(report.notice);
    else onWarning(report.warning);
  });
  worker.once("error", ended.reject);
  worker.once("exit", (code) => ended.reject(new Error(`the log's thread ended with ${code}`)));

  const { opened: identity, restored } = await Promise.race([opened.promise, ended.promise]);
  ended.promise.catch((error: Error) => isClosing || onFailure(error));
  return {
    ...identity,
    restored,

    connect() {
      const { port1, port2 } = new MessageChannel();
      order({ connect: port2 }, [port2]);
      return { ...identity, port: port1 };
    },

    connectMeter: (port) => order({ meter: port }, [port]),

    async close() {
      isClosing = true;
      order({ close: true });
      await exited;
    },
  };
}

import { Worker } from "node:worker_threads";
import type { LogHealth } from "../adapters/event-store/sqlite/latch.ts";
import type { LogLine } from "../adapters/event-store/sqlite/protocol.ts";
import { StartError } from "./start-error.ts";

/** What the thread is started with. */
export interface ApiThreadData {
  /** To the log's thread. */
  readonly line: LogLine;
  readonly logDirectory: string;
  readonly viewsDirectory: string;
  readonly imagesDirectory: string;
  readonly tokenFile: string;
  readonly address: string;
  readonly port: number;
  readonly logLevel: string;
}

/** What the starter of the thread tells it. */
export type ApiThreadOrder =
  | { readonly health: LogHealth }
  | { readonly clockInDoubt: boolean }
  | { readonly close: true };

/** What the thread tells its starter. */
export type ApiThreadReport =
  | { readonly listening: { readonly port: number } }
  /** It could not start. `message` is for a person. */
  | { readonly failed: { readonly message: string } };

export interface ApiThreadOptions extends ApiThreadData {
  /** The module that the thread runs. */
  readonly entry: URL;
  /** The thread died of a bug, or lost the log: the process should end. */
  readonly onFailure: (error: Error) => void;
}

export interface ApiThread {
  readonly port: number;
  tellHealth(health: LogHealth): void;
  /** The wall clock was changed and no operator has confirmed it, or it is trusted again. */
  tellClock(inDoubt: boolean): void;
  /** Ends requests and feeds, closes the views, ends the thread. */
  close(): Promise<void>;
}

/**
 * Starts the thread of views and queries.
 *
 * @throws StartError when its port cannot be had, or its files
 */
export async function startApiThread({ entry, onFailure, ...data }: ApiThreadOptions): Promise<ApiThread> {
  const worker = new Worker(entry, { workerData: data, transferList: [data.line.port] });
  const order = (message: ApiThreadOrder) => worker.postMessage(message);
  const listening = Promise.withResolvers<number>();
  const ended = Promise.withResolvers<never>();
  let isClosing = false;

  worker.on("message", (report: ApiThreadReport) => {
    if ("listening" in report) listening.resolve(report.listening.port);
    else listening.reject(new StartError(report.failed.message));
  });
  worker.once("error", ended.reject);
  worker.once("exit", (code) => ended.reject(new ThreadEnded(`the API's thread ended with ${code}`)));

  try {
    const port = await Promise.race([listening.promise, ended.promise]);
    ended.promise.catch((error: Error) => isClosing || onFailure(error));
    return {
      port,
      tellHealth: (health) => order({ health }),
      tellClock: (clockInDoubt) => order({ clockInDoubt }),
      async close() {
        isClosing = true;
        order({ close: true });
        await ended.promise.catch(unlessEnded);
      },
    };
  } catch (error) {
    await worker.terminate();
    throw error;
  }
}

/** The thread is gone, and no error was the reason. */
class ThreadEnded extends Error {
  override readonly name = "ThreadEnded";
}

function unlessEnded(error: unknown): void {
  if (!(error instanceof ThreadEnded)) throw error;
}

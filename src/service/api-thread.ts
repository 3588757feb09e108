import { Worker } from "node:worker_threads";
import type { LogHealth } from "../adapters/event-store/sqlite/latch.ts";
import type { LogLine } from "../adapters/event-store/sqlite/protocol.ts";

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
export type ApiThreadOrder = { readonly health: LogHealth } | { readonly close: true };

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
  /** Ends requests and feeds, closes the views, ends the thread. */
  close(): Promise<void>;
}

/** Starts the thread of views and queries. @throws Error when its port cannot be had, or its files */
export async function startApiThread({ entry, onFailure, ...data }: ApiThreadOptions): Promise<ApiThread> {
  const worker = new Worker(entry, { workerData: data, transferList: [data.line.port] });
  const order = (message: ApiThreadOrder) => worker.postMessage(message);
  const listening = Promise.withResolvers<number>();
  const exited = Promise.withResolvers<void>();

  worker.on("message", (report: ApiThreadReport) => {
    if ("listening" in report) listening.resolve(report.listening.port);
    else listening.reject(new Error(report.failed.message));
  });
  worker.once("exit", (code) => {
    listening.reject(new Error(`the API's thread ended with ${code} before it listened`));
    exited.resolve();
  });
  worker.once("error", (error: Error) => {
    listening.reject(error);
    onFailure(error);
  });

  const port = await listening.promise;
  return {
    port,
    tellHealth: (health) => order({ health }),
    async close() {
      order({ close: true });
      await exited.promise;
    },
  };
}

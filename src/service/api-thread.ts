import { type MessagePort, Worker } from "node:worker_threads";
import type { Config } from "../config.ts";
import type { LogPlace } from "./ledger/ledger.ts";
import type { ServiceState } from "./ready-reasons.ts";
import { StartError } from "./start-error.ts";

/** What the thread is started with. */
export interface ApiThreadData {
  readonly log: LogPlace;
  readonly dataDirectory: string;
  readonly logDirectory: string;
  readonly viewsDirectory: string;
  readonly imagesDirectory: string;
  readonly backupsDirectory: string;
  readonly templatesDirectory: string;
  readonly assetsDirectory: string;
  readonly tokenFile: string;
  /** What machines are answered with: to explain it. */
  readonly machines: Pick<Config, "wire" | "moreWires" | "loaders">;
  readonly api: Config["api"];
  /** How the log is signed. */
  readonly checkpoints: Config["checkpoints"];
  readonly oidc: Config["oidc"];
  readonly logLevel: string;
  /** Of Ironledger. */
  readonly version: string;
  /** Beyond which the service is not ready. */
  readonly limits: Config["readiness"];
  /** Left out: no traces. */
  readonly tracing?: Config["tracing"];
  /** The ports on which the other threads tell what they measure. */
  readonly meters: { readonly main: MessagePort; readonly log: MessagePort };
  /** The port on which main records what the wall clock did. */
  readonly clock: MessagePort;
}

/** What the starter of the thread tells it. */
export type ApiThreadOrder =
  /** What changed of the service's state. */
  | { readonly state: Partial<ServiceState> }
  /** The files of the certificate may have changed. */
  | { readonly renewCertificate: true }
  /** Finish what is under way, for so many milliseconds at most, and end. */
  | { readonly close: { readonly graceMs: number } };

/** What the thread tells its starter. */
export type ApiThreadReport =
  | { readonly listening: { readonly port: number } }
  /** So many requests were cut off when it closed. */
  | { readonly cutOff: number }
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
  /** Tells what changed of the service's state. */
  tell(state: Partial<ServiceState>): void;
  /** Reads the certificate and its key again. What cannot be used is logged, and the old ones stay. */
  renewCertificate(): void;
  /**
   * Takes no more requests, finishes those under way for at most `graceMs`, ends feeds, closes the views, ends the
   * thread. Resolves to how many requests were cut off.
   */
  close(graceMs: number): Promise<number>;
}

/**
 * For objects that live briefly. Left to itself, V8 takes several times as much at the first burst of work and keeps
 * it: 50 MB of an idle service.
 */
const maxYoungGenerationSizeMb = 24;

/**
 * Starts the thread of views and queries.
 *
 * @throws StartError when its port cannot be had, or its files
 */
export async function startApiThread({ entry, onFailure, ...data }: ApiThreadOptions): Promise<ApiThread> {
  const { log, meters, clock } = data;
  const transferList = [meters.main, meters.log, clock, ...(log.kind === "sqlite" ? [log.line.port] : [])];
  const resourceLimits = { maxYoungGenerationSizeMb };
  const worker = new Worker(entry, { workerData: data, transferList, resourceLimits });
  const order = (message: ApiThreadOrder) => worker.postMessage(message);
  const listening = Promise.withResolvers<number>();
  const ended = Promise.withResolvers<never>();
  let isClosing = false;
  let cutOff = 0;

  worker.on("message", (report: ApiThreadReport) => {
    if ("listening" in report) listening.resolve(report.listening.port);
    else if ("cutOff" in report) cutOff = report.cutOff;
    else listening.reject(new StartError(report.failed.message));
  });
  worker.once("error", ended.reject);
  worker.once("exit", (code) => ended.reject(new ThreadEnded(`the API's thread ended with ${code}`)));

  try {
    const port = await Promise.race([listening.promise, ended.promise]);
    ended.promise.catch((error: Error) => isClosing || onFailure(error));
    return {
      port,
      tell: (state) => order({ state }),
      renewCertificate: () => order({ renewCertificate: true }),
      async close(graceMs) {
        isClosing = true;
        order({ close: { graceMs } });
        await ended.promise.catch(unlessEnded);
        return cutOff;
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

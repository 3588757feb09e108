import { statfs } from "node:fs/promises";
import type { Config } from "../config.ts";
import type { LogArchives } from "../domain/ports/log-archives.ts";
import type { Projector } from "../projections/projector.ts";
import type { LagEvents } from "./ledger/open-log.ts";
import {
  type ReadyFacts,
  type ReadyReason,
  readyReasons,
  type ServiceState,
  unready,
} from "./ready-reasons.ts";

export interface ReadinessOptions {
  /** What main told last. */
  readonly state: () => ServiceState;
  readonly projector: Pick<Projector, "status">;
  readonly lagEvents: LagEvents;
  /** How the log contradicts what was signed of it; `undefined`: not at all. */
  readonly contradiction: () => string | undefined;
  /** Files with old events of the log. One that is missing is told, and is no reason: what is done needs none. */
  readonly archives: LogArchives;
  readonly dataDirectory: string;
  readonly limits: Config["readiness"];
}

/** Whether the service can do all that it is there for. */
export interface Readiness {
  facts(): Promise<ReadyFacts>;
  /** Why it cannot, in words that anybody may read; none: it can. */
  reasons(): Promise<readonly { readonly code: ReadyReason; readonly message: string }[]>;
  /** The same with what each is about, and everything that was looked at. */
  details(): Promise<object>;
}

export function createReadiness(options: ReadinessOptions): Readiness {
  const { state, projector, lagEvents, contradiction, archives, dataDirectory, limits } = options;

  async function facts(): Promise<ReadyFacts> {
    const { bavail, bsize } = await statfs(dataDirectory);
    const views = projector.status().map((status) => ({
      view: status.view,
      state: status.state,
      lagEvents: lagEvents(status),
    }));
    return { state: state(), diskFreeBytes: bavail * bsize, views, contradiction: contradiction() };
  }

  return {
    facts,
    async reasons() {
      return unready(await facts(), limits).map(({ reason }) => ({
        code: reason,
        message: readyReasons[reason],
      }));
    },
    async details() {
      const found = await facts();
      const reasons = unready(found, limits).map(({ reason: code, detail }) => ({
        code,
        message: readyReasons[code],
        detail,
      }));
      const status = reasons.length === 0 ? "ready" : "not ready";
      const missing = archives().filter(({ isThere }) => !isThere);
      return { status, reasons, ...found, limits, missingArchives: missing.map(({ file }) => file) };
    },
  };
}

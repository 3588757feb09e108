import { statfs } from "node:fs/promises";
import type { Config } from "../config.ts";
import type { Projector } from "../projections/projector.ts";
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
  /** Position of the newest event of the log as a number, 0 when there is none. */
  readonly head: () => number;
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
  const { state, projector, head, dataDirectory, limits } = options;

  async function facts(): Promise<ReadyFacts> {
    const { bavail, bsize } = await statfs(dataDirectory);
    const events = head();
    const views = projector.status().map((status) => ({
      view: status.view,
      state: status.state,
      lagEvents: Math.max(0, events - status.events),
    }));
    return { state: state(), diskFreeBytes: bavail * bsize, views };
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
      return { status: reasons.length === 0 ? "ready" : "not ready", reasons, ...found, limits };
    },
  };
}

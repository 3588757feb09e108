import type { LogHealth } from "../adapters/event-store/sqlite/latch.ts";
import type { Config } from "../config.ts";
import type { ViewStatus } from "../projections/projector.ts";

/**
 * Why the service is not ready, all of it: `/readyz` answers 503 with these and nothing else. Anybody may read them,
 * so that none names a path, a number or an error. A fenced service is ready: it answers, and each answer is safe.
 */
export const readyReasons = {
  STARTING: "the listeners of machines are not open yet",
  STOPPING: "the service was told to stop",
  LOG_READ_ONLY: "the log cannot be written",
  DISK_LOW: "the disk is nearly full",
  WIRE_DOWN: "a network of machines cannot be reached",
  CLOCK_IN_DOUBT: "the wall clock was changed: an operator has to confirm it",
  VIEW_BEHIND: "a read model is too far behind the log",
  VIEW_STOPPED: "a read model has stopped following the log",
  LOG_CONTRADICTED: "the log is not the one that was signed before",
} as const;

export type ReadyReason = keyof typeof readyReasons;

/** What main tells the thread that answers for the service. */
export interface ServiceState {
  readonly health: LogHealth;
  readonly clockInDoubt: boolean;
  /** Each wire that is down, and why, in words. */
  readonly wiresDown: readonly string[];
  /** The sockets of machines are bound. */
  readonly isOpen: boolean;
  readonly isStopping: boolean;
  /** Of the processes on the log this one does what is done because time passes. */
  readonly leads: boolean;
}

/** Before main has told anything. */
export const startingState: ServiceState = {
  health: { status: "writable" },
  clockInDoubt: false,
  wiresDown: [],
  isOpen: false,
  isStopping: false,
  leads: false,
};

/** What is known of a view beside what it says itself. */
export interface ViewFacts extends Pick<ViewStatus, "view" | "state"> {
  /** How many events of the log it does not show yet. */
  readonly lagEvents: number;
}

/** Everything that readiness is decided by. */
export interface ReadyFacts {
  readonly state: ServiceState;
  /** In the file system of the data directory. */
  readonly diskFreeBytes: number;
  readonly views: readonly ViewFacts[];
  /** How the log contradicts what was signed of it; `undefined`: not at all. */
  readonly contradiction: string | undefined;
}

/** One reason with what it is about: for those who may read it. */
export interface UnreadyDetail {
  readonly reason: ReadyReason;
  readonly detail: string;
}

/** Why the service is not ready now, in the order of the catalogue. */
export function unready(facts: ReadyFacts, limits: Config["readiness"]): readonly UnreadyDetail[] {
  const { state, diskFreeBytes, views, contradiction } = facts;
  const { health } = state;
  const stopped = views.filter(({ state: view }) => view === "stopped" || view === "retrying");
  const behind = views.filter(({ lagEvents }) => lagEvents > limits.viewLagEvents);
  const found: readonly (UnreadyDetail | false)[] = [
    !state.isOpen && { reason: "STARTING", detail: "DHCP, TFTP and boot HTTP are not bound" },
    state.isStopping && { reason: "STOPPING", detail: "what is under way is finished" },
    health.status === "read-only" && { reason: "LOG_READ_ONLY", detail: health.reason },
    diskFreeBytes < limits.diskFreeBytes && {
      reason: "DISK_LOW",
      detail: `${diskFreeBytes} bytes are free, readiness.diskFreeBytes wants ${limits.diskFreeBytes}`,
    },
    state.wiresDown.length > 0 && {
      reason: "WIRE_DOWN",
      detail: state.wiresDown.join("; "),
    },
    state.clockInDoubt && { reason: "CLOCK_IN_DOUBT", detail: "leases neither end nor change hands" },
    behind.length > 0 && { reason: "VIEW_BEHIND", detail: behind.map(lagOf).join(", ") },
    stopped.length > 0 && {
      reason: "VIEW_STOPPED",
      detail: stopped.map((each) => `${each.view}: ${each.state}`).join(", "),
    },
    contradiction !== undefined && { reason: "LOG_CONTRADICTED", detail: contradiction },
  ];
  return found.filter((reason) => reason !== false);
}

function lagOf({ view, lagEvents }: ViewFacts): string {
  return `${view}: ${lagEvents} events`;
}

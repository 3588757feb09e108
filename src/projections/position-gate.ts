import { isBefore, type Position } from "../domain/ports/event-store.ts";

/** Lets callers wait until a view holds an event. */
export interface PositionGate {
  /** The view stands here now. */
  moved(position: Position | undefined): void;
  /** Resolves with true once the view stands there or beyond, and with false when it took too long. */
  reached(position: Position, timeoutMs: number): Promise<boolean>;
  /** Nobody need wait any longer: the view does not go on. Whoever waits, now or later, gets false. */
  shut(): void;
  /** The view goes on after all. */
  open(): void;
}

interface Waiter {
  readonly position: Position;
  readonly settle: (reached: boolean) => void;
}

export function createPositionGate(): PositionGate {
  const waiters = new Set<Waiter>();
  let current: Position | undefined;
  let isShut = false;

  return {
    moved(position) {
      current = position;
      for (const { position: awaited, settle } of waiters) {
        if (!isBefore(current, awaited)) settle(true);
      }
    },
    reached(position, timeoutMs) {
      if (!isBefore(current, position)) return Promise.resolve(true);
      if (isShut) return Promise.resolve(false);
      return new Promise((resolve) => {
        const timer = setTimeout(() => waiter.settle(false), timeoutMs);
        const waiter: Waiter = {
          position,
          settle(reached) {
            clearTimeout(timer);
            waiters.delete(waiter);
            resolve(reached);
          },
        };
        waiters.add(waiter);
      });
    },
    shut() {
      isShut = true;
      for (const { settle } of waiters) settle(false);
    },
    open() {
      isShut = false;
    },
  };
}

import type { Caller } from "../../access/caller.ts";

/** The longest that a timer can run, milliseconds: one that is set for longer fires at once. */
const timerMsMax = 2_147_483_647;

export interface StandingOptions {
  /** Who holds the token of an `Authorization` value; `undefined` when nobody does. */
  readonly authenticate: (authorization: unknown, sourceAddress?: string) => Caller | undefined;
  /** Calls the listener whenever somebody's access changed. Returns how to end that. */
  readonly onAccessChange: (listener: () => void) => () => void;
  readonly clock: () => Date;
}

/** Who a socket was opened for, for as long as they may do what they could when it was opened. */
export interface Standing {
  readonly caller: Caller;
  /** Looks again, and tells of a loss. */
  check(): void;
  end(): void;
}

/** What a client showed, and the network address that it showed it from. */
export interface Shown {
  readonly authorization: unknown;
  readonly address: string;
}

/**
 * Watches whether a token goes on to count: it may be revoked, it may expire, its principal may be disabled, and
 * may lose a role. `undefined` when the token counts for nothing to begin with. `onLost` is called once at most.
 */
export function watchStanding(
  { authorization, address }: Shown,
  { authenticate, onAccessChange, clock }: StandingOptions,
  onLost: () => void,
): Standing | undefined {
  const caller = authenticate(authorization, address);
  if (!caller) return undefined;
  const { expiresAtMs } = caller;
  const before = reachOf(caller);
  let timer: NodeJS.Timeout | undefined;

  function check(): void {
    const now = authenticate(authorization, address);
    if (now && now.principalId === caller?.principalId && reachOf(now) === before) return;
    end();
    onLost();
  }
  function waitForExpiry(): void {
    if (expiresAtMs === null) return;
    const leftMs = Math.max(0, expiresAtMs - clock().getTime());
    timer = setTimeout(() => (leftMs > timerMsMax ? waitForExpiry() : check()), Math.min(leftMs, timerMsMax));
  }
  const stopListening = onAccessChange(check);
  function end(): void {
    clearTimeout(timer);
    stopListening();
  }
  waitForExpiry();
  return { caller, check, end };
}

/** Everything that the caller may do, as text that differs when any of it does. */
function reachOf(caller: Caller): string {
  const rights = caller.rights();
  return JSON.stringify(rights.scopes.map((scope) => [scope, rights.selectorsOf(scope)]));
}

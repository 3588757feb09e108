import { createHmac, randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { systemMeta } from "../../domain/event-meta.ts";
import { commandHandler } from "../../domain/handle-command.ts";
import type { EventStore } from "../../domain/ports/event-store.ts";
import { systemKind } from "../../domain/system/decide.ts";
import { systemStream } from "../../domain/system/events.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { SecretKeys } from "../secret-keys.ts";
import { type Part, part } from "../stopping.ts";
import { keepLeadership } from "./keep-leadership.ts";
import {
  type ContestedLeadership,
  contendForLeadership,
  type Leadership,
  type LeadershipOptions,
  soleLeadership,
} from "./leadership.ts";
import { leaseShares, OtherKeysError } from "./watch-claims.ts";

export interface StartLeadershipOptions {
  readonly ledger: Pick<Ledger, "store" | "register">;
  readonly leaseMs: number;
  readonly keys: SecretKeys;
  /** The process cannot go on beside the others. */
  readonly onFatal: (error: unknown) => void;
  readonly newId: () => string;
  readonly steadyMs: () => number;
  readonly log: Logger;
  readonly parts: Part[];
}

/** Leadership that tells when it comes and goes. */
export interface ToldLeadership extends Leadership {
  /** Tells the listener each change, and first of all how it is. */
  onChange(listener: (isHeld: boolean) => void): void;
}

/**
 * Contends for the leadership where several processes may share the log.
 *
 * @throws OtherKeysError when a process with other secret keys leads
 */
export async function startLeadership(options: StartLeadershipOptions): Promise<ToldLeadership> {
  const { ledger, leaseMs, keys, newId, steadyMs, log, onFatal, parts } = options;
  const { register, store } = ledger;
  if (!register) return { ...soleLeadership, onChange: (listener) => listener(true) };

  let tell: (isHeld: boolean) => void = () => undefined;
  const leadership = contendForLeadership({
    register,
    leaseMs,
    steadyMs,
    holder: `${hostname()}/${randomBytes(4).toString("hex")}`,
    keys: checkValue(keys),
    record: recordLeadership(store, newId),
    onUnreadable: (revision) =>
      log.error(
        { revision },
        "ironledger-leadership holds an event that is no claim: nobody leads until the longest claim would have run out",
      ),
  });
  await agreeOnKeys(leadership, leaseMs);
  const kept = keepLeadership({
    ...{ leadership, leaseMs, log, onOtherKeys: onFatal },
    onChange: (isHeld) => tell(isHeld),
  });
  parts.push(part("the leadership", () => kept.stop()));
  return {
    isHeld: leadership.isHeld,
    onChange(listener) {
      tell = listener;
      listener(leadership.isHeld());
    },
  };
}

/**
 * Waits where another's claim stands until it is renewed, which ends the start, or has run out. An engine that does not
 * answer is asked again for the lease time.
 */
async function agreeOnKeys(
  leadership: Pick<ContestedLeadership, "meetsOtherKeys">,
  leaseMs: number,
): Promise<void> {
  const endMs = performance.now() + leaseMs;
  for (;;) {
    try {
      if (!(await leadership.meetsOtherKeys())) return;
    } catch (error) {
      if (error instanceof OtherKeysError || performance.now() > endMs) throw error;
    }
    await pause(leaseMs * leaseShares.look);
  }
}

/** The same for the same keys. 128 bits of a MAC by keys that nobody guesses tell nothing about them. */
function checkValue({ boot, agent }: SecretKeys): string {
  const mac = (key: Uint8Array, text: string) => createHmac("sha256", key).update(text).digest("hex");
  return mac(agent, mac(boot, "ironledger key check")).slice(0, 32);
}

function recordLeadership(store: EventStore, newId: () => string): LeadershipOptions["record"] {
  const handle = commandHandler(systemKind, { store, newId });
  return async ({ term, holder, leaseMs }) => {
    const command = { type: "TakeLeadership", term, holder, leaseSeconds: leaseMs / 1_000 } as const;
    const result = await handle(systemStream, command, { meta: systemMeta(newId()) });
    const leader = result.state?.leadership;
    if (!leader) throw new Error("the log tells of no leader");
    return leader;
  };
}

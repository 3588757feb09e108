import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { Commit } from "./commit.ts";
import type { Allocator } from "./leases/allocator.ts";

/** Most leases that one round ends, so that a mass expiry does not hold up packets. */
const batchMax = 256;

/** When the log took nothing, the lease is tried again so much later, milliseconds. */
const retryMs = 10_000;

export interface ExpiryOptions {
  readonly allocator: Allocator;
  readonly commit: Commit;
  readonly clock: () => Date;
  /** While true no lease ends, because the clock may be wrong. */
  readonly clockSuspect: () => boolean;
  /** False while another process on the same log ends leases. */
  readonly leads: () => boolean;
}

export interface Expiry {
  /** One round. Resolves to how many leases it ended. Rounds do not overlap: one that is early does nothing. */
  run(): Promise<number>;
  readonly counters: { readonly expired: number; readonly failed: number };
}

/** Ends leases that lapsed; its timer is the caller's. */
export function createExpiry({ allocator, commit, clock, clockSuspect, leads }: ExpiryOptions): Expiry {
  const counters = { expired: 0, failed: 0 };
  const cause = {
    actor: "system",
    source: "system",
    correlationId: undefined,
    causationId: undefined,
  } as const;
  let isRunning = false;

  async function expire(address: Ipv4, nowMs: number): Promise<void> {
    // What another process ended comes from the log; should it end nothing more, this one may lead then.
    if (!leads()) return allocator.leases.putOff(address, nowMs + retryMs);
    // The log tells of its own failure; the lease stays as it is and is tried again.
    const result = await commit(address, { type: "ExpireLease", nowMs }, cause).catch(() => undefined);
    if (result?.outcome === "committed") {
      if (result.isRecorded) counters.expired++;
      return;
    }
    counters.failed++;
    allocator.leases.putOff(address, nowMs + retryMs);
  }

  return {
    counters,
    async run() {
      if (isRunning || clockSuspect()) return 0;
      isRunning = true;
      try {
        const nowMs = clock().getTime();
        const lapsed = takeLapsed(allocator, nowMs);
        await Promise.all(lapsed.map((address) => expire(address, nowMs)));
        return leads() ? lapsed.length : 0;
      } finally {
        isRunning = false;
      }
    },
  };
}

/**
 * Leases that lapsed longer than the grace ago, at most `limit`; each is given once. Addresses whose quarantine
 * passed are available again, which needs no event.
 */
function takeLapsed(allocator: Allocator, nowMs: number, limit: number = batchMax): readonly Ipv4[] {
  const lapsed: Ipv4[] = [];
  while (lapsed.length < limit) {
    const address = allocator.leases.takeDue(nowMs);
    if (!address) break;
    if (allocator.leases.get(address)?.binding.status === "leased") lapsed.push(address);
    else allocator.giveBack(address);
  }
  return lapsed;
}

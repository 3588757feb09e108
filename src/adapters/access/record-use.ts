import { tokenUseEveryMs } from "../../domain/access/decide.ts";
import { accessStream } from "../../domain/access/events.ts";
import type { AccessHandlers } from "../../domain/access/handlers.ts";
import { firstMeta } from "../../domain/event-meta.ts";
import type { Caller } from "./caller.ts";

export interface UseRecorderOptions {
  readonly handlers: Pick<AccessHandlers, "handleAccess">;
  readonly clock: () => Date;
  readonly newId: () => string;
  /** A use could not be recorded; it is recorded at the next one. */
  readonly onFault: (error: unknown) => void;
}

interface Use {
  readonly nowMs: number;
  readonly sourceAddress: string | undefined;
}

/**
 * Records that tokens are used, each once in 24 hours at most, one after the other: thousands that are used at once
 * crowd nobody out. Nobody waits for it: an unused token is to be found, no request to be held up or refused.
 */
export function recordUses({
  handlers,
  clock,
  newId,
  onFault,
}: UseRecorderOptions): (caller: Caller, sourceAddress?: string) => void {
  /** By token id: when its use was last sent. There are no more than there are tokens. */
  const sentAtMs = new Map<string, number>();
  let last: Promise<void> = Promise.resolve();

  async function record({ principalId, tokenId, name }: Caller, use: Use): Promise<void> {
    const { nowMs, sourceAddress } = use;
    const by = firstMeta({ actor: `user:${name}`, source: "graphql" }, newId());
    const meta = sourceAddress === undefined ? by : { ...by, sourceAddress };
    const command = { type: "RecordTokenUse", tokenId, nowMs } as const;
    const result = await handlers.handleAccess(accessStream(principalId), command, { meta });
    if (result.outcome === "rejected") throw new Error(result.rejection.message);
  }

  return (caller, sourceAddress) => {
    const nowMs = clock().getTime();
    const { tokenId } = caller;
    const sent = sentAtMs.get(tokenId);
    if (sent !== undefined && nowMs - sent < tokenUseEveryMs) return;
    sentAtMs.set(tokenId, nowMs);
    last = last
      .then(() => record(caller, { nowMs, sourceAddress }))
      .catch((error: unknown) => {
        sentAtMs.delete(tokenId);
        onFault(error);
      });
  };
}

import type { TransferTerms } from "./negotiate.ts";

interface Patience {
  /** How long to wait for an answer before the same is sent again, milliseconds. */
  readonly waitMs: number;
  /** How often in a row the same is sent again. */
  readonly retriesMax: number;
}

/**
 * How often who has not answered anything yet is sent the same again. Anybody can write a stranger's address on a
 * request, so the stranger gets one packet and two copies, ever slower, and no more.
 */
const retriesUnprovenMax = 2;
const retriesAgreedMax = 5;
const retriesMax = 6;

/**
 * How long an answer is waited for. A client that named a timeout (RFC 2349) is given that; any other one is asked again
 * after a quarter of the server's measure, which on a provisioning network means that a packet was lost, and from then
 * on after twice the time before: 0.25, 0.5, 1, 2, 4, 4 and 4 s.
 */
export function patienceOf(
  { timeoutMs, isTimeoutAgreed }: Pick<TransferTerms, "timeoutMs" | "isTimeoutAgreed">,
  { retries, isProven }: { readonly retries: number; readonly isProven: boolean },
): Patience {
  if (!isProven) return { waitMs: Math.min(timeoutMs, 1_000) * 2 ** retries, retriesMax: retriesUnprovenMax };
  if (isTimeoutAgreed) return { waitMs: timeoutMs, retriesMax: retriesAgreedMax };
  return { waitMs: Math.min(timeoutMs * 4, (timeoutMs / 4) * 2 ** retries), retriesMax };
}

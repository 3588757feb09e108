import type { Rejection } from "../../../../domain/decision.ts";

/** Most machines that are changed without their number being confirmed. */
const unconfirmedMax = 10;

interface Confirmation {
  readonly matched: number;
  readonly confirmCount: number | undefined;
  readonly isRehearsal: boolean;
}

/** Why a bulk change needs another look first; `undefined`: it does not. A dry run is that look. */
export function confirmationProblem({
  matched,
  confirmCount,
  isRehearsal,
}: Confirmation): Rejection<"CONFIRM_COUNT_MISMATCH"> | undefined {
  if (confirmCount === matched) return undefined;
  if (confirmCount === undefined && (isRehearsal || matched <= unconfirmedMax)) return undefined;
  const given = confirmCount === undefined ? "is missing" : `is ${confirmCount}`;
  const message = `${matched} machines match, and confirmCount ${given}: look at them, then send ${matched}`;
  return { code: "CONFIRM_COUNT_MISMATCH", message };
}

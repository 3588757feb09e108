import type { Rights } from "../../domain/access/rights.ts";

/** Who a request comes from, as its token says. It outlives the request: a socket keeps it. */
export interface Caller {
  readonly principalId: string;
  readonly name: string;
  readonly kind: "person" | "service";
  readonly tokenId: string;
  /** When the token ends, milliseconds UTC; null: it does not expire. */
  readonly expiresAtMs: number | null;
  /** What the caller may do now. It changes whenever access does; a caller whose token is over has none. */
  rights(): Rights;
}

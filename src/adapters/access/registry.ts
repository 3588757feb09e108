import type { EventReader } from "../../domain/ports/event-store.ts";
import { accessFilter, type Principals, readPrincipals, withAccessEvent } from "./principals.ts";
import { bearerToken, sameDigest, tokenDigest } from "./token.ts";

/** Who a request comes from. */
export interface Principal {
  readonly name: string;
}

export interface AccessRegistry {
  /**
   * Who holds the token of an `Authorization` value, `Bearer <token>`; `undefined` when nobody does, whatever
   * the reason: none, malformed, unknown, revoked, expired.
   */
  authenticate(authorization: unknown): Principal | undefined;
  /** Stops following the log. */
  close(): Promise<void>;
}

export interface AccessRegistryOptions {
  readonly reader: EventReader;
  readonly clock: () => Date;
  /** The registry cannot follow the log any more: what it knows grows old, and the service should end. */
  readonly onFailure: (error: unknown) => void;
}

/** Reads who may use the API from the log, and follows it. */
export async function openAccessRegistry({
  reader,
  clock,
  onFailure,
}: AccessRegistryOptions): Promise<AccessRegistry> {
  const abort = new AbortController();
  const read = await readPrincipals(reader);
  let principals = read.principals;

  async function follow(): Promise<void> {
    const { signal } = abort;
    for await (const page of reader.subscribe({ after: read.position, filter: accessFilter, signal })) {
      principals = page.events.reduce(withAccessEvent, principals);
    }
  }
  const following = follow().catch((error: unknown) => {
    if (!abort.signal.aborted) onFailure(error);
  });

  return {
    authenticate(authorization) {
      const token = bearerToken(authorization);
      return token === undefined ? undefined : holderOf(token, principals, clock().getTime());
    },
    async close() {
      abort.abort();
      await following;
    },
  };
}

/** Looks at every token whatever comes out, so that the time taken tells nothing about any of them. */
function holderOf(token: string, principals: Principals, nowMs: number): Principal | undefined {
  const digest = tokenDigest(token);
  let holder: Principal | undefined;
  for (const { name, tokens } of principals.values()) {
    for (const { sha256, expiresAtMs } of tokens.values()) {
      const valid = expiresAtMs === null || nowMs < expiresAtMs;
      if (sameDigest(sha256, digest) && valid) holder = { name };
    }
  }
  return holder;
}

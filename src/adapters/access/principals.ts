import { type AccessEvent, accessCodec } from "../../domain/access/events.ts";
import type { EventReader, Position, RecordedEvent } from "../../domain/ports/event-store.ts";
import type { Sha256 } from "../../domain/values/sha256.ts";

/** Of a page of the log. */
const pageSize = 1_000;

/** Where everything about principals and tokens is. */
export const accessFilter = { categories: ["access"] };

interface IssuedToken {
  readonly sha256: Sha256;
  /** Milliseconds UTC; `null`: it does not expire. */
  readonly expiresAtMs: number | null;
}

/** Somebody or something that may use the API, with the tokens that were not revoked, by their ids. */
export interface KnownPrincipal {
  readonly stream: string;
  readonly name: string;
  readonly tokens: ReadonlyMap<string, IssuedToken>;
}

/** Everybody who may use the API, by stream. */
export type Principals = ReadonlyMap<string, KnownPrincipal>;

/** The principals after one more event of their streams. */
export function withAccessEvent(principals: Principals, recorded: RecordedEvent): Principals {
  const { stream } = recorded;
  const principal = evolve(principals.get(stream), stream, accessCodec.read(recorded));
  return principal ? new Map(principals).set(stream, principal) : principals;
}

function evolve(
  principal: KnownPrincipal | undefined,
  stream: string,
  event: AccessEvent,
): KnownPrincipal | undefined {
  switch (event.type) {
    case "PrincipalAdded":
      return { stream, name: event.data.name, tokens: new Map() };
    case "AccessTokenIssued": {
      if (!principal) return undefined;
      const { tokenId, sha256, expiresAtMs } = event.data;
      return { ...principal, tokens: new Map(principal.tokens).set(tokenId, { sha256, expiresAtMs }) };
    }
    case "AccessTokenRevoked": {
      if (!principal) return undefined;
      const tokens = new Map(principal.tokens);
      tokens.delete(event.data.tokenId);
      return { ...principal, tokens };
    }
  }
}

/** Folds what the log holds now; `position` is how far it was read. */
export async function readPrincipals(reader: EventReader) {
  let principals: Principals = new Map();
  let after: Position | undefined;
  for (;;) {
    const page = await reader.readAll({ after, limit: pageSize, filter: accessFilter });
    principals = page.events.reduce(withAccessEvent, principals);
    after = page.position;
    if (page.caughtUp) return { principals, position: after };
  }
}

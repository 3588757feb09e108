import { z } from "zod";
import { defineEvent, type EventOf, eventCodec } from "../event.ts";

/** Requests came from an address with credentials that count for nothing: so many, in so long. */
export const AuthenticationFailed = defineEvent("AuthenticationFailed", {
  count: z.int().positive(),
  firstAtMs: z.int(),
  lastAtMs: z.int(),
});

const loginEvents = [AuthenticationFailed] as const;
/** What was seen of people and programs that were not let in. Observations: nothing decides on them. */
export type LoginEvent = EventOf<(typeof loginEvents)[number]>;
export const loginCodec = eventCodec(loginEvents);

/** `source`: a network address, or `other` for those that are not told apart. */
export function loginStream(source: string): string {
  return `login-${source}`;
}

import { z } from "zod";

/** An event as the API shows it. */
export const LoggedEvent = z.object({
  eventId: z.string(),
  stream: z.string(),
  revision: z.int(),
  position: z.string(),
  type: z.string(),
  time: z.string(),
  data: z.record(z.string(), z.unknown()),
  actor: z.string(),
  source: z.string(),
  correlationId: z.string(),
  causationId: z.string(),
  hash: z.string(),
});
export type LoggedEvent = Readonly<z.infer<typeof LoggedEvent>>;

/** What a GraphQL document asks for of an event. */
export const loggedEventFields = Object.keys(LoggedEvent.shape).join(" ");

/** What happened to a machine and to the interface that it is known by, in the order of the log. */
export function eventsOf(mac: string, log: readonly LoggedEvent[]): readonly LoggedEvent[] {
  const discovered = log.find(({ type, data }) => type === "MachineDiscovered" && data["mac"] === mac);
  const streams = new Set([`boot-${mac}`, `mac-${mac}`, discovered?.stream]);
  return log.filter(({ stream, data }) => streams.has(stream) || isHeldBy(mac, stream, data));
}

function isHeldBy(mac: string, stream: string, data: LoggedEvent["data"]): boolean {
  const holder = data["holder"] as { readonly mac: string } | null | undefined;
  return stream.startsWith("address-") && holder?.mac === mac;
}

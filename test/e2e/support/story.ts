import type { LoggedEvent } from "./logged-event.ts";

type Data = LoggedEvent["data"];

/** What makes one event of a type another than the next, in a word or two. */
const details: Readonly<Record<string, (data: Data) => readonly unknown[]>> = {
  PxeRequested: ({ client, architecture }) => [client, architecture],
  BootScriptServed: ({ environment }) => [environment],
  BootFileServed: ({ protocol, file }) => [protocol, file],
  BootRefused: ({ request, code }) => [request, code],
  BootIntentSet: ({ plan }) => {
    const { environment, image, disk } = plan as Record<"environment" | "image" | "disk", Data>;
    return [environment["name"], image["file"], disk["serial"]];
  },
  BootIntentServed: ({ serving }) => [serving],
  BootIntentExpired: ({ reason }) => [reason],
  DeploymentStageReached: ({ stage }) => [stage],
  DeploymentFailed: ({ code }) => [code],
};

/**
 * Events as a story that a person can read, one line each. What a boot caused is indented below the request that the
 * boot began with; anything else says why it happened, unless it stands for itself.
 *
 * How often a lease is renewed depends on how fast the machine is, so only the first grant is told.
 */
export function storyOf(events: readonly LoggedEvent[]): readonly string[] {
  const known = new Map(events.map((event) => [event.eventId, event]));
  let boot: string | undefined;
  return events.filter(isTold).map((event) => {
    if (event.causationId === boot) return `  ${titleOf(event)}`;
    if (event.type === "PxeRequested") boot = event.eventId;
    return titleOf(event) + reasonOf(event, known);
  });
}

/** The requests that boots began with: their ids are those of the boots. */
export function bootsOf(events: readonly LoggedEvent[]): readonly LoggedEvent[] {
  const requests = events.filter(({ type }) => type === "PxeRequested");
  return requests.filter(
    ({ eventId, causationId }) =>
      !requests.some((other) => other.eventId === causationId && other.eventId !== eventId),
  );
}

/** The same without reasons: what happened, in its order. */
export function titlesOf(events: readonly LoggedEvent[]): readonly string[] {
  return events.map(titleOf);
}

function isTold({ type, revision }: LoggedEvent): boolean {
  return !type.startsWith("Lease") || revision === 0;
}

function titleOf({ type, data }: LoggedEvent): string {
  return [type, ...(details[type]?.(data) ?? [])].join(" ");
}

function reasonOf(
  { eventId, causationId, source }: LoggedEvent,
  known: ReadonlyMap<string, LoggedEvent>,
): string {
  if (causationId === eventId) return "";
  const cause = known.get(causationId);
  if (cause) return `, because of ${cause.type}`;
  return source === "graphql" ? ", because it was asked for" : ", and nobody knows why";
}

import type { RecordedEvent } from "../../../domain/ports/event-store.ts";
import { machineStream } from "../../../domain/values/machine-id.ts";
import type { QueryWhyArgs } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import { apiError } from "../errors.ts";
import type { Past, WhyModel } from "../models.ts";
import { nodeName } from "../node-id.ts";
import { eventById } from "../resolvers/event.ts";
import { machineIdOf } from "../resolvers/machine-reference.ts";
import { lastChange } from "./caused-changes.ts";

/** Most causes that are gone back. A deployment from the operator's request to the boot after it takes a dozen. */
const causesMax = 200;

/**
 * The events that led to one, from the first cause on; `undefined`: there is no such event, or the caller does not see
 * it. Where a cause is not seen, it ends.
 */
export async function whyOf(
  asked: Pick<QueryWhyArgs, "event" | "machine" | "field">,
  past: Past | undefined,
  context: GraphqlContext,
): Promise<WhyModel | undefined> {
  const event = await eventMeant(asked, past, context);
  if (!event) return undefined;
  const chain = [event];
  for (let first = event; chain.length < causesMax; ) {
    // What nothing caused names itself.
    if (first.meta.$causationId === first.id) return { event, chain, request: undefined, truncated: false };
    const cause = await eventById(first.meta.$causationId, context);
    if (!cause) return { event, chain, request: first.meta, truncated: false };
    chain.unshift(cause);
    first = cause;
  }
  return { event, chain, request: undefined, truncated: true };
}

async function eventMeant(
  { event, machine, field }: Pick<QueryWhyArgs, "event" | "machine" | "field">,
  past: Past | undefined,
  context: GraphqlContext,
): Promise<RecordedEvent | undefined> {
  const isUntil = ({ position }: RecordedEvent) => past === undefined || position <= past.position;
  if (event && !machine && !field) {
    const found = await eventById(nodeName("Event", event), context);
    return found && isUntil(found) ? found : undefined;
  }
  if (!machine || event) throw apiError("INPUT_INVALID", "give either event, or machine and maybe field");
  const id = machineIdOf(machine);
  if (!id || !context.sight.sees("machines", id) || !context.sight.sees("events", id)) return undefined;
  const stream = machineStream(id);
  const events = (await context.log.readStream(stream)).filter(isUntil);
  return field ? lastChange(stream, events, field) : events.at(-1);
}

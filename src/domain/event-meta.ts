import type { EventMeta } from "./ports/event-store.ts";

/** Of what begins with somebody: `id` names it, and is both its first cause and its last. */
export function firstMeta(by: Pick<EventMeta, "actor" | "source">, id: string): EventMeta {
  return { ...by, $correlationId: id, $causationId: id };
}

/** Of what the service does by itself. `id`: a new one. */
export function systemMeta(id: string): EventMeta {
  return firstMeta({ actor: "system", source: "system" }, id);
}

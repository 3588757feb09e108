import { z } from "zod";
import { tolerant } from "./tolerant.ts";

/** The part of an event that the domain decides: what happened, and to what. */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
}

/** One kind of event, as it may be written and as it may be read. */
export interface EventDefinition<Event extends DomainEvent = DomainEvent> {
  readonly type: string;
  /** Which shape of `data` is written: 1 for the first, one more whenever a field joins. */
  readonly schema: number;
  /** For appending. A field that nobody declared is a bug of ours. */
  readonly strict: z.ZodType<Event>;
  /** For reading. A field that a newer release wrote is no reason to refuse the log. */
  readonly tolerant: z.ZodType<Event>;
  /** `upcasters[n]` turns data of schema n + 1 into data of schema n + 2. Pure, and never removed. */
  readonly upcasters: readonly Upcaster[];
}

/** Turns the data of an older schema into the next one. */
type Upcaster = (data: object) => object;

export type EventOf<Definition extends EventDefinition> = z.infer<Definition["strict"]>;

/**
 * Declares an event: its name and the shape of its data. Its TypeScript type is inferred from here.
 *
 * The schema number is one more than the count of upcasters, so a shape cannot change without one.
 */
export function defineEvent<Type extends string, Shape extends z.ZodRawShape>(
  type: Type,
  shape: Shape,
  { upcasters = [] }: { readonly upcasters?: readonly Upcaster[] } = {},
) {
  const strict = z.strictObject({ type: z.literal(type), data: z.strictObject(shape) });
  return { type, schema: upcasters.length + 1, strict, tolerant: tolerant(strict), upcasters };
}

/** What a reader gets of an event: its declared data, brought to today's shape. */
interface StoredEvent extends DomainEvent {
  readonly schema: number;
}

/** The gate between a kind of stream and the log. Both ways throw on an event they do not know. */
export interface EventCodec<Event extends DomainEvent> {
  /** The definitions that the codec knows, for catalogues and golden samples. */
  readonly definitions: readonly EventDefinition[];
  knows(type: string): boolean;
  write(event: Event): Event & { readonly schema: number };
  read(stored: StoredEvent): Event;
}

export function eventCodec<Definition extends EventDefinition>(
  definitions: readonly Definition[],
): EventCodec<EventOf<Definition>> {
  const byType = new Map(definitions.map((definition) => [definition.type, definition]));

  function definitionOf({ type }: DomainEvent): Definition {
    const definition = byType.get(type);
    // Deciding on half a history is worse than not deciding, so an unknown event is never skipped here.
    if (!definition) throw new Error(`event type ${type} is unknown: a newer release wrote it`);
    return definition;
  }

  return {
    definitions,
    knows: (type) => byType.has(type),
    write(event) {
      const { schema, strict } = definitionOf(event);
      return { ...(strict.parse(event) as EventOf<Definition>), schema };
    },
    read(stored) {
      const { tolerant, upcasters } = definitionOf(stored);
      const data = upcasters.slice(stored.schema - 1).reduce((shape, upcast) => upcast(shape), stored.data);
      return tolerant.parse({ type: stored.type, data }) as EventOf<Definition>;
    },
  };
}

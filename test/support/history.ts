import type { EventMeta, EventStore, RecordedEvent } from "../../src/domain/ports/event-store.ts";
import { bootEnvironmentStory, bulkStory, machineStory, networkStory } from "./history-stories.ts";
import { memoryLog } from "./recording.ts";

/** One append of a story: events of one stream, who caused them and why. */
export interface Step {
  readonly stream: string;
  readonly events: readonly { readonly type: string; readonly data: object; readonly id?: string }[];
  readonly meta?: Partial<EventMeta>;
}

/** What happened to one thing, in order, told step by step. */
export type Story = Generator<Step, void, void>;

/** Chance that comes out the same each time for the same seed. */
export interface Dice {
  /** A whole number from 0 to `below - 1`. */
  roll(below: number): number;
  id(): string;
}

/** Mulberry32: 32 bits of state are plenty for a test. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  let ids = 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    roll: (below) => Math.floor(random() * below),
    id: () => `01920000-0000-7000-9000-${seed.toString(16).padStart(4, "0").slice(-4)}${hex(++ids, 8)}`,
  };
}

/** The stories of a small site, told all at once: any of them may go on next. */
export function* historySteps(seed: number, machines: number): Generator<Step, void, void> {
  const chance = dice(seed);
  const running: Story[] = [networkStory(chance), bootEnvironmentStory(chance), bulkStory(chance)];
  for (let number = 1; number <= machines; number++) running.push(machineStory(chance, number));
  while (running.length > 0) {
    const index = chance.roll(running.length);
    const step = running[index]?.next();
    if (step?.done) running.splice(index, 1);
    else if (step) yield step.value;
  }
}

/** Appends a step as an observation would be: nobody decides here. */
export async function record(store: EventStore, { stream, events, meta = {} }: Step, chance: Dice) {
  const causation = chance.id();
  const fallback: EventMeta = {
    actor: "user:ada",
    source: "graphql",
    $correlationId: causation,
    $causationId: causation,
  };
  const recorded = events.map((event) => ({
    id: event.id ?? chance.id(),
    type: event.type,
    data: event.data,
    schema: 1,
    meta: { ...fallback, ...meta },
  }));
  await store.append(stream, { expectedRevision: "any", events: recorded });
}

/** A log that holds the history of this seed. */
export async function historyLog(seed: number, machines: number): Promise<EventStore> {
  const store = memoryLog();
  const chance = dice(seed + 1_000);
  for (const step of historySteps(seed, machines)) await record(store, step, chance);
  return store;
}

export async function allEvents(store: EventStore): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await store.readAll({ after: events.at(-1)?.position, limit: 1_000 });
    events.push(...page.events);
    if (page.caughtUp) return events;
  }
}

export function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, "0");
}

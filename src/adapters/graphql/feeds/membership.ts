import type { Position } from "../../../domain/ports/event-store.ts";

/** Objects that one feed remembers. */
export const rememberedMax = 1_000;

/**
 * What a feed knows of which objects meet its conditions, so that it tells once of one which meets them no more.
 *
 * Where it cannot know, because it began in the past or too many objects meet the conditions, it tells once too
 * often: of an object that never met them.
 */
export class Membership {
  /** What was told of each last: whether it meets the conditions. The longest unchanged first. */
  readonly #told = new Map<string, boolean>();
  /** Behind this, whoever is not remembered does not meet the conditions. `undefined`: nobody knows. */
  #completeFrom: Position | undefined;

  /** These are all that met the conditions at some moment up to a position. More than it remembers say nothing. */
  begin(ids: ReadonlySet<string>, until: Position): void {
    if (ids.size > rememberedMax) return;
    this.#completeFrom = until;
    for (const id of ids) this.#remember(id, true);
  }

  /** It is told that this one meets the conditions. */
  meets(id: string): void {
    this.#remember(id, true);
  }

  /** Whether it was told that this one meets the conditions, or it did at the beginning. */
  isMember(id: string): boolean {
    return this.#told.get(id) === true;
  }

  /** Whether to tell that one does not meet the conditions, which changed at a position. Then it counts as told. */
  leaves(id: string, at: Position): boolean {
    const told = this.#told.get(id);
    const unknown = told === undefined && (this.#completeFrom === undefined || at <= this.#completeFrom);
    if (!(told || unknown)) return false;
    this.#remember(id, false);
    return true;
  }

  #remember(id: string, meets: boolean): void {
    this.#told.delete(id);
    this.#told.set(id, meets);
    if (this.#told.size <= rememberedMax) return;
    for (const [oldest, met] of this.#told) {
      this.#told.delete(oldest);
      // Whether it still meets the conditions is not known any more.
      if (met) this.#completeFrom = undefined;
      break;
    }
  }
}

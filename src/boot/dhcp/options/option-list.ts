import type { OptionBytes, OptionEntry } from "./option.ts";
import { overloadCode } from "./option-index.ts";

/**
 * Options that are to be written, in that order, each code once: the first that is added stays. Option 52 is not taken:
 * whoever writes the packet decides it.
 */
export class OptionList implements OptionBytes {
  readonly #entries: OptionEntry[] = [];

  get entries(): readonly OptionEntry[] {
    return this.#entries;
  }

  add(entry: OptionEntry): void {
    if (entry[0] !== overloadCode && !this.has(entry[0])) this.#entries.push(entry);
  }

  has(code: number): boolean {
    return this.get(code) !== undefined;
  }

  get(code: number): Uint8Array | undefined {
    return this.#entries.find((entry) => entry[0] === code)?.[1];
  }

  keys(): Iterable<number> {
    return this.#entries.map(([code]) => code);
  }
}

/** The options as a list, whatever holds them. */
export function entriesOf(options: OptionBytes): readonly OptionEntry[] {
  if (options instanceof OptionList) return options.entries;
  const list = new OptionList();
  for (const code of options.keys()) list.add([code, options.get(code) ?? new Uint8Array()]);
  return list.entries;
}

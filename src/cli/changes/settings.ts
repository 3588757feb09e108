import { usageError } from "../failure.ts";

/** A label or parameter to set. */
export interface Setting {
  readonly key: string;
  readonly value: unknown;
}

/** `rack=r7` for a label. @throws Failure */
export function labelSetting(word: string): Setting {
  const [key, value] = parted(word);
  return { key, value };
}

/** `retries=3` for a parameter: what parses as JSON is JSON, all else is text. @throws Failure */
export function paramSetting(word: string): Setting {
  const [key, text] = parted(word);
  try {
    return { key, value: JSON.parse(text) as unknown };
  } catch {
    // Text needs no quotes.
    return { key, value: text };
  }
}

function parted(word: string): readonly [key: string, value: string] {
  const at = word.indexOf("=");
  if (at < 1) throw usageError(`${word}: expected KEY=VALUE`);
  return [word.slice(0, at), word.slice(at + 1)];
}

import { withoutSecrets } from "./without-secrets.ts";

/** What a terminal would act on and JSON leaves as it is: delete, C1 controls, line separators, direction marks. */
const active = /[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * A line of the log as it leaves the process: without secrets, and safe to show to a terminal, because strangers wrote
 * parts of it. It stays the same JSON.
 */
export function logLine(line: string): string {
  return withoutSecrets(line).replace(active, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

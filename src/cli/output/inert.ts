/**
 * What a terminal would act on: C0 and C1 controls (escape sequences begin with one), delete, line and paragraph
 * separators, and the characters that turn the direction of text around.
 */
const active = /[\p{Cc}\u2028\u2029\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/**
 * Text from the network as a terminal may show it: what it would act on stands there as a visible escape, such as
 * `\x1b`. Host names, firmware strings and reasons are written by strangers.
 */
export function inert(text: string): string {
  return text.replace(active, escapeOf);
}

function escapeOf(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x100) return `\\x${point.toString(16).padStart(2, "0")}`;
  return point < 0x1_0000 ? `\\u${point.toString(16).padStart(4, "0")}` : `\\u{${point.toString(16)}}`;
}

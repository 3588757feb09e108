import stringWidth from "string-width";

/** How many columns of a terminal a text takes. Most text is ASCII, and needs no library. */
export function textWidth(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text);
}

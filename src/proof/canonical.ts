/**
 * Whether a text is a JSON object in the one spelling of RFC 8785: no white space, members in order and none twice,
 * strings and numbers as ECMAScript writes them. Any text may be asked about; what is nested deeper than
 * `depthMax` is not looked into, and refused.
 */
export function isCanonicalObject(text: string): boolean {
  return text.charCodeAt(0) === char.openBrace && objectEnd(text, 0, { depth: 1 }) === text.length;
}

/**
 * The members of a JSON object that is spelled as RFC 8785 says, each with the text of its value; `undefined` for
 * any other text.
 */
export function canonicalMembers(text: string): ReadonlyMap<string, string> | undefined {
  const members = new Map<string, string>();
  const isCanonical =
    text.charCodeAt(0) === char.openBrace && objectEnd(text, 0, { depth: 1, members }) === text.length;
  return isCanonical ? members : undefined;
}

/** No event is nested as deep; a text that is must not use up the stack. */
const depthMax = 500;

/** What a text is at the place that is asked about, when it is nothing canonical. */
const nowhere = -1;

const char = {
  quote: 0x22,
  comma: 0x2c,
  zero: 0x30,
  colon: 0x3a,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

interface Level {
  readonly depth: number;
  /** Where the members are to be put. */
  readonly members?: Map<string, string>;
}

/** Where the value that begins at a place ends: the place behind it, or `nowhere`. */
function valueEnd(text: string, at: number, depth: number): number {
  switch (text.charCodeAt(at)) {
    case char.openBrace:
      return objectEnd(text, at, { depth });
    case char.openBracket:
      return arrayEnd(text, at, depth);
    case char.quote:
      return stringEnd(text, at);
    default:
      return wordEnd(text, at);
  }
}

function objectEnd(text: string, at: number, { depth, members }: Level): number {
  if (depth > depthMax) return nowhere;
  if (text.charCodeAt(at + 1) === char.closeBrace) return at + 2;
  let before = nowhere;
  for (let from = at + 1; ; ) {
    const colon = stringEnd(text, from);
    if (colon === nowhere || text.charCodeAt(colon) !== char.colon) return nowhere;
    if (before !== nowhere && !isBehind(text, from, before)) return nowhere;
    const end = valueEnd(text, colon + 1, depth + 1);
    if (end === nowhere) return nowhere;
    members?.set(nameAt(text, from), text.slice(colon + 1, end));
    if (text.charCodeAt(end) === char.closeBrace) return end + 1;
    if (text.charCodeAt(end) !== char.comma) return nowhere;
    before = from;
    from = end + 1;
  }
}

function arrayEnd(text: string, at: number, depth: number): number {
  if (depth > depthMax) return nowhere;
  if (text.charCodeAt(at + 1) === char.closeBracket) return at + 2;
  for (let from = at + 1; ; ) {
    const end = valueEnd(text, from, depth + 1);
    if (end === nowhere) return nowhere;
    if (text.charCodeAt(end) === char.closeBracket) return end + 1;
    if (text.charCodeAt(end) !== char.comma) return nowhere;
    from = end + 1;
  }
}

/**
 * Whether the name that begins at a place comes behind the one that begins at another. Names are in order by their
 * UTF-16 code units (RFC 8785 s. 3.2.3), which is how JavaScript compares them; here where they stand, for most differ
 * in their first letters.
 */
function isBehind(text: string, at: number, other: number): boolean {
  for (let offset = 1; ; offset++) {
    const unit = text.charCodeAt(at + offset);
    const otherUnit = text.charCodeAt(other + offset);
    if (unit === char.backslash || otherUnit === char.backslash)
      return nameAt(text, at) > nameAt(text, other);
    if (unit === char.quote) return false;
    if (otherUnit === char.quote) return true;
    if (unit !== otherUnit) return unit > otherUnit;
  }
}

function nameAt(text: string, at: number): string {
  return JSON.parse(text.slice(at, stringEnd(text, at)));
}

/** The characters of ASCII that stand for themselves in a string. */
const isPlain = Uint8Array.from({ length: 0x80 }, (_, unit) =>
  unit >= 0x20 && unit !== char.quote && unit !== char.backslash ? 1 : 0,
);

/** RFC 8785 s. 3.2.2.2: only what must be escaped is, and in the shortest way. */
function stringEnd(text: string, at: number): number {
  if (text.charCodeAt(at) !== char.quote) return nowhere;
  const { length: end } = text;
  for (let next = at + 1; next < end; next++) {
    const unit = text.charCodeAt(next);
    if (isPlain[unit] === 1) continue;
    if (unit === char.quote) return next + 1;
    if (unit > 0x7f && (unit < 0xd800 || unit > 0xdfff)) continue;
    const length = unit === char.backslash ? escapeLength(text, next) : pairLength(text, next);
    if (length === 0) return nowhere;
    next += length - 1;
  }
  return nowhere;
}

/** Two letters, or six for a control character that has no letter of its own. */
function escapeLength(text: string, at: number): number {
  if ('"\\bfnrt'.includes(text.charAt(at + 1) || " ")) return 2;
  return /^\\u00(?:0[0-7bef]|1[0-9a-f])$/.test(text.slice(at, at + 6)) ? 6 : 0;
}

/** A character beyond 16 bits is two halves; a half alone, like a control character, is no text. */
function pairLength(text: string, at: number): number {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at, at + 2)) ? 2 : 0;
}

/** So many digits are an integer that is exact, and is written as it stands. */
const exactDigits = 15;

/** A number as ECMAScript writes it (RFC 8785 s. 3.2.2.3), or one of the three words of JSON. */
function wordEnd(text: string, at: number): number {
  let end = at;
  while (isDigit(text.charCodeAt(end))) end++;
  const isInteger = end > at && !isOfWord(text.charCodeAt(end));
  if (isInteger && end - at <= exactDigits && (end === at + 1 || text.charCodeAt(at) !== char.zero))
    return end;
  while (isOfWord(text.charCodeAt(end))) end++;
  const word = text.slice(at, end);
  if (word === "true" || word === "false" || word === "null") return end;
  const number = Number(word);
  return word !== "" && Number.isFinite(number) && String(number) === word ? end : nowhere;
}

/** Letters, digits, plus, minus and the point. */
function isOfWord(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || isDigit(unit) || unit === 0x2b || isMinusOrPoint(unit);
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function isMinusOrPoint(unit: number): boolean {
  return unit === 0x2d || unit === 0x2e;
}

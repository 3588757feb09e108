/**
 * Where the value of a sub-option lies in an option that holds sub-options (RFC 2132 s. 8.4, RFC 3046 s. 2.0): the
 * offsets of its first octet and of the one behind its last. `undefined`: it is not there, or what comes before it
 * makes no sense. PAD and END are kept to where `padded` says so; in option 82 they are codes like any other.
 */
export function findSubOption(
  octets: Uint8Array,
  wanted: number,
  { start, end, padded = false }: { readonly start: number; readonly end: number; readonly padded?: boolean },
): readonly [start: number, end: number] | undefined {
  let at = start;
  while (at + 1 < end) {
    const code = octets[at];
    if (padded && code === 255) return undefined;
    if (padded && code === 0) {
      at++;
      continue;
    }
    const next = at + 2 + (octets[at + 1] ?? 0);
    if (next > end) return undefined;
    if (code === wanted) return [at + 2, next];
    at = next;
  }
  return undefined;
}

/** A sub-option as it is written: code, length, value. `value`: at most 255 octets. */
export function subOption(code: number, value: Uint8Array): Uint8Array {
  return Uint8Array.of(code, value.length, ...value);
}

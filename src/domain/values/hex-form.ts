/**
 * Writes octets as hex digits in lower case, in a fixed form.
 *
 * The text is written at once: one that is put together of parts takes longer, and where it is kept, as the key of a map
 * for instance, its parts are kept with it.
 *
 * @param form with an `x` for each digit, two for each octet: `xx:xx:xx`
 * @returns how to write the octets from `start` on (Default: 0); those that are missing are written as zero
 */
export function hexForm(form: string): (octets: Uint8Array, start?: number) => string {
  const codes = Array.from(form, (character) => character.charCodeAt(0));
  const digits = codes.flatMap((code, at) => (code === place ? [at] : []));

  return (octets, start = 0) => {
    let digit = 0;
    for (const at of digits) {
      const octet = octets[start + (digit >> 1)] ?? 0;
      codes[at] = codeOf(digit & 1 ? octet & 15 : octet >> 4);
      digit++;
    }
    return String.fromCharCode(...codes);
  };
}

const place = "x".charCodeAt(0);

function codeOf(digit: number): number {
  return digit < 10 ? digit + 48 : digit + 87;
}

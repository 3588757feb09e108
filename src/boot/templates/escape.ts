/**
 * Escapes a value for an iPXE script and for the kernel arguments in it.
 *
 * iPXE knows no quotes: a line ends a command, white space ends a word, `&&`, `||`, `;` and `#` are words with a
 * meaning, and `${` begins a setting (https://ipxe.org/scripting). The kernel knows quotes. So everything
 * that could mean something to either becomes the percent encoding of its UTF-8 octets (RFC 3986 s. 2.1), and
 * so does a leading `-`, which would make an option of the value. Reversible: `%` itself is encoded.
 */
export function escapeIpxe(value: string): string {
  return value.replaceAll(/^-|[^A-Za-z0-9._~:/=,@+-]/gu, percentEncoded);
}

/** The UTF-8 octets of a character, percent encoded (RFC 3986 s. 2.1). */
export function percentEncoded(character: string): string {
  const octets = [...Buffer.from(character, "utf8")];
  return octets.map((octet) => `%${octet.toString(16).toUpperCase().padStart(2, "0")}`).join("");
}

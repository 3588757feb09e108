import { percentEncoded } from "./escape.ts";

/**
 * Escapes a value for a script of GRUB and for the kernel arguments in it.
 *
 * In GRUB blanks, tabs, line ends and `{ } | & $ ; < >` end a word or mean something, `'`, `"` and `\` quote, `#` begins
 * a comment (GRUB manual, "Shell-like scripting"), and `*`, `?` and `[` are matched against files once the module `regexp` is
 * loaded, as it is in the signed builds. There are quotes, but the kernel's own would begin inside them. So everything
 * else than letters, digits and a few harmless signs becomes the percent encoding of its UTF-8 octets (RFC 3986
 * s. 2.1), as it does in scripts of iPXE: the agent is told the same by both. A leading `-` would make an option of the
 * value. Reversible: `%` itself is encoded.
 */
export function escapeGrub(value: string): string {
  return value.replaceAll(/^-|[^A-Za-z0-9._~:/=,@+-]/gu, percentEncoded);
}

/** Most groups of an IPv6 address (RFC 4291 s. 2.2). */
const groupsMax = 8;

/** Who has left already: the system does not know any more where they were. */
const unknownSource = "unknown";

/**
 * What counts as one source of attempts: an IPv4 address, or the first 64 bits of an IPv6 address, because every
 * host is given a network of that size and may use any address of it (RFC 4291 s. 2.5.1).
 */
export function attemptSource(address: string | undefined): string {
  if (address === undefined) return unknownSource;
  const plain = address.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/i, "");
  if (!plain.includes(":")) return plain;
  const [head = "", tail = ""] = plain.toLowerCase().split("::");
  const left = groupsOf(head);
  const right = groupsOf(tail);
  const zeros = Array.from({ length: groupsMax - left.length - right.length }, () => "0");
  const network = [...left, ...zeros, ...right].slice(0, groupsMax / 2);
  return `${network.map((group) => group.replace(/^0+(?=.)/, "")).join(":")}::/64`;
}

function groupsOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(":");
}

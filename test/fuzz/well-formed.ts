/**
 * Whether a datagram is a DHCP message of an Ethernet client (RFC 2131 s. 2, RFC 2132 s. 2). Written apart from the
 * server's own reader and as plainly as can be, so that both would have to be wrong in the same way.
 */
export function isWellFormed(bytes: Uint8Array): boolean {
  if (!hasGoodHeader(bytes)) return false;
  const options = optionsIn(bytes.subarray(240));
  if (!options) return false;
  const overloads = options
    .filter(({ code }) => code === 52)
    .map(({ value }) => Buffer.from(value).toString("hex"));
  const file = () => optionsIn(bytes.subarray(108, 236)) !== undefined;
  const sname = () => optionsIn(bytes.subarray(44, 108)) !== undefined;
  switch (overloads.join(" ")) {
    case "":
      return overloads.length === 0;
    case "01":
      return file();
    case "02":
      return sname();
    case "03":
      return file() && sname();
    default:
      return false;
  }
}

function hasGoodHeader(bytes: Uint8Array): boolean {
  const hex = Buffer.from(bytes).toString("hex");
  const [mac, cookie] = [hex.slice(56, 68), hex.slice(472, 480)];
  return /^0[12]0106/.test(hex) && cookie === "63825363" && /^.[02468ace]/.test(mac) && !/^0{12}$/.test(mac);
}

/** `undefined`: an option is cut off. */
function optionsIn(field: Uint8Array): { code: number; value: Uint8Array }[] | undefined {
  const options: { code: number; value: Uint8Array }[] = [];
  let left = field;
  while (left.length > 0 && left[0] !== 255) {
    const [code = 0, length] = left;
    if (code !== 0) {
      if (length === undefined || length > left.length - 2) return undefined;
      options.push({ code, value: left.subarray(2, 2 + length) });
    }
    left = left.subarray(code === 0 ? 1 : 2 + (length ?? 0));
  }
  return options;
}

import { hexOf, octetsOf } from "../values/octets.ts";
import {
  classlessRoutes,
  domainList,
  hex,
  integer,
  ipv4,
  ipv4List,
  type OptionCodec,
  text,
  uint16List,
  vendorIdentifying,
  yesNo,
} from "./option-codecs.ts";
import { type OptionSetting, optionBytesMax } from "./option-setting.ts";

/** An option that people know by name. */
export interface NamedOption {
  readonly code: number;
  /** Lower case with dashes, after IANA's registry of BOOTP and DHCP options: `ntp-servers`. */
  readonly name: string;
  readonly codec: OptionCodec;
}

const [uint8, uint16, uint32, int32] = [integer(1), integer(2), integer(4), integer(4, true)];
const [addresses, pairs] = [ipv4List(), ipv4List(2)];

/** Name, then format, by code. RFC 2132 where nothing else is said. */
const registry: Readonly<Record<number, readonly [name: string, codec: OptionCodec]>> = {
  1: ["subnet-mask", ipv4],
  2: ["time-offset", int32],
  3: ["routers", addresses],
  4: ["time-servers", addresses],
  5: ["name-servers", addresses],
  6: ["domain-name-servers", addresses],
  7: ["log-servers", addresses],
  8: ["quotes-servers", addresses],
  9: ["lpr-servers", addresses],
  10: ["impress-servers", addresses],
  11: ["rlp-servers", addresses],
  12: ["host-name", text],
  13: ["boot-file-size", uint16],
  14: ["merit-dump-file", text],
  15: ["domain-name", text],
  16: ["swap-server", ipv4],
  17: ["root-path", text],
  18: ["extensions-path", text],
  19: ["ip-forwarding", yesNo],
  20: ["non-local-source-routing", yesNo],
  21: ["policy-filter", pairs],
  22: ["max-datagram-reassembly", uint16],
  23: ["default-ip-ttl", uint8],
  24: ["path-mtu-timeout", uint32],
  25: ["path-mtu-plateaus", uint16List],
  26: ["interface-mtu", uint16],
  27: ["all-subnets-local", yesNo],
  28: ["broadcast-address", ipv4],
  29: ["mask-discovery", yesNo],
  30: ["mask-supplier", yesNo],
  31: ["router-discovery", yesNo],
  32: ["router-solicitation-address", ipv4],
  33: ["static-routes", pairs],
  34: ["trailer-encapsulation", yesNo],
  35: ["arp-cache-timeout", uint32],
  36: ["ethernet-encapsulation", yesNo],
  37: ["default-tcp-ttl", uint8],
  38: ["tcp-keepalive-interval", uint32],
  39: ["tcp-keepalive-garbage", yesNo],
  40: ["nis-domain", text],
  41: ["nis-servers", addresses],
  42: ["ntp-servers", addresses],
  43: ["vendor-specific", hex],
  44: ["netbios-name-servers", addresses],
  45: ["netbios-datagram-servers", addresses],
  46: ["netbios-node-type", uint8],
  47: ["netbios-scope", text],
  48: ["x-font-servers", addresses],
  49: ["x-display-managers", addresses],
  50: ["requested-address", ipv4],
  51: ["lease-time", uint32],
  52: ["overload", uint8],
  53: ["message-type", uint8],
  54: ["server-identifier", ipv4],
  55: ["parameter-list", hex],
  56: ["message", text],
  57: ["max-message-size", uint16],
  58: ["renewal-time", uint32],
  59: ["rebinding-time", uint32],
  60: ["vendor-class", text],
  61: ["client-id", hex],
  64: ["nis-plus-domain", text],
  65: ["nis-plus-servers", addresses],
  66: ["tftp-server-name", text],
  67: ["boot-file-name", text],
  68: ["mobile-ip-home-agents", addresses],
  69: ["smtp-servers", addresses],
  70: ["pop3-servers", addresses],
  71: ["nntp-servers", addresses],
  72: ["www-servers", addresses],
  73: ["finger-servers", addresses],
  74: ["irc-servers", addresses],
  75: ["streettalk-servers", addresses],
  76: ["streettalk-directory-servers", addresses],
  // RFC 3004, 4039, 4702, 3046, 2241 and 3118.
  77: ["user-class", hex],
  80: ["rapid-commit", hex],
  81: ["client-fqdn", hex],
  82: ["relay-agent-information", hex],
  85: ["nds-servers", addresses],
  86: ["nds-tree-name", text],
  87: ["nds-context", text],
  90: ["authentication", hex],
  // RFC 4578.
  93: ["client-architecture", uint16List],
  94: ["client-network-interface", hex],
  97: ["client-machine-id", hex],
  // RFC 4833, 8925, 8910, 2563, 2937, 3011, 3397, 3361, 3442, 3925.
  100: ["posix-timezone", text],
  101: ["tz-database-timezone", text],
  108: ["ipv6-only-preferred", uint32],
  114: ["captive-portal", text],
  116: ["auto-configure", uint8],
  117: ["name-service-search", uint16List],
  118: ["subnet-selection", ipv4],
  119: ["domain-search", domainList],
  120: ["sip-servers", hex],
  121: ["classless-static-routes", classlessRoutes],
  124: ["vendor-identifying-class", vendorIdentifying],
  125: ["vendor-identifying-options", vendorIdentifying],
  // RFC 5859 and 5071. Those below 224 are for everybody; iPXE and web proxies took theirs before they were given.
  150: ["tftp-server-addresses", addresses],
  175: ["ipxe-encapsulated", hex],
  208: ["pxelinux-magic", hex],
  209: ["pxelinux-configuration-file", text],
  210: ["pxelinux-path-prefix", text],
  211: ["pxelinux-reboot-time", uint32],
  252: ["web-proxy-autodiscovery", text],
};

/** Every option that has a name here, by its code. */
export const namedOptions: readonly NamedOption[] = Object.entries(registry).map(([code, [name, codec]]) => ({
  code: Number(code),
  name,
  codec,
}));

const nameToOption = new Map(namedOptions.map((option) => [option.name, option]));
const codeToOption = new Map(namedOptions.map((option) => [option.code, option]));

/** Marks octets in hex where something else is expected: `hex:0a00`. */
const hexMark = "hex:";

/**
 * An option as people write it. `nameOrCode`: `ntp-servers` or `42`. `text`: in the option's format, or its octets in
 * hex behind `hex:`; options without a name here take hex alone. Gives what is wrong as text, for people.
 */
export function readOptionText(nameOrCode: string, given: string): OptionSetting | string {
  const option = nameToOption.get(nameOrCode) ?? optionOfCode(nameOrCode);
  if (!option)
    return `no option is called ${nameOrCode}: use a name such as ntp-servers, or a code from 1 to 254`;
  const { code, name, codec } = option;
  const isMarked = given.startsWith(hexMark);
  const octets = isMarked ? hex.read(given.slice(hexMark.length)) : codec.read(given);
  if (!octets) return `option ${name} is not readable: expected ${(isMarked ? hex : codec).expected}`;
  if (octets.length > optionBytesMax) {
    return `option ${name} is of ${octets.length} octets: ${optionBytesMax} fit`;
  }
  return { code, value: hexOf(octets) };
}

/** An option as people write it: what `readOptionText` reads as just this setting, whatever its octets are. */
export function showOption({ code, value }: OptionSetting): { readonly name: string; readonly text: string } {
  const { name, codec } = codeToOption.get(code) ?? unnamed(code);
  const shown = codec.show([...octetsOf(value)]);
  const read = shown === undefined ? shown : readOptionText(name, shown);
  const saysTheSame = typeof read === "object" && read.value === value;
  return { name, text: saysTheSame && shown !== undefined ? shown : `${hexMark}${value}` };
}

function optionOfCode(given: string): NamedOption | undefined {
  const code = Number(given);
  if (!/^\d{1,3}$/.test(given) || code < 1 || code > 254) return undefined;
  return codeToOption.get(code) ?? unnamed(code);
}

function unnamed(code: number): NamedOption {
  return { code, name: `${code}`, codec: hex };
}

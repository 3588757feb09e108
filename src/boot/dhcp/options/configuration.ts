import type { Ipv4 } from "../../../domain/values/ipv4.ts";
import { address, addresses, text, uint16, uint32 } from "./formats.ts";
import type { DhcpOption } from "./option.ts";

/** Option 1: the mask of the client's network. */
export const subnetMask: DhcpOption<Ipv4> = {
  code: 1,
  name: "subnet-mask",
  source: "RFC 2132 s. 3.3",
  ...address,
};

/** Option 3, most preferred first. */
export const routers: DhcpOption<readonly Ipv4[]> = {
  code: 3,
  name: "routers",
  source: "RFC 2132 s. 3.5",
  ...addresses,
};

/** Option 6, most preferred first. */
export const dnsServers: DhcpOption<readonly Ipv4[]> = {
  code: 6,
  name: "dns-servers",
  source: "RFC 2132 s. 3.8",
  ...addresses,
};

/** Option 12: what the client calls itself. A claim: nothing may be decided by it. */
export const hostName: DhcpOption<string> = {
  code: 12,
  name: "host-name",
  source: "RFC 2132 s. 3.14",
  ...text,
};

/** Option 15: the domain for names without one. */
export const domainName: DhcpOption<string> = {
  code: 15,
  name: "domain-name",
  source: "RFC 2132 s. 3.17",
  ...text,
};

/** Option 50: the address that the client would like, or was offered. */
export const requestedAddress: DhcpOption<Ipv4> = {
  code: 50,
  name: "requested-address",
  source: "RFC 2132 s. 9.1",
  ...address,
};

/** Option 51, in seconds. */
export const leaseTime: DhcpOption<number> = {
  code: 51,
  name: "lease-time",
  source: "RFC 2132 s. 9.2",
  ...uint32,
};

/** Option 54: which server is meant, or speaks. */
export const serverIdentifier: DhcpOption<Ipv4> = {
  code: 54,
  name: "server-identifier",
  source: "RFC 2132 s. 9.7",
  ...address,
};

/** Option 56: why a DHCPNAK, for people. */
export const message: DhcpOption<string> = {
  code: 56,
  name: "message",
  source: "RFC 2132 s. 9.9",
  ...text,
};

/** Option 57: the longest IP datagram that the client takes, in octets, at least 576. */
export const maximumMessageSize: DhcpOption<number> = {
  code: 57,
  name: "maximum-message-size",
  source: "RFC 2132 s. 9.10",
  ...uint16,
};

/** Option 58 (T1): seconds until the client asks its own server to extend the lease. */
export const renewalTime: DhcpOption<number> = {
  code: 58,
  name: "renewal-time",
  source: "RFC 2132 s. 9.11",
  ...uint32,
};

/** Option 59 (T2): seconds until the client asks any server to extend the lease. */
export const rebindingTime: DhcpOption<number> = {
  code: 59,
  name: "rebinding-time",
  source: "RFC 2132 s. 9.12",
  ...uint32,
};

/** Option 55: which options the client wants, most wanted first. EDK2 leaves a random octet in the list. */
export const parameterRequestList: DhcpOption<readonly number[]> = {
  code: 55,
  name: "parameter-request-list",
  source: "RFC 2132 s. 9.8",
  decode(octets, start = 0, end = octets.length) {
    const codes: number[] = [];
    for (let at = start; at < end; at++) codes.push(octets[at] ?? 0);
    return codes;
  },
  encode: (codes) => Uint8Array.from(codes),
};

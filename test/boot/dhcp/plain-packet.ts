import type { OptionEntry } from "../../../src/boot/dhcp/options/option.ts";
import { type DhcpPacket, decode, encode, noAddress } from "../../../src/boot/dhcp/packet.ts";
import { type DhcpRequest, readRequest } from "../../../src/boot/dhcp/request.ts";
import type { MacAddress } from "../../../src/domain/values/mac-address.ts";

/** A packet that says nothing but what it is told to. */
export function plainPacket(parts: Partial<DhcpPacket> = {}): DhcpPacket {
  return {
    op: "request",
    hops: 0,
    xid: 1,
    secs: 0,
    broadcast: false,
    ciaddr: noAddress,
    yiaddr: noAddress,
    siaddr: noAddress,
    giaddr: noAddress,
    mac: "52:54:00:77:00:01" as MacAddress,
    sname: "",
    file: "",
    options: new Map(),
    ...parts,
  };
}

/** What the server reads when a client sends a DHCPDISCOVER with these options, in this header. */
export function requestWith(
  options: readonly OptionEntry[] = [],
  header: Partial<DhcpPacket> = {},
): DhcpRequest {
  const type: OptionEntry = [53, Uint8Array.of(1)];
  const packet = decode(encode(plainPacket({ ...header, options: new Map([type, ...options]) })));
  const request = packet && readRequest(packet);
  if (!request) throw new Error("not a request");
  return request;
}

/** A packet whose fields are its own, so that a test can change some: those of one that was received are not. */
export function ownFields(packet: DhcpPacket): DhcpPacket {
  const { op, hops, xid, secs, broadcast, ciaddr, yiaddr, siaddr, giaddr, mac, sname, file, options } =
    packet;
  return { op, hops, xid, secs, broadcast, ciaddr, yiaddr, siaddr, giaddr, mac, sname, file, options };
}

/** A packet's fields and options as values that a test can compare, whatever holds them. */
export function comparable(packet: DhcpPacket | undefined) {
  if (!packet) return undefined;
  const hex = (code: number) => Buffer.from(packet.options.get(code) ?? []).toString("hex");
  const options = new Map(Array.from(packet.options.keys(), (code) => [code, hex(code)]));
  return { ...ownFields(packet), options };
}

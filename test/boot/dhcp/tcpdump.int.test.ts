import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OptionEntry } from "../../../src/boot/dhcp/options/option.ts";
import { relayInformation } from "../../../src/boot/dhcp/options/relay-agent.ts";
import { encode } from "../../../src/boot/dhcp/packet.ts";
import { replies } from "../../../src/boot/dhcp/reply.ts";
import { Subnet, subnetDefaults } from "../../../src/domain/network/subnet.ts";
import type { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { lacks } from "../../support/lacks.ts";
import { plainPacket, requestWith } from "./plain-packet.ts";

/** A second opinion on what the codec writes: tcpdump's own reader of DHCP. */
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pcap-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What tcpdump says about a DHCP message in a UDP datagram of IPv4. */
function dissected(payload: Buffer): string {
  const file = join(folder, "answer.pcap");
  writeFileSync(file, pcapOf(payload));
  return execFileSync("tcpdump", ["-vvnr", file], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

/** A capture of one packet, without a link layer (https://www.tcpdump.org/linktypes.html, LINKTYPE_RAW). */
function pcapOf(payload: Buffer): Buffer {
  const file = Buffer.alloc(24);
  file.writeUInt32BE(0xa1b2c3d4, 0);
  file.writeUInt16BE(2, 4);
  file.writeUInt16BE(4, 6);
  file.writeUInt32BE(65_535, 16);
  file.writeUInt32BE(101, 20);
  const udp = Buffer.alloc(8);
  udp.writeUInt16BE(67, 0);
  udp.writeUInt16BE(68, 2);
  udp.writeUInt16BE(8 + payload.length, 4);
  const ip = Buffer.from("450000000000000040110000" + "0a4d0001ffffffff", "hex");
  ip.writeUInt16BE(28 + payload.length, 2);
  const record = Buffer.alloc(16);
  record.writeUInt32BE(28 + payload.length, 8);
  record.writeUInt32BE(28 + payload.length, 12);
  return Buffer.concat([file, record, ip, udp, payload]);
}

const subnet = Subnet.parse({
  ...subnetDefaults,
  name: "lab",
  cidr: "10.77.0.0/24",
  ranges: [],
  routers: ["10.77.0.254", "10.77.0.252"],
  dnsServers: ["10.77.0.253"],
  domainName: "lab.example",
  leaseSeconds: 3600,
  unknownMachines: "discover",
});

const reply = replies("10.77.0.1" as Ipv4);
const relayed: OptionEntry = [
  82,
  relayInformation.encode({
    circuitId: Buffer.from("eth0/7").toString("hex"),
    remoteId: Buffer.from("rack-1").toString("hex"),
    linkSelection: "10.77.0.0" as Ipv4,
    serverOverride: undefined,
  }),
];

describe.skipIf(lacks("tcpdump"))("tcpdump", () => {
  test("reads an offer to firmware behind a relay as it was meant", () => {
    const request = requestWith([relayed, [61, Uint8Array.of(255, 1, 2, 3)]], {
      xid: 0xfeedface,
      broadcast: true,
      giaddr: "10.77.0.250" as Ipv4,
    });
    const boot = {
      file: "snponly.efi",
      tftpServer: "10.77.0.1" as Ipv4,
      isHttp: false,
      isIpxe: false,
    };
    const answer = { address: "10.77.0.20" as Ipv4, leaseSeconds: 3600, subnet, boot };
    const text = dissected(encode(reply.lease("offer", request, answer), request.sizeMax));
    for (const line of [
      "BOOTP/DHCP, Reply",
      "xid 0xfeedface, Flags [Broadcast]",
      "Your-IP 10.77.0.20",
      "Server-IP 10.77.0.1",
      "Gateway-IP 10.77.0.250",
      "Client-Ethernet-Address 52:54:00:77:00:01",
      'file "snponly.efi"',
      "DHCP-Message (53), length 1: Offer",
      "Server-ID (54), length 4: 10.77.0.1",
      "Lease-Time (51), length 4: 3600",
      "RN (58), length 4: 1800",
      "RB (59), length 4: 3150",
      "Subnet-Mask (1), length 4: 255.255.255.0",
      "Default-Gateway (3), length 8: 10.77.0.254,10.77.0.252",
      "Domain-Name-Server (6), length 4: 10.77.0.253",
      'Domain-Name (15), length 11: "lab.example"',
      "Circuit-ID SubOption 1, length 6: eth0/7",
      "Remote-ID SubOption 2, length 6: rack-1",
      "SubOption 5, length 4:",
    ]) {
      expect(text).toContain(line);
    }
    expect(text).not.toMatch(/malformed|invalid|\[\|/i);
  });

  test("finds options that moved into the names' fields, and in their order", () => {
    const options: readonly OptionEntry[] = [
      [53, Uint8Array.of(5)],
      [224, new Uint8Array(200).fill(1)],
      [15, Buffer.from("moved.example")],
      [12, Buffer.from("box".repeat(20))],
    ];
    const text = dissected(encode(plainPacket({ op: "reply", options: new Map(options) }), 460));
    expect(text).toContain("OO (52), length 1: file");
    expect(text).toContain("DHCP-Message (53), length 1: ACK");
    expect(text).not.toMatch(/malformed|invalid/i);
  });

  test("reads a refusal and its reason", () => {
    const refusal = reply.refusal(requestWith([relayed]), "10.77.0.9 is not yours");
    const text = dissected(encode(refusal));
    expect(text).toContain("DHCP-Message (53), length 1: NACK");
    expect(text).toContain('MSG (56), length 22: "10.77.0.9 is not yours"');
  });
});

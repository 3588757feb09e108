import type { RemoteInfo } from "node:dgram";
import { describe, expect, test } from "vitest";
import { serverIdentifier } from "../../../../src/boot/dhcp/options/configuration.ts";
import { messageType } from "../../../../src/boot/dhcp/options/message-type.ts";
import { optionEntry, readOption } from "../../../../src/boot/dhcp/options/option.ts";
import { OptionList } from "../../../../src/boot/dhcp/options/option-list.ts";
import { type DhcpPacket, decode, encode, noAddress } from "../../../../src/boot/dhcp/packet.ts";
import { readRequest } from "../../../../src/boot/dhcp/request.ts";
import { type RogueServer, rogueWatch } from "../../../../src/boot/dhcp/rogue/rogue-watch.ts";
import { ada, ip, mac } from "../support.ts";

const own = ip("10.77.0.1");
const trusted = ip("10.77.0.2");
const rogue = ip("10.77.0.3");

function setUp(logId = "00000000000000aa") {
  const seen: RogueServer[] = [];
  let number = 0;
  const watch = rogueWatch({
    ownAddresses: () => [own],
    trusted: [trusted],
    logId,
    random: () => ++number,
    onRogue: (server) => seen.push(server),
  });
  return { watch, seen, probe: () => watch.probe({ address: own, mac: mac("52:54:00:77:00:09") }) };
}

/** What a server answers to the probe. */
function offer(probe: DhcpPacket, server: string | undefined, yiaddr = "10.77.0.90"): DhcpPacket {
  const options = new OptionList();
  options.add(optionEntry(messageType, "offer"));
  if (server !== undefined) options.add(optionEntry(serverIdentifier, ip(server)));
  return { ...probe, op: "reply", yiaddr: ip(yiaddr), options };
}

const from = (address: string) => ({ address, port: 67 }) as RemoteInfo;

describe("a probe", () => {
  test("is a DHCPDISCOVER that a server answers to the port of servers, and that names its sender", () => {
    const { probe } = setUp();
    const packet = decode(encode(probe()));
    const request = packet && readRequest(packet);
    expect(request).toMatchObject({ type: "discover", relay: own, boot: undefined });
    expect(request?.traits.vendorClass).toBe("ironledger-probe");
  });

  test("is recognised when it comes back, and nothing else is", () => {
    const { watch, probe } = setUp();
    expect(watch.isOwn(ada("discover"))).toBe(false);
    const first = probe();
    expect(watch.isOwn(first)).toBe(true);
    expect(watch.isOwn(probe())).toBe(true);
    const { options } = ada("discover");
    expect(watch.isOwn({ ...first, options })).toBe(false);
  });

  test("is left unanswered by the processes that share its log, and by no others", () => {
    const asked = decode(encode(setUp().probe()));
    if (!asked) throw new Error("a probe is a DHCP message");
    expect(setUp().watch.isOwn(asked)).toBe(true);
    expect(setUp("00000000000000bb").watch.isOwn(asked)).toBe(false);
  });
});

describe("an answer", () => {
  test("of a server that nobody expects is told, by the name that the server gives itself", () => {
    const { watch, seen, probe } = setUp();
    const asked = probe();
    watch.onAnswer(offer(asked, rogue), from("10.77.0.33"));
    watch.onAnswer(offer(asked, undefined, noAddress), from("10.77.0.34"));
    expect(seen).toEqual([
      { server: rogue, source: "10.77.0.33", offered: "10.77.0.90" },
      { server: "10.77.0.34", source: "10.77.0.34", offered: null },
    ]);
  });

  test("of ours, of a trusted server, or to an earlier question is not", () => {
    const { watch, seen, probe } = setUp();
    const [earlier, asked] = [probe(), probe()];
    watch.onAnswer(offer(asked, own), from(own));
    watch.onAnswer(offer(asked, trusted), from(trusted));
    watch.onAnswer(offer(earlier, rogue), from(rogue));
    watch.onAnswer({ ...offer(asked, rogue), options: ada("request").options }, from(rogue));
    expect(seen).toEqual([]);
    expect(readOption(ada("request").options, messageType)).toBe("request");
  });
});

describe("the servers that were seen", () => {
  test("are those of the last two probes", () => {
    const { watch, probe } = setUp();
    expect(watch.serversSeen()).toBe(0);
    watch.onAnswer(offer(probe(), rogue), from(rogue));
    probe();
    expect(watch.serversSeen()).toBe(1);
    probe();
    expect(watch.serversSeen()).toBe(0);
  });

  test("are told apart up to a limit", () => {
    const { watch, seen, probe } = setUp();
    const asked = probe();
    for (let host = 0; host < 300; host++)
      watch.onAnswer(offer(asked, `10.88.${host >> 8}.${host & 255}`), from(rogue));
    expect([watch.serversSeen(), seen.length]).toEqual([256, 300]);
  });
});

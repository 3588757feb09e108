import type { BootContext } from "../../../src/boot/boot-tracker.ts";
import { allOptions } from "../../../src/boot/dhcp/options/all.ts";
import { type DhcpOption, readOption } from "../../../src/boot/dhcp/options/option.ts";
import { pxeOptions } from "../../../src/boot/dhcp/options/pxe.ts";
import { relayInformation } from "../../../src/boot/dhcp/options/relay-agent.ts";
import { decode, encode } from "../../../src/boot/dhcp/packet.ts";
import { createProxy } from "../../../src/boot/dhcp/proxy/proxy.ts";
import { readRequest } from "../../../src/boot/dhcp/request.ts";
import type { DhcpReply } from "../../../src/boot/dhcp/respond.ts";
import type { EventStore } from "../../../src/domain/ports/event-store.ts";
import { everyCapture } from "../../boot/dhcp/captures.ts";
import { comparable, plainPacket } from "../../boot/dhcp/plain-packet.ts";
import { dhcpService, lab, wire } from "../../boot/dhcp/support.ts";
import { type FuzzTarget, must } from "../target.ts";
import { isWellFormed } from "../well-formed.ts";
import { dhcpMessage } from "./dhcp-message.ts";

/** Longest answer: what an Ethernet carries whole, without the headers of IP and UDP. */
const answerBytesMax = 1472;

/** A lease that has ended, and the next one of the same address. */
const eventsPerMessageMax = 2;

const relayed = encode(
  plainPacket({
    giaddr: "10.77.0.250" as never,
    options: new Map([
      [53, Uint8Array.of(1)],
      [55, Uint8Array.of(1, 3, 6, 15, 121, 43, 125)],
      [57, Uint8Array.of(5, 192)],
      [82, Buffer.from("0104000000090202beef05040a4d00000b040a4d00fa", "hex")],
    ]),
  }),
);

const seeds = [...everyCapture(), relayed];

export async function dhcpTargets(): Promise<readonly FuzzTarget[]> {
  return [codec, options, await server(), proxy()];
}

/** What can be read can be written, and reads the same again. */
const codec: FuzzTarget = {
  name: "dhcp-codec",
  seeds,
  make: dhcpMessage,
  run(input) {
    const packet = decode(input);
    must(packet === undefined || isWellFormed(input), "a malformed message was read");
    if (!packet) return false;
    const request = readRequest(packet);
    if (request) touch(request);
    const again = decode(encode(packet));
    must(same(comparable(again), comparable(packet)), "the packet changed when it was written again");
    return true;
  },
};

/** Options read alone, within a message, and written again. */
const options: FuzzTarget = {
  name: "dhcp-options",
  seeds: allOptions.map((_option, index) => Uint8Array.from({ length: index }, (_, at) => at)),
  run(input) {
    let taken = false;
    for (const option of [...allOptions, relayInformation, pxeOptions]) {
      const value: unknown = option.decode(input);
      if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
      const again: unknown = option.decode(option.encode(value as never));
      must(same(again, value), `option ${option.code} changed when it was written again`);
      taken = true;
    }
    return taken;
  },
};

/** The whole way of a message through the server, which has a log in memory. */
async function server(): Promise<FuzzTarget> {
  const captured = {
    ...lab,
    name: "captured",
    cidr: "198.51.100.0/24",
    ranges: [{ first: "198.51.100.90", last: "198.51.100.99" }],
    routers: [],
    options: [{ code: 121, value: "00c6336401" }],
  };
  let recorded = 0;
  const counting = (log: EventStore): EventStore => ({
    ...log,
    append(stream, batch) {
      recorded += batch.events.length;
      return log.append(stream, batch);
    },
  });
  const { service, observer, advance } = await dhcpService({
    subnets: [lab, captured as never],
    store: counting,
  });

  return {
    name: "dhcp-server",
    seeds,
    make: dhcpMessage,
    async run(input) {
      // Time for the limits of what one client may ask to begin anew.
      advance(60_000);
      recorded = 0;
      const packet = decode(input);
      const reply = packet && (await service.respond(packet, wire));
      if (reply) checkReply(input, reply);
      must(recorded <= eventsPerMessageMax, `${recorded} events of one message`);
      must(observer.counters.failed === 0, "an event could not be recorded");
      return reply !== undefined;
    },
  };
}

/** A proxyDHCP server, which answers on both of its ports. */
function proxy(): FuzzTarget {
  const place = { bootId: "01920000-0000-7000-8000-0000000b0071" } as BootContext;
  const { offer, confirm } = createProxy({
    link: () => ({ boot: place, correlationId: place.bootId }),
    answer: () => ({ file: "snponly.efi", tftpServer: wire.address, isHttp: false, isIpxe: false }),
    limit: { admitsClient: () => true },
    clock: () => new Date(0),
  });
  const from = { address: "10.77.0.20", port: 68, family: "IPv4", size: 0 } as const;
  return {
    name: "dhcp-proxy",
    seeds,
    make: dhcpMessage,
    async run(input) {
      const packet = decode(input);
      if (!packet) return false;
      const replies = [await offer(packet, wire), await confirm(packet, wire, from)];
      for (const reply of replies) if (reply) checkReply(input, reply);
      return replies.some(Boolean);
    },
  };
}

/** What holds for every answer. */
function checkReply(input: Uint8Array, { packet, sizeMax }: DhcpReply): void {
  must(isWellFormed(input), "a malformed message was answered");
  const request = decode(input);
  const bytes = encode(packet, sizeMax);
  must(bytes.length <= Math.min(sizeMax, answerBytesMax), `the answer has ${bytes.length} octets`);
  const read = decode(bytes);
  must(read !== undefined && read.op === "reply", "the answer cannot be read");
  must(read.xid === request?.xid && read.mac === request.mac, "the answer is not the client's");
  must(same(read.options.get(82), request.options.get(82)), "option 82 did not come back as it came");
  for (const option of allOptions) readOption<unknown>(read.options, option as DhcpOption<unknown>);
}

/** Reads every field, which is when a lazy one could throw. */
function touch(request: NonNullable<ReturnType<typeof readRequest>>): void {
  const { identity, hostname, wanted, sizeMax, traits, boot, linkSelection, subnetSelection } = request;
  const read = JSON.stringify([
    identity,
    hostname,
    wanted,
    sizeMax,
    traits,
    boot,
    linkSelection,
    subnetSelection,
  ]);
  must(sizeMax >= 548 && sizeMax <= answerBytesMax, "the limit of the answer is none");
  must(hostname === null || /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(hostname), `host name ${hostname}`);
  must(!/[^ -~]/.test(read), "what was read holds characters that cannot be printed");
}

function same(one: unknown, other: unknown): boolean {
  return plain(one) === plain(other);
}

/** Equal texts for equal values, whatever order options are in. */
function plain(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, each) => {
    if (each instanceof Map) return [...each].toSorted(([one], [other]) => one - other);
    return each instanceof Uint8Array ? Buffer.from(each).toString("hex") : each;
  });
}

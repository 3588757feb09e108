import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import { createDhcpCounters } from "../../../src/boot/dhcp/counters.ts";
import { clientOrRelay } from "../../../src/boot/dhcp/destination.ts";
import { messageType } from "../../../src/boot/dhcp/options/message-type.ts";
import { readOption } from "../../../src/boot/dhcp/options/option.ts";
import { type DhcpPacket, decode, encode } from "../../../src/boot/dhcp/packet.ts";
import { type DhcpServerOptions, startDhcpServer } from "../../../src/boot/dhcp/server.ts";
import { addressSockets } from "../../../src/boot/dhcp/wires/server.ts";
import { freeUdpPorts } from "../../../src/rehearsal/ports.ts";
import { captured, everyCapture } from "./captures.ts";
import { ada, bob, dhcpService, ip, lab } from "./support.ts";

const wireAddress = ip("127.0.0.1");
const relayAddress = "127.77.0.2";
const loopback = {
  ...lab,
  cidr: "127.77.0.0/16",
  ranges: [{ first: "127.77.1.0", last: "127.77.1.99" }],
} as never;

const waiting = { timeout: 20_000 };

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const { close } of opened.splice(0)) await close();
});

async function openAt(address: string, port: number): Promise<Socket> {
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  opened.push({ close: () => socket.close() });
  socket.bind({ address, port });
  await once(socket, "listening");
  return socket;
}

type Handling = Pick<DhcpServerOptions, "answer" | "counters" | "onError">;

function serverOptions(handling: Handling, serverPort: number, clientPort: number): DhcpServerOptions {
  return {
    ...handling,
    wire: { name: "loopback", address: wireAddress },
    openSockets: addressSockets({ address: wireAddress, port: serverPort }),
    destination: clientOrRelay({ serverPort, clientPort }),
    traffic: { heard: 0, answered: 0 },
  };
}

/** A server on a free port of the loopback, and a relay beside it. */
async function serve(handling: Handling, clientPort = 9) {
  const [port = 0] = await freeUdpPorts(1);
  const server = await startDhcpServer(serverOptions(handling, port, clientPort));
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= server.stop());
  opened.push({ close: stop });
  return { server: { stop }, port, relay: await openAt(relayAddress, port) };
}

async function setUp() {
  const { service, log } = await dhcpService({
    subnets: [loopback],
    options: { ownAddresses: () => [wireAddress] },
  });
  const errors: unknown[] = [];
  const client = await openAt("127.77.1.0", 0);
  const handling = { ...service, answer: service.respond, onError: (error: unknown) => errors.push(error) };
  const { relay, port } = await serve(handling, client.address().port);

  /** Sends from the socket and waits for what it hears next. */
  async function exchange(socket: Socket, packet: DhcpPacket): Promise<DhcpPacket> {
    const heard = once(socket, "message");
    socket.send(encode(packet), port, wireAddress);
    const [datagram] = await heard;
    const reply = decode(datagram);
    if (!reply) throw new Error("the reply did not decode");
    return reply;
  }

  return { ...service, log, errors, relay, client, port, exchange };
}

const typeOf = ({ options }: DhcpPacket) => readOption(options, messageType);

describe("a client behind a relay", () => {
  test("gets its lease through the relay, and renews it past the relay", async () => {
    const { exchange, relay, client, log, errors } = await setUp();
    const offer = await exchange(relay, ada("discover", { giaddr: relayAddress }));
    expect([typeOf(offer), offer.yiaddr]).toEqual(["offer", "127.77.1.0"]);
    const asked = { giaddr: relayAddress, requested: offer.yiaddr, server: wireAddress };
    const ack = await exchange(relay, ada("request", asked));
    expect([typeOf(ack), ack.yiaddr]).toEqual(["ack", "127.77.1.0"]);
    expect(await log.readStream("address-127.77.1.0")).toHaveLength(1);

    const renewed = await exchange(client, ada("request", { ciaddr: "127.77.1.0" }));
    expect([typeOf(renewed), renewed.yiaddr]).toEqual(["ack", "127.77.1.0"]);
    expect(errors).toEqual([]);
  });
});

describe("the server", () => {
  test("survives whatever is sent to it, and answers the next client", async () => {
    const { exchange, relay, port, counters, errors } = await setUp();
    const rubbish = everyCapture().flatMap((payload) =>
      [0, 1, 100, 239, 245, 280].map((length) => payload.subarray(0, length)),
    );
    for (const datagram of rubbish) relay.send(datagram, port, wireAddress);
    relay.send(captured("ipxe-bios", "offer"), port, wireAddress);
    await expect.poll(() => counters.received, waiting).toBe(rubbish.length + 1);
    expect(typeOf(await exchange(relay, ada("discover", { giaddr: relayAddress })))).toBe("offer");
    expect(errors).toEqual([]);
  });

  test("counts and tells of a message that it could not handle, and handles the next", async () => {
    const errors: unknown[] = [];
    const counters = createDhcpCounters();
    const { relay, port } = await serve({
      counters,
      onError: (error) => errors.push(error),
      answer: (packet) =>
        packet.xid === 7 ? Promise.reject(new Error("a bug")) : Promise.resolve(undefined),
    });
    relay.send(encode(ada("discover", { xid: 7 })), port, wireAddress);
    relay.send(encode(bob("discover")), port, wireAddress);
    await expect.poll(() => counters.received, waiting).toBe(2);
    expect(errors).toMatchObject([{ message: "a bug" }]);
    expect(counters.failed).toBe(1);
  });

  test("answers what it took before it stops, and nothing after", async () => {
    const counters = createDhcpCounters();
    let finish: (() => void) | undefined;
    const { relay, port, server } = await serve({
      counters,
      onError: () => undefined,
      answer: (packet) =>
        new Promise((resolve) => {
          const { options } = packet;
          const answered = { ...ada("request", { xid: packet.xid, giaddr: relayAddress }), options };
          finish = () => resolve({ packet: { ...answered, op: "reply" }, sizeMax: 548 });
        }),
    });
    const heard = once(relay, "message");
    relay.send(encode(ada("request", { giaddr: relayAddress })), port, wireAddress);
    await expect.poll(() => finish, waiting).toBeDefined();
    const stopped = server.stop();
    finish?.();
    expect((await heard).length).toBeGreaterThan(0);
    await stopped;
  });

  test("says so when its port is taken", async () => {
    const taken = createSocket("udp4");
    opened.push({ close: () => taken.close() });
    taken.bind({ address: "0.0.0.0", port: 0 });
    await once(taken, "listening");
    const { service } = await dhcpService();
    const handling = { ...service, answer: service.respond, onError: () => undefined };
    const starting = startDhcpServer(serverOptions(handling, taken.address().port, 9));
    await expect(starting).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  test("says so when its port is taken by a server that would share it", async () => {
    const { service } = await dhcpService();
    const other = await openAt("0.0.0.0", 0);
    const handling = { ...service, answer: service.respond, onError: () => undefined };
    const starting = startDhcpServer(serverOptions(handling, other.address().port, 9));
    await expect(starting).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});

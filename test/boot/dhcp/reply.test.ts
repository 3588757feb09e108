import { describe, expect, test } from "vitest";
import { destinationOf } from "../../../src/boot/dhcp/destination.ts";
import { encode, noAddress } from "../../../src/boot/dhcp/packet.ts";
import { ada, dhcpService, lease, serverAddress } from "./support.ts";

async function replyTo(...message: Parameters<typeof ada>) {
  const { service } = await dhcpService();
  const reply = await service.respond(ada(...message));
  if (!reply) throw new Error("no reply");
  return reply;
}

const relayed = Uint8Array.of(1, 4, 0, 0, 0, 9, 2, 2, 1, 1);

describe("an answer", () => {
  test("carries the network's options, those that were asked for in that order, and the lease's times", async () => {
    const wanted = new Map([[55, Uint8Array.of(15, 6, 59, 1, 235)]]);
    const { packet } = await replyTo("discover", { extra: wanted });
    expect([...packet.options.keys()]).toEqual([53, 54, 51, 15, 6, 59, 1, 58, 3]);
    expect(Buffer.from(packet.options.get(1) ?? []).toString("hex")).toBe("ffffff00");
    expect(Buffer.from(packet.options.get(58) ?? []).readUInt32BE()).toBe(1800);
    expect(Buffer.from(packet.options.get(59) ?? []).readUInt32BE()).toBe(3150);
  });

  test("repeats the client's transaction, flags, hardware address and relay", async () => {
    const { packet } = await replyTo("discover", { xid: 0xfeedface, giaddr: "10.77.0.250" });
    expect(packet).toMatchObject({
      op: "reply",
      xid: 0xfeedface,
      broadcast: false,
      mac: "52:54:00:77:00:01",
      giaddr: "10.77.0.250",
      ciaddr: noAddress,
    });
  });

  test.each([
    ["offer", "discover", {}],
    ["ack", "request", { requested: "10.77.0.10", server: serverAddress }],
    ["nak", "request", { requested: "192.0.2.1", server: serverAddress }],
  ] as const)("repeats the client id, and last the relay's option 82: %s", async (_name, type, parts) => {
    const extra = new Map([[82, relayed]]);
    const { packet } = await replyTo(type, { ...parts, clientId: "ff0102", giaddr: "10.77.0.250", extra });
    expect(Buffer.from(packet.options.get(61) ?? []).toString("hex")).toBe("ff0102");
    const bytes = Buffer.from(encode(packet));
    const at = bytes.indexOf(Buffer.concat([Uint8Array.of(82, relayed.length), relayed, Uint8Array.of(255)]));
    expect(at).toBeGreaterThan(240);
  });

  test("that refuses carries no address, no lease and no network", async () => {
    const { packet } = await replyTo("request", { requested: "192.0.2.1" });
    expect([...packet.options.keys()]).toEqual([53, 54, 56]);
    expect(packet).toMatchObject({ yiaddr: noAddress, siaddr: noAddress, ciaddr: noAddress });
  });

  test("about the network alone carries no lease", async () => {
    const { packet } = await replyTo("inform", { ciaddr: "10.77.0.66" });
    expect([...packet.options.keys()]).toEqual([53, 54, 1, 3, 6, 15]);
    expect(packet).toMatchObject({ yiaddr: noAddress, ciaddr: "10.77.0.66" });
  });

  test.each([
    [undefined, 548],
    [100, 548],
    [1472, 1444],
    [9000, 1472],
  ])("is as long as option 57 allows: %s", async (size, expected) => {
    const extra = new Map(size ? [[57, Uint8Array.of(size >> 8, size & 255)]] : []);
    expect((await replyTo("discover", { extra })).sizeMax).toBe(expected);
  });
});

describe("an answer goes", () => {
  test("to the relay that brought the message, which is told to broadcast a refusal", async () => {
    const { packet } = await replyTo("request", { requested: "192.0.2.1", giaddr: "10.77.0.250" });
    expect(destinationOf(packet)).toEqual({ address: "10.77.0.250", port: "server" });
    expect(packet.broadcast).toBe(true);
  });

  test("to everybody, when the client has no address yet", async () => {
    const { packet } = await replyTo("discover");
    expect(destinationOf(packet)).toEqual({ address: "255.255.255.255", port: "client" });
  });

  test("to the client's address, when it uses one", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    const renewed = await service.service.respond(ada("request", { ciaddr: address }));
    expect(renewed && destinationOf(renewed.packet)).toEqual({ address, port: "client" });
  });

  test("to everybody, when the address that the client uses is refused", async () => {
    const { packet } = await replyTo("request", { ciaddr: "192.0.2.1" });
    expect(destinationOf(packet)).toEqual({ address: "255.255.255.255", port: "client" });
  });

  test("to the client itself after a DHCPINFORM, past the relay", async () => {
    const { packet } = await replyTo("inform", { ciaddr: "10.77.0.66", giaddr: "10.77.0.250" });
    expect(destinationOf(packet)).toEqual({ address: "10.77.0.66", port: "client" });
  });
});

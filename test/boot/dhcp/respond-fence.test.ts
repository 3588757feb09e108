import { describe, expect, test } from "vitest";
import { ada, bob, dhcpService, hourMs, lease, serverAddress } from "./support.ts";

describe("while the log is fenced", () => {
  test("a free address is offered after a probe found nobody, to the client that asked again", async () => {
    const { say, flags, service } = await dhcpService();
    flags.fenced = true;
    expect(await say(ada("discover"))).toBe("silence");
    expect(service.counters.probing).toBe(1);
    expect(await say(ada("discover"))).toMatchObject({ type: "offer", address: "10.77.0.10" });
    expect(await say(ada("request", { requested: "10.77.0.10", server: serverAddress }))).toMatchObject({
      type: "ack",
    });
  });

  test("an address that is in use is passed over", async () => {
    const { say, flags } = await dhcpService({
      probe: async (address) => (address === "10.77.0.10" ? "in-use" : "free"),
    });
    flags.fenced = true;
    await say(ada("discover"));
    await say(ada("discover"));
    expect(await say(ada("discover"))).toMatchObject({ type: "offer", address: "10.77.0.11" });
    expect(await say(bob("request", { requested: "10.77.0.10", server: serverAddress }))).toBe("silence");
  });

  test("a probe that fails counts as an address in use", async () => {
    const { say, flags } = await dhcpService({ probe: () => Promise.reject(new Error("no socket")) });
    flags.fenced = true;
    await say(ada("request", { requested: "10.77.0.10", server: serverAddress }));
    expect(await say(ada("request", { requested: "10.77.0.10", server: serverAddress }))).toBe("silence");
  });

  test("a client keeps its running lease without a probe", async () => {
    const service = await dhcpService({ probe: async () => "in-use" });
    const address = await lease(service);
    service.flags.fenced = true;
    service.advance(hourMs / 2);
    expect(await service.say(ada("discover"))).toMatchObject({ address });
    expect(await service.say(ada("request", { ciaddr: address }))).toMatchObject({ type: "ack" });
  });

  test("a client is not told that its address is not its own: the log may have forgotten that it is", async () => {
    const service = await dhcpService();
    const address = await lease(service);
    service.flags.fenced = true;
    expect(await service.say(bob("request", { ciaddr: address }))).toBe("silence");
    expect(await service.say(bob("request", { ciaddr: "192.0.2.1" }))).toBe("silence");
    expect(await service.say(bob("request", { requested: "192.0.2.1" }))).toBe("silence");
  });

  test("a client renews an address that the log forgot: a probe would only find the client itself", async () => {
    const { say, flags } = await dhcpService({ probe: async () => "in-use" });
    flags.fenced = true;
    expect(await say(ada("request", { ciaddr: "10.77.0.15" }))).toMatchObject({ type: "ack" });
  });
});

import { describe, expect, test } from "vitest";
import { networkCodec, networkStream } from "../../../src/domain/network/events.ts";
import type { Subnet } from "../../../src/domain/network/subnet.ts";
import { ada, bob, client, cyd, dhcpService, hourMs, ip, lab, lease, mac, serverAddress } from "./support.ts";

/** A subnet has no other way to another name than to be retired and defined again. */
const renamed: Subnet = { ...lab, name: "lab-2" as never };

async function rename({ happened }: Awaited<ReturnType<typeof dhcpService>>) {
  await happened(networkStream, networkCodec.write({ type: "SubnetRetired", data: { name: lab.name } }));
  await happened(networkStream, networkCodec.write({ type: "SubnetDefined", data: { subnet: renamed } }));
}

/** Clients of whom nothing was heard before. */
const newcomer = (n: number) => client(mac(`52:54:00:77:01:${n.toString(16).padStart(2, "0")}`));

describe("a network that is defined again under another name", () => {
  test("hands out the addresses that were leased under the old one and given back since", async () => {
    const service = await dhcpService();
    for (let n = 0; n < 10; n++) {
      const who = newcomer(n);
      const address = await lease(service, who);
      if (n % 2 === 0) await service.say(who("release", { ciaddr: address, server: serverAddress }));
    }
    await rename(service);
    for (let n = 10; n < 15; n++) expect(await lease(service, newcomer(n))).toMatch(/^10\.77\.0\.1\d$/);
    expect(await service.say(newcomer(15)("discover"))).toBe("silence");

    service.advance(2 * hourMs);
    await service.service.expiry.run();
    for (let n = 16; n < 26; n++) await lease(service, newcomer(n));
  });

  test("leaves each client its address", async () => {
    const service = await dhcpService();
    const [ofAda, ofBob] = [await lease(service, ada), await lease(service, bob)];
    await rename(service);
    expect(await lease(service, cyd)).toBe("10.77.0.12");
    expect(await lease(service, bob)).toBe(ofBob);
    expect(await service.say(ada("request", { requested: ofAda }))).toMatchObject({ type: "ack" });
  });

  test("keeps its reservations", async () => {
    const service = await dhcpService();
    await service.reserve(ip("10.77.0.200"), mac("52:54:00:77:00:01"));
    await rename(service);
    expect(await lease(service, ada)).toBe("10.77.0.200");
  });
});

test("a client whose network moved is offered an address of the new one, and told of no old one", async () => {
  const service = await dhcpService();
  await lease(service, ada);
  const subnet: Subnet = {
    ...lab,
    cidr: "10.77.0.0/23" as never,
    ranges: [{ first: ip("10.77.1.10"), last: ip("10.77.1.19") }],
  };
  await service.happened(networkStream, networkCodec.write({ type: "SubnetChanged", data: { subnet } }));
  expect(await lease(service, ada)).toBe("10.77.1.10");
  expect(await lease(service, ada)).toBe("10.77.1.10");
});

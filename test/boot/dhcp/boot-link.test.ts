import { describe, expect, test } from "vitest";
import type { EventMeta } from "../../../src/domain/ports/event-store.ts";
import { ada, dhcpService, lease, mac, serverAddress } from "./support.ts";

const adaMac = mac("52:54:00:77:00:01");
const run = "11111111-1111-8111-8111-111111111111" as never;

const why = ({ $correlationId, $causationId }: EventMeta) => ({ $correlationId, $causationId });

describe("the events of one boot", () => {
  test("name it as their cause: iPXE after the firmware, and the lease", async () => {
    const service = await dhcpService();
    await lease(service, ada, { boots: "uefi" });
    await service.say(ada("discover", { boots: "ipxe", xid: 2 }));
    const [first, second] = await service.log.readStream(`boot-${adaMac}`);
    expect(first).toMatchObject({
      type: "PxeRequested",
      data: { client: "firmware", architecture: "x64-uefi", vendorClass: "PXEClient:Arch:00007:UNDI:003000" },
      meta: { actor: `client:${adaMac}`, source: "dhcp" },
    });
    expect(second).toMatchObject({
      type: "PxeRequested",
      data: { client: "ipxe", architecture: "x86-bios" },
    });
    const ofBoot = { $correlationId: first?.id, $causationId: first?.id };
    expect(first && why(first.meta)).toEqual(ofBoot);
    expect(second && why(second.meta)).toEqual(ofBoot);
    const [granted] = await service.log.readStream("address-10.77.0.10");
    expect(granted && why(granted.meta)).toEqual(ofBoot);
  });

  test("belong to the run that waits for it", async () => {
    const service = await dhcpService();
    service.causes.set(adaMac, { kind: "intent", run, eventId: "00000000-0000-7000-8000-00000000aaaa" });
    await lease(service, ada, { boots: "ipxe" });
    const [requested] = await service.log.readStream(`boot-${adaMac}`);
    const [granted] = await service.log.readStream("address-10.77.0.10");
    expect(requested && why(requested.meta)).toEqual({
      $correlationId: run,
      $causationId: "00000000-0000-7000-8000-00000000aaaa",
    });
    expect(granted && why(granted.meta)).toEqual({ $correlationId: run, $causationId: requested?.id });
  });
});

describe("a lease without a boot", () => {
  test("stands for itself", async () => {
    const service = await dhcpService();
    await lease(service);
    const [granted] = await service.log.readStream("address-10.77.0.10");
    expect(granted && why(granted.meta)).toEqual({ $correlationId: granted?.id, $causationId: granted?.id });
    expect(await service.log.readStream(`boot-${adaMac}`)).toEqual([]);
  });

  test("belongs to a run that waits for the machine", async () => {
    const service = await dhcpService();
    service.causes.set(adaMac, { kind: "intent", run, eventId: "00000000-0000-7000-8000-00000000aaaa" });
    await lease(service);
    const [granted] = await service.log.readStream("address-10.77.0.10");
    expect(granted && why(granted.meta)).toEqual({ $correlationId: run, $causationId: granted?.id });
  });
});

describe("a script's URL", () => {
  test("is the same boot's in the offer and in the acknowledgement, for the address that is leased", async () => {
    const { say } = await dhcpService();
    const offer = await say(ada("discover", { boots: "ipxe" }));
    const ack = await say(ada("request", { boots: "ipxe", requested: "10.77.0.10", server: serverAddress }));
    expect(offer).toMatchObject({ file: expect.stringContaining("/10.77.0.10/script.ipxe") });
    expect(ack).toMatchObject({ file: (offer as { file: string }).file });
  });
});

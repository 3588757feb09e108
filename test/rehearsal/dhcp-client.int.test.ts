import { afterEach, describe, expect, test } from "vitest";
import {
  bootFileName,
  clientArchitecture,
  userClass,
  vendorClass,
} from "../../src/boot/dhcp/options/boot.ts";
import { clientIdentifier } from "../../src/boot/dhcp/options/client-identity.ts";
import { requestedAddress } from "../../src/boot/dhcp/options/configuration.ts";
import { firmwareUuid } from "../../src/boot/dhcp/options/firmware-uuid.ts";
import { type MessageType, messageType } from "../../src/boot/dhcp/options/message-type.ts";
import { optionEntry, readOption } from "../../src/boot/dhcp/options/option.ts";
import type { Ipv4 } from "../../src/domain/values/ipv4.ts";
import { acquireLease, type DhcpClient, DhcpClientError } from "../../src/rehearsal/dhcp-client.ts";
import { hardwareOf } from "../../src/rehearsal/hardware.ts";
import { type Relay, startRelay } from "../../src/rehearsal/relay.ts";
import { type FakeDhcp, fakeServer, startFakeDhcp } from "./fake-dhcp.ts";

const giaddr = "127.77.0.2" as Ipv4;
const address = "127.77.1.7" as Ipv4;
const bios = hardwareOf(0, { packages: [] });
const uefi = hardwareOf(1, { packages: [] });
const bootFile = [optionEntry(bootFileName, "undionly.kpxe")];

let server: FakeDhcp;
let relay: Relay;

afterEach(async () => {
  await relay.close();
  await server.close();
});

async function start(reply: Parameters<typeof startFakeDhcp>[1]): Promise<void> {
  server = await startFakeDhcp(address, reply);
  relay = await startRelay({ giaddr, server: fakeServer, port: server.port });
}

function acquire(client: DhcpClient, hardware = bios) {
  let xid = 7;
  const signal = AbortSignal.timeout(20_000);
  return acquireLease(client, { hardware, relay, xid: () => xid++, signal, retryMs: [100, 100, 100] });
}

const willing = (type: MessageType) => ({
  type: type === "discover" ? ("offer" as const) : ("ack" as const),
  options: bootFile,
});

describe("asking for an address", () => {
  test("takes what is offered, through the relay", async () => {
    await start(willing);
    expect(await acquire("firmware")).toEqual({
      address,
      seconds: 600,
      nextServer: fakeServer,
      bootFile: "undionly.kpxe",
    });
    const [discover, request] = server.seen;
    expect(discover).toMatchObject({ giaddr, hops: 1, mac: bios.mac, xid: 7 });
    expect(request && readOption(request.options, requestedAddress)).toBe(address);
  });

  test("asks again when nothing comes", async () => {
    await start((type, count) => (count % 2 === 1 ? undefined : willing(type)));
    expect(await acquire("agent")).toMatchObject({ address });
    expect(server.seen.map(({ options }) => readOption(options, messageType))).toEqual([
      "discover",
      "discover",
      "request",
      "request",
    ]);
  });

  test("begins again after a refusal, as another transaction", async () => {
    await start((type, count) => (count === 2 ? { type: "nak" } : willing(type)));
    expect(await acquire("ipxe")).toMatchObject({ address });
    expect(server.seen.map(({ xid }) => xid)).toEqual([7, 7, 8, 8]);
  });

  test("gives up on a server that is silent", async () => {
    await start(() => undefined);
    await expect(acquire("firmware")).rejects.toThrow(new DhcpClientError("no offer came"));
  });

  test("gives up on a server that refuses its own offers", async () => {
    await start((type) => (type === "discover" ? { type: "offer" } : { type: "nak" }));
    await expect(acquire("firmware")).rejects.toThrow("the server refused its own offer 4 times");
  });
});

describe("telling who asks", () => {
  async function asked(client: DhcpClient, hardware: typeof bios) {
    await start(willing);
    await acquire(client, hardware);
    const options = server.seen[0]?.options ?? new Map();
    return {
      vendor: readOption(options, vendorClass),
      architecture: readOption(options, clientArchitecture),
      user: readOption(options, userClass),
      ipxe: options.has(175),
      clientId: readOption(options, clientIdentifier),
      uuid: readOption(options, firmwareUuid),
    };
  }

  test("shows a BIOS as one", async () => {
    expect(await asked("firmware", bios)).toEqual({
      vendor: "PXEClient:Arch:00000:UNDI:002001",
      architecture: ["x86-bios"],
      user: undefined,
      ipxe: false,
      clientId: undefined,
      uuid: bios.uuid,
    });
  });

  test("shows UEFI as such", async () => {
    expect(await asked("firmware", uefi)).toMatchObject({
      vendor: "PXEClient:Arch:00007:UNDI:003000",
      architecture: ["x64-uefi"],
    });
  });

  test("shows iPXE by its user class and its own option", async () => {
    expect(await asked("ipxe", uefi)).toMatchObject({
      user: ["iPXE"],
      ipxe: true,
      clientId: "01525400770001",
    });
  });

  test("shows the agent by its vendor class, and no architecture", async () => {
    expect(await asked("agent", bios)).toMatchObject({
      vendor: "ironledger-agent",
      architecture: undefined,
      clientId: "01525400770000",
    });
  });
});

test("the relay brings each machine its own answers when both ask at once", async () => {
  await start(willing);
  await Promise.all([acquire("firmware", bios), acquire("firmware", uefi)]);
  expect(server.seen.map(({ mac }) => mac).sort()).toEqual([bios.mac, bios.mac, uefi.mac, uefi.mac]);
});

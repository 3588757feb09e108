import { describe, expect, test } from "vitest";
import { macClaimStream } from "../../../src/domain/claim/events.ts";
import { adoptInterfaces } from "../../../src/domain/machine/adopt-interfaces.ts";
import type { Inventory } from "../../../src/domain/machine/inventory.ts";
import { MacAddress } from "../../../src/domain/values/mac-address.ts";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { histories, recordMachine } from "../../support/machine-history.ts";
import { handlersOn, memoryLog, meta, typesOf } from "../../support/recording.ts";
import { busyAt } from "../../support/refusing.ts";
import { inventory, mac, machineId, otherMachineId, secondMac } from "../../support/samples.ts";

const adoption = { machineId, inventory };
const stream = machineStream(machineId);

async function discovered(history: (typeof histories)[keyof typeof histories] = histories.inspected) {
  const store = memoryLog();
  const handlers = handlersOn(store);
  await recordMachine(store, history);
  return { store, handlers };
}

describe("adopting the interfaces of an inventory", () => {
  test("claims each one and adds it to the machine", async () => {
    const { store, handlers } = await discovered();
    expect(await adoptInterfaces(handlers, adoption, meta)).toEqual({
      adopted: [mac, secondMac],
      disputed: [],
      refused: [],
    });
    expect(await typesOf(store, macClaimStream(secondMac))).toEqual(["Claimed"]);
    expect(await typesOf(store, stream)).toEqual([
      "MachineDiscovered",
      "InventoryReported",
      "InterfaceAdded",
    ]);
  });

  test("once more records nothing", async () => {
    const { store, handlers } = await discovered();
    await adoptInterfaces(handlers, adoption, meta);
    const head = await store.head();
    expect(await adoptInterfaces(handlers, adoption, meta)).toMatchObject({ adopted: [mac, secondMac] });
    expect(await store.head()).toBe(head);
  });

  test("completes what a crash cut short after the claim", async () => {
    const { store, handlers } = await discovered();
    await handlers.handleClaim(macClaimStream(secondMac), { type: "Claim", machineId }, { meta });
    await adoptInterfaces(handlers, adoption, meta);
    expect((await typesOf(store, stream)).at(-1)).toBe("InterfaceAdded");
  });

  test("disputes what another machine holds, and merges nothing", async () => {
    const { store, handlers } = await discovered();
    const claimStream = macClaimStream(secondMac);
    await handlers.handleClaim(claimStream, { type: "Claim", machineId: otherMachineId }, { meta });

    expect(await adoptInterfaces(handlers, adoption, meta)).toEqual({
      adopted: [mac],
      disputed: [secondMac],
      refused: [],
    });
    await adoptInterfaces(handlers, adoption, meta);
    expect(await typesOf(store, claimStream)).toEqual(["Claimed", "ClaimDisputed"]);
    expect(await typesOf(store, stream)).not.toContain("InterfaceAdded");
  });

  test("leaves addresses alone that name no interface", async () => {
    const { handlers } = await discovered();
    const virtual = ["00:00:00:00:00:00", "01:00:5e:00:00:01"].map((text) => MacAddress.parse(text));
    const interfaces = virtual.map((each) => ({ name: "dummy0", mac: each, driver: null }));
    const odd: Inventory = { ...inventory, interfaces: [...inventory.interfaces, ...interfaces] };
    expect(await adoptInterfaces(handlers, { machineId, inventory: odd }, meta)).toMatchObject({
      adopted: [mac, secondMac],
    });
  });

  test("leaves no claim behind when the machine was retired in between", async () => {
    const { store, handlers } = await discovered(histories.retired);
    expect(await adoptInterfaces(handlers, adoption, meta)).toMatchObject({
      adopted: [],
      refused: [
        { mac, rejection: { code: "MACHINE_RETIRED" } },
        { mac: secondMac, rejection: { code: "MACHINE_RETIRED" } },
      ],
    });
    expect(await typesOf(store, macClaimStream(secondMac))).toEqual(["Claimed", "Released"]);
  });
});

describe("an interface that could not be settled", () => {
  const busy = [{ rejection: { code: "STREAM_BUSY" } }, { rejection: { code: "STREAM_BUSY" } }];

  test("is told when its claim was busy", async () => {
    const { handlers } = await discovered();
    const handleClaim = busyAt(["Claim"], handlers.handleClaim);
    expect(await adoptInterfaces({ ...handlers, handleClaim }, adoption, meta)).toMatchObject({
      refused: busy,
    });
  });

  test("is told when the dispute was busy", async () => {
    const { handlers } = await discovered();
    const handleClaim = busyAt(["Dispute"], handlers.handleClaim);
    await handlers.handleClaim(macClaimStream(mac), { type: "Claim", machineId: otherMachineId }, { meta });
    expect(await adoptInterfaces({ ...handlers, handleClaim }, adoption, meta)).toMatchObject({
      adopted: [secondMac],
      refused: [{ mac, rejection: { code: "STREAM_BUSY" } }],
    });
  });

  test("keeps its claim when the machine was busy, for the next call to complete", async () => {
    const { store, handlers } = await discovered();
    const handleMachine = busyAt(["AddInterface"], handlers.handleMachine);
    expect(await adoptInterfaces({ ...handlers, handleMachine }, adoption, meta)).toMatchObject({
      refused: busy,
    });
    expect(await typesOf(store, macClaimStream(secondMac))).toEqual(["Claimed"]);
  });
});

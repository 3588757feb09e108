import { describe, expect, test } from "vitest";
import { ClientId } from "../../../src/domain/values/client-id.ts";
import { ReservationKey } from "../../../src/domain/values/reservation-key.ts";
import { histories } from "../../support/machine-history.ts";
import { mac, machineId, otherMac, run, samples } from "../../support/samples.ts";
import { binding, defined, lab, reserved, world } from "./world.ts";

describe("explaining an interface that nobody knows", () => {
  test("says that nothing is served where it is", async () => {
    const { happened, explain } = await world();
    await happened.boot(samples.PxeRequested);
    const { dhcp, http, outcomes } = await explain();
    expect(dhcp).toMatchObject({ outcome: "silence", wire: "lab", subnet: null });
    expect(http).toBeNull();
    expect(outcomes("subnet")).toEqual(["none: 10.77.0.1 is of no subnet that is served"]);
  });

  test("tells the range, the loader and the agent that it gets", async () => {
    const { happened, explain } = await world();
    await happened.network(defined);
    await happened.boot(samples.PxeRequested);
    const { dhcp, http, machineId: owner, outcomes } = await explain();
    expect(owner).toBeNull();
    expect(dhcp).toMatchObject({
      outcome: "offer",
      subnet: "lab",
      address: null,
      addressFrom: "range",
      leaseSeconds: 3600,
      bootFile: "snponly.efi",
    });
    expect(http).toMatchObject({
      action: "discover",
      why: "unknown-machine",
      environment: { name: "discovery", version: 1 },
      template: "script.ipxe.liquid",
    });
    expect(outcomes("policy")).toEqual(["discover"]);
  });

  test("says what is not known of it: nothing to boot without an architecture", async () => {
    const { happened, explain } = await world();
    await happened.network(defined);
    const { dhcp, reasons } = await explain();
    expect(dhcp).toMatchObject({ outcome: "offer", bootFile: null });
    expect(reasons("boot-file")).toEqual([
      "nothing is known of what its firmware boots: name its architecture",
    ]);
    expect(reasons("client")).toEqual(["the log has no request of it for a boot"]);
  });

  test("takes what is said of it instead", async () => {
    const { happened, explain } = await world();
    await happened.network(defined);
    const { dhcp } = await explain({ client: { architecture: "x86-bios" } });
    expect(dhcp.bootFile).toBe("undionly.kpxe");
    const http = await explain({ client: { architecture: "x64-uefi-http" } });
    expect(http.dhcp.bootFile).toBe("http://10.77.0.1:8080/boot/<nonce>/loaders/snponly.efi");
    const arm = await explain({ client: { architecture: "arm64-uefi" } });
    expect(arm.http).toBeNull();
    expect(arm.reasons("boot-file")).toEqual(["there is no loader for arm64-uefi"]);
  });

  test("tells the policy that leaves it alone", async () => {
    const { happened, explain } = await world();
    await happened.network({
      type: "SubnetDefined",
      data: { subnet: { ...lab, unknownMachines: "local-disk" } },
    });
    const { http } = await explain();
    expect(http).toMatchObject({ action: "local-disk", why: "policy", environment: { name: "local-disk" } });
  });
});

describe("explaining an address", () => {
  test("names the reservation", async () => {
    const { happened, explain } = await world();
    await happened.network(defined);
    await happened.address("10.77.0.50", reserved);
    const { dhcp, reasons } = await explain();
    expect(dhcp).toMatchObject({ address: "10.77.0.50", addressFrom: "reservation" });
    expect(reasons("address")).toEqual([`it is reserved for ${mac}`]);
  });

  test("names the reservation by the client id that only the client's lease tells", async () => {
    const { happened, explain } = await world();
    await happened.network(defined);
    const clientId = ClientId.parse("ff00000001000100");
    const held = { ...binding, holder: { ...binding.holder, clientId } };
    await happened.address("10.77.0.12", { type: "LeaseGranted", data: held });
    const reservedFor = ReservationKey.parse(`client-id:${clientId}`);
    await happened.address("10.77.0.50", {
      type: "AddressReserved",
      data: { ...reserved.data, reservedFor },
    });
    const { dhcp, reasons } = await explain();
    expect(dhcp).toMatchObject({ address: "10.77.0.50", addressFrom: "reservation" });
    expect(reasons("address")).toEqual([`it is reserved for ${reservedFor}`]);
  });

  test("names the lease, and the lease that is over", async () => {
    const { happened, explain } = await world();
    await happened.network(defined);
    await happened.address("10.77.0.12", { type: "LeaseGranted", data: binding });
    expect((await explain()).dhcp).toMatchObject({ address: "10.77.0.12", addressFrom: "lease" });
    const later = await explain({ atMs: binding.untilMs + 3_600_000 });
    expect(later.dhcp).toMatchObject({ address: "10.77.0.12", addressFrom: "earlier-lease" });
  });

  test("says when there is none", async () => {
    const { happened, explain } = await world();
    await happened.network({ type: "SubnetDefined", data: { subnet: { ...lab, ranges: [] } } });
    const { dhcp, http, reasons } = await explain();
    expect(dhcp.outcome).toBe("silence");
    expect(http).toBeNull();
    expect(reasons("address")).toEqual([
      "subnet lab has no free address for this client, and none is its own",
    ]);
  });
});

describe("explaining an address of a range", () => {
  test("says when others have all of them, which is known of now alone", async () => {
    const { happened, explain, head } = await world();
    const two = { ...lab, ranges: [{ first: "10.77.0.10", last: "10.77.0.11" }] } as unknown as typeof lab;
    await happened.network({ type: "SubnetDefined", data: { subnet: two } });
    const others = { ...binding, holder: { ...binding.holder, mac: otherMac } };
    for (const address of ["10.77.0.10", "10.77.0.11"]) {
      await happened.address(address, { type: "LeaseGranted", data: others });
    }
    const now = await explain();
    expect(now.dhcp.outcome).toBe("silence");
    expect(now.reasons("address")).toEqual([
      "subnet lab has no free address for this client, and none is its own",
    ]);
    const past = await explain({ until: await head(), isNow: false });
    expect(past.dhcp).toMatchObject({ outcome: "offer", addressFrom: "range" });
    expect(past.reasons("address")[0]).toMatch(/whether one is free, only a question about now/);
  });
});

describe("explaining a machine", () => {
  test("names the intent, its run and how often its script was sent", async () => {
    const { happened, explain } = await world();
    await happened.network(defined);
    await happened.claim(samples.Claimed);
    await happened.machine(...histories.allocated, samples.BootIntentServed);
    const { http, machineId: owner, outcomes } = await explain();
    expect(owner).toBe(machineId);
    expect(http).toMatchObject({ action: "deploy", why: "boot-intent", run, servings: 1 });
    expect(http?.environment).toMatchObject({ name: "image-deploy" });
    expect(outcomes("intent")).toEqual([`deployment, run ${run}, served 1 of 3 times`]);
  });

  test("tells that the script was sent three times", async () => {
    const { happened, explain } = await world();
    await happened.network(defined);
    await happened.claim(samples.Claimed);
    await happened.machine(...histories.allocated, { type: "BootIntentServed", data: { run, serving: 3 } });
    const { http, reasons } = await explain();
    expect(http).toMatchObject({ action: "local-disk", why: "refused", servings: 3 });
    expect(reasons("answer")).toEqual([
      "its script was sent three times and no agent reported (INTENT_NEVER_CONSUMED)",
    ]);
  });

  test("tells that a lock keeps its run from starting", async () => {
    const { happened, explain } = await world();
    await happened.network(defined);
    await happened.claim(samples.Claimed);
    await happened.machine(...histories.allocated, samples.MachineLocked);
    const { http, reasons } = await explain();
    expect(http).toMatchObject({ action: "local-disk", why: "refused" });
    expect(reasons("answer")[0]).toMatch(/MACHINE_LOCKED/);
  });

  test("tells that a boot now would end the run that is under way", async () => {
    const { happened, explain } = await world();
    await happened.network(defined);
    await happened.claim(samples.Claimed);
    await happened.machine(...histories.deploying);
    expect((await explain()).http).toMatchObject({ action: "local-disk", why: "rebooted", run });
  });

  test("tells of the fence, which every boot stops at", async () => {
    const { happened, explain } = await world();
    await happened.network(defined);
    await happened.claim(samples.Claimed);
    await happened.machine(...histories.allocated);
    await happened.system(samples.RestoreDetected);
    const fenced = await explain();
    expect(fenced.http).toMatchObject({ action: "local-disk", why: "fenced" });
    expect(fenced.outcomes("fence")[0]).toMatch(/^fenced/);
    await happened.system(samples.EffectsEpochStarted);
    const after = await explain();
    expect(after.http).toMatchObject({ action: "local-disk", why: "no-intent" });
    expect(after.outcomes("intent")).toEqual([`deployment, run ${run}, outdated`]);
  });

  test("tells of the clock until the longest lease has passed", async () => {
    const { happened, explain, store } = await world();
    await happened.network(defined);
    await happened.system(samples.ClockStepped);
    const steppedAtMs = (await store.readStream("system")).at(-1)?.time ?? 0;
    expect((await explain({ atMs: steppedAtMs + 3_599_000 })).outcomes("clock")[0]).toMatch(/^in doubt/);
    expect((await explain({ atMs: steppedAtMs + 3_601_000 })).outcomes("clock")).toEqual(["trusted"]);
  });
});

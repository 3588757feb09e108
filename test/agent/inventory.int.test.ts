import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Inventory } from "../../src/domain/machine/inventory.ts";
import { type AgentShell, agentShell, canRunAgentShell } from "./support/busybox.ts";
import { cleanedHostile, type FakeHardware, fakeHardware } from "./support/fake-hardware.ts";

describe.skipIf(!canRunAgentShell)("taking the inventory", () => {
  let shell: AgentShell;
  let machine: FakeHardware;

  beforeAll(async () => {
    shell = await agentShell();
    machine = await fakeHardware(shell.folder);
  });
  afterAll(() => rm(shell.folder, { recursive: true, force: true }));

  const take = async (): Promise<Inventory> => {
    const { output } = await shell.run("inventory", machine.variables);
    return Inventory.parse(JSON.parse(output));
  };

  test("gives exactly what the service expects, whatever the firmware says", async () => {
    expect(await take()).toMatchObject({
      firmware: "bios",
      secureBoot: null,
      smbios: {
        uuid: "00000000-0000-0000-0000-0cc47a123456",
        manufacturer: cleanedHostile,
        product: "R".repeat(255),
        serial: null,
      },
      cpu: { model: 'Xeon(R) "Gold"', count: 2 },
      memoryBytes: 34_359_738_368,
      interfaces: [{ name: "eth0", mac: "52:54:00:77:00:01", driver: "virtio_net" }],
      agent: { packages: [] },
    });
  });

  test("lists the disks with their serial numbers, and no drive that is none", async () => {
    const samsung = { serial: "S4EWNX0R123456", model: "Samsung SSD 970 EVO Plus 1TB" };
    expect((await take()).disks).toEqual([
      { name: "nvme0n1", ...samsung, bytes: 1_000_204_886_016, rotational: false },
      { name: "sda", serial: "WD-1234", model: null, bytes: 1_048_576, rotational: true },
      { name: "vda", serial: 'S"1\\', model: null, bytes: 4_194_304, rotational: false },
      { name: "vdb", serial: null, model: null, bytes: 2_097_152, rotational: false },
    ]);
  });

  test.each([
    { state: "on", byte: 1, secureBoot: true },
    { state: "off", byte: 0, secureBoot: false },
  ])("tells Secure Boot that is $state", async ({ byte, secureBoot }) => {
    const variable = "firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";
    await machine.putSys(variable, Buffer.from([6, 0, 0, 0, byte]));
    expect(await take()).toMatchObject({ firmware: "uefi", secureBoot });
    await rm(join(machine.variables.sys, "firmware"), { recursive: true });
  });

  test.each([
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-FFFF-ffff-ffff-ffffffffffff",
    "not set",
    "",
  ])("a UUID of %j is none", async (uuid) => {
    await machine.putSys("class/dmi/id/product_uuid", uuid);
    expect((await take()).smbios.uuid).toBeNull();
  });
});

import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AgentShell, agentShell, canRunAgentShell } from "./support/busybox.ts";
import { type FakeHardware, fakeHardware } from "./support/fake-hardware.ts";

describe.skipIf(!canRunAgentShell)("finding the disk of an order", () => {
  let shell: AgentShell;
  let machine: FakeHardware;

  beforeAll(async () => {
    shell = await agentShell();
    machine = await fakeHardware(shell.folder);
  });
  afterAll(() => rm(shell.folder, { recursive: true, force: true }));

  const find = async (...args: readonly string[]) => {
    const quoted = args.map((arg) => `'${arg}'`).join(" ");
    const { output } = await shell.run(`find_disk ${quoted}`, machine.variables);
    return output.split("\n").filter(Boolean);
  };

  test("goes by serial number and size, by name where none was given", async () => {
    expect(await find("sdz", "WD-1234", "1048576")).toEqual(["sda"]);
    expect(await find("sda", "WD-1234", "1048577")).toEqual([]);
    expect(await find("sda", "WD-9999", "1048576")).toEqual([]);
    expect(await find("vdb", "", "2097152")).toEqual(["vdb"]);
    expect(await find("vdb", "", "1048576")).toEqual([]);
  });

  test("gives a drive with two ports once", async () => {
    expect(await find("nvme0n1", "S4EWNX0R123456", "1000204886016")).toEqual(["nvme0n1"]);
  });

  test("does not take a disk with a serial number for one that had none: names change between boots", async () => {
    expect(await find("vda", "", "4194304")).toEqual([]);
  });
});

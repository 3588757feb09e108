import { describe, test } from "vitest";
import { machineDecider } from "../../../src/domain/machine/decide.ts";
import type { MachineEvent } from "../../../src/domain/machine/events.ts";
import type { Disk } from "../../../src/domain/machine/inventory.ts";
import { given } from "../../support/given.ts";
import { histories } from "../../support/machine-history.ts";
import { environment, image, inventory, otherRun, plan, run, samples } from "../../support/samples.ts";

const deploy = { type: "DeployMachine", run, environment, image } as const;
const deployOther = { ...deploy, run: otherRun } as const;

function setFor(change: Partial<typeof plan>): readonly MachineEvent[] {
  const other = { ...plan, ...change };
  return [
    { type: "MachineAllocated", data: { run: other.run } },
    { type: "BootIntentSet", data: { plan: other } },
  ];
}

describe("deploying a machine", () => {
  test("allocates one that is ready, and sets the boot intent", () => {
    given(machineDecider, histories.ready)
      .when(deploy)
      .thenAppends(...setFor({}));
  });

  test("is possible again after it failed", () => {
    given(machineDecider, histories.failed)
      .when(deployOther)
      .thenAppends(...setFor({ run: otherRun }));
  });

  test("by a run that it has already is nothing", () => {
    given(machineDecider, histories.allocated).when(deploy).thenNothing();
    given(machineDecider, histories.deploying).when(deploy).thenNothing();
  });

  test.each([
    "deployed",
    "failed",
    "quarantined",
  ] as const)("is refused for a run that ended: %s", (state) => {
    given(machineDecider, histories[state]).when(deploy).thenRejects("RUN_ENDED", run, "another deployment");
  });

  test.each([
    ["registered", "MACHINE_NOT_APPROVED", "approve it"],
    ["discovered", "MACHINE_NOT_APPROVED", "approve it"],
    ["inspected", "MACHINE_NOT_APPROVED", "approve it"],
    ["allocated", "MACHINE_BUSY", run],
    ["deploying", "MACHINE_BUSY", run],
    ["deployed", "MACHINE_DEPLOYED", "release it"],
    ["releasing", "MACHINE_NOT_APPROVED", "vouch for it"],
    ["quarantined", "MACHINE_QUARANTINED", "approve it again"],
    ["retired", "MACHINE_RETIRED", "discovered anew"],
  ] as const)("is refused when it is %s: %s", (state, code, remedy) => {
    given(machineDecider, histories[state]).when(deployOther).thenRejects(code, remedy);
  });

  test.each(["ready", "failed"] as const)("is refused while it is %s and locked", (state) => {
    given(machineDecider, [...histories[state], samples.MachineLocked])
      .when(deployOther)
      .thenRejects("MACHINE_LOCKED", "unlock it");
  });
});

describe("the disk of a deployment", () => {
  const first: Disk = { name: "sda", serial: "S1", model: null, bytes: 1000, rotational: true };
  const second: Disk = { name: "sdb", serial: null, model: null, bytes: 2000, rotational: true };
  const cardReader: Disk = { name: "sdc", serial: null, model: null, bytes: 0, rotational: false };

  function deploying(disks: readonly Disk[], disk?: string) {
    const reported: MachineEvent = {
      type: "InventoryReported",
      data: { inventory: { ...inventory, disks: [...disks] } },
    };
    const command = disk === undefined ? deploy : { ...deploy, disk };
    return given(machineDecider, [...histories.ready, reported]).when(command);
  }
  const target = ({ name, serial, bytes }: Disk) => setFor({ disk: { name, serial, bytes } });

  test("is the only one when none is named", () => {
    deploying([first, cardReader]).thenAppends(...target(first));
  });

  test("is named by its serial number", () => {
    deploying([first, second], "S1").thenAppends(...target(first));
  });

  test("is named by its kernel name", () => {
    deploying([first, second], "sdb").thenAppends(...target(second));
  });

  test("without a serial number is told from others like it by its kernel name", () => {
    deploying([{ ...second, name: "sda" }, second], "sdb").thenAppends(...target(second));
  });

  test("is the one with the serial number when another one has that name", () => {
    deploying(
      [
        { ...first, name: "sdb", serial: "sda" },
        { ...first, name: "sda" },
      ],
      "sda",
    ).thenAppends(...target({ ...first, name: "sdb", serial: "sda" }));
  });

  test("must be named when there are several", () => {
    deploying([first, second]).thenRejects("DISK_AMBIGUOUS", "sda (serial S1), sdb");
  });

  test("must be in the inventory", () => {
    deploying([first], "sdz").thenRejects("DISK_UNKNOWN", "sdz", "sda (serial S1)");
    deploying([first, cardReader], "sdc").thenRejects("DISK_UNKNOWN", "sdc");
  });

  test("must be the only one with its serial number, by which the agent finds it", () => {
    const twin = { ...first, name: "sdb" };
    deploying([first, twin], "S1").thenRejects("DISK_AMBIGUOUS", "sda", "sdb");
    deploying([first, twin], "sda").thenRejects("DISK_AMBIGUOUS", "sda", "sdb", "leave one connected");
  });

  test("must exist", () => {
    deploying([]).thenRejects("DISK_MISSING", "discovery agent");
    deploying([cardReader]).thenRejects("DISK_MISSING");
  });
});

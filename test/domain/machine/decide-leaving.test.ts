import { describe, test } from "vitest";
import { machineDecider } from "../../../src/domain/machine/decide.ts";
import { given } from "../../support/given.ts";
import { histories } from "../../support/machine-history.ts";
import { otherRun, run, samples } from "../../support/samples.ts";

const { MachineLocked, MachineQuarantined, MachineReleased, MachineRetired, DiscoveryIntentSet } = samples;

describe("retiring a machine", () => {
  const retire = { type: "RetireMachine" } as const;
  const message = "the machine was retired before the run ended";
  const failed = { type: "DeploymentFailed", data: { run, code: "MACHINE_RETIRED", message } } as const;

  test.each([
    "registered",
    "discovered",
    "inspected",
    "ready",
    "deployed",
    "failed",
    "releasing",
    "quarantined",
  ] as const)("ends the service of one that is %s", (state) => {
    given(machineDecider, histories[state]).when(retire).thenAppends(MachineRetired);
  });

  test("takes a live intent back, and ends its run", () => {
    const expired = { type: "BootIntentExpired", data: { run, reason: "machine-retired" } } as const;
    given(machineDecider, histories.allocated).when(retire).thenAppends(expired, failed, MachineRetired);
  });

  test("ends a deployment that is under way", () => {
    given(machineDecider, histories.deploying).when(retire).thenAppends(failed, MachineRetired);
  });

  test("takes back a discovery that was asked for", () => {
    const expired = {
      type: "DiscoveryIntentExpired",
      data: { run: otherRun, reason: "machine-retired" },
    } as const;
    given(machineDecider, [...histories.deployed, DiscoveryIntentSet])
      .when(retire)
      .thenAppends(expired, MachineRetired);
  });

  test("is refused while it is locked", () => {
    given(machineDecider, [...histories.deployed, MachineLocked])
      .when(retire)
      .thenRejects("MACHINE_LOCKED", "unlock it");
  });

  test("is nothing when it is retired already", () => {
    given(machineDecider, histories.retired).when(retire).thenNothing();
  });
});

describe("quarantining a machine", () => {
  const quarantine = { type: "QuarantineMachine", message: MachineQuarantined.data.message } as const;
  const message = "the machine was quarantined before the run ended";
  const failed = { type: "DeploymentFailed", data: { run, code: "MACHINE_QUARANTINED", message } } as const;

  test.each([
    "registered",
    "discovered",
    "inspected",
    "ready",
    "deployed",
    "failed",
    "releasing",
  ] as const)("holds one back that is %s, locked or not", (state) => {
    given(machineDecider, histories[state]).when(quarantine).thenAppends(MachineQuarantined);
    given(machineDecider, [...histories[state], MachineLocked])
      .when(quarantine)
      .thenAppends(MachineQuarantined);
  });

  test("takes a live intent back, and ends its run", () => {
    const expired = { type: "BootIntentExpired", data: { run, reason: "machine-quarantined" } } as const;
    given(machineDecider, histories.allocated)
      .when(quarantine)
      .thenAppends(expired, failed, MachineQuarantined);
  });

  test("ends a deployment that is under way", () => {
    given(machineDecider, histories.deploying).when(quarantine).thenAppends(failed, MachineQuarantined);
  });

  test("takes back a discovery that was asked for, also when it is quarantined already", () => {
    const reason = "machine-quarantined" as const;
    const expired = { type: "DiscoveryIntentExpired", data: { run: otherRun, reason } } as const;
    given(machineDecider, [...histories.ready, DiscoveryIntentSet])
      .when(quarantine)
      .thenAppends(expired, MachineQuarantined);
    given(machineDecider, [...histories.quarantined, DiscoveryIntentSet])
      .when(quarantine)
      .thenAppends(expired);
  });

  test("is nothing when it is quarantined already", () => {
    given(machineDecider, histories.quarantined).when(quarantine).thenNothing();
  });

  test("is refused when it is retired, or unknown", () => {
    given(machineDecider, histories.retired).when(quarantine).thenRejects("MACHINE_RETIRED");
    given(machineDecider).when(quarantine).thenRejects("MACHINE_UNKNOWN");
  });
});

describe("releasing a machine", () => {
  const release = { type: "ReleaseMachine" } as const;

  test.each(["deployed", "failed"] as const)("gives up what is on the disks of one that is %s", (state) => {
    given(machineDecider, histories[state]).when(release).thenAppends(MachineReleased);
  });

  test("is refused while it is locked", () => {
    given(machineDecider, [...histories.deployed, MachineLocked])
      .when(release)
      .thenRejects("MACHINE_LOCKED", "unlock it");
  });

  test("is nothing when it is being released already", () => {
    given(machineDecider, histories.releasing).when(release).thenNothing();
  });

  test.each(["allocated", "deploying"] as const)("is refused while it is %s", (state) => {
    given(machineDecider, histories[state]).when(release).thenRejects("MACHINE_BUSY", run, "wait");
  });

  test.each([
    "registered",
    "discovered",
    "ready",
    "quarantined",
  ] as const)("is refused when it is %s, which has nothing to give up", (state) => {
    given(machineDecider, histories[state]).when(release).thenRejects("MACHINE_NOT_DEPLOYED", state);
  });

  test("lets nothing be deployed to it before somebody vouches for it", () => {
    given(machineDecider, [...histories.releasing, samples.MachineApproved])
      .when(release)
      .thenRejects("MACHINE_NOT_DEPLOYED", "ready");
  });
});

import { describe, expect, test } from "vitest";
import { machineDecider } from "../../../src/domain/machine/decide.ts";
import type { DeploymentFailureCode } from "../../../src/domain/machine/deployment.ts";
import type { MachineEvent } from "../../../src/domain/machine/events.ts";
import { given } from "../../support/given.ts";
import { histories } from "../../support/machine-history.ts";
import { agentBootId, digest, image, otherRun, plan, run, samples } from "../../support/samples.ts";

const { MachineLocked, MachineUnlocked, BootIntentConsumed, DeploymentStarted } = samples;
const serving = (count: number): MachineEvent => ({
  type: "BootIntentServed",
  data: { run, serving: count },
});
const failure = (code: DeploymentFailureCode, message: string): MachineEvent => ({
  type: "DeploymentFailed",
  data: { run, code, message },
});

const serve = { type: "ServeBootIntent", run } as const;
const hello = { type: "ReportHello", run, agentBootId } as const;
const stage = { type: "ReportStage", run, stage: "writing", bytes: null } as const;
const complete = { type: "ReportCompleted", run, bytes: 536_870_912, sha256: image.sha256 } as const;
const fail = { type: "FailRun", run, code: "AGENT_FAILED", message: "no memory" } as const;
const reports = [serve, hello, stage, complete, fail] as const;

describe("a report of a run", () => {
  test.each(reports)("is refused when the machine never had the run: $type", (report) => {
    for (const state of ["ready", "allocated", "deploying", "deployed", "retired"] as const) {
      given(machineDecider, histories[state])
        .when({ ...report, run: otherRun })
        .thenRejects("RUN_UNKNOWN", otherRun, "deploy the machine");
    }
  });

  test.each(reports)("is refused when the run has ended: $type", (report) => {
    for (const state of ["deployed", "failed", "quarantined", "retired"] as const) {
      given(machineDecider, histories[state]).when(report).thenRejects("RUN_ENDED", run);
    }
  });

  test.each(reports)("of an earlier run is refused while another one is under way: $type", (report) => {
    const again: readonly MachineEvent[] = [
      ...histories.failed,
      { type: "BootIntentSet", data: { plan: { ...plan, run: otherRun } } },
    ];
    given(machineDecider, again).when(report).thenRejects("RUN_ENDED", run);
  });

  test.each(reports)("is refused when nobody knows the machine: $type", (report) => {
    given(machineDecider).when(report).thenRejects("MACHINE_UNKNOWN");
  });
});

describe("serving a boot intent", () => {
  test("is counted, up to three times", () => {
    given(machineDecider, histories.allocated).when(serve).thenAppends(serving(1));
    given(machineDecider, [...histories.allocated, serving(1)])
      .when(serve)
      .thenAppends(serving(2));
    given(machineDecider, [...histories.allocated, serving(1), serving(2)])
      .when(serve)
      .thenAppends(serving(3));
  });

  test("fails the run the fourth time, so that the machine gets its disk", () => {
    given(machineDecider, [...histories.allocated, serving(1), serving(2), serving(3)])
      .when(serve)
      .thenAppends(
        { type: "BootIntentExpired", data: { run, reason: "served-too-often" } },
        failure("INTENT_NEVER_CONSUMED", "the boot script was sent 3 times and no agent reported"),
      );
  });

  test("is refused once the agent reported", () => {
    given(machineDecider, histories.deploying).when(serve).thenRejects("INTENT_CONSUMED", run, "disk");
  });

  test("waits while the machine is locked", () => {
    const locked = [...histories.allocated, MachineLocked];
    given(machineDecider, locked).when(serve).thenRejects("MACHINE_LOCKED", run, "unlock it");
    given(machineDecider, [...locked, MachineUnlocked])
      .when(serve)
      .thenAppends(serving(1));
  });
});

describe("the agent's hello", () => {
  test.each([0, 1, 3])("consumes the intent that was served %i times, and starts the deployment", (count) => {
    const served = Array.from({ length: count }, (_, index) => serving(index + 1));
    given(machineDecider, [...histories.allocated, ...served])
      .when(hello)
      .thenAppends(BootIntentConsumed, DeploymentStarted);
  });

  test("is nothing new when the same agent says it again", () => {
    given(machineDecider, histories.deploying).when(hello).thenNothing();
  });

  test("of another agent quarantines the machine", () => {
    const second = "11111111-2222-4333-8444-555555555555";
    const message = `agents with boot ids ${agentBootId} and ${second} reported for one run`;
    given(machineDecider, histories.deploying)
      .when({ ...hello, agentBootId: second })
      .thenAppends(failure("SECOND_CONSUMER", message), { type: "MachineQuarantined", data: { message } });
  });

  test("is refused while the machine is locked, before anything is written", () => {
    given(machineDecider, [...histories.allocated, MachineLocked])
      .when(hello)
      .thenRejects("MACHINE_LOCKED", run);
  });

  test("is answered when the lock came too late", () => {
    given(machineDecider, [...histories.deploying, MachineLocked])
      .when(hello)
      .thenNothing();
  });
});

describe("a stage", () => {
  const written = { ...stage, stage: "written", bytes: 100 } as const;
  const reached = ({
    bytes,
    ...report
  }: {
    stage: "writing" | "written";
    bytes: number | null;
  }): MachineEvent => ({
    type: "DeploymentStageReached",
    data: { run, stage: report.stage, bytes },
  });

  test("is recorded once", () => {
    given(machineDecider, histories.deploying).when(stage).thenAppends(reached(stage));
    given(machineDecider, [...histories.deploying, reached(stage)])
      .when({ ...stage, bytes: 7 })
      .thenNothing();
  });

  test("is recorded when it follows another one", () => {
    given(machineDecider, [...histories.deploying, reached(stage)])
      .when(written)
      .thenAppends(reached(written));
  });

  test("is not recorded when a later one was reached", () => {
    given(machineDecider, [...histories.deploying, reached(written)])
      .when(stage)
      .thenNothing();
  });

  test("is refused before the agent's hello", () => {
    given(machineDecider, histories.allocated).when(stage).thenRejects("RUN_NOT_STARTED", run, "hello");
  });
});

describe("the end of a run", () => {
  test("is a deployed machine when the disk reads back as the image", () => {
    given(machineDecider, histories.deploying).when(complete).thenAppends(samples.DeploymentCompleted);
  });

  test("is a failed one when the disk reads back as something else", () => {
    const sha256 = digest(666);
    given(machineDecider, histories.deploying)
      .when({ ...complete, sha256 })
      .thenAppends(
        failure(
          "IMAGE_DIGEST_MISMATCH",
          `vda reads back as ${sha256}, which is not the image's ${image.sha256}`,
        ),
      );
  });

  test("is not reported before the agent's hello", () => {
    given(machineDecider, histories.allocated).when(complete).thenRejects("RUN_NOT_STARTED", run);
    given(machineDecider, histories.allocated).when(fail).thenRejects("RUN_NOT_STARTED", run);
  });

  test("is what the agent says when it failed", () => {
    given(machineDecider, histories.deploying).when(fail).thenAppends(failure("AGENT_FAILED", "no memory"));
  });

  test("is a quarantined machine when two agents had one token", () => {
    given(machineDecider, histories.deploying)
      .when({ ...fail, code: "SECOND_CONSUMER" })
      .thenAppends(failure("SECOND_CONSUMER", "no memory"), {
        type: "MachineQuarantined",
        data: { message: "no memory" },
      });
  });

  test.each([
    ["ABANDONED_AFTER_RESTORE", "restored"],
    ["MACHINE_RETIRED", "machine-retired"],
    ["RUN_SILENT", "run-silent"],
    ["INTENT_NEVER_CONSUMED", "served-too-often"],
  ] as const)("takes the intent back when it comes before the hello: %s", (code, reason) => {
    given(machineDecider, histories.allocated)
      .when({ ...fail, code })
      .thenAppends({ type: "BootIntentExpired", data: { run, reason } }, failure(code, "no memory"));
  });
});

describe("a history that no decision makes", () => {
  test.each([
    ["begins without a discovery", [], samples.MachineApproved],
    ["discovers a machine twice", histories.ready, samples.MachineDiscovered],
    ["goes on after retirement", histories.retired, samples.MachineLocked],
    ["approves without an inventory", histories.discovered, samples.MachineApproved],
    ["serves what was never set", histories.ready, samples.BootIntentServed],
    ["consumes what was never set", histories.ready, samples.BootIntentConsumed],
    ["reaches a stage of no deployment", histories.allocated, samples.DeploymentStageReached],
  ] as const)("shows that the log is damaged: it %s", (_what, history, event) => {
    const state = history.reduce(machineDecider.evolve, machineDecider.initial);
    expect(() => machineDecider.evolve(state, event)).toThrow("verify the log");
  });
});

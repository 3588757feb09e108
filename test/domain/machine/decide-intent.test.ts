import { describe, expect, test } from "vitest";
import { machineDecider } from "../../../src/domain/machine/decide.ts";
import type { MachineEvent } from "../../../src/domain/machine/events.ts";
import { given } from "../../support/given.ts";
import { histories } from "../../support/machine-history.ts";
import { discoveryEnvironment, environment, image, otherRun, run, samples } from "../../support/samples.ts";

const { DiscoveryIntentSet, DiscoveryIntentServed, DiscoveryIntentConsumed, MachineLocked } = samples;
const set = { type: "SetDiscoveryIntent", run: otherRun, environment: discoveryEnvironment } as const;
const withdraw = { type: "WithdrawBootIntent" } as const;
const serve = { type: "ServeBootIntent", run: otherRun } as const;

/** No run has the machine. */
const idle = [
  "registered",
  "discovered",
  "ready",
  "deployed",
  "failed",
  "releasing",
  "quarantined",
] as const satisfies readonly (keyof typeof histories)[];

function expired(reason: (typeof samples.DiscoveryIntentExpired.data)["reason"]): MachineEvent {
  return { type: "DiscoveryIntentExpired", data: { run: otherRun, reason } };
}

function served(times: number): readonly MachineEvent[] {
  return Array.from({ length: times }, (_, index) => ({
    type: "DiscoveryIntentServed",
    data: { run: otherRun, serving: index + 1 },
  }));
}

describe("having a machine discovered once more", () => {
  test.each(idle)("leaves one that is %s in its state", (state) => {
    given(machineDecider, histories[state]).when(set).thenAppends(DiscoveryIntentSet);
    const before = histories[state].reduce(machineDecider.evolve, machineDecider.initial);
    expect(machineDecider.evolve(before, DiscoveryIntentSet)).toMatchObject({ status: before.status });
  });

  test("is nothing when the same was asked before, and takes the place of what was asked before otherwise", () => {
    given(machineDecider, [...histories.ready, DiscoveryIntentSet])
      .when(set)
      .thenNothing();
    given(machineDecider, [...histories.ready, DiscoveryIntentSet])
      .when({ ...set, run })
      .thenAppends(expired("superseded"), {
        type: "DiscoveryIntentSet",
        data: { run, environment: discoveryEnvironment },
      });
  });

  test("is refused while a run has the machine", () => {
    given(machineDecider, histories.allocated).when(set).thenRejects("MACHINE_BUSY", run);
    given(machineDecider, histories.deploying).when(set).thenRejects("MACHINE_BUSY", run);
  });

  test("is refused while the machine is locked", () => {
    given(machineDecider, [...histories.deployed, MachineLocked])
      .when(set)
      .thenRejects("MACHINE_LOCKED", "unlock it");
  });

  test("is refused under a run that has ended", () => {
    given(machineDecider, [...histories.ready, DiscoveryIntentSet, DiscoveryIntentConsumed])
      .when(set)
      .thenRejects("RUN_ENDED", otherRun);
  });

  test("is refused when the machine is retired, or unknown", () => {
    given(machineDecider, histories.retired).when(set).thenRejects("MACHINE_RETIRED");
    given(machineDecider).when(set).thenRejects("MACHINE_UNKNOWN");
  });
});

describe("serving a discovery that was asked for", () => {
  const asked = [...histories.deployed, DiscoveryIntentSet];

  test.each([0, 1, 2])("is counted after %s servings", (before) => {
    given(machineDecider, [...asked, ...served(before)])
      .when(serve)
      .thenAppends({ type: "DiscoveryIntentServed", data: { run: otherRun, serving: before + 1 } });
  });

  test("is over after the third, and the machine is what it was", () => {
    const history = [...asked, ...served(3)];
    given(machineDecider, history).when(serve).thenAppends(expired("served-too-often"));
    const after = [...history, expired("served-too-often")].reduce(
      machineDecider.evolve,
      machineDecider.initial,
    );
    expect(after).toMatchObject({ status: "deployed", discoveryIntent: undefined });
  });

  test("waits while the machine is locked", () => {
    given(machineDecider, [...asked, MachineLocked])
      .when(serve)
      .thenRejects("MACHINE_LOCKED", otherRun);
  });

  test("is refused when it came about, or when another was asked for", () => {
    given(machineDecider, [...asked, DiscoveryIntentServed, DiscoveryIntentConsumed])
      .when(serve)
      .thenRejects("RUN_ENDED");
    given(machineDecider, asked)
      .when({ ...serve, run })
      .thenRejects("RUN_ENDED");
  });
});

describe("failing a discovery that was asked for", () => {
  const asked = [...histories.deployed, DiscoveryIntentSet];
  const fail = { type: "FailRun", run: otherRun, message: "" } as const;

  test("takes its intent back", () => {
    given(machineDecider, asked)
      .when({ ...fail, code: "RUN_SILENT" })
      .thenAppends(expired("run-silent"));
    given(machineDecider, asked)
      .when({ ...fail, code: "ABANDONED_AFTER_RESTORE" })
      .thenAppends(expired("restored"));
  });

  test("is refused for what takes a run's agent", () => {
    given(machineDecider, asked)
      .when({ ...fail, code: "AGENT_FAILED" })
      .thenRejects("RUN_NOT_STARTED", otherRun);
  });

  test("is refused when it is over", () => {
    given(machineDecider, [...asked, expired("withdrawn")])
      .when({ ...fail, code: "RUN_SILENT" })
      .thenRejects("RUN_ENDED", otherRun);
  });
});

describe("a deployment", () => {
  test("is refused under the run of the discovery that it would end", () => {
    given(machineDecider, [...histories.ready, DiscoveryIntentSet])
      .when({ type: "DeployMachine", run: otherRun, environment, image })
      .thenRejects("RUN_ENDED", otherRun);
  });

  test("takes the place of a discovery that was asked for", () => {
    given(machineDecider, [...histories.ready, DiscoveryIntentSet])
      .when({ type: "DeployMachine", run, environment, image })
      .thenAppends(expired("superseded"), samples.MachineAllocated, samples.BootIntentSet);
  });
});

describe("withdrawing what a machine is to boot", () => {
  const message = "the boot intent was withdrawn before an agent reported";
  const withdrawn: readonly MachineEvent[] = [
    { type: "BootIntentExpired", data: { run, reason: "withdrawn" } },
    { type: "DeploymentFailed", data: { run, code: "INTENT_WITHDRAWN", message } },
  ];

  test("ends a deployment that has not begun, served or not, locked or not", () => {
    given(machineDecider, histories.allocated)
      .when(withdraw)
      .thenAppends(...withdrawn);
    given(machineDecider, [...histories.allocated, samples.BootIntentServed, MachineLocked])
      .when(withdraw)
      .thenAppends(...withdrawn);
  });

  test("leaves the machine ready, because nothing ran on it", () => {
    const state = [...histories.allocated, ...withdrawn].reduce(
      machineDecider.evolve,
      machineDecider.initial,
    );
    expect(state).toMatchObject({ status: "ready", endedRuns: [run] });
  });

  test("takes back a discovery that was asked for", () => {
    given(machineDecider, [...histories.deployed, DiscoveryIntentSet, DiscoveryIntentServed])
      .when(withdraw)
      .thenAppends(expired("withdrawn"));
  });

  test("is refused once the agent has reported", () => {
    given(machineDecider, histories.deploying).when(withdraw).thenRejects("INTENT_CONSUMED", run);
  });

  test.each(idle)("is nothing when the machine is %s and nothing was asked of it", (state) => {
    given(machineDecider, histories[state]).when(withdraw).thenNothing();
  });

  test("is refused when the machine is retired", () => {
    given(machineDecider, histories.retired).when(withdraw).thenRejects("MACHINE_RETIRED");
  });
});

test("a serving of a discovery that nobody asked for cannot be in a log", () => {
  const ready = histories.ready.reduce(machineDecider.evolve, machineDecider.initial);
  expect(() => machineDecider.evolve(ready, DiscoveryIntentServed)).toThrow("verify the log");
});

import { describe, expect, test } from "vitest";
import { type BootSituation, decideBoot, type MachineAtBoot } from "../../../src/boot/http/boot-decision.ts";
import { machineDecider } from "../../../src/domain/machine/decide.ts";
import type { MachineEvent } from "../../../src/domain/machine/events.ts";
import { histories } from "../../support/machine-history.ts";
import { discoveryEnvironment, machineId, otherRun, plan, run, samples } from "../../support/samples.ts";

function known(history: readonly MachineEvent[], intentIsOfThisEpoch = true): MachineAtBoot {
  const machine = history.reduce(machineDecider.evolve, machineDecider.initial);
  return { machineId, machine, intentIsOfThisEpoch };
}

function decide(situation: Partial<BootSituation>) {
  return decideBoot({
    fenced: false,
    unknownMachines: "discover",
    suppressed: false,
    known: undefined,
    startedAgent: false,
    ...situation,
  });
}

describe("a machine that is to be discovered once more", () => {
  const states = [
    "registered",
    "discovered",
    "ready",
    "deployed",
    "failed",
    "releasing",
    "quarantined",
  ] as const;

  test.each(states)("gets the agent when it is %s, whatever is done with unknown ones", (state) => {
    const intent = { run: otherRun, environment: discoveryEnvironment, servings: 0 };
    const asked = known([...histories[state], samples.DiscoveryIntentSet]);
    expect(decide({ known: asked, unknownMachines: "local-disk" })).toEqual({
      action: "rediscover",
      machineId,
      intent,
    });
  });

  test("gets its disk when that was asked for before the newest effects epoch", () => {
    const asked = known([...histories.deployed, samples.DiscoveryIntentSet], false);
    expect(decide({ known: asked })).toEqual({ action: "local-disk", why: "no-intent" });
  });
});

describe("what a machine gets that asks for its script", () => {
  test("a machine that nobody knows is discovered, where the subnet wants it", () => {
    expect(decide({})).toEqual({ action: "discover", known: undefined });
    expect(decide({ unknownMachines: "local-disk" })).toEqual({ action: "local-disk", why: "policy" });
  });

  test("a machine beyond the hourly limit of unknown ones gets its disk", () => {
    expect(decide({ suppressed: true })).toEqual({ action: "local-disk", why: "suppressed" });
  });

  test("a machine that no operator approved is discovered again", () => {
    expect(decide({ known: known(histories.discovered) })).toMatchObject({ action: "discover" });
    expect(decide({ known: known(histories.inspected) })).toMatchObject({ action: "discover" });
    expect(decide({ known: known(histories.inspected), unknownMachines: "local-disk" })).toEqual({
      action: "local-disk",
      why: "policy",
    });
  });

  test("a machine that an operator announced is discovered, whatever is done with unknown ones", () => {
    expect(decide({ known: known(histories.registered), unknownMachines: "local-disk" })).toMatchObject({
      action: "discover",
    });
  });

  test("a claim whose machine was never recorded is completed", () => {
    expect(decide({ known: known([]) })).toMatchObject({ action: "discover" });
  });

  test("a live intent is served", () => {
    expect(decide({ known: known(histories.allocated) })).toEqual({ action: "deploy", machineId, plan });
  });

  test("an intent from before the newest effects epoch is not", () => {
    expect(decide({ known: known(histories.allocated, false) })).toEqual({
      action: "local-disk",
      why: "no-intent",
    });
  });

  test("a machine that boots again while its run is at work gets its disk, and the run ends", () => {
    expect(decide({ known: known(histories.deploying) })).toEqual({
      action: "local-disk",
      why: "rebooted",
      endRun: { machineId, run },
    });
  });

  test.each([
    "ready",
    "deployed",
    "failed",
    "releasing",
    "quarantined",
    "retired",
  ] as const)("a machine that is %s gets its disk", (state) => {
    expect(decide({ known: known(histories[state]) })).toEqual({ action: "local-disk", why: "no-intent" });
  });

  test("the boot that started the agent does not end the run by asking once more", () => {
    expect(decide({ known: known(histories.deploying), startedAgent: true })).toEqual({
      action: "local-disk",
      why: "no-intent",
    });
  });

  test.each(
    Object.keys(histories) as (keyof typeof histories)[],
  )("behind the fence a machine that is %s gets its disk", (state) => {
    expect(decide({ fenced: true, known: known(histories[state]) })).toEqual({
      action: "local-disk",
      why: "fenced",
    });
  });
});

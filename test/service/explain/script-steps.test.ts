import { describe, expect, test } from "vitest";
import { decideBoot, type MachineAtBoot } from "../../../src/boot/http/boot-decision.ts";
import type { MadeScript } from "../../../src/boot/http/script-maker.ts";
import { machineKind } from "../../../src/domain/machine/decide.ts";
import type { MachineEvent } from "../../../src/domain/machine/events.ts";
import type { Rehearsed } from "../../../src/service/explain/rehearse-script.ts";
import { explainScript } from "../../../src/service/explain/script-steps.ts";
import { histories } from "../../support/machine-history.ts";
import {
  digest,
  discoveryEnvironment,
  environment,
  machineId,
  otherRun,
  run,
  samples,
} from "../../support/samples.ts";
import { lab } from "./world.ts";

function known(history: readonly MachineEvent[], intentIsOfThisEpoch = true): MachineAtBoot {
  const machine = history.reduce(machineKind.decider.evolve, machineKind.decider.initial);
  return { machineId, machine, intentIsOfThisEpoch };
}

const script: MadeScript = {
  environment,
  machineId,
  run: undefined,
  text: "script.ipxe.liquid",
  digests: { inputs: digest(1), script: digest(2) },
  keep: async () => undefined,
};

interface Told {
  readonly known?: MachineAtBoot;
  readonly fenced?: boolean;
  readonly policy?: "discover" | "local-disk";
  readonly fellBack?: string;
}

function explained({ known: machine, fenced = false, policy = "discover", fellBack }: Told) {
  const situation = {
    fenced,
    unknownMachines: policy,
    suppressed: false,
    startedAgent: false,
    known: machine,
  };
  const rehearsed: Rehearsed = {
    known: machine,
    decision: decideBoot(situation),
    script,
    fellBack,
    format: "ipxe",
  };
  const { answer, steps } = explainScript(rehearsed, { ...lab, unknownMachines: policy });
  return { answer, told: Object.fromEntries(steps.map((each) => [each.step, each])) };
}

const rediscovered = [...histories.ready, samples.DiscoveryIntentSet];

describe("the reason of a script", () => {
  test.each<readonly [string, Told, object]>([
    ["the fence", { fenced: true }, { action: "local-disk", why: "fenced" }],
    ["a new machine", {}, { action: "discover", why: "unknown-machine" }],
    ["a machine of the policy", { policy: "local-disk" }, { action: "local-disk", why: "policy" }],
    [
      "an announced machine",
      { known: known(histories.registered) },
      { action: "discover", why: "registered" },
    ],
    [
      "one that was never approved",
      { known: known(histories.discovered) },
      { action: "discover", why: "unknown-machine" },
    ],
    [
      "nothing to do",
      { known: known(histories.ready) },
      { action: "local-disk", why: "no-intent", servings: null },
    ],
    [
      "a live intent",
      { known: known(histories.allocated) },
      { action: "deploy", why: "boot-intent", run, servings: 0 },
    ],
    [
      "an outdated intent",
      { known: known(histories.allocated, false) },
      { action: "local-disk", why: "no-intent" },
    ],
    [
      "a discovery",
      { known: known(rediscovered) },
      { action: "discover", why: "discovery-intent", run: otherRun, servings: 0 },
    ],
    [
      "a run under way",
      { known: known(histories.deploying) },
      { action: "local-disk", why: "rebooted", run },
    ],
    [
      "what was not to be had",
      { known: known(histories.allocated), fellBack: "it is locked" },
      { action: "local-disk", why: "refused", run },
    ],
  ])("is told: %s", (...[, told, answer]) => {
    expect(explained(told).answer).toMatchObject(answer);
  });
});

describe("the reasons of a script", () => {
  test("name what the machine is", () => {
    const named = known([...histories.ready, samples.MachineRenamed, samples.MachineLocked]);
    expect(explained({ known: named }).told["machine"]?.outcome).toBe(`node-1, ${machineId}, ready, locked`);
    expect(explained({}).told["machine"]?.outcome).toBe("unknown");
  });

  test.each([
    [histories.ready, "none"],
    [histories.allocated, `deployment, run ${run}, served 0 of 3 times`],
    [rediscovered, `discovery, run ${otherRun}, served 0 of 3 times`],
    [histories.deploying, `run ${run} is under way`],
  ])("name the intent", (history, outcome) => {
    expect(explained({ known: known(history) }).told["intent"]?.outcome).toBe(outcome);
  });

  test("say that an intent waits for something stronger", () => {
    const { told } = explained({ known: known(histories.allocated), fenced: true });
    expect(told["intent"]?.because).toBe("it is live, and something stronger decides");
    const { told: later } = explained({ known: known(histories.allocated, false) });
    expect(later["intent"]?.outcome).toBe(`deployment, run ${run}, outdated`);
  });

  test("tell where the environment is from", () => {
    const reasonOf = (told: Told) => explained(told).told["environment"]?.because;
    expect(reasonOf({ known: known(histories.allocated) })).toBe("the run is pinned to it");
    expect(reasonOf({})).toBe("it is the newest one for discovery");
    expect(reasonOf({ known: known(rediscovered) })).toBe("the intent is pinned to it");
    expect(reasonOf({ known: known(histories.ready) })).toBe("it is the newest one for the local disk");
    expect(discoveryEnvironment.version).toBe(1);
  });

  test("tell that nothing is published", () => {
    const situation = {
      fenced: true,
      unknownMachines: "discover",
      suppressed: false,
      startedAgent: false,
    } as const;
    const decision = decideBoot({ ...situation, known: undefined });
    const { answer, steps } = explainScript(
      { known: undefined, decision, script: undefined, fellBack: undefined, format: "ipxe" },
      lab,
    );
    expect(answer).toMatchObject({ environment: null, template: null });
    expect(steps.find(({ step }) => step === "environment")?.because).toBe(
      "no boot environment for the local disk is published",
    );
  });
});

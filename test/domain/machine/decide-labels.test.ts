import { describe, expect, test } from "vitest";
import { machineDecider } from "../../../src/domain/machine/decide.ts";
import type { MachineEvent } from "../../../src/domain/machine/events.ts";
import { given } from "../../support/given.ts";
import { histories } from "../../support/machine-history.ts";
import { samples } from "../../support/samples.ts";

const known = Object.entries(histories).filter(([name]) => name !== "retired");
const numbered = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, `${index}`]));
const labelled = (set: Record<string, string>, removed: string[] = []): MachineEvent => ({
  type: "LabelsChanged",
  data: { set, removed },
});
const told = (set: Record<string, string>, removed: string[] = []): MachineEvent => ({
  type: "ParamsChanged",
  data: { set, removed },
});

describe("labelling a machine", () => {
  test.each(known)("is recorded when it is %s, locked or not", (_state, history) => {
    const command = { type: "LabelMachine", set: { rack: "b7" }, remove: [] } as const;
    given(machineDecider, [...history, samples.MachineLocked])
      .when({ ...command, remove: [] })
      .thenAppends(labelled({ rack: "b7" }));
  });

  test("records what changes, and nothing else", () => {
    given(machineDecider, [...histories.ready, labelled({ rack: "b7", lab: "" })])
      .when({ type: "LabelMachine", set: { rack: "b7", tier: "gold" }, remove: ["lab", "gone", "lab"] })
      .thenAppends(labelled({ tier: "gold" }, ["lab"]));
    given(machineDecider, [...histories.ready, labelled({ rack: "b7" })])
      .when({ type: "LabelMachine", set: { rack: "b7" }, remove: ["gone"] })
      .thenNothing();
  });

  test("sets what is both set and removed", () => {
    given(machineDecider, [...histories.ready, labelled({ rack: "b7" })])
      .when({ type: "LabelMachine", set: { rack: "b8" }, remove: ["rack"] })
      .thenAppends(labelled({ rack: "b8" }));
  });

  test("is about the machine's own labels alone, whatever every object has", () => {
    given(machineDecider, histories.ready)
      .when({ type: "LabelMachine", set: {}, remove: ["constructor"] })
      .thenNothing();
  });

  test("is refused when it would have more than 64", () => {
    const full = [...histories.ready, labelled(numbered(64))];
    given(machineDecider, full)
      .when({ type: "LabelMachine", set: { one: "" }, remove: [] })
      .thenRejects("LABELS_TOO_MANY", "65", "64");
    given(machineDecider, full)
      .when({ type: "LabelMachine", set: { one: "" }, remove: ["n0"] })
      .thenAppends(labelled({ one: "" }, ["n0"]));
  });

  test("is refused when it is retired", () => {
    given(machineDecider, histories.retired)
      .when({ type: "LabelMachine", set: {}, remove: [] })
      .thenRejects("MACHINE_RETIRED");
  });
});

test("labels and params stay with the machine through a run", () => {
  const [label, param] = [labelled({ rack: "b7" }), told({ zone: "a" })];
  const history = [...histories.ready, label, param, ...histories.deployed.slice(histories.ready.length)];
  const state = history.reduce(machineDecider.evolve, machineDecider.initial);
  expect(state).toMatchObject({ status: "deployed", labels: { rack: "b7" }, params: { zone: "a" } });
});

describe("setting a machine's params", () => {
  const set = (params: Record<string, string>, remove: string[] = []) =>
    ({ type: "SetMachineParams", set: params, remove }) as const;

  test.each(known)("is recorded when it is %s", (_state, history) => {
    given(machineDecider, history)
      .when(set({ zone: "a" }))
      .thenAppends(told({ zone: "a" }));
  });

  test("records what changes, and nothing else", () => {
    given(machineDecider, [...histories.ready, told({ zone: "a", old: "x" })])
      .when(set({ zone: "a", proxy: "none" }, ["old"]))
      .thenAppends(told({ proxy: "none" }, ["old"]));
    given(machineDecider, [...histories.ready, told({ zone: "a" })])
      .when(set({ zone: "a" }))
      .thenNothing();
  });

  test("is refused for what is named like a secret", () => {
    given(machineDecider, histories.ready)
      .when(set({ "api-token": "x" }))
      .thenRejects("PARAM_LOOKS_SECRET", "api-token", "log");
  });

  test("is refused for a value of more than 8 KiB as JSON", () => {
    given(machineDecider, histories.ready)
      .when(set({ note: "x".repeat(8 * 1024 - 2) }))
      .thenAppends(told({ note: "x".repeat(8 * 1024 - 2) }));
    given(machineDecider, histories.ready)
      .when(set({ note: "x".repeat(8 * 1024 - 1) }))
      .thenRejects("PARAMS_TOO_LARGE", "note", "8193");
  });

  test("is refused when it would have more than 64, or more than 64 KiB of them", () => {
    given(machineDecider, histories.ready)
      .when(set(numbered(65)))
      .thenRejects("PARAMS_TOO_LARGE", "65 params");
    const large = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`n${index}`, "x".repeat(8190)]),
    );
    given(machineDecider, [...histories.ready, told(large)])
      .when(set({ more: "" }))
      .thenRejects("PARAMS_TOO_LARGE", "65538");
  });

  test("is refused when it is retired", () => {
    given(machineDecider, histories.retired).when(set({})).thenRejects("MACHINE_RETIRED");
  });
});

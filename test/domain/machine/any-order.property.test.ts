import fc from "fast-check";
import { expect, test } from "vitest";
import type { MachineCommand } from "../../../src/domain/machine/commands.ts";
import { machineDecider } from "../../../src/domain/machine/decide.ts";
import type { MachineEvent } from "../../../src/domain/machine/events.ts";
import { foldMachine, type MachineSnapshot } from "../../../src/domain/machine/snapshot.ts";
import type { Machine } from "../../../src/domain/machine/state.ts";
import type { RecordedEvent } from "../../../src/domain/ports/event-store.ts";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { type BootMachine, foldBootMachine } from "../../../src/projections/boot-machine.ts";
import { meta } from "../../support/recording.ts";
import {
  agentBootId,
  digest,
  discoveryEnvironment,
  environment,
  image,
  inventory,
  mac,
  machineId,
  machineName,
  nowMs,
  otherRun,
  run,
  secondMac,
} from "../../support/samples.ts";

const otherBootId = "5f1c7a52-6c0e-4b1e-9d0a-0b6f8f3f2d12";
const grown = { ...inventory, memoryBytes: 2 * inventory.memoryBytes };
const failure = { code: "IMAGE_WRITE_FAILED", message: "no space" } as const;
const lost = { code: "RUN_SILENT", message: "nothing was heard" } as const;

/** What operators, machines and the service ask, all of them in each other's way. */
const commands: readonly MachineCommand[] = [
  { type: "RegisterMachine", macs: [mac, secondMac] },
  ...[mac, secondMac].map((each) => ({ type: "DiscoverMachine", mac: each, architecture: null }) as const),
  { type: "ReportInventory", inventory },
  { type: "ReportInventory", inventory: grown },
  { type: "AddInterface", mac: secondMac },
  { type: "ApproveMachine" },
  { type: "RenameMachine", name: machineName },
  { type: "LabelMachine", set: { rack: "b7" }, remove: [] },
  { type: "LockMachine" },
  { type: "UnlockMachine" },
  { type: "WithdrawBootIntent" },
  { type: "QuarantineMachine", message: "smoke" },
  { type: "ReleaseMachine" },
  { type: "RetireMachine" },
  ...[run, otherRun].flatMap((each): MachineCommand[] => [
    { type: "DeployMachine", run: each, environment, image },
    { type: "SetDiscoveryIntent", run: each, environment: discoveryEnvironment },
    { type: "ServeBootIntent", run: each },
    { type: "ReportHello", run: each, agentBootId },
    { type: "ReportHello", run: each, agentBootId: otherBootId },
    { type: "ReportStage", run: each, stage: "writing", bytes: null },
    { type: "ReportCompleted", run: each, bytes: 1, sha256: image.sha256 },
    { type: "ReportCompleted", run: each, bytes: 1, sha256: digest(99) },
    { type: "FailRun", run: each, ...failure },
    { type: "FailRun", run: each, ...lost },
  ]),
];

/** Most of a life, so that what comes at random meets machines that are far on. */
const beginnings: readonly (readonly MachineCommand["type"][])[] = [
  [],
  ["RegisterMachine"],
  ["DiscoverMachine", "ReportInventory", "ApproveMachine"],
  ["DiscoverMachine", "ReportInventory", "ApproveMachine", "DeployMachine", "ReportHello"],
  ["RegisterMachine", "QuarantineMachine", "SetDiscoveryIntent", "ServeBootIntent"],
];

const anyLife = fc
  .tuple(fc.constantFrom(...beginnings), fc.array(fc.constantFrom(...commands), { maxLength: 40 }))
  .map(([types, later]) => [
    ...types.flatMap((type) => commands.filter((each) => each.type === type).slice(0, 1)),
    ...later,
  ]);

/** The machine as it is decided on, as people see it and as the packet path knows it. */
interface Life {
  readonly machine: Machine;
  readonly shown: MachineSnapshot | undefined;
  readonly boot: BootMachine | undefined;
}

const unborn: Life = { machine: machineDecider.initial, shown: undefined, boot: undefined };

function recorded(event: MachineEvent): RecordedEvent<MachineEvent> {
  const place = { revision: 0, position: "p", time: nowMs, hash: "", schema: 1, id: machineId, meta };
  return { ...event, ...place, stream: machineStream(machineId) };
}

function after({ machine, shown, boot }: Life, event: MachineEvent): Life {
  return {
    machine: machineDecider.evolve(machine, event),
    shown: foldMachine(shown, recorded(event)),
    boot: foldBootMachine(boot, recorded(event)),
  };
}

function ask(life: Life, command: MachineCommand): Life {
  const decision = machineDecider.decide(command, life.machine);
  return decision.outcome === "accepted" ? decision.events.reduce(after, life) : life;
}

/** Every state of a life, in its order. */
function statesOf(asked: readonly MachineCommand[]): readonly Life[] {
  const lives = [unborn];
  for (const command of asked) lives.push(ask(lives.at(-1) ?? unborn, command));
  return lives;
}

test("whatever is asked in whatever order, what people and the packet path see is what is decided on", () => {
  fc.assert(
    fc.property(anyLife, (asked) => {
      for (const { machine, shown, boot } of statesOf(asked)) {
        if (machine.status === "unknown") continue;
        expect([shown?.state, boot?.status]).toEqual([machine.status, machine.status]);
        expect([shown?.macs, boot?.macs]).toEqual([machine.macs, machine.macs]);
        expect([shown?.name, boot?.name]).toEqual([machine.name ?? null, machine.name ?? null]);
        if (machine.status === "retired") continue;
        const intent = machine.discoveryIntent?.run;
        expect([shown?.discoveryIntent?.run, boot?.discovery?.run]).toEqual([intent, intent]);
        expect([shown?.locked, boot?.locked]).toEqual([machine.locked, machine.locked]);
        const plan = "plan" in machine ? machine.plan : undefined;
        expect(boot?.intent?.plan ?? boot?.deploying).toEqual(plan);
        expect(shown?.run?.outcome === null).toBe(plan !== undefined);
        expect((shown?.discoveredAtMs ?? null) === null).toBe(!machine.seen);
      }
    }),
    { numRuns: 1000 },
  );
});

test("a run that has ended never has the machine again, and no agent of it is told to write", () => {
  fc.assert(
    fc.property(anyLife, (asked) => {
      const ended = new Set<string>();
      for (const { machine } of statesOf(asked)) {
        if (machine.status === "unknown") continue;
        for (const each of machine.endedRuns) ended.add(each);
        expect(new Set(machine.endedRuns)).toEqual(ended);
        if ("plan" in machine) expect(ended).not.toContain(machine.plan.run);
        if ("discoveryIntent" in machine && machine.discoveryIntent) {
          expect(ended).not.toContain(machine.discoveryIntent.run);
          expect("plan" in machine).toBe(false);
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test("every machine can be made ready again, and retired", () => {
  const again = "01920000-0000-8000-8000-0000000000b3" as typeof run;
  const waysOut: readonly MachineCommand[] = [
    { type: "UnlockMachine" },
    { type: "QuarantineMachine", message: "begin afresh" },
    { type: "SetDiscoveryIntent", run: again, environment: discoveryEnvironment },
    { type: "ServeBootIntent", run: again },
    { type: "DiscoverMachine", mac, architecture: null },
    { type: "ReportInventory", inventory },
    { type: "ApproveMachine" },
  ];
  fc.assert(
    fc.property(anyLife, (asked) => {
      const life = statesOf(asked).at(-1) ?? unborn;
      if (life.machine.status === "unknown" || life.machine.status === "retired") return;
      const ready = waysOut.reduce(ask, life);
      expect(ready.machine).toMatchObject({ status: "ready", discoveryIntent: undefined });
      expect(ask(ready, { type: "RetireMachine" }).machine.status).toBe("retired");
    }),
    { numRuns: 1000 },
  );
});

import { accept, reject } from "../decision.ts";
import type { CommandOf, MachineDecision } from "./decision.ts";
import { DeploymentStage } from "./deployment.ts";
import type { MachineEvent } from "./events.ts";
import { endDiscovery, endIntent, type Failure, failedRun } from "./run-failure.ts";
import type {
  ActiveMachine,
  AllocatedMachine,
  DeployingMachine,
  DiscoveryIntent,
  RetiredMachine,
} from "./state.ts";

/** How often the script of one intent is sent before the machine gets its disk again. */
const servingsMax = 3;

/** Asked before the script leaves: what is in the log then is that it may have been read. */
export function serveBootIntent(
  { run }: CommandOf<"ServeBootIntent">,
  machine: ActiveMachine,
): MachineDecision {
  if (machine.discoveryIntent?.run === run) return serveDiscovery(machine, machine.discoveryIntent);
  const live = liveRun(machine, run);
  if (!live) return noSuchRun({ run }, machine);
  if (live.status === "deploying") {
    return reject("INTENT_CONSUMED", `the agent of run ${run} has reported: the next boot is the disk`);
  }
  if (live.locked) return lockedBeforeStart(run);
  if (live.servings < servingsMax) {
    return accept({ type: "BootIntentServed", data: { run, serving: live.servings + 1 } });
  }
  return accept(
    ...endIntent(live.plan, {
      code: "INTENT_NEVER_CONSUMED",
      message: `the boot script was sent ${servingsMax} times and no agent reported`,
    }),
  );
}

function serveDiscovery(machine: ActiveMachine, { run, servings }: DiscoveryIntent): MachineDecision {
  if (machine.locked) return lockedBeforeStart(run);
  if (servings < servingsMax) {
    return accept({ type: "DiscoveryIntentServed", data: { run, serving: servings + 1 } });
  }
  return accept(...endDiscovery(machine, "INTENT_NEVER_CONSUMED"));
}

/**
 * The first report consumes the intent, before the agent is told what to write. The same agent may ask again,
 * because an answer can get lost; another one means that somebody else has the run's token.
 */
export function reportHello(
  { run, agentBootId }: CommandOf<"ReportHello">,
  machine: ActiveMachine,
): MachineDecision {
  const live = liveRun(machine, run);
  if (!live) return noSuchRun({ run }, machine);
  if (live.status === "allocated") {
    if (live.locked) return lockedBeforeStart(run);
    return accept(
      { type: "BootIntentConsumed", data: { run, agentBootId } },
      { type: "DeploymentStarted", data: { run } },
    );
  }
  if (live.agentBootId === agentBootId) return accept();
  return accept(
    ...failedRun(run, {
      code: "SECOND_CONSUMER",
      message: `agents with boot ids ${live.agentBootId} and ${agentBootId} reported for one run`,
    }),
  );
}

/** A stage is recorded when it is reached: once, and never backwards, whatever order reports arrive in. */
export function reportStage(
  { run, stage, bytes }: CommandOf<"ReportStage">,
  machine: ActiveMachine,
): MachineDecision {
  const live = startedRun(machine, run);
  if (live.status !== "deploying") return live.refusal;
  if (live.stage !== undefined && rank(stage) <= rank(live.stage)) return accept();
  return accept({ type: "DeploymentStageReached", data: { run, stage, bytes } });
}

export function reportCompleted(
  { run, bytes, sha256 }: CommandOf<"ReportCompleted">,
  machine: ActiveMachine,
): MachineDecision {
  const live = startedRun(machine, run);
  if (live.status !== "deploying") return live.refusal;
  const { disk, image } = live.plan;
  if (sha256 === image.sha256) {
    return accept({ type: "DeploymentCompleted", data: { run, disk, bytes, sha256 } });
  }
  return accept(
    ...failedRun(run, {
      code: "IMAGE_DIGEST_MISMATCH",
      message: `${disk.name} reads back as ${sha256}, which is not the image's ${image.sha256}`,
    }),
  );
}

export function failRun(
  { run, code, message }: CommandOf<"FailRun">,
  machine: ActiveMachine,
): MachineDecision {
  const live = liveRun(machine, run);
  if (!live && machine.discoveryIntent?.run !== run) return noSuchRun({ run }, machine);
  const events = live ? endOf(live, { code, message }) : endDiscovery(machine, code);
  return events.length > 0 ? accept(...events) : notStarted(run);
}

function endOf(live: AllocatedMachine | DeployingMachine, failure: Failure): readonly MachineEvent[] {
  return live.status === "deploying" ? failedRun(live.plan.run, failure) : endIntent(live.plan, failure);
}

/** Why a report of this run changes nothing. */
export function noSuchRun(
  { run }: { readonly run: CommandOf<"FailRun">["run"] },
  { endedRuns }: ActiveMachine | RetiredMachine,
): MachineDecision {
  return endedRuns.includes(run)
    ? reject("RUN_ENDED", `run ${run} has ended: deploy the machine again for another one`)
    : reject("RUN_UNKNOWN", `the machine has no run ${run}: deploy the machine to start one`);
}

function liveRun(machine: ActiveMachine, run: string): AllocatedMachine | DeployingMachine | undefined {
  if (machine.status !== "allocated" && machine.status !== "deploying") return undefined;
  return machine.plan.run === run ? machine : undefined;
}

function startedRun(machine: ActiveMachine, run: CommandOf<"FailRun">["run"]) {
  const live = liveRun(machine, run);
  if (!live) return { status: "refused", refusal: noSuchRun({ run }, machine) } as const;
  return live.status === "deploying" ? live : ({ status: "refused", refusal: notStarted(run) } as const);
}

function notStarted(run: string): MachineDecision {
  return reject("RUN_NOT_STARTED", `the agent of run ${run} has not said hello: only then it may report`);
}

/** A lock that comes after the deployment was asked for still holds until the agent's hello. */
function lockedBeforeStart(run: string): MachineDecision {
  return reject("MACHINE_LOCKED", `the machine is locked, so run ${run} waits: unlock it to let it start`);
}

function rank(stage: DeploymentStage): number {
  return DeploymentStage.options.indexOf(stage);
}

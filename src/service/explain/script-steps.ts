import type { BootDecision, MachineAtBoot } from "../../boot/http/boot-decision.ts";
import type { Subnet } from "../../domain/network/subnet.ts";
import type { BootStep, ScriptAnswer } from "../../domain/ports/boot-explainer.ts";
import type { Rehearsed } from "./rehearse-script.ts";

/** Why iPXE gets the script that it gets. `subnet`: of its address. */
export function explainScript(
  rehearsed: Rehearsed,
  subnet: Subnet | undefined,
): { readonly answer: ScriptAnswer; readonly steps: readonly BootStep[] } {
  const { known, decision, script, fellBack, format } = rehearsed;
  const answer = answerOf(rehearsed);
  const { environment, template } = answer;
  return {
    answer,
    steps: [
      machineStep(known),
      ...intentSteps(known, decision),
      ...policySteps(known, decision, subnet),
      {
        step: "environment",
        outcome: environment
          ? `${environment.name} version ${environment.version}, template ${template}`
          : "none: the first disk is booted without one",
        because:
          (script
            ? environmentReason(decision, fellBack)
            : "no boot environment for the local disk is published") +
          (format === "grub" ? "; the loader is taken for GRUB by its name" : ""),
      },
      {
        step: "answer",
        outcome: actionWords[answer.action],
        because: fellBack === undefined ? (whyWords[answer.why] ?? answer.why) : fellBack,
      },
    ],
  };
}

const actionWords = {
  "local-disk": "boots from its disk",
  discover: "boots the discovery agent, which takes its inventory",
  deploy: "boots its run's environment, which writes its disk",
} as const satisfies Record<ScriptAnswer["action"], string>;

const whyWords: Readonly<Record<string, string>> = {
  fenced: "while the log is fenced, every boot is the disk",
  policy: "the subnet sends machines that nobody knows to their disk",
  "no-intent": "nothing is to happen to the machine: it has no live boot intent",
  rebooted: "the run's agent was at work, so that the machine boots again ends the run (MACHINE_REBOOTED)",
  "unknown-machine": "the machine is new or was never approved, and the subnet has such machines discovered",
  registered: "an operator announced the machine, and this is how it shows up",
  "discovery-intent": "an operator asked for its inventory to be taken again",
  "boot-intent": "its run's boot intent is live",
};

function answerOf({ known, decision, script, fellBack }: Rehearsed): ScriptAnswer {
  const common = { environment: script?.environment ?? null, template: script?.text ?? null };
  const { run, servings } = intentOf(decision, known);
  if (fellBack !== undefined) return { ...common, action: "local-disk", why: "refused", run, servings };
  switch (decision.action) {
    case "local-disk":
      return {
        ...common,
        action: "local-disk",
        why: decision.why,
        run: decision.endRun?.run ?? null,
        servings,
      };
    case "discover": {
      const why = known?.machine.status === "registered" ? "registered" : "unknown-machine";
      return { ...common, action: "discover", why, run, servings };
    }
    case "rediscover":
      return { ...common, action: "discover", why: "discovery-intent", run, servings };
    case "deploy":
      return { ...common, action: "deploy", why: "boot-intent", run, servings };
  }
}

/** The run and the servings of the intent that decides. */
function intentOf(
  decision: BootDecision,
  known: MachineAtBoot | undefined,
): Pick<ScriptAnswer, "run" | "servings"> {
  if (decision.action === "rediscover") return decision.intent;
  if (decision.action !== "deploy") return { run: null, servings: null };
  const servings = known?.machine.status === "allocated" ? known.machine.servings : null;
  return { run: decision.plan.run, servings };
}

function machineStep(known: MachineAtBoot | undefined): BootStep {
  if (!known) {
    return { step: "machine", outcome: "unknown", because: "no machine claims this interface" };
  }
  const { machineId, machine } = known;
  const name = "name" in machine && machine.name !== undefined ? `${machine.name}, ` : "";
  const locked = "locked" in machine && machine.locked ? ", locked" : "";
  return {
    step: "machine",
    outcome: `${name}${machineId}, ${machine.status}${locked}`,
    because: "it claims this interface",
  };
}

function intentSteps(known: MachineAtBoot | undefined, decision: BootDecision): readonly BootStep[] {
  if (!known) return [];
  const { machine, intentIsOfThisEpoch } = known;
  if (machine.status === "deploying") {
    const outcome = `run ${machine.plan.run} is under way`;
    return [{ step: "intent", outcome, because: "its agent has reported, which used the boot intent up" }];
  }
  const discovery = "discoveryIntent" in machine ? machine.discoveryIntent : undefined;
  const live = machine.status === "allocated" ? { ...machine, run: machine.plan.run } : discovery;
  if (!live)
    return [{ step: "intent", outcome: "none", because: "none was set, or it was used up or taken back" }];
  const kind = machine.status === "allocated" ? "deployment" : "discovery";
  if (!intentIsOfThisEpoch) {
    const because = "it was set before the newest effects epoch, which ended it";
    return [{ step: "intent", outcome: `${kind}, run ${live.run}, outdated`, because }];
  }
  const decides = decision.action === "deploy" || decision.action === "rediscover";
  return [
    {
      step: "intent",
      outcome: `${kind}, run ${live.run}, served ${live.servings} of 3 times`,
      because: decides ? "it is live" : "it is live, and something stronger decides",
    },
  ];
}

/** The rule for machines that nobody vouched for, where it is asked. */
function policySteps(
  known: MachineAtBoot | undefined,
  decision: BootDecision,
  subnet: Subnet | undefined,
): readonly BootStep[] {
  const asked =
    (decision.action === "discover" && known?.machine.status !== "registered") ||
    (decision.action === "local-disk" && decision.why === "policy");
  if (!asked) return [];
  return [
    {
      step: "policy",
      outcome: decision.action === "discover" ? "discover" : "local-disk",
      because:
        (subnet
          ? `subnet ${subnet.name} says so for machines that nobody approved`
          : "machines of networks that are not served here are left alone") +
        (known
          ? ""
          : "; beyond the hourly limit of new interfaces it is the disk, which the log does not tell"),
    },
  ];
}

function environmentReason({ action }: BootDecision, fellBack: string | undefined): string {
  if (fellBack !== undefined || action === "local-disk") return "it is the newest one for the local disk";
  switch (action) {
    case "discover":
      return "it is the newest one for discovery";
    case "rediscover":
      return "the intent is pinned to it";
    case "deploy":
      return "the run is pinned to it";
  }
}

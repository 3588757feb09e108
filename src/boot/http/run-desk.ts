import type { z } from "zod";
import type { BootRefusal } from "../../domain/boot/refusal.ts";
import type { MachineCommand } from "../../domain/machine/commands.ts";
import type { DeploymentPlan } from "../../domain/machine/deployment.ts";
import { machineStream } from "../../domain/values/machine-id.ts";
import type { RunId } from "../../domain/values/run-id.ts";
import type { HelloBody, ResultBody, StageBody } from "./agent-bodies.ts";
import { type AgentDeskOptions, type AgentVisit, refuse } from "./agent-desk.ts";
import { type Answer, ok } from "./answer.ts";
import { type OpenFile, openImage } from "./files.ts";

/** A run's agent and the run that it speaks of. */
export type RunVisit = AgentVisit & { readonly run: RunId };

/**
 * The agent's first report: consumes the boot intent, and only the answer to it tells what to write where. The
 * same agent may ask again and gets the same answer; another one gets none.
 */
export async function takeHello(
  visit: RunVisit,
  { agentBootId }: z.infer<typeof HelloBody>,
  options: AgentDeskOptions,
): Promise<Answer> {
  const { run, machineId, machine, meta, intentIsOfThisEpoch } = visit;
  const request = "hello";
  if (options.isFenced()) {
    const message = "the log was restored and no operator has started an effects epoch";
    return refuse(visit, { request, code: "FENCED", message }, options);
  }
  if (machine.status === "allocated" && !intentIsOfThisEpoch) {
    const message = "the boot intent is older than the effects epoch";
    return refuse(visit, { request, code: "INTENT_OUTDATED", message }, options);
  }
  const command = { type: "ReportHello", run, agentBootId } as const;
  const result = await options.handlers.handleMachine(machineStream(machineId), command, { meta });
  if (result.outcome === "rejected") return answerRefusal(visit, { request, ...result.rejection }, options);
  const { state } = result;
  if (state.status === "deploying" && state.plan.run === run && state.agentBootId === agentBootId) {
    return ok(orderOf(state.plan, options));
  }
  return refuse(visit, { request, code: "SECOND_CONSUMER", message: "another agent has this run" }, options);
}

export async function takeStage(
  visit: RunVisit,
  body: z.infer<typeof StageBody>,
  options: AgentDeskOptions,
): Promise<Answer> {
  return report(
    visit,
    { request: "stages", command: { type: "ReportStage", run: visit.run, ...body } },
    options,
  );
}

export async function takeResult(
  visit: RunVisit,
  body: z.infer<typeof ResultBody>,
  options: AgentDeskOptions,
): Promise<Answer> {
  const { outcome, ...rest } = body;
  const command =
    "sha256" in rest
      ? ({ type: "ReportCompleted", run: visit.run, ...rest } as const)
      : ({ type: "FailRun", run: visit.run, ...rest } as const);
  return report(visit, { request: `result ${outcome}`, command }, options);
}

/** The run's image, while the agent may write it; `undefined` at any other time, and when its file is not there. */
export async function findImage(visit: RunVisit, options: AgentDeskOptions): Promise<OpenFile | undefined> {
  const { machine, run } = visit;
  const request = "image";
  if (machine.status !== "deploying" || machine.plan.run !== run) {
    refuse(visit, { request, code: "RUN_ENDED", message: `run ${run} is not writing an image` }, options);
    return undefined;
  }
  const { image } = machine.plan;
  const file = await openImage(options.imagesDirectory, image);
  if (!file) {
    const message = `there is no file ${image.file} in the images folder: put it there and deploy again`;
    refuse(visit, { request, code: "IMAGE_MISSING", message }, options);
  }
  return file;
}

async function report(
  visit: RunVisit,
  { request, command }: { readonly request: string; readonly command: MachineCommand },
  options: AgentDeskOptions,
): Promise<Answer> {
  const { machineId, meta } = visit;
  const result = await options.handlers.handleMachine(machineStream(machineId), command, { meta });
  return result.outcome === "accepted"
    ? ok()
    : answerRefusal(visit, { request, ...result.rejection }, options);
}

function answerRefusal(
  visit: RunVisit,
  refusal: Omit<BootRefusal, "address">,
  options: AgentDeskOptions,
): Answer {
  return refusal.code === "STREAM_BUSY" ? { outcome: "unavailable" } : refuse(visit, refusal, options);
}

function orderOf({ run, image, disk }: DeploymentPlan, { tokens, serverUrl }: AgentDeskOptions) {
  const reportUrl = `${serverUrl}/agent/v1/runs/${run}`;
  return {
    action: "deploy-image",
    imageUrl: `${reportUrl}/image`,
    imageToken: tokens.forRun(run, "image"),
    reportUrl,
    reportToken: tokens.forRun(run, "report"),
    format: image.format,
    sha256: image.sha256,
    diskName: disk.name,
    diskSerial: disk.serial ?? "",
    diskBytes: disk.bytes,
  };
}

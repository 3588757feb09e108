import { discoverMachine } from "../../domain/machine/discover.ts";
import { MachineId, machineStream } from "../../domain/values/machine-id.ts";
import type { BootDecision } from "./boot-decision.ts";
import type { MadeScript } from "./script-maker.ts";
import { type Asking, clientOf, metaOf, type ScriptServiceOptions } from "./script-request.ts";

/** Does what the decision asks for. `undefined`: the machine gets its disk. */
export async function carryOut(
  decision: BootDecision,
  asking: Asking,
  options: ScriptServiceOptions,
): Promise<MadeScript | undefined> {
  switch (decision.action) {
    case "local-disk":
      await endRun(decision.endRun, asking, options);
      return undefined;
    case "discover":
      return discover(asking, options);
    case "deploy":
      return deploy(decision, asking, options);
  }
}

async function discover(asking: Asking, options: ScriptServiceOptions): Promise<MadeScript | undefined> {
  const { catalogue, maker, handlers, newId } = options;
  const environment = catalogue.forPurpose("discover");
  if (!environment) return undefined;
  const { mac } = asking.ticket;
  const { architecture } = asking.boot;
  const discovery = { newMachineId: MachineId.parse(newId()), mac, architecture };
  const found = await discoverMachine(handlers, discovery, metaOf(asking, asking.boot.correlationId));
  if (found.outcome === "rejected") return undefined;
  return maker.make(environment, { client: clientOf(asking), machineId: found.machineId, run: undefined });
}

/** The serving is in the log before the script leaves: what the log does not know of was never sent. */
async function deploy(
  { machineId, plan }: Extract<BootDecision, { action: "deploy" }>,
  asking: Asking,
  { catalogue, maker, handlers, servedRuns }: ScriptServiceOptions,
): Promise<MadeScript | undefined> {
  const { run } = plan;
  const environment = await catalogue.pinned(plan.environment);
  // Rendered first, so that a template that fails does not use a serving up.
  const script = await maker.make(environment, { client: clientOf(asking), machineId, run });
  const command = { type: "ServeBootIntent", run } as const;
  const served = await handlers.handleMachine(machineStream(machineId), command, {
    meta: metaOf(asking, run),
  });
  if (served.outcome === "rejected" || served.state.status !== "allocated") return undefined;
  servedRuns.note(run, asking.ticket);
  return script;
}

async function endRun(
  ending: Extract<BootDecision, { action: "local-disk" }>["endRun"],
  asking: Asking,
  { handlers }: ScriptServiceOptions,
): Promise<void> {
  if (!ending) return;
  const message = "the machine asked to boot again before the agent reported an end";
  const command = { type: "FailRun", run: ending.run, code: "MACHINE_REBOOTED", message } as const;
  await handlers.handleMachine(machineStream(ending.machineId), command, {
    meta: metaOf(asking, ending.run),
  });
}

/** @throws Error when no environment for the local disk is published @throws RenderError */
export async function localDisk(
  asking: Asking,
  machineId: MachineId | undefined,
  { catalogue, maker }: ScriptServiceOptions,
): Promise<MadeScript> {
  const environment = catalogue.forPurpose("local-disk");
  if (!environment)
    throw new Error("no boot environment for the local disk is published: see its folder's problem");
  return maker.make(environment, { client: clientOf(asking), machineId, run: undefined });
}

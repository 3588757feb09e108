import { discoverMachine } from "../../domain/machine/discover.ts";
import { MachineId, machineStream } from "../../domain/values/machine-id.ts";
import type { BootDecision } from "./boot-decision.ts";
import { type MadeScript, scriptMachine } from "./script-maker.ts";
import {
  type Asking,
  clientOf,
  type KnownAsking,
  machineOf,
  metaOf,
  type ScriptServiceOptions,
} from "./script-request.ts";

/** What it takes to do what a decision asks for. */
export interface CarryOutOptions extends Pick<ScriptServiceOptions, "handlers" | "maker" | "newId"> {
  readonly catalogue: Pick<ScriptServiceOptions["catalogue"], "forPurpose" | "pinned">;
  readonly servedRuns: Pick<ScriptServiceOptions["servedRuns"], "note">;
}

/** Does what the decision asks for. `undefined`: the machine gets its disk. */
export async function carryOut(
  decision: BootDecision,
  asking: KnownAsking,
  options: CarryOutOptions,
): Promise<MadeScript | undefined> {
  switch (decision.action) {
    case "local-disk":
      await endRun(decision.endRun, asking, options);
      return undefined;
    case "discover":
      return discover(asking, options);
    case "rediscover":
      return rediscover(decision, asking, options);
    case "deploy":
      return deploy(decision, asking, options);
  }
}

async function discover(asking: Asking, options: CarryOutOptions): Promise<MadeScript | undefined> {
  const { catalogue, maker, handlers, newId } = options;
  const environment = await catalogue.forPurpose("discover");
  if (!environment) return undefined;
  const { mac } = asking.ticket;
  const { architecture } = asking.boot;
  const discovery = { newMachineId: MachineId.parse(newId()), mac, architecture };
  const found = await discoverMachine(handlers, discovery, metaOf(asking, asking.boot.correlationId));
  if (found.outcome === "rejected") return undefined;
  const machine = scriptMachine(found.machineId, found.state);
  return maker.make(environment, { ...clientOf(asking), machine, run: undefined });
}

/**
 * For a machine that is known, which one that was only announced shows up by. As with a deployment, the serving is in
 * the log before the script leaves.
 */
async function rediscover(
  { machineId, intent: { run, environment } }: Extract<BootDecision, { action: "rediscover" }>,
  asking: KnownAsking,
  { catalogue, maker, handlers }: CarryOutOptions,
): Promise<MadeScript | undefined> {
  const pinned = await catalogue.pinned(environment);
  const subject = { ...clientOf(asking), machine: machineOf(asking), run: undefined };
  const script = await maker.make(pinned, subject);
  const meta = metaOf(asking, run);
  const stream = machineStream(machineId);
  const served = await handlers.handleMachine(stream, { type: "ServeBootIntent", run }, { meta });
  if (served.outcome === "rejected") return undefined;
  const { state } = served;
  if (!("discoveryIntent" in state) || state.discoveryIntent?.run !== run) return undefined;
  // Without claiming the interface: it is the machine's, or was until the machine was retired a moment ago.
  const { mac } = asking.ticket;
  const { architecture } = asking.boot;
  const found = await handlers.handleMachine(
    stream,
    { type: "DiscoverMachine", mac, architecture },
    { meta },
  );
  return found.outcome === "accepted" ? script : undefined;
}

/** The serving is in the log before the script leaves: what the log does not know of was never sent. */
async function deploy(
  { machineId, plan }: Extract<BootDecision, { action: "deploy" }>,
  asking: KnownAsking,
  { catalogue, maker, handlers, servedRuns }: CarryOutOptions,
): Promise<MadeScript | undefined> {
  const { run } = plan;
  const environment = await catalogue.pinned(plan.environment);
  // Rendered first, so that a template that fails does not use a serving up.
  const subject = { ...clientOf(asking), machine: machineOf(asking), run };
  const script = await maker.make(environment, subject);
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
  { handlers }: CarryOutOptions,
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
  asking: KnownAsking,
  { catalogue, maker }: Pick<CarryOutOptions, "catalogue" | "maker">,
): Promise<MadeScript> {
  const environment = await catalogue.forPurpose("local-disk");
  if (!environment)
    throw new Error("no boot environment for the local disk is published: see its folder's problem");
  const subject = { ...clientOf(asking), machine: machineOf(asking), run: undefined };
  return maker.make(environment, subject);
}

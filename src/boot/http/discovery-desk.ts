import type { z } from "zod";
import { adoptInterfaces } from "../../domain/machine/adopt-interfaces.ts";
import { machineStream } from "../../domain/values/machine-id.ts";
import type { InventoryBody } from "./agent-bodies.ts";
import { type AgentDeskOptions, type AgentVisit, refuse } from "./agent-desk.ts";
import { type Answer, ok } from "./answer.ts";

/** Seconds until a discovery agent asks again. */
const waitSeconds = 5;

/** The agent reports what it found in the machine. */
export async function takeInventory(
  visit: AgentVisit,
  { inventory }: z.infer<typeof InventoryBody>,
  options: AgentDeskOptions,
): Promise<Answer> {
  const { handlers, onError } = options;
  const { machineId, meta } = visit;
  const command = { type: "ReportInventory", inventory } as const;
  const reported = await handlers.handleMachine(machineStream(machineId), command, { meta });
  if (reported.outcome === "rejected") {
    if (reported.rejection.code === "STREAM_BUSY") return { outcome: "unavailable" };
    return refuse(visit, { request: "inventory", ...reported.rejection }, options);
  }
  const { refused } = await adoptInterfaces(handlers, { machineId, inventory }, meta);
  if (refused.length === 0) return ok({ status: "recorded" });
  // The agent sends the same again, and that completes what is left.
  onError(`claiming interfaces of machine ${machineId}`, refused);
  return { outcome: "unavailable" };
}

/** The agent asks what to do: to boot again once there is something else to boot into. */
export function giveTask({ machine }: AgentVisit, { isFenced }: AgentDeskOptions): Answer {
  const waiting = ok({ action: "wait", seconds: waitSeconds });
  if (isFenced()) return waiting;
  switch (machine.status) {
    case "discovered":
    case "ready":
      return waiting;
    case "allocated":
      // A locked machine would be given its disk.
      return machine.locked ? waiting : ok({ action: "reboot" });
    case "unknown":
    case "deploying":
    case "deployed":
    case "failed":
    case "quarantined":
    case "retired":
      return ok({ action: "reboot" });
  }
}

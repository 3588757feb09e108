import type { z } from "zod";
import { adoptInterfaces } from "../../domain/machine/adopt-interfaces.ts";
import { type MachineId, machineStream } from "../../domain/values/machine-id.ts";
import { same } from "../../domain/values/same.ts";
import { createRateLimit, type RateLimit } from "../rate-limit.ts";
import type { InventoryBody } from "./agent-bodies.ts";
import { type AgentDeskOptions, type AgentVisit, refuse } from "./agent-desk.ts";
import { type Answer, ok } from "./answer.ts";
import { liveDiscovery } from "./boot-decision.ts";

/** Seconds until a discovery agent asks again. */
const waitSeconds = 5;

/** Most inventories of a machine that differ from the one before, in an hour. Hardware does not change faster. */
const changesPerHour = 12;

/** Keeps whoever has a discovery token from filling the log with inventories that he makes up. */
export function inventoryLimit(): RateLimit<MachineId> {
  return createRateLimit({ most: changesPerHour, windowMs: 3_600_000 });
}

/** The agent reports what it found in the machine. */
export async function takeInventory(
  visit: AgentVisit,
  { inventory }: z.infer<typeof InventoryBody>,
  options: AgentDeskOptions & { readonly admitChange: RateLimit<MachineId> },
): Promise<Answer> {
  const { handlers, clock, admitChange, onError } = options;
  const { machineId, machine, meta } = visit;
  const known = "inventory" in machine ? machine.inventory : undefined;
  if (!(same(inventory, known) || admitChange(machineId, clock().getTime())))
    return { outcome: "unavailable" };
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
export function giveTask(visit: AgentVisit, { isFenced }: AgentDeskOptions): Answer {
  const { machine } = visit;
  const waiting = ok({ action: "wait", seconds: waitSeconds });
  if (isFenced()) return waiting;
  const intent = liveDiscovery(visit);
  // The intent's script was sent, so this agent is the one that is to report.
  if (intent && intent.servings > 0) return waiting;
  if (intent && "locked" in machine && !machine.locked) return ok({ action: "reboot" });
  switch (machine.status) {
    case "discovered":
    case "ready":
      return waiting;
    case "allocated":
      // A locked machine would be given its disk.
      return machine.locked ? waiting : ok({ action: "reboot" });
    case "unknown":
    case "registered":
    case "deploying":
    case "deployed":
    case "failed":
    case "releasing":
    case "quarantined":
    case "retired":
      return ok({ action: "reboot" });
  }
}

import { type BootRefusal, bootRefused } from "../../domain/boot/refusal.ts";
import type { MachineHandlers } from "../../domain/machine/handlers.ts";
import type { Machine } from "../../domain/machine/state.ts";
import type { EventMeta } from "../../domain/ports/event-store.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { MachineId } from "../../domain/values/machine-id.ts";
import type { RunId } from "../../domain/values/run-id.ts";
import type { BootTracker } from "../boot-tracker.ts";
import type { Observer } from "../observer.ts";
import type { AgentTokens } from "./agent-tokens.ts";
import { type Answer, notFound } from "./answer.ts";
import type { MachineAtBoot } from "./boot-decision.ts";
import type { MachineLookup } from "./machine-lookup.ts";
import type { ServedRuns } from "./served-runs.ts";

export interface AgentDeskOptions {
  readonly tokens: AgentTokens;
  readonly handlers: MachineHandlers;
  readonly machines: MachineLookup;
  /** The machine that a run belongs to; `undefined` for a run that nobody knows. */
  readonly machineOfRun: (run: RunId) => MachineId | undefined;
  /** The interface that holds the address's lease; `undefined`: none does. */
  readonly macAt: (address: Ipv4) => MacAddress | undefined;
  readonly servedRuns: ServedRuns;
  readonly tracker: Pick<BootTracker, "current" | "reached">;
  readonly observer: Pick<Observer, "observe">;
  readonly clock: () => Date;
  /** Whether the log was restored and waits for an operator. */
  readonly isFenced: () => boolean;
  readonly imagesDirectory: string;
  /** Where machines reach the boot listener: `http://10.77.0.1:8080`. */
  readonly serverUrl: string;
  /** What failed and is tried again by whoever asked. */
  readonly onError: (message: string, error: unknown) => void;
}

/** An agent that has shown its token, and what it talks about. */
export interface AgentVisit extends MachineAtBoot {
  readonly meta: EventMeta;
  /** The interface that what is observed is recorded of. */
  readonly mac: MacAddress;
  readonly address: Ipv4;
}

/** The visit of a run's agent; `undefined` when nobody knows the run. */
export async function visitOfRun(
  run: RunId,
  address: Ipv4,
  { machineOfRun, machines, servedRuns, tracker, clock }: AgentDeskOptions,
): Promise<AgentVisit | undefined> {
  const machineId = machineOfRun(run);
  if (machineId === undefined) return undefined;
  const found = await machines.byId(machineId);
  const macs = macsOf(found.machine);
  const boot = await servedRuns.bootOf(run, macs);
  const mac = boot?.mac ?? macs[0];
  if (mac === undefined) return undefined;
  tracker.reached(mac, "agent", clock().getTime());
  const ids = { $correlationId: run, $causationId: boot?.bootId ?? run };
  return { ...found, mac, address, meta: metaOf(machineId, address, ids) };
}

/**
 * Records the report of a run that is over and that its machine has had another one since: the token is ours, so the
 * run was, and nobody waits for it any more. Only the lease tells which interface it came from.
 */
export function recordForgottenRun(
  run: RunId,
  address: Ipv4,
  { macAt, observer }: Pick<AgentDeskOptions, "macAt" | "observer">,
): void {
  const mac = macAt(address);
  if (mac === undefined) return;
  const message = `run ${run} has ended, and its machine has had another one since`;
  const event = bootRefused({ request: "report", code: "RUN_ENDED", message, address });
  const ids = { $correlationId: run, $causationId: run };
  const meta = { actor: `client:${mac}`, source: "agent", ...ids, sourceAddress: address };
  observer.observe({ mac, event, meta });
}

/** The visit of a discovery agent, which the boot of its token started. */
export async function visitOfDiscovery(
  { machineId, bootId }: { readonly machineId: MachineId; readonly bootId: string },
  address: Ipv4,
  { machines, tracker, clock }: AgentDeskOptions,
): Promise<AgentVisit | undefined> {
  const found = await machines.byId(machineId);
  const macs = macsOf(found.machine);
  const nowMs = clock().getTime();
  const mac = macs.find((each) => tracker.current(each, nowMs)?.bootId === bootId) ?? macs[0];
  if (mac === undefined) return undefined;
  tracker.reached(mac, "agent", nowMs);
  const ids = { $correlationId: bootId, $causationId: bootId };
  return { ...found, mac, address, meta: metaOf(machineId, address, ids) };
}

/** Answers as if there were nothing here, and records on the interface's stream what was refused and why. */
export function refuse(
  { mac, address, meta }: AgentVisit,
  refusal: Omit<BootRefusal, "address">,
  { observer }: Pick<AgentDeskOptions, "observer">,
): Answer {
  observer.observe({ mac, event: bootRefused({ ...refusal, address }), meta });
  return notFound;
}

function macsOf(machine: Machine): readonly MacAddress[] {
  return machine.status === "unknown" ? [] : machine.macs;
}

function metaOf(
  machineId: MachineId,
  address: Ipv4,
  ids: Pick<EventMeta, "$correlationId" | "$causationId">,
): EventMeta {
  return { actor: `machine:${machineId}`, source: "agent", ...ids, sourceAddress: address };
}

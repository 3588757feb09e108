import { styleText } from "node:util";
import { type Description, describeEvent } from "./describe-event.ts";
import type { FeedEvent } from "./event-feed.ts";
import type { Hardware } from "./hardware.ts";

/** One line of the timeline. */
export interface TimelineLine extends Description {
  readonly elapsedMs: number;
  /** `""` for what concerns no single machine. */
  readonly machine: string;
}

/** Beyond so many machines, a line for every step is more than anybody reads: numbers are shown instead. */
export const detailedMachinesMax = 12;

/** `  12.3 s  m001  lease             127.77.1.1 for 600 s`. Without colour it is plain text, for files. */
export function formatLine(
  { elapsedMs, machine, step, detail, tone }: TimelineLine,
  colour: boolean,
): string {
  const seconds = `${(elapsedMs / 1000).toFixed(1)} s`.padStart(8);
  const line = `${seconds}  ${machine.padEnd(4)}  ${step.padEnd(17)}  ${detail}`.trimEnd();
  if (!colour || tone === "plain") return line;
  // The caller has looked at the terminal and at NO_COLOR; looking again would look at stdout.
  return styleText(tone === "good" ? "green" : "red", line, { validateStream: false });
}

/** Follows which event belongs to which machine, and how far all of them are. */
interface Timeline {
  /** The line for an event; `undefined` for one that is not shown. */
  lineOf(event: FeedEvent): TimelineLine | undefined;
  /** `discovered 200, inventoried 180, installing 60, deployed 12 of 200`. */
  progress(): string;
  /** Whether every machine is deployed. */
  isComplete(): boolean;
}

const counted = {
  MachineDiscovered: "discovered",
  InventoryReported: "inventoried",
  DeploymentStarted: "installing",
  DeploymentCompleted: "deployed",
  DeploymentFailed: "failed",
} as const;

/** `startedMs`: what elapsed times count from, milliseconds since 1970 UTC. */
export function createTimeline(machines: readonly Hardware[], startedMs: number): Timeline {
  const labelOfMac = new Map<string, string>(machines.map(({ mac, label }) => [mac, label]));
  const labelOfStream = new Map<string, string>();
  const reached = new Map(Object.values(counted).map((name) => [name, new Set<string>()]));

  function machineOf({ stream, type, data }: FeedEvent): string {
    if (type === "MachineDiscovered") labelOfStream.set(stream, labelOfMac.get(String(data["mac"])) ?? "");
    if (stream.startsWith("boot-")) return labelOfMac.get(stream.slice("boot-".length)) ?? "";
    if (stream.startsWith("address-")) return labelOfMac.get(holderMac(data)) ?? "";
    return labelOfStream.get(stream) ?? "";
  }

  return {
    lineOf(event) {
      const machine = machineOf(event);
      if (isCounted(event.type)) reached.get(counted[event.type])?.add(event.stream);
      const description = describeEvent(event);
      return description && { ...description, machine, elapsedMs: Date.parse(event.time) - startedMs };
    },
    progress() {
      const parts = [...reached].filter(([name, { size }]) => name !== "failed" || size > 0);
      return `${parts.map(([name, { size }]) => `${name} ${size}`).join(", ")} of ${machines.length}`;
    },
    isComplete: () => reached.get("deployed")?.size === machines.length,
  };
}

function isCounted(type: string): type is keyof typeof counted {
  return Object.hasOwn(counted, type);
}

function holderMac(data: FeedEvent["data"]): string {
  const holder = data["holder"];
  return typeof holder === "object" && holder !== null && "mac" in holder ? String(holder.mac) : "";
}

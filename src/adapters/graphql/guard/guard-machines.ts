import { selectingLabels } from "../../../domain/access/directory.ts";
import type { Rights } from "../../../domain/access/rights.ts";
import { claimKind } from "../../../domain/claim/decide.ts";
import type { CommandResult } from "../../../domain/handle-command.ts";
import type { MachineCommand } from "../../../domain/machine/commands.ts";
import { machineKind } from "../../../domain/machine/decide.ts";
import type { MachineRejectionCode } from "../../../domain/machine/decision.ts";
import type { MachineHandlers } from "../../../domain/machine/handlers.ts";
import { machineAfter } from "../../../domain/machine/snapshot.ts";
import type { Machine } from "../../../domain/machine/state.ts";
import type { EventReader } from "../../../domain/ports/event-store.ts";
import type { Labels } from "../../../domain/values/label.ts";
import { machineStream } from "../../../domain/values/machine-id.ts";
import type { AccessRegistry } from "../../access/registry.ts";
import { machineChangeScopes, machineCommandScopes } from "./command-scopes.ts";
import { forbidden, needOneOf } from "./forbidden.ts";

export interface MachineGuard {
  /** What the caller may do now. */
  readonly rights: () => Rights;
  /** Where the commands decide and append. */
  readonly log: Pick<EventReader, "readStream">;
  readonly known: AccessRegistry["known"];
}

/** Commands to machines. Their labels are read from the log: a view may lag behind. */
export function guardMachines(
  { handleMachine, handleClaim }: MachineHandlers,
  { rights, log, known }: MachineGuard,
): MachineHandlers {
  /** `undefined`: there is no such machine. */
  async function labelsOf(stream: string): Promise<Labels | undefined> {
    return machineAfter(await log.readStream(stream))?.labels;
  }

  return {
    async handleMachine(stream, command, context) {
      const scope = machineCommandScopes[command.type];
      needOneOf(rights(), [scope]);
      if (scope === "nobody" || rights().selectorsOf(scope) === "all") {
        return handleMachine(stream, command, context);
      }
      if (command.type === "RegisterMachine") throw forbidden(scope, "on every machine");
      const labels = await labelsOf(stream);
      if (!labels || !rights().mayOnMachine(scope, labels)) return asUnknown(command);
      if (command.type === "LabelMachine") refuseSelectingLabels(command, { rights, known });
      return handleMachine(stream, command, context);
    },

    async handleClaim(stream, command, context) {
      needOneOf(rights(), machineChangeScopes);
      if (rights().selectorsOf("machines:edit") === "all") return handleClaim(stream, command, context);
      const machineId = command.type === "Dispute" ? command.claimant : command.machineId;
      const labels = await labelsOf(machineStream(machineId));
      if (labels && machineChangeScopes.some((scope) => rights().mayOnMachine(scope, labels))) {
        return handleClaim(stream, command, context);
      }
      // Whatever the claim is for is refused next: no scope holds on the machine, or it is to be registered, which
      // takes the scope everywhere. A refusal here would tell that somebody has the name, or that there is such a
      // machine; and a claim would be left behind.
      const { initial: state } = claimKind.decider;
      return { outcome: "accepted", state, position: undefined, revision: "no-stream", eventIds: [] };
    },
  };
}

interface LabelChange {
  readonly set: Readonly<Record<string, unknown>>;
  readonly remove: readonly string[];
}

/**
 * Refuses to change labels that rules select machines by to all but those who may edit every machine. Otherwise
 * whoever may change some machines could make others theirs, or theirs somebody else's.
 *
 * @throws GraphQLError `FORBIDDEN`
 */
export function refuseSelectingLabels(
  { set, remove }: LabelChange,
  { rights, known }: Pick<MachineGuard, "rights" | "known">,
): void {
  if (rights().selectorsOf("machines:edit") === "all") return;
  const selecting = selectingLabels(known);
  const key = [...Object.keys(set), ...remove].find((each) => selecting.has(each));
  if (key !== undefined) throw forbidden("machines:edit", `on every machine to change the label ${key}`);
}

/** What a machine that does not exist answers. */
function asUnknown(command: MachineCommand): CommandResult<Machine, MachineRejectionCode> {
  const { initial: state, decide } = machineKind.decider;
  const decision = decide(command, state);
  if (decision.outcome === "rejected") return { ...decision, state };
  throw new Error(`${command.type} makes a machine: it takes its scope everywhere`);
}

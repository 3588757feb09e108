import { principalIdOf } from "../../domain/access/events.ts";
import type { AccessHandlers } from "../../domain/access/handlers.ts";
import { type AccessChange, policyRefusal } from "../../domain/access/policy.ts";
import type { Rights } from "../../domain/access/rights.ts";
import { accessRoleNameOf } from "../../domain/access/role-events.ts";
import { type CommandContext, earlierOutcome } from "../../domain/handle-command.ts";
import type { EventReader } from "../../domain/ports/event-store.ts";
import type { AccessRegistry } from "./registry.ts";

export interface AccessDeskOptions {
  readonly registry: Pick<AccessRegistry, "known" | "refresh" | "alone">;
  readonly reader: Pick<EventReader, "readStream">;
}

/** Where access is changed: one change at a time, because some rules are about everybody together. */
export interface AccessDesk {
  /**
   * The handlers with the rules about everybody, for whoever asks. `asking` tells their rights, or throws; it is
   * called when their turn has come, because a change before theirs may have taken a right. When the handlers
   * answer, whoever authenticates is judged by the change.
   */
  handlersFor(handlers: AccessHandlers, asking: () => Rights | "system"): AccessHandlers;
}

/**
 * Makes a desk. Changes wait for each other at the registry, of which one process has one. The log alone could not
 * refuse the second of two that take the last two administrators away, in two streams.
 */
export function createAccessDesk({ registry, reader }: AccessDeskOptions): AccessDesk {
  /** What a repeated request came to is told as it was: the rules are about what it would do now. */
  async function wasSettled(stream: string, { meta, repeatable }: CommandContext): Promise<boolean> {
    if (!repeatable) return false;
    return earlierOutcome(await reader.readStream(stream), meta, repeatable.nowMs) !== undefined;
  }

  async function refusalOf(stream: string, context: CommandContext, asked: Asked) {
    await registry.refresh();
    const rights = asked.asking();
    if (await wasSettled(stream, context)) return undefined;
    return policyRefusal(registry.known, asked.change, rights);
  }

  return {
    handlersFor: ({ handleAccess, handleAccessRole }, asking) => ({
      handleAccess: (stream, command, context) =>
        registry.alone(async () => {
          const change = { principalId: principalIdOf(stream), command };
          const refusal = await refusalOf(stream, context, { change, asking });
          const result = refusal ?? (await handleAccess(stream, command, context));
          await registry.refresh();
          return result;
        }),
      handleAccessRole: (stream, command, context) =>
        registry.alone(async () => {
          const change = { role: accessRoleNameOf(stream), command };
          const refusal = await refusalOf(stream, context, { change, asking });
          const result = refusal ?? (await handleAccessRole(stream, command, context));
          await registry.refresh();
          return result;
        }),
    }),
  };
}

interface Asked {
  readonly change: AccessChange;
  readonly asking: () => Rights | "system";
}

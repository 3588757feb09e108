import { principalIdOf } from "../../domain/access/events.ts";
import type { AccessHandlers } from "../../domain/access/handlers.ts";
import {
  type AccessChange,
  type AccessPolicyRejectionCode,
  policyRefusal,
} from "../../domain/access/policy.ts";
import type { Rights } from "../../domain/access/rights.ts";
import { accessRoleNameOf } from "../../domain/access/role-events.ts";
import { type CommandContext, type CommandHandler, earlierOutcome } from "../../domain/handle-command.ts";
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
    const recorded = await reader.readStream(stream, { withoutArchived: true });
    return earlierOutcome(recorded, meta, repeatable.nowMs) !== undefined;
  }

  /** A handler that is asked alone, and only for what the rules about everybody let through. */
  function judged<State, Command, Code extends string>(
    handle: CommandHandler<State, Command, Code>,
    changeOf: (stream: string, command: Command) => AccessChange,
    asking: () => Rights | "system",
  ): CommandHandler<State, Command, Code | AccessPolicyRejectionCode> {
    return (stream, command, context) =>
      registry.alone(async () => {
        await registry.refresh();
        const rights = asking();
        const refusal = (await wasSettled(stream, context))
          ? undefined
          : policyRefusal(registry.known, changeOf(stream, command), rights);
        const result = refusal ?? (await handle(stream, command, context));
        await registry.refresh();
        return result;
      });
  }

  return {
    handlersFor: ({ handleAccess, handleAccessRole }, asking) => ({
      handleAccess: judged(
        handleAccess,
        (stream, command) => ({ principalId: principalIdOf(stream), command }),
        asking,
      ),
      handleAccessRole: judged(
        handleAccessRole,
        (stream, command) => ({ role: accessRoleNameOf(stream), command }),
        asking,
      ),
    }),
  };
}

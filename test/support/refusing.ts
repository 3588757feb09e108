import type { CommandHandler } from "../../src/domain/handle-command.ts";

/** A handler that refuses commands of these types as too busy, and leaves the others to `handle`. */
export function busyAt<State, Command extends { readonly type: string }, Code extends string>(
  types: readonly Command["type"][],
  handle: CommandHandler<State, Command, Code>,
): CommandHandler<State, Command, Code> {
  return async (stream, command, context) => {
    if (!types.includes(command.type)) return handle(stream, command, context);
    const message = `${stream} changed 5 times while deciding: try again`;
    return { outcome: "rejected", rejection: { code: "STREAM_BUSY", message } };
  };
}

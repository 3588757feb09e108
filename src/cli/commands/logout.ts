import type { Command } from "commander";
import { readContexts, writeContexts } from "../config/file.ts";
import { configFileIn } from "../config/target.ts";
import { usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import { type GlobalOptions, onAction } from "../session.ts";

/** `logout`: forgets the token of the context. The token itself goes on to count until it is revoked. */
export function addCommands(command: Command, host: Host): void {
  onAction<GlobalOptions>(command, host, async (session, { options }) => {
    const file = configFileIn(session.environment);
    const { current, contexts } = await readContexts(file);
    const name = options.context ?? session.environment.context ?? current;
    const context = name === undefined ? undefined : contexts[name];
    if (name === undefined || !context) throw usageError("there is no context to log out of");
    const { token, tokenFile: _tokenFile, ...kept } = context;
    await writeContexts(file, { current, contexts: { ...contexts, [name]: kept } });
    session.note(
      `${name} has no token any more${token === undefined ? "" : "; ironledger tokens revoke ends it"}`,
    );
  });
}

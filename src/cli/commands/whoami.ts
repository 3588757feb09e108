import type { Command } from "commander";
import type { Row } from "../api/api.ts";
import { viewer } from "../collections/access.ts";
import type { Host } from "../host.ts";
import { type OutputOptions, withOutput } from "../options.ts";
import { onAction } from "../session.ts";
import { printObject } from "./show.ts";

/** Asks who asks. */
export const viewerDocument = `{ viewer { ${viewer.fields} } }`;

/** `whoami`: whom the service takes you for. */
export function addCommands(command: Command, host: Host): void {
  onAction<OutputOptions>(withOutput(command), host, async (session, { options }) => {
    const data = await (await session.api()).ask(viewerDocument);
    session.detail(`at ${(await session.api()).target.server.href}`);
    await printObject(session, { collection: viewer, row: data["viewer"] as Row, options });
  });
}

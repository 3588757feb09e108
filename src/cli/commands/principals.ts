import { type Command, Option } from "commander";
import { type Change, runChange } from "../changes/change.ts";
import { principalIdOf } from "../changes/principal-reference.ts";
import { principals } from "../collections/access.ts";
import type { Host } from "../host.ts";
import { type ChangeOptions, withChange } from "../options.ts";
import { cellText, valueAt } from "../output/cell.ts";
import { onAction } from "../session.ts";
import { addCount } from "./count.ts";
import { addList } from "./list.ts";
import { principalLookup } from "./lookups.ts";
import { addShow } from "./show.ts";

/** `principals`: those who may use the API. */
export function addCommands(parent: Command, host: Host): void {
  addList(parent, principals, host);
  addShow(parent, { collection: principals, lookup: principalLookup }, host);
  addCount(parent, principals, host);

  const add = withChange(parent.command("add").description("add one; without a role it may do nothing"))
    .argument("<name>")
    .addOption(new Option("--kind <kind>", "what it is").choices(["person", "service"]).default("person"));
  onAction<ChangeOptions & { readonly kind: string }>(
    add,
    host,
    async (session, { args: [name], options }) => {
      await runChange(session, addPrincipal, { input: { name, kind: options.kind.toUpperCase() }, options });
    },
  );

  for (const { verb, summary, change } of switches) {
    const command = withChange(parent.command(verb).description(summary)).argument("<principal>");
    onAction<ChangeOptions>(command, host, async (session, { args: [name = ""], options }) => {
      await runChange(session, change, {
        input: { principalId: await principalIdOf(session, name) },
        options,
      });
    });
  }

  for (const { verb, summary, change } of grants) {
    const command = withChange(parent.command(verb).description(summary))
      .argument("<principal>")
      .argument("<role>");
    onAction<ChangeOptions>(command, host, async (session, { args: [name = "", role], options }) => {
      await runChange(session, change, {
        input: { principalId: await principalIdOf(session, name), role },
        options,
      });
    });
  }
}

/** Everything that is done to a principal. */
export const addPrincipal = principalChange("addPrincipal", "added");
export const disablePrincipal = principalChange("disablePrincipal", "disabled");
export const enablePrincipal = principalChange("enablePrincipal", "enabled");
export const grantAccessRole = principalChange("grantAccessRole", "has the role");
export const revokeAccessRole = principalChange("revokeAccessRole", "has the role no more");

const switches = [
  {
    verb: "disable",
    summary: "let its tokens count for nothing, until it is enabled again",
    change: disablePrincipal,
  },
  { verb: "enable", summary: "let its tokens count again", change: enablePrincipal },
] as const;

const grants = [
  { verb: "grant", summary: "give it a role", change: grantAccessRole },
  { verb: "revoke", summary: "take a role from it", change: revokeAccessRole },
] as const;

function principalChange(mutation: string, done: string): Change {
  return {
    mutation,
    fields: "principal { id principalId name kind disabled roles revision }",
    done: (payload) => `principal/${cellText(valueAt(payload, "principal.name"))} ${done}`,
  };
}

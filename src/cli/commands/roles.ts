import { readFileSync } from "node:fs";
import { type Command, Option } from "commander";
import type { Row } from "../api/api.ts";
import { type Change, confirm, runChange } from "../changes/change.ts";
import { labelSetting } from "../changes/settings.ts";
import { accessRoles } from "../collections/access.ts";
import { bareName } from "../collections/name.ts";
import { usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import {
  type ChangeOptions,
  type OutputOptions,
  withChange,
  withOutput,
  withYes,
  words,
} from "../options.ts";
import { cellText, valueAt } from "../output/cell.ts";
import type { Column } from "../output/column.ts";
import { printRows } from "../output/print-rows.ts";
import { onAction } from "../session.ts";
import { addCount } from "./count.ts";
import { addList } from "./list.ts";
import { accessRoleLookup } from "./lookups.ts";
import { addShow } from "./show.ts";

export const defineAccessRole = roleChange("defineAccessRole", "defined");
export const withdrawAccessRole = roleChange("withdrawAccessRole", "withdrawn");

/** Everything that a rule can give. */
export const scopesDocument = "{ accessScopes { name description limitable } }";

const scopeColumns: readonly Column[] = [
  { name: "name", path: "name" },
  { name: "limitable", path: "limitable", kind: "flag" },
  { name: "description", path: "description" },
];

interface Definition extends ChangeOptions {
  readonly description: string;
  readonly scopes?: readonly string[];
  readonly machines?: readonly string[];
  readonly rules?: string;
}

/** `roles`: what principals can be given. */
export function addCommands(parent: Command, host: Host): void {
  addList(parent, accessRoles, host);
  addShow(parent, { collection: accessRoles, lookup: accessRoleLookup }, host);
  addCount(parent, accessRoles, host);

  const scopes = withOutput(parent.command("scopes").description("list what a rule of a role can give"));
  onAction<OutputOptions>(scopes, host, async (session, { options }) => {
    const { accessScopes } = await (await session.api()).ask(scopesDocument);
    const nameOf = ({ name }: Row) => `scope/${name}`;
    await printRows(session, accessScopes as readonly Row[], { options, columns: scopeColumns, nameOf });
  });

  const define = withChange(parent.command("define").description("define a role, or replace its definition"))
    .argument("<role>")
    .option("--description <text>", "what it is for", "")
    .addOption(
      new Option("--scopes <scopes>", "separated by commas: machines:read,machines:edit").argParser(words),
    )
    .addOption(
      new Option("--machines <labels>", "only machines with all of these: rack=r7,env=lab").argParser(words),
    )
    .addOption(
      new Option("--rules <file>", "many rules, as a list in JSON").conflicts(["scopes", "machines"]),
    );
  onAction<Definition>(define, host, async (session, { args: [name], options }) => {
    const input = { name, description: options.description, rules: rulesOf(options) };
    await runChange(session, defineAccessRole, { input, options });
  });

  const withdraw = withYes(
    withChange(parent.command("withdraw").description("let a role give nothing any more")),
  );
  onAction<ChangeOptions>(
    withdraw.argument("<role>"),
    host,
    async (session, { args: [word = ""], options }) => {
      const name = bareName(accessRoles, word);
      await confirm(session, `withdrawing role ${name}`, options);
      await runChange(session, withdrawAccessRole, { input: { name }, options });
    },
  );
}

/** One rule by options, or many by a file. @throws Failure */
function rulesOf({ scopes, machines, rules }: Definition): readonly Row[] {
  if (rules !== undefined) return rulesIn(rules);
  if (scopes === undefined) throw usageError("what may it do?", "--scopes machines:read, or --rules FILE");
  return [{ scopes, ...(machines && { machines: machines.map(labelSetting) }) }];
}

function rulesIn(file: string): readonly Row[] {
  try {
    const rules: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (Array.isArray(rules)) return rules as readonly Row[];
  } catch (error) {
    throw usageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw usageError(`${file}: expected a list of rules`);
}

function roleChange(mutation: string, done: string): Change {
  return {
    mutation,
    fields:
      "accessRole { id name description withdrawn rules { scopes machines { labels { key value } } } revision }",
    done: (payload) => `role/${cellText(valueAt(payload, "accessRole.name"))} ${done}`,
  };
}

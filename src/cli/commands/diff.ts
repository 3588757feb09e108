import { type Command, Option } from "commander";
import type { Row } from "../api/api.ts";
import { machineKeys } from "../changes/machine-reference.ts";
import { usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import { momentOf } from "../moment.ts";
import { type OutputOptions, withOutput } from "../options.ts";
import { printRows } from "../output/print-rows.ts";
import { onAction } from "../session.ts";

interface Options extends OutputOptions {
  readonly from: string;
  readonly to?: string;
  readonly subnet?: string;
  readonly address?: string;
  readonly leasesOf?: string;
}

/** What is different between two moments, and the newest event that changed each value. */
export const diffDocument = `query ($of: DiffSubject, $from: Moment!, $to: Moment) {
  diff(of: $of, from: $from, to: $to) { truncated changes {
    subject path before after events { eventId type time actor reason } } }
}`;

const columns = [
  { name: "subject", path: "subject" },
  { name: "value", path: "path" },
  { name: "before", path: "before" },
  { name: "after", path: "after" },
  { name: "changed by", path: "by" },
  { name: "actor", path: "actor" },
  { name: "time", path: "time", kind: "time" },
] as const;

const moment = "now-2h, a time (RFC 3339), or a position of the log";

/** `diff web-01 --from now-1d`: what is different about a machine; without one, about everything. */
export function addCommands(command: Command, host: Host): void {
  withOutput(command.argument("[machine]", "name, MAC, UUID or id"))
    .option("--subnet <name>", "of one subnet, instead of a machine")
    .addOption(new Option("--address <address>", "of one address: its lease").conflicts("subnet"))
    .addOption(
      new Option("--leases-of <subnet>", "of the leases of one subnet").conflicts(["subnet", "address"]),
    )
    .addOption(new Option("--from <moment>", moment).makeOptionMandatory())
    .addOption(new Option("--to <moment>", `(default: now) ${moment}`));
  onAction<Options>(command, host, async (session, { args: [machine], options }) => {
    const { from, to, subnet, address, leasesOf } = options;
    const now = session.clock();
    const thing = { ...(subnet && { subnet }), ...(address && { address }), ...(leasesOf && { leasesOf }) };
    if (machine !== undefined && Object.keys(thing).length > 0)
      throw usageError("a machine and something else are named", "ask for one of them after the other");
    const named =
      machine === undefined ? thing : { machine: (await machineKeys(session, machine)).machineId };
    const of = Object.keys(named).length === 0 ? undefined : named;
    const variables = { of, from: momentOf(from, now), ...(to !== undefined && { to: momentOf(to, now) }) };
    const { diff } = await (await session.api()).ask(diffDocument, variables);
    const { changes, truncated } = diff as { readonly changes: readonly Row[]; readonly truncated: boolean };
    await printRows(session, changes.map(rowOf), {
      options,
      columns,
      nameOf: ({ subject, path }) => `${String(subject)} ${String(path)}`,
    });
    if (changes.length === 0) session.note("nothing is different");
    if (truncated)
      session.note("there is more: ask for a shorter time, or for one machine, subnet or address");
  });
}

/** A change with its newest event beside it. */
function rowOf(change: Row): Row {
  const newest = (change["events"] as readonly Row[]).at(-1);
  return { ...change, by: newest?.["type"], actor: newest?.["actor"], time: newest?.["time"] };
}

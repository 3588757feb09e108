import type { Command } from "commander";
import type { Row } from "../api/api.ts";
import { bulkChange, reportBulk } from "../changes/bulk.ts";
import { type Change, commonInput, requestChange } from "../changes/change.ts";
import { bareName } from "../collections/name.ts";
import type { Host } from "../host.ts";
import { type ChangeOptions, type OutputOptions, withChange, withOutput } from "../options.ts";
import type { Column } from "../output/column.ts";
import { printRows } from "../output/print-rows.ts";
import { onAction } from "../session.ts";

/** Changes of many machines that were cut short. */
export const bulksDocument = "{ openBulkChanges { bulkId action matched actor reason requestedAt } }";

const columns: readonly Column[] = [
  { name: "bulk", path: "bulkId" },
  { name: "action", path: "action" },
  { name: "matched", path: "matched" },
  { name: "actor", path: "actor" },
  { name: "requested", path: "requestedAt", kind: "time" },
  { name: "reason", path: "reason" },
];

/** Carries on with one of them. */
export const finishBulk: Change = { ...bulkChange, mutation: "finishBulkChange" };

/** `bulks`: changes of many machines that were cut short. */
export function addCommands(parent: Command, host: Host): void {
  const command = withOutput(
    parent.command("list").alias("ls").description("list those that have not come to their end"),
  );
  onAction<OutputOptions>(command, host, async (session, { options }) => {
    const { openBulkChanges } = await (await session.api()).ask(bulksDocument);
    const nameOf = ({ bulkId }: Row) => `bulk/${bulkId}`;
    await printRows(session, openBulkChanges as readonly Row[], { options, columns, nameOf });
  });

  const finish = withChange(
    parent.command("finish").description("carry on with one that was cut short"),
  ).argument("<bulk>", "its id");
  onAction<ChangeOptions>(finish, host, async (session, { args: [word = ""], options }) => {
    const bulkId = bareName({ singular: "bulk" }, word);
    const payload = await requestChange(session, finishBulk, { bulkId, ...commonInput(options) });
    await reportBulk(session, payload, { done: "as they should be", options });
  });
}

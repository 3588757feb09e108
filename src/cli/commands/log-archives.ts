import type { Command } from "commander";
import type { Row } from "../api/api.ts";
import type { Host } from "../host.ts";
import { type OutputOptions, withOutput } from "../options.ts";
import type { Column } from "../output/column.ts";
import { printRows } from "../output/print-rows.ts";
import { onAction } from "../session.ts";

/** The archives of the log, oldest first. */
export const archivesDocument = `{ logArchives {
  after through events file bytes sha256 root note verifierKey isThere
} }`;

const columns: readonly Column[] = [
  { name: "after", path: "after" },
  { name: "through", path: "through" },
  { name: "events", path: "events" },
  { name: "bytes", path: "bytes" },
  { name: "there", path: "isThere" },
  { name: "file", path: "file" },
  { name: "sha256", path: "sha256", wide: true },
];

/** `log archives`: where the events are that left the log's file. */
export function addArchives(parent: Command, host: Host): void {
  const list = withOutput(parent.command("archives").description("list the archives of old events"));
  onAction<OutputOptions>(list, host, async (session, { options }) => {
    const data = await (await session.api()).ask(archivesDocument);
    const nameOf = ({ file }: Row) => `archive/${file}`;
    await printRows(session, data["logArchives"] as readonly Row[], { options, columns, nameOf });
  });
}

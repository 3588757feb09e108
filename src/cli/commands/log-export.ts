import { type Command, Option } from "commander";
import { exportTo } from "../exports/export-to.ts";
import { type ExportRequest, requestExport } from "../exports/request-export.ts";
import type { Host } from "../host.ts";
import { timeOf } from "../moment.ts";
import { words } from "../options.ts";
import { onAction, type Session } from "../session.ts";

/** What `log export` takes. */
interface ExportOptions {
  readonly to?: string;
  readonly format: "verifiable" | "cloudevents";
  readonly after?: string | undefined;
  readonly type?: readonly string[];
  readonly since?: string;
  readonly until?: string;
}

/** `log export`: all of the log, or what came after a position, for whoever is to have it elsewhere. */
export function addExport(parent: Command, host: Host): void {
  const command = parent
    .command("export")
    .description("write the log to a file, a line of JSON for each event")
    .option("--to <file>", "the new file; one that was cut short is gone on with. Left out: stdout")
    .addOption(
      new Option("--format <format>", "what ironledger-verify checks, or CloudEvents 1.0")
        .choices(["verifiable", "cloudevents"])
        .default("verifiable"),
    )
    .option("--after <position>", "begin after this place in the log")
    .addOption(
      new Option("--type <types>", "of CloudEvents only these types, separated by commas").argParser(words),
    )
    .option("--since <moment>", "of CloudEvents none before this, such as now-2h or a time of RFC 3339")
    .option("--until <moment>", "of CloudEvents only those before this");
  onAction<ExportOptions>(command, host, async (session, { options }) => {
    const { to, format, after, type } = options;
    const now = session.clock();
    const [since, until] = [options.since, options.until].map((text) => text && timeOf(text, now));
    const wanted = { format, after, type, since, until };
    if (to === undefined) return toStdout(session, wanted);
    await exportTo(session, { file: to, ...wanted });
  });
}

async function toStdout(session: Session, wanted: ExportRequest): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of await requestExport(session, wanted)) {
    await session.streams.out(decoder.decode(chunk, { stream: true }));
  }
}

import type { Command } from "commander";
import type { Row } from "../api/api.ts";
import { type Change, confirm, longMs, runChange } from "../changes/change.ts";
import type { Host } from "../host.ts";
import { type ChangeOptions, type OutputOptions, withChange, withOutput, withYes } from "../options.ts";
import type { Column } from "../output/column.ts";
import { rowsFormat } from "../output/print-rows.ts";
import { objectText, rowsWriter } from "../output/rows.ts";
import { onAction } from "../session.ts";
import { addViewCommands } from "./service-views.ts";

const statusFields =
  "fenced fencedBecause epoch clockSteady leadership { term holder } position lastBackup { file takenAt } " +
  "views { name state version shownVersion generation position events building { kind phase events total eventsPerSecond etaSeconds } stoppedBefore { eventId type stream position message } }";

/** How the service is doing. */
export const statusDocument = `{ service { ${statusFields} } }`;

const statusColumns: readonly Column[] = [
  ...["fenced", "fencedBecause", "epoch", "clockSteady", "position"].map((path) => ({ name: path, path })),
  { name: "leader", path: "leadership.holder" },
  { name: "lastBackup", path: "lastBackup.takenAt", kind: "time" },
];

const viewColumns: readonly Column[] = [
  { name: "view", path: "name" },
  { name: "state", path: "state", kind: "enum" },
  { name: "version", path: "shownVersion" },
  { name: "generation", path: "generation" },
  { name: "events", path: "events" },
  { name: "etaSeconds", path: "building.etaSeconds" },
  { name: "stoppedBefore", path: "stoppedBefore.message" },
  { name: "position", path: "position" },
];

const fields = `service { ${statusFields} }`;
export const startEpoch: Change = {
  mutation: "startEffectsEpoch",
  fields,
  done: () => "the service acts again",
};
export const confirmClock: Change = {
  mutation: "confirmClock",
  fields,
  done: () => "the clock is confirmed",
};
export const takeBackup: Change = {
  mutation: "takeBackup",
  fields: "backup { file events bytes sha256 takenAt }",
  timeoutMs: longMs,
  done: ({ backup }) => {
    if (!backup) return "the log would be copied";
    const { file, events, bytes } = backup as Row;
    return `${file} has ${events} events in ${bytes} octets`;
  },
};

/** `service`: how the service is doing, and what it needs a person for. */
export function addCommands(parent: Command, host: Host): void {
  const status = withOutput(parent.command("status").description("show how the service is doing"));
  onAction<OutputOptions>(status, host, async (session, { options }) => {
    const data = await (await session.api()).ask(statusDocument);
    const service = data["service"] as Row;
    const common = { ...rowsFormat(session, options), nameOf: () => "service" };
    const text = await objectText(service, { ...common, columns: statusColumns });
    await session.streams.out(text);
    if (options.output !== "table" && options.output !== "wide") return;
    const views = rowsWriter({ ...common, columns: viewColumns });
    const rows = service["views"] as readonly Row[];
    await session.streams.out(`\n${(await views.page(rows)) + (await views.end())}`);
  });

  const epoch = withYes(
    withChange(parent.command("start-epoch").description("let a restored service act again")),
  );
  onAction<ChangeOptions>(epoch, host, async (session, { options }) => {
    await confirm(
      session,
      "starting an effects epoch, which ends every intent of the time before the restore,",
      options,
    );
    await runChange(session, startEpoch, { input: {}, options });
  });

  const clock = withChange(
    parent.command("confirm-clock").description("say that the clock is right after it jumped"),
  );
  onAction<ChangeOptions>(clock, host, async (session, { options }) => {
    await runChange(session, confirmClock, { input: {}, options });
  });

  const backup = withChange(
    parent.command("backup").description("copy the log to a new file in the service's backup directory"),
  );
  onAction<ChangeOptions>(backup, host, async (session, { options }) => {
    await runChange(session, takeBackup, { input: {}, options });
  });
  addViewCommands(parent, host);
}

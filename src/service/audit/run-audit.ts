import type { VerifyProgress } from "../../adapters/graphql/audit/verifier.ts";
import { currentFile } from "../../projections/generations.ts";
import { openSnapshot } from "../../projections/view-snapshot.ts";
import { logTree } from "../../projections/views/log-tree.ts";
import { type Checkpoint, openCheckpoint } from "../../proof/checkpoint.ts";
import { createFindingList, type FindingList } from "../../proof/findings.ts";
import { NoteError, parseVerifierKey } from "../../proof/note-keys.ts";
import { openEngine } from "../ledger/engine-ledger.ts";
import type { AuditReport, AuditThreadData, ExportJob, SignedNotes } from "./audit-job.ts";
import { type CountedPlace, openAuditedEngine } from "./audited-engine.ts";
import { openAuditedFiles } from "./audited-files.ts";
import type { AuditedLog } from "./audited-log.ts";
import { checkViews, type OnProgress } from "./check-views.ts";

/** What an audit has of the thread it runs in. */
export interface AuditSurroundings {
  readonly tell: (report: AuditReport) => void;
  /** Resolves when whoever takes the chunks wants one more. */
  readonly turn: () => Promise<void>;
}

/** How often progress is told, milliseconds. */
const progressMs = 250;

/**
 * Does one audit of the log of a running service, to its end.
 *
 * @throws EventStoreError when the log cannot be read, or has no such position
 * @throws Error when the log has an event that is none
 */
export async function runAudit(data: AuditThreadData, surroundings: AuditSurroundings): Promise<void> {
  const log = await openAudited(data);
  try {
    if (data.job.kind === "export") await runExport(log, data.job, surroundings);
    else await runVerification(log, data, surroundings.tell);
  } finally {
    await log.close();
  }
}

async function openAudited({ log, viewsDirectory }: AuditThreadData): Promise<AuditedLog> {
  if (log.kind === "files") return openAuditedFiles(log.directory);
  const store = openEngine(log.connectionString);
  try {
    return await openAuditedEngine({ store, counted: countedPlace(viewsDirectory) });
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** How far the view has come that counts every event. `undefined`: it is not there yet. */
function countedPlace(viewsDirectory: string): CountedPlace | undefined {
  const path = currentFile(viewsDirectory, logTree.name);
  if (path === undefined) return undefined;
  const view = openSnapshot(path, logTree.tables);
  const { position, events } = view;
  view.close();
  return position === undefined ? undefined : { position, events };
}

async function runExport(log: AuditedLog, job: ExportJob, { tell, turn }: AuditSurroundings): Promise<void> {
  const { through, lines } = await log.export(job);
  const text = Symbol.asyncIterator in lines ? lines[Symbol.asyncIterator]() : lines[Symbol.iterator]();
  // The first line, and the first page: they show what is wrong with the request or the log while it can be refused.
  const begun = [await text.next(), await text.next()];
  tell({ exporting: { logId: log.identity.logId, through } });
  const encoder = new TextEncoder();
  const next = async () => begun.shift() ?? (await text.next());
  for (let step = await next(); !step.done; step = await next()) {
    if (step.value === "") continue;
    await turn();
    tell({ chunk: encoder.encode(step.value) });
  }
  tell({ ended: true });
}

async function runVerification(
  log: AuditedLog,
  { job, ...directories }: AuditThreadData,
  tell: AuditSurroundings["tell"],
): Promise<void> {
  if (job.kind !== "verify") throw new Error("an export is no verification");
  const onProgress = progressTeller((progress) => tell({ progress }));
  const findings = createFindingList();
  const verified = await log.verify({
    findings,
    checkpoints: checkpointsIn(job.signed, findings),
    onProgress: (events, of) => onProgress({ stage: "log", events, of }),
  });
  const size = verified.events;
  const views = job.views ? await checkViews({ ...directories, log, size, onProgress }) : [];
  tell({ verified, views });
}

/** What is not signed by the service's own key is found, and left out. */
function checkpointsIn(signed: SignedNotes | undefined, findings: FindingList): readonly Checkpoint[] {
  if (!signed) return [];
  const verifier = parseVerifierKey(signed.verifierKey);
  return signed.notes.flatMap((note) => {
    try {
      return [openCheckpoint(Buffer.from(note), [verifier])];
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
      findings.add({ code: "CHECKPOINT_BAD", position: 0, message: error.message });
      return [];
    }
  });
}

/** Passes on the first of each stage, and then one in a quarter of a second, with how fast it goes. */
function progressTeller(tell: (progress: VerifyProgress) => void): OnProgress {
  let stage: VerifyProgress["stage"] | undefined;
  let began = 0;
  let told = 0;
  return (progress) => {
    const now = performance.now();
    if (progress.stage === stage && now < told + progressMs) return;
    if (progress.stage !== stage) began = now;
    stage = progress.stage;
    told = now;
    const seconds = (now - began) / 1_000;
    tell({ ...progress, perSecond: seconds > 0 ? Math.round(progress.events / seconds) : 0 });
  };
}

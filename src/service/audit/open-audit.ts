import { join } from "node:path";
import type { LogVerifier, Verification } from "../../adapters/graphql/audit/verifier.ts";
import type { RouteGroup } from "../../adapters/graphql/server.ts";
import type { LogEvidence } from "../../domain/ports/log-evidence.ts";
import { threadEntry } from "../../paths.ts";
import type { ApiThreadData } from "../api-thread.ts";
import type { Meter } from "../metrics/meter.ts";
import type { SignedNotes } from "./audit-job.ts";
import { exportRoute } from "./export-route.ts";
import { keptVerification } from "./kept-verification.ts";
import { type AuditPlace, openLogExports } from "./log-exports.ts";
import { openLogVerifier } from "./log-verifier.ts";

export interface AuditOptions
  extends Pick<ApiThreadData, "log" | "logDirectory" | "viewsDirectory" | "dataDirectory"> {
  readonly meter: Meter;
  /** What the service signed of its log. */
  readonly evidence: Pick<LogEvidence, "status" | "newestCheckpoints">;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly onWarning: (message: string) => void;
}

/** What shows that the log of a running service is as it was, and takes it elsewhere. */
export interface Audit {
  readonly verifier: LogVerifier;
  /** `GET /export`. */
  readonly route: RouteGroup;
  /** Ends what is under way. */
  close(): void;
}

export function openAudit(options: AuditOptions): Audit {
  const { log, dataDirectory, logDirectory, viewsDirectory, clock, newId, meter, evidence } = options;
  const { onWarning } = options;
  const place: AuditPlace = {
    log: log.kind === "engine" ? log : { kind: "files", directory: logDirectory },
    viewsDirectory,
    scratchDirectory: join(dataDirectory, "verification"),
    entry: threadEntry("audit"),
  };
  const ended = meter.counter("ironledger_log_exports_total");
  const octets = meter.counter("ironledger_log_exported_bytes_total");
  const exports = openLogExports({
    ...place,
    onEnd(outcome, taken) {
      ended({ outcome });
      octets({}, taken);
    },
  });
  meter.gauge("ironledger_log_exports", () => [{ value: exports.count() }]);
  const verifier = openLogVerifier({
    ...{ ...place, clock, newId },
    kept: keptVerification({ file: join(dataDirectory, "verification.json"), onWarning }),
    signed: () => signedNotes(evidence),
    onEnd: measureVerifications(meter),
  });
  return {
    verifier,
    route: exportRoute(exports),
    close() {
      exports.close();
      verifier.close();
    },
  };
}

/** The newest checkpoints that a log is compared with: each stands for all events before it. */
const checkpointsMax = 1_000;

/** What was signed in another life of the log was signed under another name, and is the affair of that life. */
function signedNotes({ status, newestCheckpoints }: AuditOptions["evidence"]): SignedNotes | undefined {
  const { verifierKey } = status();
  if (verifierKey === undefined) return undefined;
  const newest = newestCheckpoints(checkpointsMax);
  const notes = newest.filter((each) => each.verifierKey === verifierKey).map(({ note }) => note);
  return notes.length > 0 ? { verifierKey, notes } : undefined;
}

/** Takes down what each verification came to. Nothing is told before there was one that reached its end. */
function measureVerifications(meter: Meter): (verification: Verification) => void {
  let newest: { readonly endedAtMs: number; readonly wrong: number } | undefined;
  const told = () => (newest ? [newest] : []);
  meter.gauge("ironledger_log_verified_timestamp_seconds", () =>
    told().map(({ endedAtMs }) => ({ value: endedAtMs / 1_000 })),
  );
  meter.gauge("ironledger_log_verification_findings", () => told().map(({ wrong }) => ({ value: wrong })));

  return ({ report, views, endedAtMs }) => {
    if (!report || endedAtMs === undefined) return;
    const differing = views.filter(({ difference }) => difference !== undefined);
    newest = { endedAtMs, wrong: report.findingCount + differing.length };
  };
}

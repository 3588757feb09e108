/**
 * Verifies a file that `ironledger-maintenance export` or the service wrote, without the service and without any
 * package: what it needs is in this folder and in `proof` beside it.
 *
 * It is the source itself that runs. An auditor reads these few files and runs what was read, with Node 22.18 or
 * newer, which takes TypeScript as it is; a bundle would have to be believed, or built again to be compared. The
 * published package holds the same files as JavaScript, which Node 20.20 runs.
 */
import { parseArgs } from "node:util";
import { createExportCheck } from "../proof/check-export.ts";
import { createFindingList } from "../proof/findings.ts";
import { readCheckpoints } from "../proof/read-checkpoints.ts";
import { exitCodeOf, reportText } from "../proof/report.ts";
import { linesOf } from "./lines.ts";
import { verifyContinuation, verifyProof } from "./proofs.ts";
import { readSmall } from "./small-file.ts";

const usage = `usage: ironledger-verify EXPORT [--key FILE --checkpoint FILE ...] [--json]
       ironledger-verify --proof FILE --key FILE [--json]
       ironledger-verify --continued FILE --key FILE --checkpoint FILE ... [--json]

  EXPORT        an exported file
  --key         the file of the key that signs the log's checkpoints; have it from whoever you trust
  --proof       a proof that one event is in the log; prints the event
  --continued   a proof that a later checkpoint, which is in it, continues one that you hold
  --checkpoint  a file with a signed checkpoint; with several, what is wrong is found between two of them
  --json        one line for machines

Exit codes: 0 nothing wrong was found, 1 something is, 2 not understood or not readable.`;

function main(): number {
  const { values, positionals } = parseArgs({
    options: {
      key: { type: "string" },
      checkpoint: { type: "string", multiple: true },
      proof: { type: "string" },
      continued: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
    allowPositionals: true,
  });
  const { help, key, checkpoint: checkpoints, proof, continued, json: isJson = false } = values;
  const things = [...positionals, proof, continued].filter((thing) => thing !== undefined);
  const [thing] = things;
  if (help || thing === undefined || things.length > 1) throw new Error(usage);
  if (thing === proof) {
    if (key === undefined || checkpoints) throw new Error(usage);
    return verifyProof(proof, { key, isJson });
  }
  if (thing === continued) {
    if (key === undefined || !checkpoints) throw new Error(usage);
    return verifyContinuation(continued, { key, checkpoints, isJson });
  }
  return verifyExport(thing, { key, checkpoints, isJson });
}

/** Prints what was found in an exported file. */
function verifyExport(
  file: string,
  {
    key,
    checkpoints: files = [],
    isJson,
  }: {
    readonly key: string | undefined;
    readonly checkpoints: readonly string[] | undefined;
    readonly isJson: boolean;
  },
): number {
  const findings = createFindingList();
  const checkpoints = readCheckpoints({ files, key, read: readSmall, findings });
  const check = createExportCheck({ checkpoints, findings });
  for (const line of linesOf(file)) check.add(line);
  const report = check.end();
  process.stdout.write(`${isJson ? JSON.stringify(report) : reportText(report)}\n`);
  return exitCodeOf(report);
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}

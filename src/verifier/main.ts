/**
 * Verifies a file that `ironledger-maintenance export` or the service wrote, without the service and without any
 * package: what it needs is in this folder and in `proof` beside it.
 *
 * It is the source itself that runs. An auditor reads these few files and runs what was read, with Node 22.18 or
 * newer, which takes TypeScript as it is; a bundle would have to be believed, or built again to be compared. The
 * published package holds the same files as JavaScript, which Node 20.20 runs.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createExportCheck } from "../proof/check-export.ts";
import { createFindingList } from "../proof/findings.ts";
import { readCheckpoints } from "../proof/read-checkpoints.ts";
import { exitCodeOf, reportText } from "../proof/report.ts";
import { linesOf } from "./lines.ts";

const usage = `usage: ironledger-verify EXPORT [--key FILE --checkpoint FILE ...] [--json]

  EXPORT        an exported file
  --key         the file of the key that signs the log's checkpoints; have it from whoever you trust
  --checkpoint  a file with a signed checkpoint; with several, what is wrong is found between two of them
  --json        one line for machines

Exit codes: 0 nothing wrong was found, 1 something is, 2 not understood or not readable.`;

function main(): number {
  const { values, positionals } = parseArgs({
    options: {
      key: { type: "string" },
      checkpoint: { type: "string", multiple: true },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (values.help || file === undefined || more.length > 0) throw new Error(usage);

  const findings = createFindingList();
  const { key, checkpoint: files = [], json } = values;
  const checkpoints = readCheckpoints({ files, key, read: (name) => readFileSync(name), findings });
  const check = createExportCheck({ checkpoints, findings });
  for (const line of linesOf(file)) check.add(line);
  const report = check.end();
  process.stdout.write(`${json ? JSON.stringify(report) : reportText(report)}\n`);
  return exitCodeOf(report);
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}

import { constants as fileConstants, openSync, writeSync } from "node:fs";
import { constants } from "node:os";
import { archiveDays } from "./archive-days.ts";

/**
 * A process of its own that archives a log. At a step it ends itself, as by `kill -9`, or its disk becomes full, if it
 * runs under the library of `test/faults/shim`. Says `begun` before the first.
 *
 * node archive-process.ts <directory> <days> <which step, from 1; 0: the beginning> <killed | full | whole>
 */
const [directory = "", days = "", wanted = "", act = "whole"] = process.argv.slice(2);
let steps = 0;

function reached(): void {
  if (steps !== Number(wanted) || act === "whole") return;
  if (act === "killed") process.kill(process.pid, "SIGKILL");
  const code = Buffer.alloc(4);
  code.writeInt32LE(constants.errno.ENOSPC);
  // In place: the library shares the pages of this very file. The first field is what each write fails with.
  writeSync(openSync(process.env["FAULTS_CONTROL"] ?? "", fileConstants.O_RDWR), code, 0, code.length, 0);
}

process.stdout.write("begun\n");
reached();
await archiveDays(directory, Number(days), {
  onStep() {
    steps++;
    reached();
  },
});

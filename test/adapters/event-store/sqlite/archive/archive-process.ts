import { archiveDays } from "./archive-days.ts";

/**
 * A process of its own that archives a log and ends itself, as by `kill -9`, at a step. Says `begun` before the first.
 *
 * node archive-process.ts <directory> <days> <which step, from 1; 0: none>
 */
const [directory = "", days = "", last = ""] = process.argv.slice(2);
let steps = 0;
process.stdout.write("begun\n");
await archiveDays(directory, Number(days), {
  onStep() {
    steps++;
    if (steps === Number(last)) process.kill(process.pid, "SIGKILL");
  },
});

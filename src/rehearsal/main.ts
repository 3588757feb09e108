import "../require-node.mjs";
import { parseOptions, UsageError, usage } from "./options.ts";
import { type Output, runSession, type SessionEnd } from "./session.ts";
import { createWorkspace } from "./workspace.ts";

/** 2 is kept for command lines that make no sense, 130 is what shells make of Ctrl-C. */
const exitCodes: Readonly<Record<SessionEnd, number>> = { succeeded: 0, failed: 1, interrupted: 130 };

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options === "help") {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const signal = interruptions();
  const workspace = await createWorkspace(options.dataDirectory);
  let end: SessionEnd = "failed";
  try {
    end = await runSession(options, { workspace, output, signal });
  } finally {
    if (end === "interrupted") output.note("interrupted before every machine was deployed");
    if (workspace.temporary && end !== "failed") await workspace.remove();
    else output.note(`data: ${workspace.directory}; what the service printed: ${workspace.logFile}`);
  }
  return exitCodes[end];
}

const output: Output = {
  note: (line) => process.stderr.write(`${line}\n`),
  print: (text) => process.stdout.write(`${text}\n`),
  // Looks at NO_COLOR by itself.
  colour: process.stderr.isTTY && process.stderr.hasColors(),
};

/** Aborts at the first Ctrl-C; the second one ends the process at once. */
function interruptions(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(exitCodes.interrupted);
      controller.abort(new Error(`interrupted by ${name}`));
    });
  }
  return controller.signal;
}

try {
  process.exitCode = await main();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  output.note(error instanceof UsageError ? `${message}\n\n${usage}` : `rehearsal: ${message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

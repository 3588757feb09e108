import "../require-node.mjs";
import { readFileSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { readEnvironment } from "./environment.ts";
import { exitCodes } from "./exit-codes.ts";
import type { Host } from "./host.ts";

const environment = readEnvironment();
// What was compiled once is read again: it halves the time to the first request.
enableCompileCache(join(environment.cacheDirectory, "node"));

const words = process.argv.slice(2);
const version = versionOf(join(import.meta.dirname, "../../package.json"));
if (words.length === 1 && (words[0] === "--version" || words[0] === "-V")) {
  process.stdout.write(`${version}\n`);
} else {
  const { run } = await import("./run.ts");
  const { processStreams } = await import("./streams.ts");
  const streams = processStreams(() => process.exit(exitCodes.pipe.code));
  const { programFor } = await import("./program.ts");
  const host: Host = {
    environment,
    streams,
    signal: interruption(),
    clock: () => new Date(),
    programFor: (given) => programFor(given, { version, host }),
  };
  process.exitCode = await run(words, host);
}

/** Aborts at the first Ctrl-C; the second one ends the process at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(exitCodes.interrupted.code);
      controller.abort();
    });
  }
  return controller.signal;
}

function versionOf(manifest: string): string {
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string };
  return version;
}

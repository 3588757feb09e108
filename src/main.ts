import "./require-node.mjs";
import { readFileSync } from "node:fs";
import { type Service, startService } from "./app.ts";
import { environment } from "./config.ts";
import { EventStoreError } from "./domain/ports/event-store.ts";
import { packageFile } from "./paths.ts";
import { checkReport } from "./service/configuration/check-report.ts";
import { parseCommandLine, type ServerRequest, serverUsage } from "./service/configuration/command-line.ts";
import { ConfigError } from "./service/configuration/problem.ts";
import { readConfig } from "./service/configuration/read-config.ts";
import { type ExitCode, exitCodes } from "./service/exit-codes.ts";
import { StartError } from "./service/start-error.ts";
import { describeSystemError } from "./service/system-error.ts";

async function main(): Promise<void> {
  const request = parseCommandLine(process.argv.slice(2));
  switch (request.command) {
    case "start":
      return start(request);
    case "check":
      return check(request);
    case "help":
      process.stdout.write(`${serverUsage}\n`);
      break;
    case "version":
      process.stdout.write(`${JSON.parse(readFileSync(packageFile, "utf8")).version}\n`);
      break;
  }
}

function read(request: ServerRequest) {
  return readConfig({ ...request, environment: environment(), workingDirectory: process.cwd() });
}

async function check(request: ServerRequest): Promise<void> {
  const { text, isUsable } = await checkReport(read(request));
  process.stdout.write(text);
  process.exitCode = isUsable ? exitCodes.stopped : exitCodes.unusable;
}

async function start(request: ServerRequest): Promise<void> {
  const { config } = read(request);
  const service = await startService(config, { onFatal: (error) => fail(error, exitCodes.failed) });
  // Whoever reads the line may send a signal at once.
  stopOnSignals(service, config.stopSeconds * 1_000);
  process.on("SIGHUP", () => service.renewCertificate());
  process.stdout.write(`${JSON.stringify({ ready: true, ...service.endpoints })}\n`);
}

function stopOnSignals(service: Service, deadlineMs: number): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      // Who asks twice does not want to wait.
      if (stopping) process.exit(exitCodes.failed);
      stopping = true;
      service.stop(deadlineMs).then(
        (cutOff) => stopped(cutOff, deadlineMs),
        (error: unknown) => fail(error, exitCodes.failed),
      );
    });
  }
}

function stopped(cutOff: readonly string[], deadlineMs: number): never {
  if (cutOff.length === 0) process.exit(exitCodes.stopped);
  const seconds = deadlineMs / 1_000;
  return fail(
    new StartError(`not done after ${seconds} s, and cut off: ${cutOff.join(", ")}`),
    exitCodes.failed,
  );
}

/** What the operator can mend is one line; what only we can mend keeps its stack. */
function fail(error: unknown, exitCode: ExitCode): never {
  const expected = [ConfigError, EventStoreError, StartError].some((kind) => error instanceof kind);
  const unexpected = error instanceof Error && !expected ? error.stack : undefined;
  const text = describeSystemError(error) ?? unexpected ?? messageOf(error);
  process.stderr.write(`ironledger: ${text}\n`);
  process.exit(exitCode);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function startFailure(error: unknown): ExitCode {
  if (error instanceof ConfigError) return exitCodes.unusable;
  const refused = error instanceof EventStoreError && ["LOG_DAMAGED", "LOG_NEWER"].includes(error.code);
  return refused ? exitCodes.logRefused : exitCodes.notStarted;
}

main().catch((error: unknown) => fail(error, startFailure(error)));

import "./require-node.mjs";
import { readFileSync } from "node:fs";
import type { Service } from "./app.ts";
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

/**
 * Within this time a second signal is the first one's echo, milliseconds: npm repeats the one that a terminal has
 * sent to every process.
 */
const echoMs = 1_000;

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
  // All that the service is made of is loaded only now: a signal that comes meanwhile is not to end the process.
  const starting = import("./app.ts").then(({ startService }) =>
    startService(config, { onFatal: (error) => fail(error, exitCodes.failed) }),
  );
  obeySignals(starting, config.stopSeconds * 1_000);
  const service = await starting;
  process.stdout.write(`${JSON.stringify({ ready: true, ...service.endpoints })}\n`);
}

/** What comes while the service starts is done when it has started. That it does not start, `main` tells. */
function obeySignals(starting: Promise<Service>, deadlineMs: number): void {
  const started = (act: (service: Service) => void) => void starting.then(act, () => undefined);
  let toldAtMs: number | undefined;

  function stop(): void {
    const nowMs = performance.now();
    if (toldAtMs === undefined) {
      toldAtMs = nowMs;
      started((service) =>
        service.stop(deadlineMs).then(
          (cutOff) => stopped(cutOff, deadlineMs),
          (error: unknown) => fail(error, exitCodes.failed),
        ),
      );
      // Who asks again does not want to wait.
    } else if (nowMs - toldAtMs >= echoMs) process.exit(exitCodes.failed);
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
  process.on("SIGHUP", () => started((service) => service.renewCertificate()));
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
  const refused =
    error instanceof EventStoreError && ["LOG_DAMAGED", "LOG_NEWER", "LOG_MOVED"].includes(error.code);
  return refused ? exitCodes.logRefused : exitCodes.notStarted;
}

main().catch((error: unknown) => fail(error, startFailure(error)));

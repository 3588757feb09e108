import "./require-node.mjs";
import { parseArgs } from "node:util";
import { type Service, startService } from "./app.ts";
import { ConfigError, configFileFromEnvironment, readConfig } from "./config.ts";
import { EventStoreError } from "./domain/ports/event-store.ts";
import { StartError } from "./service/start-error.ts";
import { describeSystemError } from "./service/system-error.ts";

/** How long a stop may take before the process ends anyway. What was acknowledged is on disk at any moment. */
const stopDeadlineMs = 10_000;

/** Exit codes: 0 stopped on request, 1 failed while running, 2 could not start. */
async function main(): Promise<void> {
  const config = readConfig(configFile());
  const service = await startService(config, { onFatal: (error) => fail(error, 1) });
  // Whoever reads the line may send a signal at once.
  stopOnSignals(service);
  process.stdout.write(`${JSON.stringify({ ready: true, ...service.endpoints })}\n`);
}

function stopOnSignals(service: Service): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      setTimeout(() => process.exit(1), stopDeadlineMs).unref();
      service.stop().then(
        () => process.exit(0),
        (error: unknown) => fail(error, 1),
      );
    });
  }
}

function configFile(): string {
  try {
    const { values } = parseArgs({ options: { config: { type: "string" } } });
    return values.config ?? configFileFromEnvironment();
  } catch (error) {
    throw new ConfigError(`${messageOf(error)}. Usage: ironledger-server [--config FILE]`, { cause: error });
  }
}

/** What the operator can mend is one line; what only we can mend keeps its stack. */
function fail(error: unknown, exitCode: number): never {
  const expected = [ConfigError, EventStoreError, StartError].some((kind) => error instanceof kind);
  const unexpected = error instanceof Error && !expected ? error.stack : undefined;
  const text = describeSystemError(error) ?? unexpected ?? messageOf(error);
  process.stderr.write(`ironledger: ${text}\n`);
  process.exit(exitCode);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main().catch((error: unknown) => fail(error, 2));

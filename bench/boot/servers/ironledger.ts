import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { z } from "zod";
import { type Ask, createClient } from "../../api/client.ts";
import { wire } from "../namespaces.ts";
import { type Running, run, until } from "../process.ts";
import type { Server } from "./server.ts";

const root = resolve(import.meta.dirname, "../../..");
const api = "http://127.0.0.1:8090/graphql";

/** The service in its default configuration, and its API. */
export interface RunningService extends Running {
  readonly ask: Ask;
  /** Resolves when its views show all of the log, and it has nothing left to do. */
  settled(): Promise<void>;
}

/** Addresses that are handed out, both ends included. */
interface Pool {
  readonly first: string;
  readonly last: string;
}

/** This repository's service: every default as it is, the subnet defined through GraphQL. */
export const ironledger = {
  name: "ironledger",
  needs: undefined,
  start: (directory) => startServing(directory, wire.pool),
} as const satisfies Server;

/** Starts it in an empty directory; resolves when it serves the pool. */
export async function startServing(directory: string, pool: Pool): Promise<RunningService> {
  const service = await startService(directory);
  await defineSubnet(service.ask, pool);
  return service;
}

/** Starts it on the data that the directory has; resolves when it is ready. */
export async function startService(directory: string): Promise<RunningService> {
  const { running, ready } = launchService(directory);
  return ready.then((ask) => ({ ...running, ask, settled: () => settled(running, ask) }));
}

/** Starts it, as `npm start` does. `ready` resolves to its API. */
export function launchService(directory: string): {
  readonly running: Running;
  readonly ready: Promise<Ask>;
} {
  const dataDirectory = join(directory, "data");
  mkdirSync(dataDirectory, { recursive: true });
  const file = join(directory, "ironledger.yaml");
  const logFile = join(directory, "ironledger.log");
  writeFileSync(logFile, "");
  writeFileSync(file, stringify({ dataDirectory, wire: { address: wire.server.address } }));
  const [, ...words] = startScript().split(" ");
  const command = [process.execPath, ...words, "--config", file];
  const running = run({ host: "server", command, logFile, directory: root });

  async function isReady(): Promise<Ask> {
    await until(() => readFileSync(logFile, "utf8").includes('"ready":true'), {
      what: `the service, see ${logFile}`,
      running,
    });
    const token = readFileSync(join(dataDirectory, "api-token"), "utf8").trim();
    return createClient(api, token).ask;
  }
  return { running, ready: isReady() };
}

/** `npm start` without npm, whose own process would count. */
function startScript(): string {
  const manifest = z.object({ scripts: z.object({ start: z.string() }) });
  return manifest.parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8"))).scripts.start;
}

async function defineSubnet(ask: Ask, pool: Pool): Promise<void> {
  const { server, network } = wire;
  const input = {
    name: "bench",
    cidr: network,
    ranges: [pool],
    routers: [server.address],
    dnsServers: [server.address],
    leaseSeconds: 3_600,
  };
  const mutation =
    "mutation ($input: DefineSubnetInput!) { defineSubnet(input: $input) { userErrors { message } } }";
  const Answer = z.object({ defineSubnet: z.object({ userErrors: z.array(z.unknown()) }) });
  const { defineSubnet: payload } = Answer.parse(await ask(mutation, { input }));
  if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload.userErrors));
}

/** It rests when it did next to nothing for so long: longer than it waits with giving memory back. */
const restMs = 12_000;

const Shown = z.object({
  service: z.object({ position: z.string(), views: z.array(z.object({ position: z.string().nullable() })) }),
});

async function settled(running: Running, ask: Ask): Promise<void> {
  const what = "the views show the log";
  await until(async () => isAllShown(Shown.parse(await ask("{ service { position views { position } } }"))), {
    what,
    running,
    timeoutMs: 300_000,
  });
  let before = running.usage().cpuSeconds;
  let lookedMs = performance.now();
  const isIdle = () => {
    if (performance.now() - lookedMs < restMs) return false;
    const { cpuSeconds } = running.usage();
    const isQuiet = cpuSeconds - before < 0.02 * (restMs / 1_000);
    before = cpuSeconds;
    lookedMs = performance.now();
    return isQuiet;
  };
  await until(isIdle, { what: "the service rests", running, timeoutMs: 120_000 });
}

function isAllShown({ service: { position, views } }: z.infer<typeof Shown>): boolean {
  return views.every((view) => view.position === position);
}

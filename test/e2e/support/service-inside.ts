import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { stringify } from "yaml";
import { z } from "zod";
import type { TestNetwork } from "./network.ts";
import { reachInside, requestInside } from "./reach-inside.ts";

const entry = join(import.meta.dirname, "../../../src/main.ts");

/** The real service in a test network, on the ports that machines expect: 67, 69 and 8080. */
export interface InsideService {
  readonly pid: number;
  readonly dataDirectory: string;
  readonly imagesDirectory: string;
  readonly logFile: string;
  /** A Unix socket that leads to the API. */
  readonly apiSocket: string;
  /** Opens the API. */
  readonly token: string;
  /** Runs a query or mutation. @throws Error when the API answers with errors */
  readonly graphql: (query: string, variables?: object) => Promise<Record<string, unknown>>;
  /** Stops it as an operator does, and gives its exit code. */
  readonly stop: () => Promise<number | null>;
  /** Ends it as a power cut does. Nothing happens when it has ended. */
  readonly kill: () => Promise<void>;
}

interface InsideServiceOptions {
  /** Configuration, log and data go here. */
  readonly folder: string;
  readonly assetsDirectory: string;
  /** What else the configuration says. */
  readonly settings?: object;
  /** What starts it, in front of its own words. (Default: nothing) */
  readonly startedBy?: readonly string[];
  /** Of a service that ran in the same network before: the way to the API outlasts it. (Default: a new one.) */
  readonly apiSocket?: string;
}

const apiPort = 8090;

const Ready = z.object({ ready: z.literal(true), tokenFile: z.string() });

/** Starts the service, and waits until it says that it is ready. @throws Error with its log when it ends before */
export async function startServiceInside(
  network: TestNetwork,
  { folder, assetsDirectory, ...given }: InsideServiceOptions,
): Promise<InsideService> {
  const dataDirectory = join(folder, "data");
  const imagesDirectory = join(folder, "images");
  const logFile = join(folder, "service.log");
  const configFile = join(folder, "ironledger.yaml");
  const wire = { address: network.address };
  await writeFile(
    configFile,
    stringify({ dataDirectory, imagesDirectory, assetsDirectory, wire, ...given.settings }),
  );

  const command = [...(given.startedBy ?? []), process.execPath, entry, "--config", configFile];
  const child = await network.start(command, { logFile, stdout: "pipe" });
  const { stdout } = child.process;
  if (!stdout) throw new Error("the service has no standard output");
  const first = await Promise.race([once(createInterface(stdout), "line"), child.ended.then(() => [])]);
  if (first.length === 0) throw new Error(`the service did not start: ${await readFile(logFile, "utf8")}`);
  const { tokenFile } = Ready.parse(JSON.parse(String(first[0])));

  const apiSocket =
    given.apiSocket ?? (await reachInside(network, folder, { host: "127.0.0.1", port: apiPort }));
  const token = (await readFile(tokenFile, "utf8")).trim();
  return {
    ...{ pid: child.pid, dataDirectory, imagesDirectory, logFile, apiSocket, token },
    graphql: (query, variables = {}) => ask({ apiSocket, token }, query, variables),
    async stop() {
      await child.kill("SIGTERM");
      return child.ended;
    },
    kill: () => child.kill(),
  };
}

const Answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.unknown()).nullish(),
});

async function ask(
  { apiSocket, token }: Pick<InsideService, "apiSocket" | "token">,
  query: string,
  variables: object,
): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${token}` };
  const { body } = await requestInside(apiSocket, "/graphql", { headers, body: { query, variables } });
  const { data, errors } = Answer.parse(JSON.parse(body));
  if (errors || !data) throw new Error(`the API answers ${JSON.stringify(errors)}`);
  return data;
}

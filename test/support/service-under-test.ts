import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { stringify } from "yaml";
import { z } from "zod";
import { freeTcpPort, freeUdpPorts } from "../../src/rehearsal/ports.ts";

const entry = join(import.meta.dirname, "../../src/main.ts");

const Ready = z.object({ ready: z.literal(true), api: z.string(), boot: z.string(), tokenFile: z.string() });

/** A data directory with everything that a service on loopback needs, and its ports. */
export interface Site {
  readonly directory: string;
  readonly dataDirectory: string;
  readonly imagesDirectory: string;
  readonly assetsDirectory: string;
  readonly ports: { readonly dhcp: number; readonly tftp: number };
  /**
   * Writes a configuration for another data directory of this site, and returns its file. `settings`: what it says
   * besides.
   */
  configFor(dataDirectory: string, settings?: object): Promise<string>;
  remove(): Promise<void>;
}

/** `assetsDirectory`: where the loaders and the agent are. */
export async function createSite(assetsDirectory: string): Promise<Site> {
  const directory = await mkdtemp(join(tmpdir(), "ironledger-site-"));
  const [dhcp = 0, dhcpClientPort = 0, tftp = 0] = await freeUdpPorts(3);
  const httpPort = await freeTcpPort("127.0.0.1");
  const imagesDirectory = join(directory, "images");
  await mkdir(imagesDirectory);
  let configs = 0;

  return {
    directory,
    dataDirectory: join(directory, "data"),
    imagesDirectory,
    assetsDirectory,
    ports: { dhcp, tftp },
    async configFor(dataDirectory, settings = {}) {
      const file = join(directory, `ironledger-${configs++}.yaml`);
      const wire = { address: "127.0.0.1", dhcpPort: dhcp, dhcpClientPort, tftpPort: tftp, httpPort };
      await writeFile(
        file,
        stringify({ dataDirectory, assetsDirectory, imagesDirectory, wire, api: { port: 0 }, ...settings }),
      );
      return file;
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** A service that runs as a process of its own. */
export interface RunningService {
  readonly process: ChildProcess;
  readonly api: string;
  /** Where machines speak HTTP. */
  readonly boot: string;
  readonly token: string;
  /** Runs a query or mutation. @throws Error when the API answers with errors */
  graphql(query: string, variables?: object): Promise<Record<string, unknown>>;
  /** Stops it as an operator does. */
  stop(): Promise<void>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
}

/** Starts the service on a configuration, and waits until it says that it is ready. */
export async function startService(configFile: string, logFile: string): Promise<RunningService> {
  const child = spawn(process.execPath, [entry, "--config", configFile], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  child.stderr.pipe(createWriteStream(logFile, { flags: "a" }));
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, "line"), exited.then(() => [])]);
  if (first.length === 0) throw new Error(`the service did not start: ${await readFile(logFile, "utf8")}`);
  const ready = Ready.parse(JSON.parse(String(first[0])));
  // A process that comes to a log of others makes no token.
  const token = existsSync(ready.tokenFile) ? (await readFile(ready.tokenFile, "utf8")).trim() : "";

  return {
    process: child,
    api: ready.api,
    boot: ready.boot,
    token,
    graphql: (query, variables = {}) => ask({ api: ready.api, token }, query, variables),
    async stop() {
      child.kill("SIGTERM");
      await exited;
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

const Answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.unknown()).nullish(),
});

async function ask(
  { api, token }: { readonly api: string; readonly token: string },
  query: string,
  variables: object,
) {
  const response = await fetch(api, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = Answer.parse(await response.json());
  if (errors || !data) throw new Error(`the API answers ${JSON.stringify(errors)}`);
  return data;
}

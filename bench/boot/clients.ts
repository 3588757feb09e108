import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { on, wire } from "./namespaces.ts";

/** What one run of the clients saw. */
const ClientsReport = z.object({
  seconds: z.number(),
  begun: z.int(),
  completed: z.int(),
  /** Exchanges of an even load that were not complete a second later. */
  lost: z.int(),
  /** Clients that got no answer for a second and asked again. */
  repeated: z.int(),
  refusedSends: z.int(),
  ackP50Ms: z.number(),
  ackP99Ms: z.number(),
  ackMaxMs: z.number(),
  cpuSeconds: z.number(),
});
export type ClientsReport = z.infer<typeof ClientsReport>;

export interface ClientsLoad {
  readonly seconds: number;
  /** Most clients; the run ends when each has an address. */
  readonly clients: number;
  /** How many exchanges are under way at a time, or are begun each second. */
  readonly load: { readonly inFlight: number } | { readonly perSecond: number };
  /** After how long a client without an answer asks again, milliseconds. (Default: 1,000) */
  readonly patienceMs?: number;
}

/** Clients that never had an address. */
export interface Clients {
  run(load: ClientsLoad): Promise<ClientsReport>;
  /** A server that answers without remembering anything, for so many seconds: what the clients are measured by. */
  answer(seconds: number): Promise<void>;
}

const execute = promisify(execFile);

/** Compiles the clients. @throws Error when there is no C compiler */
export function createClients(directory: string): Clients {
  const program = join(directory, "dora-clients");
  execFileSync("cc", ["-O2", "-o", program, join(import.meta.dirname, "dora-clients.c")], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  let next = 1;

  return {
    async run({ seconds, clients, load, patienceMs = 1_000 }) {
      const [mode, size] = "inFlight" in load ? ["closed", load.inFlight] : ["rate", load.perSecond];
      const words = [mode, wire.client.interface, seconds, clients, next, size, patienceMs].map(String);
      next += clients;
      const { stdout } = await execute(...on("client", [program, ...words]));
      return ClientsReport.parse(JSON.parse(stdout));
    },

    async answer(seconds) {
      await execute(...on("server", [program, "answer", wire.server.interface, String(seconds)]));
    },
  };
}

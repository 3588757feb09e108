import { join } from "node:path";
import type { CrowdOrder } from "./crowd-program.ts";
import { type Station, stationInterface } from "./station.ts";

const program = join(import.meta.dirname, "crowd-program.ts");

/** Seconds without an answer after which a client gives up, in all. */
const patientMs = [1_000, 2_000, 4_000, 8_000];
const hastyMs = [500, 500];

/** Simulated clients, the same hundred whenever they ask. */
export interface Crowd {
  /** Lets all ask at once, and gives the address of each that was acknowledged one, by its MAC address. */
  readonly ask: () => Promise<ReadonlyMap<string, string>>;
  /** The same, and ends the process as a power cut does when the acknowledgement number `at` arrives. */
  readonly askAndKill: (pid: number, at: number) => Promise<ReadonlyMap<string, string>>;
}

export const crowdSize = 100;

/** Makes the station their relay. `address`: of its own, in the subnet, without the prefix length of 24. */
export async function gatherCrowd(
  station: Station,
  { address, server }: { readonly address: string; readonly server: string },
): Promise<Crowd> {
  await station.run("ip", "address", "add", `${address}/24`, "dev", stationInterface);

  async function run(order: Pick<CrowdOrder, "retryMs" | "kill">): Promise<ReadonlyMap<string, string>> {
    const whole: CrowdOrder = { giaddr: address, server, clients: crowdSize, ...order };
    const printed = await station.run(process.execPath, program, JSON.stringify(whole));
    const lines = printed.split("\n").filter((line) => line !== "");
    return new Map(
      lines.map((line) => {
        const { mac, address: leased } = JSON.parse(line) as Record<"mac" | "address", string>;
        return [mac, leased] as const;
      }),
    );
  }

  return {
    ask: () => run({ retryMs: patientMs }),
    askAndKill: (pid, at) => run({ retryMs: hastyMs, kill: { pid, at } }),
  };
}

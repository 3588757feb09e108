/**
 * A program of its own: `node crowd-program.ts ORDER`, with a `CrowdOrder` as JSON. Many simulated clients ask at once
 * for an address, behind a relay which is this host. Prints a line of JSON for each acknowledgement that arrived.
 */
import { randomInt } from "node:crypto";
import { z } from "zod";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { acquireLease, DhcpClientError } from "../../../src/rehearsal/dhcp-client.ts";
import { hardwareOf } from "../../../src/rehearsal/hardware.ts";
import { startRelay } from "../../../src/rehearsal/relay.ts";

const CrowdOrder = z.strictObject({
  giaddr: Ipv4,
  server: Ipv4,
  clients: z.int().positive(),
  retryMs: z.array(z.int().positive()),
  /** The service's process, and the acknowledgement at which it is ended. */
  kill: z.strictObject({ pid: z.int().positive(), at: z.int().positive() }).optional(),
});
export type CrowdOrder = Readonly<z.input<typeof CrowdOrder>>;

const { giaddr, server, clients, retryMs, kill } = CrowdOrder.parse(JSON.parse(process.argv[2] ?? ""));
const relay = await startRelay({ giaddr, server, port: 67 });
const { signal } = new AbortController();
const xid = () => randomInt(2 ** 32);
let acknowledged = 0;

async function ask(index: number): Promise<void> {
  const hardware = hardwareOf(index, { packages: [] });
  try {
    const { address } = await acquireLease("agent", { hardware, relay, xid, signal, retryMs });
    acknowledged += 1;
    if (kill && acknowledged === kill.at) process.kill(kill.pid, "SIGKILL");
    process.stdout.write(`${JSON.stringify({ mac: hardware.mac, address })}\n`);
  } catch (error) {
    // Nobody answered: there is no address left, or no service.
    if (!(error instanceof DhcpClientError)) throw error;
  }
}

await Promise.all(Array.from({ length: clients }, (_, index) => ask(index)));
await relay.close();

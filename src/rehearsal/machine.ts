import { type AgentEnd, runAgent } from "./agent.ts";
import { acquireLease, type DhcpClient, type Lease } from "./dhcp-client.ts";
import type { Disk } from "./disk.ts";
import { loadLoader } from "./firmware.ts";
import type { Hardware } from "./hardware.ts";
import { createHttpClient, type HttpClient } from "./http-client.ts";
import { runBootScript } from "./ipxe.ts";
import type { Relay } from "./relay.ts";
import type { Tally } from "./tally.ts";

/** What a simulated machine has to do with the world. */
export interface World {
  readonly relay: Relay;
  /** DHCP names the TFTP server but has no field for a port. */
  readonly tftpPort: number;
  readonly tally: Tally;
  readonly now: () => number;
  /** New UUIDs, for the boot ids of kernels. */
  readonly newUuid: () => string;
  /** DHCP transaction ids: random unsigned 32-bit numbers. */
  readonly xid: () => number;
  readonly signal: AbortSignal;
}

/** What a machine that was switched on ended up with. */
export type BootEnd =
  | { readonly booted: "disk" }
  | { readonly booted: "agent"; readonly agent: AgentEnd }
  | { readonly booted: "nothing"; readonly reason: string };

export interface Machine {
  readonly hardware: Hardware;
  readonly disk: Disk;
  /** Switches it on: firmware, loader, iPXE, script, and whatever the script starts. */
  bootOnce(): Promise<BootEnd>;
}

export function createMachine(hardware: Hardware, disk: Disk, world: World): Machine {
  const { label } = hardware;
  const step = (text: string) => world.tally.step(label, text);
  const transferFailed = (message: string) => {
    // What is cut off because the rehearsal ends says nothing about the service.
    if (!world.signal.aborted) world.tally.transferFailed(label, message);
  };

  async function lease(client: DhcpClient): Promise<Lease> {
    step(`asks for an address (${client})`);
    const granted = await acquireLease(client, { ...world, hardware });
    const fromMs = world.now();
    const untilMs = fromMs + granted.seconds * 1000;
    world.tally.leased({ address: granted.address, mac: hardware.mac, fromMs, untilMs });
    return granted;
  }

  function httpFrom({ address }: Lease, userAgent: string): HttpClient {
    const { signal } = world;
    return createHttpClient({ localAddress: address, userAgent, onFailure: transferFailed, signal });
  }

  async function startLoader(): Promise<void> {
    const leased = await lease("firmware");
    step(`loads ${leased.bootFile} over TFTP`);
    try {
      await loadLoader(leased, { ...world, hardware });
    } catch (error) {
      transferFailed(error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  async function startAgent(argumentsText: string): Promise<BootEnd> {
    const http = httpFrom(await lease("agent"), "ironledger-agent (rehearsal)");
    const agent = await runAgent({
      argumentsText,
      hardware,
      disk,
      http,
      bootId: world.newUuid(),
      report: (text) => step(`agent ${text}`),
      signal: world.signal,
    });
    return { booted: "agent", agent };
  }

  return {
    hardware,
    disk,
    async bootOnce() {
      await startLoader();
      const leased = await lease("ipxe");
      const http = httpFrom(leased, "iPXE/1.0.0+ (rehearsal)");
      const result = await runBootScript({ lease: leased, hardware, disk, http, step });
      switch (result.start) {
        case "agent":
          return startAgent(result.argumentsText);
        case "disk":
          return { booted: "disk" };
        case "nothing":
          return { booted: "nothing", reason: result.reason };
      }
    },
  };
}

import { randomInt, randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Ipv4 } from "../domain/values/ipv4.ts";
import type { Summary } from "./closing.ts";
import { createDisk } from "./disk.ts";
import { diskBytes, type Hardware } from "./hardware.ts";
import type { RehearsalImage } from "./image.ts";
import { type LifeEnd, live } from "./life.ts";
import { createMachine, type World } from "./machine.ts";
import { startRelay } from "./relay.ts";
import { createTally, type Tally } from "./tally.ts";
import { addresses, type WirePorts } from "./workspace.ts";

export interface RehearsalResult {
  readonly summary: Summary;
  /** What went wrong, a line each. Empty when nothing did. */
  readonly problems: readonly string[];
}

/** How long a rehearsal of so many machines may take, milliseconds: many times what it takes. */
export function deadlineMsFor(machines: number): number {
  return 90_000 + machines * 2000;
}

/**
 * Switches all machines on at once, and waits until each runs from its disk, or failed, or has no time left.
 *
 * Rejects when `interruption` does, such as when the service ended. Ends early when `signal` aborts.
 */
export async function rehearse({
  machines,
  image,
  ports,
  disksDirectory,
  deadlineMs,
  interruption,
  signal,
}: {
  readonly machines: readonly Hardware[];
  readonly image: RehearsalImage;
  readonly ports: WirePorts;
  readonly disksDirectory: string;
  readonly deadlineMs: number;
  readonly interruption: Promise<never>;
  readonly signal: AbortSignal;
}): Promise<RehearsalResult> {
  const tally = createTally();
  const over = new AbortController();
  const relay = await startRelay({
    giaddr: addresses.relay as Ipv4,
    server: addresses.service as Ipv4,
    port: ports.dhcp,
  });
  const world: World = {
    relay,
    tftpPort: ports.tftp,
    tally,
    now: () => performance.now(),
    newUuid: () => randomUUID(),
    xid: () => randomInt(2 ** 32),
    signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs), over.signal]),
  };

  async function liveOne(hardware: Hardware): Promise<LifeEnd> {
    const disk = await createDisk(join(disksDirectory, `${hardware.label}.img`), diskBytes);
    const step = (text: string) => tally.step(hardware.label, text);
    return live(createMachine(hardware, disk, world), { image, step, signal: world.signal });
  }

  const startedMs = world.now();
  const lives = Promise.all(machines.map(liveOne));
  try {
    const ends = await Promise.race([lives, interruption]);
    const seconds = Math.round((world.now() - startedMs) / 100) / 10;
    return resultOf(ends, { machines, tally, seconds });
  } finally {
    over.abort();
    // Machines that were in the middle of something let go of their sockets and files first.
    await lives;
    await relay.close();
  }
}

function resultOf(
  ends: readonly LifeEnd[],
  {
    machines,
    tally,
    seconds,
  }: { readonly machines: readonly Hardware[]; readonly tally: Tally; readonly seconds: number },
): RehearsalResult {
  const duplicates = tally.duplicateAddresses();
  const stuck = ends.flatMap((end, index) => {
    const label = machines[index]?.label ?? "";
    return end.deployed
      ? []
      : [
          `${label} was not deployed. Its last step: ${tally.latestStep(label)}. What went wrong: ${end.reason}`,
        ];
  });
  return {
    summary: {
      machines: machines.length,
      deployed: ends.filter(({ deployed }) => deployed).length,
      duplicate_addresses: duplicates.length,
      failed_transfers: tally.failedTransfers.length,
      seconds,
    },
    problems: [
      ...stuck,
      ...duplicates.map((address) => `two machines held ${address} at the same time`),
      ...tally.failedTransfers.map((transfer) => `failed transfer: ${transfer}`),
    ],
  };
}

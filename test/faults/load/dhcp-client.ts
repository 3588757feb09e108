import { randomInt } from "node:crypto";
import { acquireLease, DhcpClientError } from "../../../src/rehearsal/dhcp-client.ts";
import { hardwareOf } from "../../../src/rehearsal/hardware.ts";
import type { Relay } from "../../../src/rehearsal/relay.ts";
import { type Asked, type Recorder, steadyMs } from "../history/recorder.ts";
import type { LoadClient } from "./client.ts";

/** How long a client waits before it says the same again, milliseconds. */
const retryMs = [250, 500];

/** Machines that want an address for the first time, one after the other: number `index`, and every `step`th behind it. */
export function createDhcpClient(
  { index, step, relay }: { readonly index: number; readonly step: number; readonly relay: Relay },
  recorder: Recorder,
): LoadClient {
  const name = `dhcp-${index}`;
  let machine = index;
  let asked: Asked | undefined;

  return {
    async run(_target, signal) {
      while (!signal.aborted) {
        const hardware = hardwareOf(machine, { packages: [] });
        asked ??= recorder.ask(name, leaseKey(hardware.mac));
        try {
          const surroundings = { hardware, relay, xid: () => randomInt(2 ** 32), signal, retryMs };
          const { address } = await acquireLease("agent", surroundings);
          asked.end({ outcome: "acknowledged", endedMs: steadyMs(), fact: address });
        } catch (error) {
          if (signal.aborted || error instanceof DhcpClientError) return;
          throw error;
        }
        asked = undefined;
        machine += step;
      }
    },
  };
}

function leaseKey(mac: string): string {
  return `lease of ${mac}`;
}

/** The request that an event is the effect of, and what the acknowledgement says of it. */
export function leaseOfEvent(
  type: string,
  { stream, data }: { readonly stream: string; readonly data: Readonly<Record<string, unknown>> },
): { readonly key: string; readonly fact: string } | undefined {
  if (type !== "LeaseGranted") return undefined;
  const { mac } = data["holder"] as { readonly mac: string };
  return { key: leaseKey(mac), fact: stream.slice("address-".length) };
}

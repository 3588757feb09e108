import type { ScriptFormat } from "../../domain/boot-environment/manifest.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { BootTicket } from "../nonce.ts";
import { fillSecrets, type Secrets } from "../templates/secrets.ts";
import { type BootDecision, decideBoot, type MachineAtBoot } from "./boot-decision.ts";
import { carryOut, localDisk } from "./carry-out.ts";
import type { MadeScript } from "./script-maker.ts";
import { type Asking, askingOf, refused, type ScriptServiceOptions } from "./script-request.ts";

type ScriptAnswer =
  | { readonly outcome: "script"; readonly text: string }
  /** The nonce is not good for anything here. */
  | { readonly outcome: "not-found" };

/** Answers a machine that asks for its script, whatever it runs it with and however it asks. */
export interface ScriptService {
  /** iPXE, by the URL that a DHCP answer gave to the address that it asks from. */
  byNonce(nonce: string, address: Ipv4): Promise<ScriptAnswer>;
  /** GRUB, which no URL can be given to: the boot is that of the interface which holds the address. Never rejects. */
  forBoot(ticket: BootTicket, address: Ipv4): Promise<string>;
}

/**
 * What a machine gets when no boot environment can be had: on BIOS its first disk, on UEFI what the firmware has
 * next in its order.
 */
const lastResort: Readonly<Record<ScriptFormat, string>> = {
  ipxe: "#!ipxe\nsanboot --no-describe --drive 0x80 || exit 1\n",
  grub: "exit 1\n",
};

export function scriptService(options: ScriptServiceOptions): ScriptService {
  const { nonces } = options;

  async function answer(asking: Asking, nonce: string): Promise<string> {
    const script = await scriptFor(asking, options);
    if (!script) return lastResort[asking.format];
    await keepAndObserve(script, asking, options);
    return fillSecrets(script.text, secretsOf(script, nonce, { asking, options }));
  }

  return {
    async byNonce(nonce, address) {
      const reading = nonces.read(nonce, address);
      if (reading.outcome === "unknown") return { outcome: "not-found" };
      const asking = await askingOf({ format: "ipxe", ticket: reading.ticket, address }, options);
      if (reading.outcome === "expired") {
        asking.see(refused(asking, "NONCE_EXPIRED", "the script's URL is older than a quarter of an hour"));
        return { outcome: "not-found" };
      }
      return { outcome: "script", text: await answer(asking, nonce) };
    },

    async forBoot(ticket, address) {
      const asking = await askingOf({ format: "grub", ticket, address }, options);
      return answer(asking, nonces.issue(ticket, address));
    },
  };
}

/** Decides, and does what the decision asks for. What cannot be had falls back to the disk. */
async function scriptFor(asking: Asking, options: ScriptServiceOptions): Promise<MadeScript | undefined> {
  let known: MachineAtBoot | undefined;
  const wanted = await orDisk(asking, options, async () => {
    known = await options.machines.byMac(asking.ticket.mac);
    return carryOut(await decide(known, asking, options), { ...asking, known }, options);
  });
  return wanted ?? orDisk(asking, options, () => localDisk({ ...asking, known }, options));
}

async function decide(
  known: MachineAtBoot | undefined,
  { ticket, address, boot }: Asking,
  { isFenced, unknownMachinesAt, servedRuns }: ScriptServiceOptions,
): Promise<BootDecision> {
  const machine = known?.machine;
  const served =
    machine?.status === "deploying" ? await servedRuns.bootOf(machine.plan.run, machine.macs) : undefined;
  return decideBoot({
    fenced: isFenced(),
    unknownMachines: unknownMachinesAt(address),
    suppressed: boot.suppressed,
    known,
    startedAgent: served?.bootId === ticket.bootId,
  });
}

/** Whatever fails on the way to a script, the machine still gets one: a failure is told, never passed on to it. */
async function orDisk(
  asking: Asking,
  { onError }: ScriptServiceOptions,
  make: () => Promise<MadeScript | undefined>,
): Promise<MadeScript | undefined> {
  try {
    return await make();
  } catch (error) {
    onError(`making the boot script of ${asking.ticket.mac}: it gets the local disk`, error);
    asking.see(refused(asking, "SCRIPT_UNAVAILABLE", error instanceof Error ? error.message : String(error)));
    return undefined;
  }
}

/** A disk that is full must not keep a machine from booting its own; what was served is then not recorded. */
async function keepAndObserve(
  script: MadeScript,
  { address, boot, see }: Asking,
  { onError }: ScriptServiceOptions,
): Promise<void> {
  const { environment, machineId, run, digests } = script;
  // Whoever makes up MAC addresses fills the content folder no more than the log.
  if (boot.suppressed && machineId === undefined) return;
  try {
    await script.keep();
  } catch (error) {
    onError("keeping a boot script: it is served and not recorded", error);
    return;
  }
  const { name, version } = environment;
  const data = {
    environment: name,
    version,
    machineId: machineId ?? null,
    run: run ?? null,
    address,
    ...digests,
  };
  see({ type: "BootScriptServed", data }, run);
}

function secretsOf(
  { machineId, run }: MadeScript,
  nonce: string,
  { asking, options: { tokens } }: { readonly asking: Asking; readonly options: ScriptServiceOptions },
): Secrets {
  if (run !== undefined) return { nonce, helloToken: tokens.forRun(run, "hello") };
  if (machineId === undefined) return { nonce };
  return { nonce, discoveryToken: tokens.forDiscovery({ machineId, bootId: asking.ticket.bootId }) };
}

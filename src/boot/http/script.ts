import type { BootEvent } from "../../domain/boot/events.ts";
import { type BootRefusalCode, bootRefused } from "../../domain/boot/refusal.ts";
import { discoverMachine } from "../../domain/machine/discover.ts";
import type { MachineHandlers } from "../../domain/machine/handlers.ts";
import type { UnknownMachinePolicy } from "../../domain/network/subnet.ts";
import type { EventMeta } from "../../domain/ports/event-store.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import { MachineId, machineStream } from "../../domain/values/machine-id.ts";
import type { BootTicket, NonceBook } from "../nonce.ts";
import type { Observer } from "../observer.ts";
import type { Catalogue } from "../templates/catalogue.ts";
import { fillSecrets, type Secrets } from "../templates/secrets.ts";
import type { AgentTokens } from "./agent-tokens.ts";
import { type BootDecision, decideBoot, type MachineAtBoot } from "./boot-decision.ts";
import { clientMeta, type FindBoot, type KnownBoot } from "./known-boot.ts";
import type { MachineLookup } from "./machine-lookup.ts";
import type { MadeScript, ScriptMaker } from "./script-maker.ts";
import type { ServedRuns } from "./served-runs.ts";

interface ScriptServiceOptions {
  readonly nonces: NonceBook;
  readonly tokens: AgentTokens;
  readonly catalogue: Catalogue;
  readonly maker: ScriptMaker;
  readonly machines: MachineLookup;
  readonly handlers: MachineHandlers;
  readonly servedRuns: ServedRuns;
  readonly findBoot: FindBoot;
  readonly observer: Pick<Observer, "observe">;
  /** Whether the log was restored and waits for an operator. */
  readonly isFenced: () => boolean;
  /** Of the subnet of a leased address; `local-disk` for an address of no subnet. */
  readonly unknownMachinesAt: (address: Ipv4) => UnknownMachinePolicy;
  /** A new UUIDv7. */
  readonly newId: () => string;
  /** What failed although the machine got its disk. `message` says what was being done. */
  readonly onError: (message: string, error: unknown) => void;
}

type ScriptAnswer =
  | { readonly outcome: "script"; readonly text: string }
  /** The nonce is not good for anything here. */
  | { readonly outcome: "not-found" };

/** Answers a machine that asks for its script. */
export type ScriptService = (nonce: string, address: Ipv4) => Promise<ScriptAnswer>;

/**
 * What a machine gets when no boot environment can be had: on BIOS its first disk, on UEFI what the firmware has
 * next in its order.
 */
const lastResort = "#!ipxe\nsanboot --no-describe --drive 0x80 || exit 1\n";

/** One request: which boot asks, from where, and what is known of it. */
interface Asking {
  readonly ticket: BootTicket;
  readonly address: Ipv4;
  readonly boot: KnownBoot;
  /** Has something recorded of the interface. (Default correlation: the boot's) */
  readonly see: (event: BootEvent, correlationId?: string) => void;
}

export function scriptService(options: ScriptServiceOptions): ScriptService {
  const { nonces } = options;

  return async (nonce, address) => {
    const reading = nonces.read(nonce, address);
    if (reading.outcome === "unknown") return { outcome: "not-found" };
    const asking = await askingOf(reading.ticket, address, options);
    if (reading.outcome === "expired") {
      asking.see(refused(address, "NONCE_EXPIRED", "the script's URL is older than a quarter of an hour"));
      return { outcome: "not-found" };
    }
    const script = await scriptFor(asking, options);
    if (!script) return { outcome: "script", text: lastResort };
    await keepAndObserve(script, asking, options);
    return {
      outcome: "script",
      text: fillSecrets(script.text, secretsOf(script, nonce, { asking, options })),
    };
  };
}

async function askingOf(ticket: BootTicket, address: Ipv4, options: ScriptServiceOptions): Promise<Asking> {
  const { findBoot, observer, onError } = options;
  const { mac, bootId } = ticket;
  const boot = await findBoot(ticket).catch((error: unknown) => {
    onError(`looking up the boot of ${mac}`, error);
    return { architecture: null, correlationId: bootId, suppressed: false };
  });
  const see = (event: BootEvent, correlationId = boot.correlationId) =>
    observer.observe({ mac, event, meta: clientMeta(ticket, { correlationId, address }) });
  return { ticket, address, boot, see };
}

/** Decides, and does what the decision asks for. What cannot be had falls back to the disk. */
async function scriptFor(asking: Asking, options: ScriptServiceOptions): Promise<MadeScript | undefined> {
  let machineId: MachineId | undefined;
  const wanted = await orDisk(asking, options, async () => {
    const known = await options.machines.byMac(asking.ticket.mac);
    machineId = known?.machineId;
    return carryOut(await decide(known, asking, options), asking, options);
  });
  return wanted ?? orDisk(asking, options, () => localDisk(asking, machineId, options));
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
  { ticket, address, see }: Asking,
  { onError }: ScriptServiceOptions,
  make: () => Promise<MadeScript | undefined>,
): Promise<MadeScript | undefined> {
  try {
    return await make();
  } catch (error) {
    onError(`making the boot script of ${ticket.mac}: it gets the local disk`, error);
    see(refused(address, "SCRIPT_UNAVAILABLE", error instanceof Error ? error.message : String(error)));
    return undefined;
  }
}

/** `undefined`: the machine gets its disk. */
async function carryOut(
  decision: BootDecision,
  asking: Asking,
  options: ScriptServiceOptions,
): Promise<MadeScript | undefined> {
  switch (decision.action) {
    case "local-disk":
      await endRun(decision.endRun, asking, options);
      return undefined;
    case "discover":
      return discover(asking, options);
    case "deploy":
      return deploy(decision, asking, options);
  }
}

async function discover(asking: Asking, options: ScriptServiceOptions): Promise<MadeScript | undefined> {
  const { catalogue, maker, handlers, newId } = options;
  const environment = catalogue.forPurpose("discover");
  if (!environment) return undefined;
  const { mac } = asking.ticket;
  const { architecture } = asking.boot;
  const discovery = { newMachineId: MachineId.parse(newId()), mac, architecture };
  const found = await discoverMachine(handlers, discovery, metaOf(asking, asking.boot.correlationId));
  if (found.outcome === "rejected") return undefined;
  return maker.make(environment, { client: clientOf(asking), machineId: found.machineId, run: undefined });
}

/** The serving is in the log before the script leaves: what the log does not know of was never sent. */
async function deploy(
  { machineId, plan }: Extract<BootDecision, { action: "deploy" }>,
  asking: Asking,
  { catalogue, maker, handlers, servedRuns }: ScriptServiceOptions,
): Promise<MadeScript | undefined> {
  const { run } = plan;
  const environment = await catalogue.pinned(plan.environment);
  // Rendered first, so that a template that fails does not use a serving up.
  const script = await maker.make(environment, { client: clientOf(asking), machineId, run });
  const command = { type: "ServeBootIntent", run } as const;
  const served = await handlers.handleMachine(machineStream(machineId), command, {
    meta: metaOf(asking, run),
  });
  if (served.outcome === "rejected" || served.state.status !== "allocated") return undefined;
  servedRuns.note(run, asking.ticket);
  return script;
}

async function endRun(
  ending: Extract<BootDecision, { action: "local-disk" }>["endRun"],
  asking: Asking,
  { handlers }: ScriptServiceOptions,
): Promise<void> {
  if (!ending) return;
  const message = "the machine asked to boot again before the agent reported an end";
  const command = { type: "FailRun", run: ending.run, code: "MACHINE_REBOOTED", message } as const;
  await handlers.handleMachine(machineStream(ending.machineId), command, {
    meta: metaOf(asking, ending.run),
  });
}

async function localDisk(
  asking: Asking,
  machineId: MachineId | undefined,
  { catalogue, maker }: ScriptServiceOptions,
): Promise<MadeScript> {
  const environment = catalogue.forPurpose("local-disk");
  if (!environment)
    throw new Error("no boot environment for the local disk is published: see its folder's problem");
  return maker.make(environment, { client: clientOf(asking), machineId, run: undefined });
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

function clientOf({ ticket, address, boot }: Asking) {
  return { mac: ticket.mac, address, architecture: boot.architecture };
}

function metaOf({ ticket, address }: Asking, correlationId: string): EventMeta {
  return clientMeta(ticket, { correlationId, address });
}

function refused(address: Ipv4, code: BootRefusalCode, message: string): BootEvent {
  return bootRefused({ request: "script.ipxe", code, message, address });
}

import type { BootEvent } from "../../domain/boot/events.ts";
import { type BootRefusalCode, bootRefused } from "../../domain/boot/refusal.ts";
import type { ScriptFormat } from "../../domain/boot-environment/manifest.ts";
import type { MachineHandlers } from "../../domain/machine/handlers.ts";
import type { UnknownMachinePolicy } from "../../domain/network/subnet.ts";
import type { EventMeta } from "../../domain/ports/event-store.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { BootTicket, NonceBook } from "../nonce.ts";
import type { Observer } from "../observer.ts";
import type { Catalogue } from "../templates/catalogue.ts";
import type { AgentTokens } from "./agent-tokens.ts";
import type { MachineAtBoot } from "./boot-decision.ts";
import { clientMeta, type FindBoot, type KnownBoot } from "./known-boot.ts";
import type { MachineLookup } from "./machine-lookup.ts";
import { type ScriptMaker, type ScriptSubject, scriptMachine } from "./script-maker.ts";
import type { ServedRuns } from "./served-runs.ts";

/** What it takes to answer a machine that asks for its script. */
export interface ScriptServiceOptions {
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

/** One request: which boot asks, from where, and what is known of it. */
export interface Asking {
  /** What will run the script. */
  readonly format: ScriptFormat;
  readonly ticket: BootTicket;
  readonly address: Ipv4;
  readonly boot: KnownBoot;
  /** Has something recorded of the interface. (Default correlation: the boot's) */
  readonly see: (event: BootEvent, correlationId?: string) => void;
}

/** A request of which is known whose interface asks; `undefined` when it belongs to no machine that could be found. */
export interface KnownAsking extends Asking {
  readonly known: MachineAtBoot | undefined;
}

/** Looks the boot up. One that cannot be looked up gets its script all the same. */
export async function askingOf(
  { format, ticket, address }: Pick<Asking, "format" | "ticket" | "address">,
  { findBoot, observer, onError }: ScriptServiceOptions,
): Promise<Asking> {
  const { mac, bootId } = ticket;
  const boot = await findBoot(ticket).catch((error: unknown) => {
    onError(`looking up the boot of ${mac}`, error);
    return { architecture: null, correlationId: bootId, suppressed: false };
  });
  const see = (event: BootEvent, correlationId = boot.correlationId) =>
    observer.observe({ mac, event, meta: clientMeta(ticket, { correlationId, address }) });
  return { format, ticket, address, boot, see };
}

/** The client that a script is made for, and what it runs. */
export function clientOf({
  format,
  ticket,
  address,
  boot,
}: Asking): Pick<ScriptSubject, "format" | "client"> {
  return { format, client: { mac: ticket.mac, address, architecture: boot.architecture } };
}

/** The machine that a script is made for, as it was when it asked. */
export function machineOf({ known }: KnownAsking): ScriptSubject["machine"] {
  return known ? scriptMachine(known.machineId, known.machine) : null;
}

/** The envelope of what happens because the interface asked. */
export function metaOf({ ticket, address }: Asking, correlationId: string): EventMeta {
  return clientMeta(ticket, { correlationId, address });
}

/** What the script is called where it is asked for. */
const scriptNames: Readonly<Record<ScriptFormat, string>> = { ipxe: "script.ipxe", grub: "grub.cfg" };

/** The script could not be had. */
export function refused(
  { format, address }: Pick<Asking, "format" | "address">,
  code: BootRefusalCode,
  message: string,
): BootEvent {
  return bootRefused({ request: scriptNames[format], code, message, address });
}

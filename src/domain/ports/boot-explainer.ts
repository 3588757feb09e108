import type { EnvironmentVersion } from "../boot-environment/manifest.ts";
import type { SettingSource } from "../network/client-settings.ts";
import type { OptionSetting } from "../network/option-setting.ts";
import type { Architecture } from "../values/architecture.ts";
import type { ClientId } from "../values/client-id.ts";
import type { Ipv4 } from "../values/ipv4.ts";
import type { MacAddress } from "../values/mac-address.ts";
import type { MachineId } from "../values/machine-id.ts";
import type { RunId } from "../values/run-id.ts";
import type { SubnetName } from "../values/slug.ts";
import type { Position } from "./event-store.ts";

/** Says what an interface would hear when it boots, or would have heard then, and why. Changes nothing. */
export interface BootExplainer {
  explain(question: BootQuestion): Promise<BootExplanation>;
  /** Of a machine's interfaces the one that it booted with last; the first, when the log has no boot of any. */
  bootedLast(
    macs: readonly MacAddress[],
    moment: Pick<BootQuestion, "until" | "isNow">,
  ): Promise<MacAddress | undefined>;
}

/** Which interface, and when. */
export interface BootQuestion {
  readonly mac: MacAddress;
  /** The last event that counts. */
  readonly until: Position;
  /** What the clock said, milliseconds UTC; `undefined`: as it did when that event was recorded. */
  readonly atMs: number | undefined;
  /** The moment is the present one, so nothing needs to be found out of an earlier one. */
  readonly isNow: boolean;
  readonly client: ClientHints;
}

/** What whoever asks says of the client. What is left out is what the log says, or that it says nothing. */
export interface ClientHints {
  readonly architecture?: Architecture | undefined;
  /** Option 60. */
  readonly vendorClass?: string | undefined;
  /** Option 77. */
  readonly userClass?: string | undefined;
  /** Option 61. */
  readonly clientId?: ClientId | undefined;
  /** Option 97. */
  readonly firmwareUuid?: string | undefined;
  /** giaddr. */
  readonly relay?: Ipv4 | undefined;
  /** Option 82, sub-options 1 and 2, lower case hex. */
  readonly circuitId?: string | undefined;
  readonly remoteId?: string | undefined;
  /** The wire that its messages come in by, as the configuration calls it. */
  readonly wire?: string | undefined;
}

/** What a step is about, in the order in which steps are told. */
export type BootStepName =
  | "client"
  | "wire"
  | "subnet"
  | "shared-network"
  | "class"
  | "fence"
  | "clock"
  | "address"
  | "lease-time"
  | "options"
  | "boot-file"
  | "machine"
  | "intent"
  | "policy"
  | "environment"
  | "answer";

/** One reason. Both texts are one line for people; what a client or an operator wrote may stand in them. */
export interface BootStep {
  readonly step: BootStepName;
  /** What was found, or decided. */
  readonly outcome: string;
  readonly because: string;
}

/** Why an address, and not another one. */
export type AddressSource = "reservation" | "lease" | "earlier-lease" | "range";

/** An option, and who sets it. */
export interface SourcedOption {
  readonly setting: OptionSetting;
  readonly from: SettingSource;
}

/** What DHCP answers to a client that asks for an address. */
export interface DhcpAnswer {
  /** `offer`: an address. `boot-only`: where to boot from, beside another server's address. `silence`: nothing. */
  readonly outcome: "offer" | "boot-only" | "silence";
  /** Names that the configuration and the log have for where the client is; `null`: nowhere that is served. */
  readonly wire: string | null;
  readonly subnet: SubnetName | null;
  /** `null`: none is offered, or one of a range, which only the moment itself decides. */
  readonly address: Ipv4 | null;
  readonly addressFrom: AddressSource | null;
  readonly leaseSeconds: number | null;
  /** Those that the client is of, strongest first. */
  readonly classes: readonly string[];
  readonly options: readonly SourcedOption[];
  /** What firmware is told to load; `null`: nothing, or nothing is known of what it can boot. */
  readonly bootFile: string | null;
}

/** What iPXE gets that asks for its script. */
export interface ScriptAnswer {
  readonly action: "local-disk" | "discover" | "deploy";
  /** The rule that decided, one word: `fenced`, `no-intent`, `policy`, `intent`, ... */
  readonly why: string;
  readonly run: RunId | null;
  /** `null`: none that would do is published. */
  readonly environment: EnvironmentVersion | null;
  /** The template of the script, in the environment's folder. */
  readonly template: string | null;
  /** How often the intent's script was sent; `null`: no intent decides. */
  readonly servings: number | null;
}

/** The answers and every reason for them. */
export interface BootExplanation {
  readonly mac: MacAddress;
  /** The machine that claims the interface then. */
  readonly machineId: MachineId | null;
  readonly until: Position;
  readonly atMs: number;
  readonly dhcp: DhcpAnswer;
  /** `null`: the client gets no answer, or nothing that its firmware could boot, so it never asks for its script. */
  readonly http: ScriptAnswer | null;
  readonly steps: readonly BootStep[];
}

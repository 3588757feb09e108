/**
 * The words of the domain and the names of the schema, both ways. A value that either side lacks does not
 * compile.
 */

import type { z } from "zod";
import type { AddressStatus } from "../../../domain/address/binding.ts";
import type { EnvironmentPurpose } from "../../../domain/boot-environment/manifest.ts";
import type { DeploymentStage, DiskImage } from "../../../domain/machine/deployment.ts";
import type { Inventory } from "../../../domain/machine/inventory.ts";
import type { MachineState } from "../../../domain/machine/snapshot.ts";
import type { AddressPicker, UnknownMachinePolicy } from "../../../domain/network/subnet.ts";
import type {
  AddressSource,
  BootStepName,
  DhcpAnswer,
  ScriptAnswer,
} from "../../../domain/ports/boot-explainer.ts";
import type { Architecture } from "../../../domain/values/architecture.ts";
import type { BootRelation } from "../../../projections/boot-cause.ts";
import type { InterfaceSource } from "../../../projections/views/fleet-tables.ts";
import type { RunState } from "../../../projections/views/runs.ts";
import type { TokenRow } from "../../access/access-views.ts";
import type { KnownPrincipal } from "../../access/known-access.ts";
import type * as api from "../__generated__/resolvers.ts";

export const machineStateNames = {
  registered: "REGISTERED",
  discovered: "DISCOVERED",
  ready: "READY",
  allocated: "ALLOCATED",
  deploying: "DEPLOYING",
  deployed: "DEPLOYED",
  failed: "FAILED",
  releasing: "RELEASING",
  quarantined: "QUARANTINED",
  retired: "RETIRED",
} as const satisfies Record<MachineState, api.MachineState>;

export const runStateNames = {
  allocated: "ALLOCATED",
  deploying: "DEPLOYING",
  completed: "COMPLETED",
  failed: "FAILED",
} as const satisfies Record<RunState, api.RunState>;

export const architectureNames = {
  "x86-bios": "X86_BIOS",
  "x64-uefi": "X64_UEFI",
  "x64-uefi-http": "X64_UEFI_HTTP",
  "arm64-uefi": "ARM64_UEFI",
  "arm64-uefi-http": "ARM64_UEFI_HTTP",
  "x86-uefi": "X86_UEFI",
  "x86-uefi-http": "X86_UEFI_HTTP",
  "arm32-uefi": "ARM32_UEFI",
  "arm32-uefi-http": "ARM32_UEFI_HTTP",
  "riscv64-uefi": "RISCV64_UEFI",
  "riscv64-uefi-http": "RISCV64_UEFI_HTTP",
} as const satisfies Record<Architecture, api.Architecture>;

export const firmwareNames = {
  bios: "BIOS",
  uefi: "UEFI",
} as const satisfies Record<Inventory["firmware"], api.FirmwareKind>;

export const stageNames = {
  writing: "WRITING",
  written: "WRITTEN",
  verifying: "VERIFYING",
  verified: "VERIFIED",
} as const satisfies Record<DeploymentStage, api.DeploymentStage>;

export const imageFormatNames = {
  raw: "RAW",
  gzip: "GZIP",
  zstd: "ZSTD",
} as const satisfies Record<DiskImage["format"], api.ImageFormat>;

export const bootRelationNames = {
  intent: "INTENT",
  "after-end": "AFTER_END",
} as const satisfies Record<BootRelation, api.BootRelation>;

export const interfaceSourceNames = {
  boot: "BOOT",
  lease: "LEASE",
  inventory: "INVENTORY",
  registration: "REGISTRATION",
} as const satisfies Record<InterfaceSource, api.InterfaceSource>;

export const leaseStatusNames = {
  free: "FREE",
  leased: "LEASED",
  declined: "DECLINED",
} as const satisfies Record<z.infer<typeof AddressStatus>, api.LeaseStatus>;

export const policyNames = {
  discover: "DISCOVER",
  "local-disk": "LOCAL_DISK",
} as const satisfies Record<UnknownMachinePolicy, api.UnknownMachinePolicy>;

export const pickerNames = {
  hint: "HINT",
  "next-free": "NEXT_FREE",
  "least-recently-used": "LEAST_RECENTLY_USED",
} as const satisfies Record<AddressPicker, api.AddressPicker>;

export const purposeNames = {
  discover: "DISCOVER",
  "local-disk": "LOCAL_DISK",
  deploy: "DEPLOY",
} as const satisfies Record<EnvironmentPurpose, api.EnvironmentPurpose>;

export const dhcpOutcomeNames = {
  offer: "OFFER",
  "boot-only": "BOOT_ONLY",
  silence: "SILENCE",
} as const satisfies Record<DhcpAnswer["outcome"], api.DhcpOutcome>;

export const addressSourceNames = {
  reservation: "RESERVATION",
  lease: "LEASE",
  "earlier-lease": "EARLIER_LEASE",
  range: "RANGE",
} as const satisfies Record<AddressSource, api.AddressSource>;

export const bootActionNames = {
  "local-disk": "LOCAL_DISK",
  discover: "DISCOVER",
  deploy: "DEPLOY",
} as const satisfies Record<ScriptAnswer["action"], api.BootAction>;

export const bootStepNames = {
  client: "CLIENT",
  wire: "WIRE",
  subnet: "SUBNET",
  "shared-network": "SHARED_NETWORK",
  class: "CLASS",
  fence: "FENCE",
  clock: "CLOCK",
  address: "ADDRESS",
  "lease-time": "LEASE_TIME",
  options: "OPTIONS",
  "boot-file": "BOOT_FILE",
  machine: "MACHINE",
  intent: "INTENT",
  policy: "POLICY",
  environment: "ENVIRONMENT",
  answer: "ANSWER",
} as const satisfies Record<BootStepName, api.BootStepKind>;

export const principalKindNames = {
  person: "PERSON",
  service: "SERVICE",
} as const satisfies Record<KnownPrincipal["kind"], api.PrincipalKind>;

export const tokenStateNames = {
  active: "ACTIVE",
  expired: "EXPIRED",
  revoked: "REVOKED",
} as const satisfies Record<TokenRow["state"], api.AccessTokenState>;

/** The domain's word for a name of the schema. */
export function wordOf<Word extends string, Name extends string>(
  names: Readonly<Record<Word, Name>>,
  name: Name,
): Word {
  const entry = (Object.entries(names) as [Word, Name][]).find(([, other]) => other === name);
  if (!entry) throw new Error(`the schema let ${name} pass, which means nothing`);
  return entry[0];
}

import type { AccessEvent } from "../../src/domain/access/events.ts";
import type { LoginEvent } from "../../src/domain/access/login-events.ts";
import type { AccessRoleEvent } from "../../src/domain/access/role-events.ts";
import type { Binding } from "../../src/domain/address/binding.ts";
import type { AddressEvent } from "../../src/domain/address/events.ts";
import type { BootEvent } from "../../src/domain/boot/events.ts";
import type { BootEnvironmentEvent } from "../../src/domain/boot-environment/events.ts";
import { EnvironmentVersion } from "../../src/domain/boot-environment/manifest.ts";
import type { BulkEvent } from "../../src/domain/bulk/events.ts";
import type { CheckpointEvent } from "../../src/domain/checkpoint/events.ts";
import type { ClaimEvent } from "../../src/domain/claim/events.ts";
import { DeploymentPlan, DiskImage } from "../../src/domain/machine/deployment.ts";
import type { MachineEvent } from "../../src/domain/machine/events.ts";
import { Inventory } from "../../src/domain/machine/inventory.ts";
import { ClientClass } from "../../src/domain/network/client-class.ts";
import type { NetworkEvent } from "../../src/domain/network/events.ts";
import { Subnet, subnetDefaults } from "../../src/domain/network/subnet.ts";
import type { SystemEvent } from "../../src/domain/system/events.ts";
import { Ipv4 } from "../../src/domain/values/ipv4.ts";
import { MacAddress } from "../../src/domain/values/mac-address.ts";
import { MachineId } from "../../src/domain/values/machine-id.ts";
import { keyOfMac } from "../../src/domain/values/reservation-key.ts";
import { RunId } from "../../src/domain/values/run-id.ts";
import { Sha256 } from "../../src/domain/values/sha256.ts";
import { AccessRoleName, EnvironmentName, MachineName } from "../../src/domain/values/slug.ts";

/** 2026-01-01T00:00:00Z. */
export const nowMs = Date.UTC(2026, 0, 1);

export const machineId = MachineId.parse("01920000-0000-7000-8000-0000000000a1");
export const otherMachineId = MachineId.parse("01920000-0000-7000-8000-0000000000a2");
export const run = RunId.parse("01920000-0000-8000-8000-0000000000b1");
export const otherRun = RunId.parse("01920000-0000-8000-8000-0000000000b2");
export const agentBootId = "5f1c7a52-6c0e-4b1e-9d0a-0b6f8f3f2d11";
export const mac = MacAddress.parse("52:54:00:12:34:56");
export const secondMac = MacAddress.parse("52:54:00:12:34:57");
export const otherMac = MacAddress.parse("52:54:00:ab:cd:ef");
export const address = Ipv4.parse("10.77.0.100");
export const machineName = MachineName.parse("node-1");
export const discoveryName = EnvironmentName.parse("discovery");

/** A digest that is told from others by its last digits. */
export function digest(number: number): Sha256 {
  return Sha256.parse(number.toString(16).padStart(64, "0"));
}

export const subnet = Subnet.parse({
  name: "rack-7",
  cidr: "10.77.0.0/16",
  ranges: [{ first: "10.77.0.100", last: "10.77.0.199" }],
  routers: ["10.77.0.1"],
  dnsServers: ["10.77.0.1"],
  domainName: "rack-7.example",
  leaseSeconds: 3600,
  unknownMachines: "discover",
  ...subnetDefaults,
});

/** Telephones of two makers get another server for their firmware. */
export const phones = ClientClass.parse({
  name: "phones",
  priority: 100,
  match: {
    architectures: null,
    vendorClassPrefixes: ["Cisco Systems, Inc. IP Phone"],
    userClasses: null,
    macPrefixes: ["00:04:f2"],
    relayCircuits: null,
    relayRemotes: null,
    machineLabels: null,
    subnets: [subnet.name],
  },
  leaseSeconds: 86_400,
  options: [{ code: 150, value: "0a4d0005" }],
  bootFile: null,
});

/** A virtual machine with one disk and two network interfaces. */
export const inventory = Inventory.parse({
  firmware: "uefi",
  secureBoot: false,
  smbios: {
    uuid: "5d2c7d1e-7f1a-4b0c-8f43-0c3a0e5b7a10",
    manufacturer: "QEMU",
    product: "Standard PC (Q35 + ICH9, 2009)",
    serial: null,
  },
  cpu: { model: "QEMU Virtual CPU version 2.5+", count: 2 },
  memoryBytes: 2_147_483_648,
  interfaces: [
    { name: "eth0", mac, driver: "virtio_net" },
    { name: "eth1", mac: secondMac, driver: "e1000" },
  ],
  disks: [{ name: "vda", serial: "disk-0001", model: null, bytes: 1_073_741_824, rotational: false }],
  agent: { packages: [{ name: "busybox-static", version: "1:1.37.0-6+b3", sha256: digest(1) }] },
});

export const environment = EnvironmentVersion.parse({ name: "image-deploy", version: 1, digest: digest(2) });
export const discoveryEnvironment = EnvironmentVersion.parse({
  name: discoveryName,
  version: 1,
  digest: digest(10),
});
export const image = DiskImage.parse({ file: "debian.img.zst", format: "zstd", sha256: digest(3) });

export const plan = DeploymentPlan.parse({
  run,
  environment,
  image,
  disk: { name: "vda", serial: "disk-0001", bytes: 1_073_741_824 },
});

const leased = {
  subnet: subnet.name,
  status: "leased",
  reservedFor: null,
  holder: { mac, clientId: null, hostname: "node-1" },
  relay: null,
  leaseSeconds: 3600,
  untilMs: nowMs + 3_600_000,
} satisfies Binding;

const free = { ...leased, status: "free", leaseSeconds: null, untilMs: null } satisfies Binding;
const tokenId = "0b7e3c1a-3a52-4a43-8d8f-5d4f4c6c9a01";
export const roleName = AccessRoleName.parse("rack-7-operator");

/** Every event of the catalogue. */
type SampledEvent =
  | NetworkEvent
  | AddressEvent
  | ClaimEvent
  | BootEvent
  | MachineEvent
  | BulkEvent
  | CheckpointEvent
  | BootEnvironmentEvent
  | AccessEvent
  | LoginEvent
  | AccessRoleEvent
  | SystemEvent;

/** The event of one type, with its data. */
type Sampled<Type extends SampledEvent["type"]> = Extract<SampledEvent, { type: Type }>;

/** Shorter to write below: the data of each type. */
const data: { readonly [Type in SampledEvent["type"]]: Sampled<Type>["data"] } = {
  SubnetDefined: { subnet },
  SubnetChanged: { subnet: { ...subnet, leaseSeconds: 7200 } },
  SubnetRetired: { name: subnet.name },
  ClientClassDefined: { class: phones },
  ClientClassChanged: { class: { ...phones, priority: 200 } },
  ClientClassRetired: { name: phones.name },
  RogueServerSeen: {
    server: Ipv4.parse("10.77.0.66"),
    wire: "eth1",
    mac: otherMac,
    offered: Ipv4.parse("192.168.1.20"),
  },
  PxeRequestsSuppressed: { count: 412, fromMs: nowMs, toMs: nowMs + 60_000 },

  LeaseGranted: leased,
  LeaseRenewed: { ...leased, untilMs: nowMs + 5_400_000 },
  LeaseReleased: free,
  LeaseExpired: free,
  AddressDeclined: { ...free, status: "declined", untilMs: nowMs + 600_000 },
  AddressReserved: { ...free, reservedFor: keyOfMac(mac), holder: null },
  ReservationRemoved: { ...free, holder: null },

  Claimed: { machineId },
  Released: { machineId },
  ClaimDisputed: { machineId, claimant: otherMachineId },

  PxeRequested: {
    client: "firmware",
    architecture: "x64-uefi",
    vendorClass: "PXEClient:Arch:00007:UNDI:003001",
    firmwareUuid: "5d2c7d1e-7f1a-4b0c-8f43-0c3a0e5b7a10",
    relay: null,
  },
  BootScriptServed: {
    environment: environment.name,
    version: 1,
    machineId,
    run,
    address,
    inputs: digest(4),
    script: digest(5),
  },
  BootFileServed: { file: "snponly.efi", protocol: "tftp", address, bytes: 204_800, sha256: digest(6) },
  BootRefused: {
    request: "GET /agent/v1/runs/<run>/image",
    code: "RUN_ENDED",
    message: "the run has ended",
    address,
  },

  MachineRegistered: { macs: [mac, secondMac] },
  MachineDiscovered: { mac, architecture: "x64-uefi" },
  InventoryReported: { inventory },
  InterfaceAdded: { mac: secondMac },
  MachineApproved: {},
  MachineRenamed: { name: machineName },
  LabelsChanged: { set: { rack: "b7", "example.com/tier": "gold" }, removed: ["lab"] },
  ParamsChanged: { set: { "ntp-servers": ["10.77.0.1"], "kernel.quiet": true }, removed: ["proxy"] },
  DhcpOptionsChanged: { options: [{ code: 42, value: "0a4d0001" }] },
  MachineLocked: {},
  MachineUnlocked: {},
  MachineAllocated: { run },
  BootIntentSet: { plan },
  BootIntentServed: { run, serving: 1 },
  BootIntentConsumed: { run, agentBootId },
  BootIntentExpired: { run, reason: "served-too-often" },
  DiscoveryIntentSet: { run: otherRun, environment: discoveryEnvironment },
  DiscoveryIntentServed: { run: otherRun, serving: 1 },
  DiscoveryIntentConsumed: { run: otherRun },
  DiscoveryIntentExpired: { run: otherRun, reason: "withdrawn" },
  DeploymentStarted: { run },
  DeploymentStageReached: { run, stage: "writing", bytes: null },
  DeploymentCompleted: { run, disk: plan.disk, bytes: 536_870_912, sha256: image.sha256 },
  DeploymentFailed: { run, code: "IMAGE_TRANSFER_FAILED", message: "the image server closed the connection" },
  MachineQuarantined: { message: "two agents reported for one run" },
  MachineReleased: {},
  MachineRetired: {},

  BulkRequested: {
    action: "label",
    input: '{"set":{"rack":"b7"}}',
    selector: '{"state":{"eq":"READY"}}',
    machineIds: [machineId, otherMachineId],
  },
  BulkCompleted: {
    acceptedCount: 1,
    refusedCount: 1,
    refused: [{ machineId: otherMachineId, code: "LABELS_TOO_MANY" }],
  },

  BootEnvironmentPublished: {
    version: 1,
    digest: environment.digest,
    manifest: {
      description: "Writes a disk image and verifies it.",
      purpose: "deploy",
      script: "script.ipxe.liquid",
      grub: null,
      templates: { "script.ipxe.liquid": { sha256: digest(7), bytes: 412 } },
      files: { vmlinuz: { sha256: digest(8), bytes: 8_388_608 } },
    },
  },

  CheckpointSigned: {
    size: 3,
    root: Sha256.parse("79fb42d85dc003be58f9eb9032c57f39d022f465ef365f004c489649ff89b37a"),
    note:
      "ironledger.example/log\n3\neftC2F3AA75Y+euQMsV/OdAi9GXvNl8ATEiWSf+Js3o=\n\n" +
      "\u2014 ironledger.example/log If6iT2MUs2gHqHQWgBICBvWpSpJ4Nf9qglDOuPzmV5AiSWkMVtSy1cmPvSEPDded6hosfW981B2pFya74jNHLVncNwY=\n",
    verifierKey: "ironledger.example/log+21fea24f+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
  },

  PrincipalAdded: { name: "Ada", kind: "person" },
  PrincipalLinked: { issuer: "https://id.example/realms/fleet", subject: "248289761001" },
  PrincipalDisabled: {},
  PrincipalEnabled: {},
  AccessTokenIssued: { tokenId, sha256: digest(9), expiresAtMs: nowMs + 86_400_000, name: "laptop" },
  AccessTokenUsed: { tokenId, usedAtMs: nowMs },
  AccessTokenRevoked: { tokenId },
  AccessRoleGranted: { role: roleName },
  AccessRoleRevoked: { role: roleName },

  AccessRoleDefined: {
    description: "Deploys what stands in rack 7.",
    rules: [{ scopes: ["machines:read", "machines:deploy"], machines: { rack: "7", spare: null } }],
  },
  AccessRoleWithdrawn: {},
  AuthenticationFailed: { count: 12, firstAtMs: nowMs, lastAtMs: nowMs + 42_000 },
  ServiceStarted: { version: "0.1.0", nodeVersion: "v24.21.0", hostname: "ledger-1" },
  RestoreDetected: {
    ...{ evidence: "restore-command", previousIncarnation: "3f9a1c", message: "restored from a backup" },
  },
  EffectsEpochStarted: { epoch: 1 },
  ClockStepped: { fromMs: nowMs, toMs: nowMs + 7_200_000 },
  ClockConfirmed: {},
  LeadershipTaken: { term: 3, holder: "prov-2/5f1c09aa", leaseSeconds: 15 },
  BackupTaken: {
    ...{ file: "ledger-20260102T030405006Z.db", events: 4_711, lastHash: digest(11) },
    ...{ bytes: 2_162_688, sha256: digest(12) },
  },
  SegmentArchived: {
    ...{ after: 1_004_711, through: 2_009_422, root: digest(13), edge: [digest(14), digest(15)] },
    ...{ file: "8d1c5f0a2b3e4f61.00013f9a1c77.00000000001ea93e.ndjson.zst", bytes: 71_330_816 },
    ...{ sha256: digest(16), note: "ironledger/8d1c5f0a2b3e4f61.00013f9a1c77\n2009422\n…\n" },
    verifierKey: "ironledger/8d1c5f0a2b3e4f61.00013f9a1c77+1f2e3d4c+AQ==",
  },
};

/** One realistic event of each type, by its type. They tell no story together. */
export const samples = Object.fromEntries(
  Object.entries(data).map(([type, each]) => [type, { type, data: each }]),
) as unknown as { readonly [Type in SampledEvent["type"]]: Sampled<Type> };

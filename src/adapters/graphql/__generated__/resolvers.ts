import type { Ipv4Cidr } from '../../../domain/values/ipv4.ts';
import type { Ipv4 } from '../../../domain/values/ipv4.ts';
import type { MacAddress } from '../../../domain/values/mac-address.ts';
import type { Sha256 } from '../../../domain/values/sha256.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { BootEnvironmentRow as BootEnvironmentModel } from '../../../projections/views/boot-environments.ts';
import type { FeedMark as FeedMarkModel, FeedItem as FeedItemModel } from '../feed.ts';
import type { DeploymentOutcome, AddressOutcome, MachineModel, MachineOutcome, RebuildOutcome, RunModel, ServiceOutcome, ServiceModel, SubnetOutcome, TimelineEntryModel } from '../models.ts';
import type { RecordedEvent as EventModel } from '../../../domain/ports/event-store.ts';
import type { Inventory as InventoryModel } from '../../../domain/machine/inventory.ts';
import type { AddressRow as AddressModel } from '../../../projections/views/leases.ts';
import type { SubnetRow as SubnetModel } from '../../../projections/views/leases-reader.ts';
import type { ViewStatus as ViewModel } from '../../../projections/projector.ts';
import type { GraphqlContext } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A number of bytes: a whole JSON number from 0 to 2^53 - 1. Larger than a 32-bit `Int` can hold. */
  ByteCount: { input: number; output: number; }
  /** An IPv4 network whose host bits are zero: `10.4.0.0/16`. */
  CIDR: { input: Ipv4Cidr; output: Ipv4Cidr; }
  /** An instant in UTC, RFC 3339 with milliseconds: `2026-01-31T03:12:00.000Z`. */
  DateTime: { input: number; output: number; }
  /** A place in the log. Opaque: keep it, hand it back, compare nothing but equality. */
  EventPosition: { input: string; output: string; }
  /** An IPv4 address in dotted form without leading zeros: `10.4.0.17`. */
  IPv4: { input: Ipv4; output: Ipv4; }
  /** Any JSON value. */
  JSON: { input: unknown; output: unknown; }
  /** A hardware address: six octets, lower case, colon separated. Dashes and capitals are understood on input. */
  MAC: { input: MacAddress; output: MacAddress; }
  /** A SHA-256 digest: 64 characters of lower case hex. */
  Sha256: { input: Sha256; output: Sha256; }
};

/** Addresses from `first` to `last`, both included. */
export type AddressRange = {
  readonly __typename?: 'AddressRange';
  /** The lowest. */
  readonly first: Scalars['IPv4']['output'];
  /** The highest. */
  readonly last: Scalars['IPv4']['output'];
};

/** Addresses from `first` to `last`, both included. */
export type AddressRangeInput = {
  /** The lowest. */
  readonly first: Scalars['IPv4']['input'];
  /** The highest. */
  readonly last: Scalars['IPv4']['input'];
};

/** A Debian package that the agent was built of. */
export type AgentPackage = {
  readonly __typename?: 'AgentPackage';
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** Of the package file. */
  readonly sha256: Scalars['Sha256']['output'];
  /** Its version. */
  readonly version: Scalars['String']['output'];
};

/** Allows a machine to be deployed. */
export type ApproveMachineInput = {
  /** Refuse unless the machine's stream is at this revision. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its `id`, or its bare UUID. */
  readonly machineId: Scalars['ID']['input'];
  /** What to call it, also its host name: 1 to 63 of `a-z`, `0-9` and `-`. Left out: it keeps the name that it has. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** What a machine's firmware can boot (IANA Processor Architecture Types). */
export type Architecture =
  /** Arm 64-bit UEFI over TFTP. */
  | 'ARM64_UEFI'
  /** Arm 64-bit UEFI over HTTP. */
  | 'ARM64_UEFI_HTTP'
  /** 64-bit UEFI over TFTP. */
  | 'X64_UEFI'
  /** 64-bit UEFI over HTTP. */
  | 'X64_UEFI_HTTP'
  /** Legacy BIOS. */
  | 'X86_BIOS';

/** A network interface on its way up. */
export type Boot = {
  readonly __typename?: 'Boot';
  /** The id of the event that it began with. Every other event of the boot has it as `causationId`. */
  readonly bootId: Scalars['String']['output'];
  /** The interface. */
  readonly mac: Scalars['MAC']['output'];
  /** Why it belongs to the run. */
  readonly relation: BootRelation;
  /** When it began. */
  readonly startedAt: Scalars['DateTime']['output'];
};

/** What machines can boot into. */
export type BootEnvironment = Node & {
  readonly __typename?: 'BootEnvironment';
  /** What it is, in a sentence. */
  readonly description: Scalars['String']['output'];
  /** Of the newest version's manifest. */
  readonly digest: Scalars['Sha256']['output'];
  /** Files that its script names: kernels, initrds. */
  readonly files: ReadonlyArray<EnvironmentFile>;
  /** Opaque. */
  readonly id: Scalars['ID']['output'];
  /** The name of its folder. */
  readonly name: Scalars['String']['output'];
  /** When the newest version was published. */
  readonly publishedAt: Scalars['DateTime']['output'];
  /** What it is for. */
  readonly purpose: EnvironmentPurpose;
  /** The newest version, from 1. */
  readonly version: Scalars['Int']['output'];
};

/** A page of boot environments. */
export type BootEnvironmentConnection = {
  readonly __typename?: 'BootEnvironmentConnection';
  /** The boot environments and their cursors. */
  readonly edges: ReadonlyArray<BootEnvironmentEdge>;
  /** The boot environments alone. */
  readonly nodes: ReadonlyArray<BootEnvironment>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
};

/** A boot environment in a page. */
export type BootEnvironmentEdge = {
  readonly __typename?: 'BootEnvironmentEdge';
  /** Hand it back as `after` to go on behind this boot environment. */
  readonly cursor: Scalars['String']['output'];
  /** The boot environment. */
  readonly node: BootEnvironment;
};

/** Why a boot belongs to a run. */
export type BootRelation =
  /** It was the first after the run's end. */
  | 'AFTER_END'
  /** The run waited for it. */
  | 'INTENT';

/** The feed has shown everything that was in the log when it looked. */
export type CaughtUp = {
  readonly __typename?: 'CaughtUp';
  /** How far the feed has looked. */
  readonly position: Scalars['EventPosition']['output'];
};

/** Replaces a subnet's definition as a whole. */
export type ChangeSubnetInput = {
  /** The network, /8 to /30. It may not overlap another one. */
  readonly cidr: Scalars['CIDR']['input'];
  /** Most preferred first. */
  readonly dnsServers: ReadonlyArray<Scalars['IPv4']['input']>;
  /** The domain that clients are told. */
  readonly domainName?: InputMaybe<Scalars['String']['input']>;
  /** Refuse unless the stream of all subnets is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** How long a lease lasts: 60 seconds to one year. */
  readonly leaseSeconds: Scalars['Int']['input'];
  /** Which subnet. */
  readonly name: Scalars['String']['input'];
  /** Addresses that may be leased to whoever asks. With none, only reserved addresses are served. */
  readonly ranges: ReadonlyArray<AddressRangeInput>;
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Most preferred first. */
  readonly routers: ReadonlyArray<Scalars['IPv4']['input']>;
  /** What a machine gets to boot that nobody knows. */
  readonly unknownMachines: UnknownMachinePolicy;
};

/** Says that the clock is right after it jumped. */
export type ConfirmClockInput = {
  /** Refuse unless the stream `system` is at this revision. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** The processors of a machine. */
export type Cpu = {
  readonly __typename?: 'Cpu';
  /** How many the kernel sees, threads counted. */
  readonly count: Scalars['Int']['output'];
  /** As the first one names itself; null when it does not. */
  readonly model?: Maybe<Scalars['String']['output']>;
};

/** Starts to serve a subnet. */
export type DefineSubnetInput = {
  /** The network, /8 to /30. It may not overlap another one. */
  readonly cidr: Scalars['CIDR']['input'];
  /** Most preferred first. */
  readonly dnsServers: ReadonlyArray<Scalars['IPv4']['input']>;
  /** The domain that clients are told. */
  readonly domainName?: InputMaybe<Scalars['String']['input']>;
  /** Refuse unless the stream of all subnets is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** How long a lease lasts: 60 seconds to one year. */
  readonly leaseSeconds: Scalars['Int']['input'];
  /** 1 to 63 of `a-z`, `0-9` and `-`. It never changes. */
  readonly name: Scalars['String']['input'];
  /** Addresses that may be leased to whoever asks. With none, only reserved addresses are served. */
  readonly ranges: ReadonlyArray<AddressRangeInput>;
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Most preferred first. */
  readonly routers: ReadonlyArray<Scalars['IPv4']['input']>;
  /** What a machine gets to boot that nobody knows. */
  readonly unknownMachines: UnknownMachinePolicy;
};

/** Asks for an image to be written to a disk. */
export type DeployMachineInput = {
  /** The serial number or the kernel's name of the disk. May be left out when the machine has exactly one. */
  readonly disk?: InputMaybe<Scalars['String']['input']>;
  /** A boot environment of purpose `DEPLOY`. The run keeps the version that is newest now. */
  readonly environment: Scalars['String']['input'];
  /** Refuse unless the machine's stream is at this revision. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What to write. */
  readonly image: DiskImageInput;
  /** Its `id`, or its bare UUID. */
  readonly machineId: Scalars['ID']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** What `deployMachine` answers. */
export type DeployMachinePayload = MutationPayload & {
  readonly __typename?: 'DeployMachinePayload';
  /** The id of the run. Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** The machine after the change; null when there is none, or when the change was refused. */
  readonly machine?: Maybe<Machine>;
  /** Where in the log the outcome stands; null when nothing was recorded. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** The run that was asked for; null when it was refused. */
  readonly run?: Maybe<Run>;
  /** Why nothing was done. Empty when the mutation was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Why a deployment failed. */
export type DeploymentFailureCode =
  /** The log was restored, and the run belonged to the time before. */
  | 'ABANDONED_AFTER_RESTORE'
  /** The agent failed in a way that has no code of its own. */
  | 'AGENT_FAILED'
  /** The target disk is not in the machine, or not alone. Nothing was written. */
  | 'DISK_NOT_FOUND'
  /** What the disk reads back is not what was to be written. */
  | 'IMAGE_DIGEST_MISMATCH'
  /** The image could not be fetched. */
  | 'IMAGE_TRANSFER_FAILED'
  /** The disk refused what was written. */
  | 'IMAGE_WRITE_FAILED'
  /** The boot intent was served as often as it may be, and no agent reported. */
  | 'INTENT_NEVER_CONSUMED'
  /** The machine asked to boot again before the agent reported an end. */
  | 'MACHINE_REBOOTED'
  /** The machine was retired. */
  | 'MACHINE_RETIRED'
  /** Nothing was heard of the run for too long. */
  | 'RUN_SILENT'
  /** Two agents reported for one run: somebody else has its token. */
  | 'SECOND_CONSUMER';

/** What an agent passes through, in this order. */
export type DeploymentStage =
  /** The disk read back as the image. */
  | 'VERIFIED'
  /** The disk is read back. */
  | 'VERIFYING'
  /** The image goes to the disk. */
  | 'WRITING'
  /** The image is on the disk. */
  | 'WRITTEN';

/** A disk as the agent's kernel shows it. */
export type Disk = {
  readonly __typename?: 'Disk';
  /** Its size. */
  readonly bytes: Scalars['ByteCount']['output'];
  /** Null when the device names none. */
  readonly model?: Maybe<Scalars['String']['output']>;
  /** The kernel's name without `/dev/`: `vda`, `nvme0n1`. It may differ at the next boot. */
  readonly name: Scalars['String']['output'];
  /** Whether it is a spinning disk. */
  readonly rotational: Scalars['Boolean']['output'];
  /** Null when the device names none. */
  readonly serial?: Maybe<Scalars['String']['output']>;
};

/** A disk image in the images folder. */
export type DiskImage = {
  readonly __typename?: 'DiskImage';
  /** Its file name. */
  readonly file: Scalars['String']['output'];
  /** How it is packed. */
  readonly format: ImageFormat;
  /** Of the unpacked image. */
  readonly sha256: Scalars['Sha256']['output'];
};

/** A disk image in the images folder. */
export type DiskImageInput = {
  /** Its file name, ending in `.img` or `.raw`, then `.gz` or `.zst` where it is packed. */
  readonly file: Scalars['String']['input'];
  /** Of the unpacked image: the disk must read back as this. */
  readonly sha256: Scalars['Sha256']['input'];
};

/** The one disk that a run may write. */
export type DiskTarget = {
  readonly __typename?: 'DiskTarget';
  /** Its size. */
  readonly bytes: Scalars['ByteCount']['output'];
  /** The kernel's name when the run was asked for. */
  readonly name: Scalars['String']['output'];
  /** When there is one, it and not the name picks the disk. */
  readonly serial?: Maybe<Scalars['String']['output']>;
};

/** A file of a boot environment. */
export type EnvironmentFile = {
  readonly __typename?: 'EnvironmentFile';
  /** Its size. */
  readonly bytes: Scalars['ByteCount']['output'];
  /** As the script names it. */
  readonly name: Scalars['String']['output'];
  /** Of its content. */
  readonly sha256: Scalars['Sha256']['output'];
};

/** What a boot environment is for. */
export type EnvironmentPurpose =
  /** Writing an operating system. */
  | 'DEPLOY'
  /** Finding out what a machine is made of. */
  | 'DISCOVER'
  /** Starting what is on the disk. */
  | 'LOCAL_DISK';

/** One published version of a boot environment. */
export type EnvironmentVersion = {
  readonly __typename?: 'EnvironmentVersion';
  /** Of its manifest. */
  readonly digest: Scalars['Sha256']['output'];
  /** The boot environment. */
  readonly name: Scalars['String']['output'];
  /** From 1. */
  readonly version: Scalars['Int']['output'];
};

/** A fact in the log. It never changes. */
export type Event = Node & {
  readonly __typename?: 'Event';
  /** Who is responsible: `user:ada`, `machine:<uuid>`, `client:<mac>`, `system`. */
  readonly actor: Scalars['String']['output'];
  /** The event or request that led directly to this event. */
  readonly causationId: Scalars['String']['output'];
  /** The same for everything that followed from one first cause, such as a run or a boot. */
  readonly correlationId: Scalars['String']['output'];
  /** The particulars, as they were recorded. */
  readonly data: Scalars['JSON']['output'];
  /** The UUID inside `id`. Causation ids refer to it. */
  readonly eventId: Scalars['String']['output'];
  /** Over this event and the hash of the event before it in its stream. */
  readonly hash: Scalars['Sha256']['output'];
  /** Opaque. */
  readonly id: Scalars['ID']['output'];
  /** Place in the log. */
  readonly position: Scalars['EventPosition']['output'];
  /** Why, in the words of the person who asked; null when nobody said. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** Place in its stream, from 0. */
  readonly revision: Scalars['Int']['output'];
  /** The version of the shape of `data`, from 1. */
  readonly schema: Scalars['Int']['output'];
  /** The part of the service that spoke: `graphql`, `dhcp`, `tftp`, `boot`, `agent`, `system`. */
  readonly source: Scalars['String']['output'];
  /** The network address that the request came from; null when there was none. */
  readonly sourceAddress?: Maybe<Scalars['String']['output']>;
  /** What it is about: `machine-<uuid>`, `address-<ip>`, `boot-<mac>`. */
  readonly stream: Scalars['String']['output'];
  /** When it was recorded. */
  readonly time: Scalars['DateTime']['output'];
  /** What happened, in the past tense: `LeaseGranted`. */
  readonly type: Scalars['String']['output'];
};

/** A page of events. */
export type EventConnection = {
  readonly __typename?: 'EventConnection';
  /** The events and their cursors. */
  readonly edges: ReadonlyArray<EventEdge>;
  /** The events alone. */
  readonly nodes: ReadonlyArray<Event>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
};

/** An event in a page. */
export type EventEdge = {
  readonly __typename?: 'EventEdge';
  /** Hand it back as `after` to go on behind this event. */
  readonly cursor: Scalars['String']['output'];
  /** The event. */
  readonly node: Event;
};

/** What a feed carries. Every item has a `position` to resume from. */
export type EventFeedItem = CaughtUp | Event | Heartbeat;

/** Which events. All given conditions must hold. */
export type EventFilter = {
  /** By this actor. */
  readonly actor?: InputMaybe<Scalars['String']['input']>;
  /** With this correlation id. */
  readonly correlationId?: InputMaybe<Scalars['String']['input']>;
  /** Not earlier than this. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Of this stream. */
  readonly stream?: InputMaybe<Scalars['String']['input']>;
  /** Earlier than this. */
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
  /** Of any of these types. */
  readonly types?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** A kind of firmware. */
export type FirmwareKind =
  /** Legacy BIOS. */
  | 'BIOS'
  /** UEFI. */
  | 'UEFI';

/** Nothing happened for a while; the feed lives. */
export type Heartbeat = {
  readonly __typename?: 'Heartbeat';
  /** How far the feed has looked. */
  readonly position: Scalars['EventPosition']['output'];
};

/** How a disk image is packed. */
export type ImageFormat =
  /** RFC 1952. */
  | 'GZIP'
  /** Not at all. */
  | 'RAW'
  /** RFC 8878. */
  | 'ZSTD';

/** What the discovery agent found. Strings come from firmware and devices: treat them as untrusted. */
export type Inventory = {
  readonly __typename?: 'Inventory';
  /** The packages that the agent was built of. */
  readonly agentPackages: ReadonlyArray<AgentPackage>;
  /** The processors. */
  readonly cpu: Cpu;
  /** The disks, in the kernel's order. */
  readonly disks: ReadonlyArray<Disk>;
  /** How the machine was started when it was looked at. */
  readonly firmware: FirmwareKind;
  /** The network interfaces, in the kernel's order. */
  readonly interfaces: ReadonlyArray<NetworkInterface>;
  /** Memory that the kernel sees. */
  readonly memoryBytes: Scalars['ByteCount']['output'];
  /** Whether Secure Boot was on; null where the firmware has no such thing. */
  readonly secureBoot?: Maybe<Scalars['Boolean']['output']>;
  /** What the firmware says of the machine. */
  readonly smbios: Smbios;
};

/** What the service knows of one address. */
export type Lease = Node & {
  readonly __typename?: 'Lease';
  /** The address. */
  readonly address: Scalars['IPv4']['output'];
  /** Who holds the lease; when there is none, who held it last or declined it; null when nobody ever did. */
  readonly holder?: Maybe<LeaseHolder>;
  /** Opaque. It names the address, whoever holds it. */
  readonly id: Scalars['ID']['output'];
  /** The length of the lease that was granted; null when there is none. */
  readonly leaseSeconds?: Maybe<Scalars['Int']['output']>;
  /** The machine that the holder's interface belongs to; null when it belongs to none. */
  readonly machine?: Maybe<Machine>;
  /** Of the newest event of the address's stream. */
  readonly position: Scalars['EventPosition']['output'];
  /** The relay that the request came through; null when it came from the wire itself. */
  readonly relay?: Maybe<Scalars['IPv4']['output']>;
  /** The interface that alone may lease it; null when it is not reserved. */
  readonly reservedFor?: Maybe<Scalars['MAC']['output']>;
  /** Of the address's stream, from 0. Hand it back as `expectedRevision`. */
  readonly revision: Scalars['Int']['output'];
  /** Whether somebody may use it. */
  readonly status: LeaseStatus;
  /** The name of the subnet that it belongs to. */
  readonly subnet: Scalars['String']['output'];
  /** When leased: the end of the lease. When declined: the end of the quarantine. Null otherwise. */
  readonly until?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of addresses. */
export type LeaseConnection = {
  readonly __typename?: 'LeaseConnection';
  /** The addresses and their cursors. */
  readonly edges: ReadonlyArray<LeaseEdge>;
  /** The addresses alone. */
  readonly nodes: ReadonlyArray<Lease>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
};

/** An address in a page. */
export type LeaseEdge = {
  readonly __typename?: 'LeaseEdge';
  /** Hand it back as `after` to go on behind this address. */
  readonly cursor: Scalars['String']['output'];
  /** The address. */
  readonly node: Lease;
};

/** Which addresses. All given conditions must hold. */
export type LeaseFilter = {
  /** This address. */
  readonly address?: InputMaybe<Scalars['IPv4']['input']>;
  /** That this interface holds, held last or declined. */
  readonly mac?: InputMaybe<Scalars['MAC']['input']>;
  /** Set aside for this interface. */
  readonly reservedFor?: InputMaybe<Scalars['MAC']['input']>;
  /** In this condition. */
  readonly status?: InputMaybe<LeaseStatus>;
  /** Of the subnet of this name. */
  readonly subnet?: InputMaybe<Scalars['String']['input']>;
};

/** The client of a lease, as it named itself. */
export type LeaseHolder = {
  readonly __typename?: 'LeaseHolder';
  /** DHCP option 61 in hex; null when it sent none. */
  readonly clientId?: Maybe<Scalars['String']['output']>;
  /** DHCP option 12 as a DNS label; null when it sent none. */
  readonly hostname?: Maybe<Scalars['String']['output']>;
  /** Its hardware address. */
  readonly mac: Scalars['MAC']['output'];
};

/** What a mutation answers about an address. */
export type LeasePayload = MutationPayload & {
  readonly __typename?: 'LeasePayload';
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** The address after the change; null when there is nothing to tell of it, or when the change was refused. */
  readonly lease?: Maybe<Lease>;
  /** Where in the log the outcome stands; null when nothing was recorded. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** Why nothing was done. Empty when the mutation was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Whether somebody may use an address. */
export type LeaseStatus =
  /** It was found in use by a stranger, and rests. */
  | 'DECLINED'
  /** Nobody has it. */
  | 'FREE'
  /** Its holder may use it. */
  | 'LEASED';

/** Refuses everything that would change what is on the machine's disks. */
export type LockMachineInput = {
  /** Refuse unless the machine's stream is at this revision. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its `id`, or its bare UUID. */
  readonly machineId: Scalars['ID']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** A machine that the service has seen. */
export type Machine = Node & {
  readonly __typename?: 'Machine';
  /** What its firmware can boot; null when it never said. */
  readonly architecture?: Maybe<Architecture>;
  /** When the newest event of its stream was recorded. */
  readonly changedAt: Scalars['DateTime']['output'];
  /** When it was discovered. */
  readonly discoveredAt: Scalars['DateTime']['output'];
  /** Why it failed or was quarantined; null in every other state. */
  readonly failure?: Maybe<MachineFailure>;
  /** Opaque. Mutations take it as `machineId`. */
  readonly id: Scalars['ID']['output'];
  /** What the discovery agent found; null until it has reported. */
  readonly inventory?: Maybe<Inventory>;
  /** While true, nothing may be asked of it that would change what is on its disks. */
  readonly locked: Scalars['Boolean']['output'];
  /** The UUID inside `id`; the machine's stream is `machine-` and this. */
  readonly machineId: Scalars['String']['output'];
  /** Its interfaces: the one that it was discovered by, then those that its inventory added. */
  readonly macs: ReadonlyArray<Scalars['MAC']['output']>;
  /** What operators call it, also its host name; null until it has been named. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Of the newest event of its stream. */
  readonly position: Scalars['EventPosition']['output'];
  /** Of its stream, from 0. Hand it back as `expectedRevision`. */
  readonly revision: Scalars['Int']['output'];
  /** The run that it belongs to, or else its last one; null when there was none. */
  readonly run?: Maybe<Run>;
  /** Its runs, newest first. */
  readonly runs: RunConnection;
  /** Where it is in its life. */
  readonly state: MachineState;
  /** Everything that happened to it: the events of its own stream and the boots of its interfaces, oldest first. */
  readonly timeline: TimelineConnection;
};


/** A machine that the service has seen. */
export type MachineRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};


/** A machine that the service has seen. */
export type MachineTimelineArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};

/** A page of machines. */
export type MachineConnection = {
  readonly __typename?: 'MachineConnection';
  /** The machines and their cursors. */
  readonly edges: ReadonlyArray<MachineEdge>;
  /** The machines alone. */
  readonly nodes: ReadonlyArray<Machine>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
};

/** A machine in a page. */
export type MachineEdge = {
  readonly __typename?: 'MachineEdge';
  /** Hand it back as `after` to go on behind this machine. */
  readonly cursor: Scalars['String']['output'];
  /** The machine. */
  readonly node: Machine;
};

/** Why a machine is failed or quarantined. */
export type MachineFailure = {
  readonly __typename?: 'MachineFailure';
  /** Stable; null when the machine was quarantined without a failed run. */
  readonly code?: Maybe<DeploymentFailureCode>;
  /** For people; may change. */
  readonly message: Scalars['String']['output'];
};

/** Which machines. All given conditions must hold. */
export type MachineFilter = {
  /** With this interface. */
  readonly mac?: InputMaybe<Scalars['MAC']['input']>;
  /** With this name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** In any of these states. */
  readonly states?: InputMaybe<ReadonlyArray<MachineState>>;
};

/** What a mutation answers about a machine. */
export type MachinePayload = MutationPayload & {
  readonly __typename?: 'MachinePayload';
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** The machine after the change; null when there is none, or when the change was refused. */
  readonly machine?: Maybe<Machine>;
  /** Where in the log the outcome stands; null when nothing was recorded. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** Why nothing was done. Empty when the mutation was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Where a machine is in its life. */
export type MachineState =
  /** It is to boot into a run, and has not reported yet. */
  | 'ALLOCATED'
  /** It runs what was deployed. */
  | 'DEPLOYED'
  /** Its agent is at work. */
  | 'DEPLOYING'
  /** It booted once, and nobody allowed anything yet. */
  | 'DISCOVERED'
  /** Its last run failed; approve it to try again. */
  | 'FAILED'
  /** Nobody can vouch for it; approve it when you can. */
  | 'QUARANTINED'
  /** It may be deployed. */
  | 'READY'
  /** It is gone. */
  | 'RETIRED';

/** A moment in the past: exactly one of its fields. */
export type Moment =
  /** Right after the event at this place in the log. */
  { readonly position: Scalars['EventPosition']['input']; readonly time?: never; }
  |  /** After the last event that is not later than this. */
  { readonly position?: never; readonly time: Scalars['DateTime']['input']; };

/** What can be done. Every mutation takes one `input` and answers a payload. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Allows a machine to be deployed, and names it. Approving it again changes nothing. */
  readonly approveMachine: MachinePayload;
  /** Replaces a subnet's definition as a whole. Leases keep what they were granted with. */
  readonly changeSubnet: SubnetPayload;
  /** Says that the clock is right after it jumped. */
  readonly confirmClock: ServicePayload;
  /** Starts to serve a subnet. */
  readonly defineSubnet: SubnetPayload;
  /** Asks for an image to be written to a disk: at the machine's next boot, once. */
  readonly deployMachine: DeployMachinePayload;
  /** Refuses everything that would change what is on the machine's disks. */
  readonly lockMachine: MachinePayload;
  /** Builds a read model again from the log, compares it with the one in use, and takes its place. */
  readonly rebuildView: RebuildViewPayload;
  /** Gives a reserved address back to the subnet. */
  readonly removeReservation: LeasePayload;
  /** Sets an address aside for one interface. */
  readonly reserveAddress: LeasePayload;
  /** Forgets the machine: its name and its interfaces are free for others. */
  readonly retireMachine: MachinePayload;
  /** Serves a subnet no more. */
  readonly retireSubnet: SubnetPayload;
  /** Lets a restored service act again. Ends every intent of the time before. */
  readonly startEffectsEpoch: ServicePayload;
  /** Lifts the lock. */
  readonly unlockMachine: MachinePayload;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationApproveMachineArgs = {
  input: ApproveMachineInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationChangeSubnetArgs = {
  input: ChangeSubnetInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationConfirmClockArgs = {
  input: ConfirmClockInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationDefineSubnetArgs = {
  input: DefineSubnetInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationDeployMachineArgs = {
  input: DeployMachineInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationLockMachineArgs = {
  input: LockMachineInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationRebuildViewArgs = {
  input: RebuildViewInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationRemoveReservationArgs = {
  input: RemoveReservationInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationReserveAddressArgs = {
  input: ReserveAddressInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationRetireMachineArgs = {
  input: RetireMachineInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationRetireSubnetArgs = {
  input: RetireSubnetInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationStartEffectsEpochArgs = {
  input: StartEffectsEpochInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationUnlockMachineArgs = {
  input: UnlockMachineInput;
};

/** What every payload says. */
export type MutationPayload = {
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** Where in the log the outcome stands; null when nothing was recorded. Hand it to a query as `minPosition`. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** Why nothing was done. Empty when the mutation was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A network interface as the agent's kernel shows it. */
export type NetworkInterface = {
  readonly __typename?: 'NetworkInterface';
  /** The kernel driver; null when there is none. */
  readonly driver?: Maybe<Scalars['String']['output']>;
  /** Its hardware address. */
  readonly mac: Scalars['MAC']['output'];
  /** The kernel's name: `eth0`. */
  readonly name: Scalars['String']['output'];
};

/** Something with an id of its own. */
export type Node = {
  /** Opaque, unique among all objects, and the same for ever. */
  readonly id: Scalars['ID']['output'];
};

/** Where a page of a connection lies. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Hand it back as `after` to go on; null when the page is empty. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more follows after `endCursor`. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether something precedes this page. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the page's first element; null when the page is empty. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type Query = {
  readonly __typename?: 'Query';
  /** The boot environments that were published, in the order of their names. */
  readonly bootEnvironments: BootEnvironmentConnection;
  /** Events in the order of the log. */
  readonly events: EventConnection;
  /** Addresses that something ever happened to, in the order of the addresses. */
  readonly leases: LeaseConnection;
  /**
   * One machine, named by exactly one of `id`, `name` and `mac`; null when there is none. With `at`, as it was: folded
   * from its events.
   */
  readonly machine?: Maybe<Machine>;
  /** Machines in the order in which they were discovered. */
  readonly machines: MachineConnection;
  /** The newest place in the log; null when the log is empty. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** One run by its id; null when there is none. */
  readonly run?: Maybe<Run>;
  /** Runs, newest first. */
  readonly runs: RunConnection;
  /** How the service is doing. */
  readonly service: ServiceStatus;
  /** One subnet by its name; null when none is served under it. */
  readonly subnet?: Maybe<Subnet>;
  /** The subnets that are served, in the order of their names. */
  readonly subnets: SubnetConnection;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryBootEnvironmentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<EventFilter>;
  first: Scalars['Int']['input'];
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryLeasesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<LeaseFilter>;
  first: Scalars['Int']['input'];
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryMachineArgs = {
  at?: InputMaybe<Moment>;
  id?: InputMaybe<Scalars['ID']['input']>;
  mac?: InputMaybe<Scalars['MAC']['input']>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryMachinesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MachineFilter>;
  first: Scalars['Int']['input'];
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryRunArgs = {
  id: Scalars['ID']['input'];
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RunFilter>;
  first: Scalars['Int']['input'];
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QuerySubnetArgs = {
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  name: Scalars['String']['input'];
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QuerySubnetsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
};

/** Builds a read model again. */
export type RebuildViewInput = {
  /** Has no effect: a rebuild decides on no stream. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Has no effect: a rebuild records nothing and may always be repeated. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Has no effect: a rebuild records nothing. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Its name, as `ServiceStatus.views` shows it. */
  readonly view: Scalars['String']['input'];
};

/** What `rebuildView` answers. */
export type RebuildViewPayload = MutationPayload & {
  readonly __typename?: 'RebuildViewPayload';
  /** The id of the request; a rebuild records nothing. */
  readonly correlationId: Scalars['String']['output'];
  /** Of the rows in the order of their keys, equal in both; null when they differ. */
  readonly digest?: Maybe<Scalars['Sha256']['output']>;
  /** The place in the log at which both were compared; null when it did not come to that. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** Why the view in use was kept. Empty when the new one took its place. */
  readonly userErrors: ReadonlyArray<UserError>;
  /** The view; null when there is none of this name. */
  readonly view?: Maybe<ViewStatus>;
};

/** Gives a reserved address back to the subnet. */
export type RemoveReservationInput = {
  /** The address. */
  readonly address: Scalars['IPv4']['input'];
  /** Refuse unless the address's stream is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Sets an address aside for one interface. */
export type ReserveAddressInput = {
  /** The address, inside a subnet that is served. */
  readonly address: Scalars['IPv4']['input'];
  /** Refuse unless the address's stream is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The interface that alone may lease it. */
  readonly mac: Scalars['MAC']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Forgets the machine. */
export type RetireMachineInput = {
  /** Refuse unless the machine's stream is at this revision. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its `id`, or its bare UUID. */
  readonly machineId: Scalars['ID']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Serves a subnet no more. */
export type RetireSubnetInput = {
  /** Refuse unless the stream of all subnets is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Which subnet. */
  readonly name: Scalars['String']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** One attempt to bring one machine into a wanted state, from the boot intent to its end. */
export type Run = Node & {
  readonly __typename?: 'Run';
  /** The boots that it caused, and the first one after its end, oldest first. At most 50. */
  readonly boots: ReadonlyArray<Boot>;
  /** Where it writes. */
  readonly disk: DiskTarget;
  /** When it ended; null until then. */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What it boots into, pinned to one version. */
  readonly environment: EnvironmentVersion;
  /** Everything that happened because of it, in the order of the log. */
  readonly events: EventConnection;
  /** Why it failed; null when it did not. */
  readonly failure?: Maybe<RunFailure>;
  /** Opaque. */
  readonly id: Scalars['ID']['output'];
  /** What it writes. */
  readonly image: DiskImage;
  /** The machine; null when it is not shown any more. */
  readonly machine?: Maybe<Machine>;
  /** When it was asked for. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** The UUID inside `id`. It is the correlation id of everything that happened because of the run. */
  readonly runId: Scalars['String']['output'];
  /** The last stage that the agent reported; null before the first. */
  readonly stage?: Maybe<DeploymentStage>;
  /** Bytes of the unpacked image that were written or read back in that stage; null where the stage counts none. */
  readonly stageBytes?: Maybe<Scalars['ByteCount']['output']>;
  /** When its agent first reported; null until then. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How far it came. */
  readonly state: RunState;
};


/** One attempt to bring one machine into a wanted state, from the boot intent to its end. */
export type RunEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
};

/** A page of runs. */
export type RunConnection = {
  readonly __typename?: 'RunConnection';
  /** The runs and their cursors. */
  readonly edges: ReadonlyArray<RunEdge>;
  /** The runs alone. */
  readonly nodes: ReadonlyArray<Run>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
};

/** A run in a page. */
export type RunEdge = {
  readonly __typename?: 'RunEdge';
  /** Hand it back as `after` to go on behind this run. */
  readonly cursor: Scalars['String']['output'];
  /** The run. */
  readonly node: Run;
};

/** Why a run failed. */
export type RunFailure = {
  readonly __typename?: 'RunFailure';
  /** Stable. */
  readonly code: DeploymentFailureCode;
  /** For people; may change. */
  readonly message: Scalars['String']['output'];
};

/** Which runs. All given conditions must hold. */
export type RunFilter = {
  /** Of this machine. */
  readonly machineId?: InputMaybe<Scalars['ID']['input']>;
  /** In any of these states. */
  readonly states?: InputMaybe<ReadonlyArray<RunState>>;
};

/** How far a run came. */
export type RunState =
  /** The machine is to boot into it. */
  | 'ALLOCATED'
  /** The disk read back as the image. */
  | 'COMPLETED'
  /** Its agent is at work. */
  | 'DEPLOYING'
  /** It ended without doing what it was to do. */
  | 'FAILED';

/** What a mutation answers about the service. */
export type ServicePayload = MutationPayload & {
  readonly __typename?: 'ServicePayload';
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** Where in the log the outcome stands; null when nothing was recorded. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** The service after the change; null when the change was refused. */
  readonly service?: Maybe<ServiceStatus>;
  /** Why nothing was done. Empty when the mutation was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** How the service is doing. */
export type ServiceStatus = {
  readonly __typename?: 'ServiceStatus';
  /** False after the clock jumped, until somebody confirms it or one lease time has passed. */
  readonly clockSteady: Scalars['Boolean']['output'];
  /** How many effects epochs were started. */
  readonly epoch: Scalars['Int']['output'];
  /** While true, the log is a restored copy: every boot is the disk, until an operator starts an effects epoch. */
  readonly fenced: Scalars['Boolean']['output'];
  /** What was restored and how it was noticed; null when the service is not fenced. */
  readonly fencedBecause?: Maybe<Scalars['String']['output']>;
  /** The newest place in the log; null when the log is empty. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** The read models. */
  readonly views: ReadonlyArray<ViewStatus>;
};

/** System information of SMBIOS. */
export type Smbios = {
  readonly __typename?: 'Smbios';
  /** Null when the firmware names none. */
  readonly manufacturer?: Maybe<Scalars['String']['output']>;
  /** Null when the firmware names none. */
  readonly product?: Maybe<Scalars['String']['output']>;
  /** Null when the firmware names none. */
  readonly serial?: Maybe<Scalars['String']['output']>;
  /** The system's UUID; null when it has none. It confirms an identity and establishes none. */
  readonly uuid?: Maybe<Scalars['String']['output']>;
};

/** Lets a restored service act again. */
export type StartEffectsEpochInput = {
  /** Refuse unless the stream `system` is at this revision. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** A subnet as the DHCP service serves it. */
export type Subnet = Node & {
  readonly __typename?: 'Subnet';
  /** The network. */
  readonly cidr: Scalars['CIDR']['output'];
  /** Most preferred first. */
  readonly dnsServers: ReadonlyArray<Scalars['IPv4']['output']>;
  /** The domain that clients are told; null when they are told none. */
  readonly domainName?: Maybe<Scalars['String']['output']>;
  /** Opaque. */
  readonly id: Scalars['ID']['output'];
  /** How long a lease lasts. */
  readonly leaseSeconds: Scalars['Int']['output'];
  /** What operators call it. It never changes. */
  readonly name: Scalars['String']['output'];
  /** Addresses that may be leased to whoever asks. */
  readonly ranges: ReadonlyArray<AddressRange>;
  /** Most preferred first. */
  readonly routers: ReadonlyArray<Scalars['IPv4']['output']>;
  /** What a machine gets to boot that nobody knows. */
  readonly unknownMachines: UnknownMachinePolicy;
  /** How full it is. */
  readonly usage: SubnetUsage;
};

/** A page of subnets. */
export type SubnetConnection = {
  readonly __typename?: 'SubnetConnection';
  /** The subnets and their cursors. */
  readonly edges: ReadonlyArray<SubnetEdge>;
  /** The subnets alone. */
  readonly nodes: ReadonlyArray<Subnet>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** Of the stream that all subnets share, from 0, -1 when there is none. Hand it back as `expectedRevision`. */
  readonly revision: Scalars['Int']['output'];
};

/** A subnet in a page. */
export type SubnetEdge = {
  readonly __typename?: 'SubnetEdge';
  /** Hand it back as `after` to go on behind this subnet. */
  readonly cursor: Scalars['String']['output'];
  /** The subnet. */
  readonly node: Subnet;
};

/** What a mutation answers about a subnet. */
export type SubnetPayload = MutationPayload & {
  readonly __typename?: 'SubnetPayload';
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** Where in the log the outcome stands; null when nothing was recorded. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** The subnet after the change; null when it is not served, or when the change was refused. */
  readonly subnet?: Maybe<Subnet>;
  /** Why nothing was done. Empty when the mutation was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** How full a subnet is, in addresses. */
export type SubnetUsage = {
  readonly __typename?: 'SubnetUsage';
  /** Found in use by strangers. */
  readonly declined: Scalars['Int']['output'];
  /** With a lease. */
  readonly leased: Scalars['Int']['output'];
  /** Set aside for one interface, leased or not. */
  readonly reserved: Scalars['Int']['output'];
  /** Addresses in its ranges. */
  readonly total: Scalars['Int']['output'];
};

/** What can be followed. */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * The log from a place on, in its order, without loss or duplicate, and then live. Keep the `position` of the last
   * item, and hand it back as `after` when the connection breaks.
   */
  readonly events: EventFeedItem;
};


/** What can be followed. */
export type SubscriptionEventsArgs = {
  after?: InputMaybe<Scalars['EventPosition']['input']>;
  filter?: InputMaybe<EventFilter>;
};

/** A page of a machine's timeline. */
export type TimelineConnection = {
  readonly __typename?: 'TimelineConnection';
  /** The entries and their cursors. */
  readonly edges: ReadonlyArray<TimelineEdge>;
  /** The entries alone. */
  readonly nodes: ReadonlyArray<TimelineEntry>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
};

/** An entry in a page. */
export type TimelineEdge = {
  readonly __typename?: 'TimelineEdge';
  /** Hand it back as `after` to go on behind this entry. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: TimelineEntry;
};

/** Something that happened to a machine, or to one of its interfaces while it belonged to the machine. */
export type TimelineEntry = {
  readonly __typename?: 'TimelineEntry';
  /** Who is responsible. */
  readonly actor: Scalars['String']['output'];
  /** The boot that it belongs to: the id of the event which that boot began with; null when it belongs to none. */
  readonly bootId?: Maybe<Scalars['String']['output']>;
  /** What the event says, cut to a line. */
  readonly detail: Scalars['JSON']['output'];
  /** The event itself, whole. */
  readonly event: Event;
  /** The interface that it happened to; null when it happened to the machine. */
  readonly mac?: Maybe<Scalars['MAC']['output']>;
  /** Place in the log. */
  readonly position: Scalars['EventPosition']['output'];
  /** The run that it belongs to; null when it belongs to none. */
  readonly run?: Maybe<Run>;
  /** When it was recorded. */
  readonly time: Scalars['DateTime']['output'];
  /** What happened, in the past tense: `BootScriptServed`. */
  readonly type: Scalars['String']['output'];
};

/** What a machine gets to boot that nobody knows. */
export type UnknownMachinePolicy =
  /** The discovery agent. */
  | 'DISCOVER'
  /** Its own disk. */
  | 'LOCAL_DISK';

/** Lifts the lock. */
export type UnlockMachineInput = {
  /** Refuse unless the machine's stream is at this revision. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its `id`, or its bare UUID. */
  readonly machineId: Scalars['ID']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** A refusal that the caller can act on. */
export type UserError = {
  readonly __typename?: 'UserError';
  /** Stable. Programs look at this. */
  readonly code: UserErrorCode;
  /** The input field at fault, such as `machineId`; null when it is not one field's. */
  readonly field?: Maybe<Scalars['String']['output']>;
  /** What is wrong, with the value at fault. For people; may change. */
  readonly message: Scalars['String']['output'];
  /** What to do instead; null when the message says it all. */
  readonly remedy?: Maybe<Scalars['String']['output']>;
};

/** Why a mutation was refused. Stable. */
export type UserErrorCode =
  /** The address was found in use by a stranger, and rests. */
  | 'ADDRESS_DECLINED'
  /** The address is a router's. */
  | 'ADDRESS_IS_ROUTER'
  /** Another client holds the lease, or held it a moment ago. */
  | 'ADDRESS_LEASED'
  /** The address is not one that a machine of a served subnet can have. */
  | 'ADDRESS_OUTSIDE_SUBNET'
  /** The address is set aside for another interface. */
  | 'ADDRESS_RESERVED'
  /** More than one disk answers to what was asked for. */
  | 'DISK_AMBIGUOUS'
  /** The inventory has no disk that could be written. */
  | 'DISK_MISSING'
  /** The machine has no disk of this serial number or name. */
  | 'DISK_UNKNOWN'
  /** The boot environment is not there to write an operating system. */
  | 'ENVIRONMENT_NOT_DEPLOYABLE'
  /** No boot environment of this name was published. */
  | 'ENVIRONMENT_UNKNOWN'
  /** The idempotency key was used before, with another input. */
  | 'IDEMPOTENCY_KEY_REUSED'
  /** The images folder has no such file. */
  | 'IMAGE_UNKNOWN'
  /** The file is not packed as its name says, or is no plain file. */
  | 'IMAGE_UNUSABLE'
  /** A field of the input is not of the form that it asks for. */
  | 'INPUT_INVALID'
  /** The run's agent has said hello. Only machines meet this. */
  | 'INTENT_CONSUMED'
  /** No inventory was reported: let the machine boot the discovery agent first. */
  | 'INVENTORY_MISSING'
  /** An inventory came at a time when the discovery agent cannot be running. Only agents meet this. */
  | 'INVENTORY_NOT_EXPECTED'
  /** The machine belongs to a run that has not ended. */
  | 'MACHINE_BUSY'
  /** The machine is deployed; what is on its disk would be lost. */
  | 'MACHINE_DEPLOYED'
  /** The machine is locked: unlock it first. */
  | 'MACHINE_LOCKED'
  /** The machine is not approved: approve it first. */
  | 'MACHINE_NOT_APPROVED'
  /** Somebody must vouch for the machine first, by approving it again. */
  | 'MACHINE_QUARANTINED'
  /** The machine was retired. One that comes back is discovered anew, with another id. */
  | 'MACHINE_RETIRED'
  /** No machine has this id. */
  | 'MACHINE_UNKNOWN'
  /** Another machine has the name, or had it and is still in service. */
  | 'NAME_TAKEN'
  /** There is no fence to lift: the service acts already. */
  | 'NOT_FENCED'
  /** Two ranges of the subnet share addresses. */
  | 'RANGES_OVERLAP'
  /** A range holds the subnet's network or broadcast address. */
  | 'RANGE_NOT_LEASABLE'
  /** A range reaches beyond the subnet. */
  | 'RANGE_OUTSIDE_SUBNET'
  /** A range ends before it begins. */
  | 'RANGE_REVERSED'
  /** It changed since `expectedRevision`. Read it again, decide again. */
  | 'REVISION_MISMATCH'
  /** A range would lease a router's address to a machine. */
  | 'ROUTER_IN_RANGE'
  /** A router has no host address of the subnet. */
  | 'ROUTER_OUTSIDE_SUBNET'
  /** The run has ended. Ask for another one, with another idempotency key. */
  | 'RUN_ENDED'
  /** The run's agent has not said hello. Only agents meet this. */
  | 'RUN_NOT_STARTED'
  /** The machine never had this run. Only agents meet this. */
  | 'RUN_UNKNOWN'
  /** The service acts on a restored log and changes no disk. Look at it, then start an effects epoch. */
  | 'SERVICE_FENCED'
  /** Others kept changing the same thing. Send it again. */
  | 'STREAM_BUSY'
  /** The network shares addresses with one that is served already. */
  | 'SUBNETS_OVERLAP'
  /** Another subnet has the name. */
  | 'SUBNET_EXISTS'
  /** No subnet of this name is served. */
  | 'SUBNET_UNKNOWN'
  /** The view that was built again differs from the one in use, which was kept. */
  | 'VIEW_DIFFERS'
  /** The view is being built again already, or does not follow the log. */
  | 'VIEW_UNAVAILABLE'
  /** There is no view of this name. */
  | 'VIEW_UNKNOWN';

/** How a read model is doing. */
export type ViewState =
  /** It reads what was in the log before it started. */
  | 'CATCHING_UP'
  /** It shows the log but for what was recorded a moment ago. */
  | 'LIVE'
  /** Its file or the log failed; it is tried again. */
  | 'RETRYING'
  /** An event cannot be applied. It shows what was before, until a release that can. */
  | 'STOPPED';

/** A read model. */
export type ViewStatus = {
  readonly __typename?: 'ViewStatus';
  /** Of its file, from 1. Each rebuild makes one more. */
  readonly generation: Scalars['Int']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** The last event that it shows; null when it shows none yet. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** How it is doing. */
  readonly state: ViewState;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;




/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  MutationPayload:
    | ( DeploymentOutcome )
    | ( AddressOutcome )
    | ( MachineOutcome )
    | ( RebuildOutcome )
    | ( ServiceOutcome )
    | ( SubnetOutcome )
  ;
  Node:
    | ( BootEnvironmentModel )
    | ( EventModel )
    | ( AddressModel )
    | ( MachineModel )
    | ( RunModel )
    | ( SubnetModel )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AddressRange: ResolverTypeWrapper<AddressRange>;
  AddressRangeInput: AddressRangeInput;
  AgentPackage: ResolverTypeWrapper<AgentPackage>;
  ApproveMachineInput: ApproveMachineInput;
  Architecture: Architecture;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Boot: ResolverTypeWrapper<Boot>;
  BootEnvironment: ResolverTypeWrapper<BootEnvironmentModel>;
  BootEnvironmentConnection: ResolverTypeWrapper<Omit<BootEnvironmentConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['BootEnvironmentEdge']>, nodes: ReadonlyArray<ResolversTypes['BootEnvironment']> }>;
  BootEnvironmentEdge: ResolverTypeWrapper<Omit<BootEnvironmentEdge, 'node'> & { node: ResolversTypes['BootEnvironment'] }>;
  BootRelation: BootRelation;
  ByteCount: ResolverTypeWrapper<Scalars['ByteCount']['output']>;
  CIDR: ResolverTypeWrapper<Scalars['CIDR']['output']>;
  CaughtUp: ResolverTypeWrapper<FeedMarkModel>;
  ChangeSubnetInput: ChangeSubnetInput;
  ConfirmClockInput: ConfirmClockInput;
  Cpu: ResolverTypeWrapper<Cpu>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DefineSubnetInput: DefineSubnetInput;
  DeployMachineInput: DeployMachineInput;
  DeployMachinePayload: ResolverTypeWrapper<DeploymentOutcome>;
  DeploymentFailureCode: DeploymentFailureCode;
  DeploymentStage: DeploymentStage;
  Disk: ResolverTypeWrapper<Disk>;
  DiskImage: ResolverTypeWrapper<DiskImage>;
  DiskImageInput: DiskImageInput;
  DiskTarget: ResolverTypeWrapper<DiskTarget>;
  EnvironmentFile: ResolverTypeWrapper<EnvironmentFile>;
  EnvironmentPurpose: EnvironmentPurpose;
  EnvironmentVersion: ResolverTypeWrapper<EnvironmentVersion>;
  Event: ResolverTypeWrapper<EventModel>;
  EventConnection: ResolverTypeWrapper<Omit<EventConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['EventEdge']>, nodes: ReadonlyArray<ResolversTypes['Event']> }>;
  EventEdge: ResolverTypeWrapper<Omit<EventEdge, 'node'> & { node: ResolversTypes['Event'] }>;
  EventFeedItem: ResolverTypeWrapper<FeedItemModel>;
  EventFilter: EventFilter;
  EventPosition: ResolverTypeWrapper<Scalars['EventPosition']['output']>;
  FirmwareKind: FirmwareKind;
  Heartbeat: ResolverTypeWrapper<FeedMarkModel>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  IPv4: ResolverTypeWrapper<Scalars['IPv4']['output']>;
  ImageFormat: ImageFormat;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Inventory: ResolverTypeWrapper<InventoryModel>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Lease: ResolverTypeWrapper<AddressModel>;
  LeaseConnection: ResolverTypeWrapper<Omit<LeaseConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['LeaseEdge']>, nodes: ReadonlyArray<ResolversTypes['Lease']> }>;
  LeaseEdge: ResolverTypeWrapper<Omit<LeaseEdge, 'node'> & { node: ResolversTypes['Lease'] }>;
  LeaseFilter: LeaseFilter;
  LeaseHolder: ResolverTypeWrapper<LeaseHolder>;
  LeasePayload: ResolverTypeWrapper<AddressOutcome>;
  LeaseStatus: LeaseStatus;
  LockMachineInput: LockMachineInput;
  MAC: ResolverTypeWrapper<Scalars['MAC']['output']>;
  Machine: ResolverTypeWrapper<MachineModel>;
  MachineConnection: ResolverTypeWrapper<Omit<MachineConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['MachineEdge']>, nodes: ReadonlyArray<ResolversTypes['Machine']> }>;
  MachineEdge: ResolverTypeWrapper<Omit<MachineEdge, 'node'> & { node: ResolversTypes['Machine'] }>;
  MachineFailure: ResolverTypeWrapper<MachineFailure>;
  MachineFilter: MachineFilter;
  MachinePayload: ResolverTypeWrapper<MachineOutcome>;
  MachineState: MachineState;
  Moment: Moment;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  MutationPayload: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['MutationPayload']>;
  NetworkInterface: ResolverTypeWrapper<NetworkInterface>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RebuildViewInput: RebuildViewInput;
  RebuildViewPayload: ResolverTypeWrapper<RebuildOutcome>;
  RemoveReservationInput: RemoveReservationInput;
  ReserveAddressInput: ReserveAddressInput;
  RetireMachineInput: RetireMachineInput;
  RetireSubnetInput: RetireSubnetInput;
  Run: ResolverTypeWrapper<RunModel>;
  RunConnection: ResolverTypeWrapper<Omit<RunConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['RunEdge']>, nodes: ReadonlyArray<ResolversTypes['Run']> }>;
  RunEdge: ResolverTypeWrapper<Omit<RunEdge, 'node'> & { node: ResolversTypes['Run'] }>;
  RunFailure: ResolverTypeWrapper<RunFailure>;
  RunFilter: RunFilter;
  RunState: RunState;
  ServicePayload: ResolverTypeWrapper<ServiceOutcome>;
  ServiceStatus: ResolverTypeWrapper<ServiceModel>;
  Sha256: ResolverTypeWrapper<Scalars['Sha256']['output']>;
  Smbios: ResolverTypeWrapper<Smbios>;
  StartEffectsEpochInput: StartEffectsEpochInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subnet: ResolverTypeWrapper<SubnetModel>;
  SubnetConnection: ResolverTypeWrapper<Omit<SubnetConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['SubnetEdge']>, nodes: ReadonlyArray<ResolversTypes['Subnet']> }>;
  SubnetEdge: ResolverTypeWrapper<Omit<SubnetEdge, 'node'> & { node: ResolversTypes['Subnet'] }>;
  SubnetPayload: ResolverTypeWrapper<SubnetOutcome>;
  SubnetUsage: ResolverTypeWrapper<SubnetUsage>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TimelineConnection: ResolverTypeWrapper<Omit<TimelineConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['TimelineEdge']>, nodes: ReadonlyArray<ResolversTypes['TimelineEntry']> }>;
  TimelineEdge: ResolverTypeWrapper<Omit<TimelineEdge, 'node'> & { node: ResolversTypes['TimelineEntry'] }>;
  TimelineEntry: ResolverTypeWrapper<TimelineEntryModel>;
  UnknownMachinePolicy: UnknownMachinePolicy;
  UnlockMachineInput: UnlockMachineInput;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
  ViewState: ViewState;
  ViewStatus: ResolverTypeWrapper<ViewModel>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AddressRange: AddressRange;
  AddressRangeInput: AddressRangeInput;
  AgentPackage: AgentPackage;
  ApproveMachineInput: ApproveMachineInput;
  Boolean: Scalars['Boolean']['output'];
  Boot: Boot;
  BootEnvironment: BootEnvironmentModel;
  BootEnvironmentConnection: Omit<BootEnvironmentConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['BootEnvironmentEdge']>, nodes: ReadonlyArray<ResolversParentTypes['BootEnvironment']> };
  BootEnvironmentEdge: Omit<BootEnvironmentEdge, 'node'> & { node: ResolversParentTypes['BootEnvironment'] };
  ByteCount: Scalars['ByteCount']['output'];
  CIDR: Scalars['CIDR']['output'];
  CaughtUp: FeedMarkModel;
  ChangeSubnetInput: ChangeSubnetInput;
  ConfirmClockInput: ConfirmClockInput;
  Cpu: Cpu;
  DateTime: Scalars['DateTime']['output'];
  DefineSubnetInput: DefineSubnetInput;
  DeployMachineInput: DeployMachineInput;
  DeployMachinePayload: DeploymentOutcome;
  Disk: Disk;
  DiskImage: DiskImage;
  DiskImageInput: DiskImageInput;
  DiskTarget: DiskTarget;
  EnvironmentFile: EnvironmentFile;
  EnvironmentVersion: EnvironmentVersion;
  Event: EventModel;
  EventConnection: Omit<EventConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['EventEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Event']> };
  EventEdge: Omit<EventEdge, 'node'> & { node: ResolversParentTypes['Event'] };
  EventFeedItem: FeedItemModel;
  EventFilter: EventFilter;
  EventPosition: Scalars['EventPosition']['output'];
  Heartbeat: FeedMarkModel;
  ID: Scalars['ID']['output'];
  IPv4: Scalars['IPv4']['output'];
  Int: Scalars['Int']['output'];
  Inventory: InventoryModel;
  JSON: Scalars['JSON']['output'];
  Lease: AddressModel;
  LeaseConnection: Omit<LeaseConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['LeaseEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Lease']> };
  LeaseEdge: Omit<LeaseEdge, 'node'> & { node: ResolversParentTypes['Lease'] };
  LeaseFilter: LeaseFilter;
  LeaseHolder: LeaseHolder;
  LeasePayload: AddressOutcome;
  LockMachineInput: LockMachineInput;
  MAC: Scalars['MAC']['output'];
  Machine: MachineModel;
  MachineConnection: Omit<MachineConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['MachineEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Machine']> };
  MachineEdge: Omit<MachineEdge, 'node'> & { node: ResolversParentTypes['Machine'] };
  MachineFailure: MachineFailure;
  MachineFilter: MachineFilter;
  MachinePayload: MachineOutcome;
  Moment: Moment;
  Mutation: Record<PropertyKey, never>;
  MutationPayload: ResolversInterfaceTypes<ResolversParentTypes>['MutationPayload'];
  NetworkInterface: NetworkInterface;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  RebuildViewInput: RebuildViewInput;
  RebuildViewPayload: RebuildOutcome;
  RemoveReservationInput: RemoveReservationInput;
  ReserveAddressInput: ReserveAddressInput;
  RetireMachineInput: RetireMachineInput;
  RetireSubnetInput: RetireSubnetInput;
  Run: RunModel;
  RunConnection: Omit<RunConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['RunEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Run']> };
  RunEdge: Omit<RunEdge, 'node'> & { node: ResolversParentTypes['Run'] };
  RunFailure: RunFailure;
  RunFilter: RunFilter;
  ServicePayload: ServiceOutcome;
  ServiceStatus: ServiceModel;
  Sha256: Scalars['Sha256']['output'];
  Smbios: Smbios;
  StartEffectsEpochInput: StartEffectsEpochInput;
  String: Scalars['String']['output'];
  Subnet: SubnetModel;
  SubnetConnection: Omit<SubnetConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['SubnetEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Subnet']> };
  SubnetEdge: Omit<SubnetEdge, 'node'> & { node: ResolversParentTypes['Subnet'] };
  SubnetPayload: SubnetOutcome;
  SubnetUsage: SubnetUsage;
  Subscription: Record<PropertyKey, never>;
  TimelineConnection: Omit<TimelineConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['TimelineEdge']>, nodes: ReadonlyArray<ResolversParentTypes['TimelineEntry']> };
  TimelineEdge: Omit<TimelineEdge, 'node'> & { node: ResolversParentTypes['TimelineEntry'] };
  TimelineEntry: TimelineEntryModel;
  UnlockMachineInput: UnlockMachineInput;
  UserError: UserError;
  ViewStatus: ViewModel;
};

export type AddressRangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AddressRange'] = ResolversParentTypes['AddressRange']> = {
  first?: Resolver<ResolversTypes['IPv4'], ParentType, ContextType>;
  last?: Resolver<ResolversTypes['IPv4'], ParentType, ContextType>;
};

export type AgentPackageResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AgentPackage'] = ResolversParentTypes['AgentPackage']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['Sha256'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type BootResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Boot'] = ResolversParentTypes['Boot']> = {
  bootId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mac?: Resolver<ResolversTypes['MAC'], ParentType, ContextType>;
  relation?: Resolver<ResolversTypes['BootRelation'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type BootEnvironmentResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['BootEnvironment'] = ResolversParentTypes['BootEnvironment']> = {
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  digest?: Resolver<ResolversTypes['Sha256'], ParentType, ContextType>;
  files?: Resolver<ReadonlyArray<ResolversTypes['EnvironmentFile']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  publishedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['EnvironmentPurpose'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BootEnvironmentConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['BootEnvironmentConnection'] = ResolversParentTypes['BootEnvironmentConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['BootEnvironmentEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['BootEnvironment']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type BootEnvironmentEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['BootEnvironmentEdge'] = ResolversParentTypes['BootEnvironmentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['BootEnvironment'], ParentType, ContextType>;
};

export interface ByteCountScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['ByteCount'], any> {
  name: 'ByteCount';
}

export interface CidrScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CIDR'], any> {
  name: 'CIDR';
}

export type CaughtUpResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CaughtUp'] = ResolversParentTypes['CaughtUp']> = {
  position?: Resolver<ResolversTypes['EventPosition'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CpuResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Cpu'] = ResolversParentTypes['Cpu']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeployMachinePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DeployMachinePayload'] = ResolversParentTypes['DeployMachinePayload']> = {
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  machine?: Resolver<Maybe<ResolversTypes['Machine']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DiskResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Disk'] = ResolversParentTypes['Disk']> = {
  bytes?: Resolver<ResolversTypes['ByteCount'], ParentType, ContextType>;
  model?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rotational?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  serial?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DiskImageResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DiskImage'] = ResolversParentTypes['DiskImage']> = {
  file?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  format?: Resolver<ResolversTypes['ImageFormat'], ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['Sha256'], ParentType, ContextType>;
};

export type DiskTargetResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DiskTarget'] = ResolversParentTypes['DiskTarget']> = {
  bytes?: Resolver<ResolversTypes['ByteCount'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  serial?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type EnvironmentFileResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EnvironmentFile'] = ResolversParentTypes['EnvironmentFile']> = {
  bytes?: Resolver<ResolversTypes['ByteCount'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['Sha256'], ParentType, ContextType>;
};

export type EnvironmentVersionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EnvironmentVersion'] = ResolversParentTypes['EnvironmentVersion']> = {
  digest?: Resolver<ResolversTypes['Sha256'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EventResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event']> = {
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  causationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  data?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  eventId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['Sha256'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['EventPosition'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  schema?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sourceAddress?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  time?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EventConnection'] = ResolversParentTypes['EventConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EventEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Event']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EventEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EventEdge'] = ResolversParentTypes['EventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
};

export type EventFeedItemResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EventFeedItem'] = ResolversParentTypes['EventFeedItem']> = {
  __resolveType: TypeResolveFn<'CaughtUp' | 'Event' | 'Heartbeat', ParentType, ContextType>;
};

export interface EventPositionScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['EventPosition'], any> {
  name: 'EventPosition';
}

export type HeartbeatResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Heartbeat'] = ResolversParentTypes['Heartbeat']> = {
  position?: Resolver<ResolversTypes['EventPosition'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface IPv4ScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['IPv4'], any> {
  name: 'IPv4';
}

export type InventoryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Inventory'] = ResolversParentTypes['Inventory']> = {
  agentPackages?: Resolver<ReadonlyArray<ResolversTypes['AgentPackage']>, ParentType, ContextType>;
  cpu?: Resolver<ResolversTypes['Cpu'], ParentType, ContextType>;
  disks?: Resolver<ReadonlyArray<ResolversTypes['Disk']>, ParentType, ContextType>;
  firmware?: Resolver<ResolversTypes['FirmwareKind'], ParentType, ContextType>;
  interfaces?: Resolver<ReadonlyArray<ResolversTypes['NetworkInterface']>, ParentType, ContextType>;
  memoryBytes?: Resolver<ResolversTypes['ByteCount'], ParentType, ContextType>;
  secureBoot?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  smbios?: Resolver<ResolversTypes['Smbios'], ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type LeaseResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Lease'] = ResolversParentTypes['Lease']> = {
  address?: Resolver<ResolversTypes['IPv4'], ParentType, ContextType>;
  holder?: Resolver<Maybe<ResolversTypes['LeaseHolder']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  leaseSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  machine?: Resolver<Maybe<ResolversTypes['Machine']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['EventPosition'], ParentType, ContextType>;
  relay?: Resolver<Maybe<ResolversTypes['IPv4']>, ParentType, ContextType>;
  reservedFor?: Resolver<Maybe<ResolversTypes['MAC']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['LeaseStatus'], ParentType, ContextType>;
  subnet?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LeaseConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LeaseConnection'] = ResolversParentTypes['LeaseConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['LeaseEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Lease']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type LeaseEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LeaseEdge'] = ResolversParentTypes['LeaseEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Lease'], ParentType, ContextType>;
};

export type LeaseHolderResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LeaseHolder'] = ResolversParentTypes['LeaseHolder']> = {
  clientId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hostname?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mac?: Resolver<ResolversTypes['MAC'], ParentType, ContextType>;
};

export type LeasePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LeasePayload'] = ResolversParentTypes['LeasePayload']> = {
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lease?: Resolver<Maybe<ResolversTypes['Lease']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface MacScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['MAC'], any> {
  name: 'MAC';
}

export type MachineResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Machine'] = ResolversParentTypes['Machine']> = {
  architecture?: Resolver<Maybe<ResolversTypes['Architecture']>, ParentType, ContextType>;
  changedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  discoveredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['MachineFailure']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inventory?: Resolver<Maybe<ResolversTypes['Inventory']>, ParentType, ContextType>;
  locked?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  machineId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  macs?: Resolver<ReadonlyArray<ResolversTypes['MAC']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['EventPosition'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType>;
  runs?: Resolver<ResolversTypes['RunConnection'], ParentType, ContextType, RequireFields<MachineRunsArgs, 'first'>>;
  state?: Resolver<ResolversTypes['MachineState'], ParentType, ContextType>;
  timeline?: Resolver<ResolversTypes['TimelineConnection'], ParentType, ContextType, RequireFields<MachineTimelineArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MachineConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MachineConnection'] = ResolversParentTypes['MachineConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MachineEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Machine']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MachineEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MachineEdge'] = ResolversParentTypes['MachineEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Machine'], ParentType, ContextType>;
};

export type MachineFailureResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MachineFailure'] = ResolversParentTypes['MachineFailure']> = {
  code?: Resolver<Maybe<ResolversTypes['DeploymentFailureCode']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MachinePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MachinePayload'] = ResolversParentTypes['MachinePayload']> = {
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  machine?: Resolver<Maybe<ResolversTypes['Machine']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MutationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  approveMachine?: Resolver<ResolversTypes['MachinePayload'], ParentType, ContextType, RequireFields<MutationApproveMachineArgs, 'input'>>;
  changeSubnet?: Resolver<ResolversTypes['SubnetPayload'], ParentType, ContextType, RequireFields<MutationChangeSubnetArgs, 'input'>>;
  confirmClock?: Resolver<ResolversTypes['ServicePayload'], ParentType, ContextType, RequireFields<MutationConfirmClockArgs, 'input'>>;
  defineSubnet?: Resolver<ResolversTypes['SubnetPayload'], ParentType, ContextType, RequireFields<MutationDefineSubnetArgs, 'input'>>;
  deployMachine?: Resolver<ResolversTypes['DeployMachinePayload'], ParentType, ContextType, RequireFields<MutationDeployMachineArgs, 'input'>>;
  lockMachine?: Resolver<ResolversTypes['MachinePayload'], ParentType, ContextType, RequireFields<MutationLockMachineArgs, 'input'>>;
  rebuildView?: Resolver<ResolversTypes['RebuildViewPayload'], ParentType, ContextType, RequireFields<MutationRebuildViewArgs, 'input'>>;
  removeReservation?: Resolver<ResolversTypes['LeasePayload'], ParentType, ContextType, RequireFields<MutationRemoveReservationArgs, 'input'>>;
  reserveAddress?: Resolver<ResolversTypes['LeasePayload'], ParentType, ContextType, RequireFields<MutationReserveAddressArgs, 'input'>>;
  retireMachine?: Resolver<ResolversTypes['MachinePayload'], ParentType, ContextType, RequireFields<MutationRetireMachineArgs, 'input'>>;
  retireSubnet?: Resolver<ResolversTypes['SubnetPayload'], ParentType, ContextType, RequireFields<MutationRetireSubnetArgs, 'input'>>;
  startEffectsEpoch?: Resolver<ResolversTypes['ServicePayload'], ParentType, ContextType, RequireFields<MutationStartEffectsEpochArgs, 'input'>>;
  unlockMachine?: Resolver<ResolversTypes['MachinePayload'], ParentType, ContextType, RequireFields<MutationUnlockMachineArgs, 'input'>>;
};

export type MutationPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MutationPayload'] = ResolversParentTypes['MutationPayload']> = {
  __resolveType: TypeResolveFn<'DeployMachinePayload' | 'LeasePayload' | 'MachinePayload' | 'RebuildViewPayload' | 'ServicePayload' | 'SubnetPayload', ParentType, ContextType>;
};

export type NetworkInterfaceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['NetworkInterface'] = ResolversParentTypes['NetworkInterface']> = {
  driver?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mac?: Resolver<ResolversTypes['MAC'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type NodeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'BootEnvironment' | 'Event' | 'Lease' | 'Machine' | 'Run' | 'Subnet', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  bootEnvironments?: Resolver<ResolversTypes['BootEnvironmentConnection'], ParentType, ContextType, RequireFields<QueryBootEnvironmentsArgs, 'first'>>;
  events?: Resolver<ResolversTypes['EventConnection'], ParentType, ContextType, RequireFields<QueryEventsArgs, 'first'>>;
  leases?: Resolver<ResolversTypes['LeaseConnection'], ParentType, ContextType, RequireFields<QueryLeasesArgs, 'first'>>;
  machine?: Resolver<Maybe<ResolversTypes['Machine']>, ParentType, ContextType, Partial<QueryMachineArgs>>;
  machines?: Resolver<ResolversTypes['MachineConnection'], ParentType, ContextType, RequireFields<QueryMachinesArgs, 'first'>>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType, RequireFields<QueryRunArgs, 'id'>>;
  runs?: Resolver<ResolversTypes['RunConnection'], ParentType, ContextType, RequireFields<QueryRunsArgs, 'first'>>;
  service?: Resolver<ResolversTypes['ServiceStatus'], ParentType, ContextType>;
  subnet?: Resolver<Maybe<ResolversTypes['Subnet']>, ParentType, ContextType, RequireFields<QuerySubnetArgs, 'name'>>;
  subnets?: Resolver<ResolversTypes['SubnetConnection'], ParentType, ContextType, RequireFields<QuerySubnetsArgs, 'first'>>;
};

export type RebuildViewPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RebuildViewPayload'] = ResolversParentTypes['RebuildViewPayload']> = {
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  digest?: Resolver<Maybe<ResolversTypes['Sha256']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  view?: Resolver<Maybe<ResolversTypes['ViewStatus']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RunResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Run'] = ResolversParentTypes['Run']> = {
  boots?: Resolver<ReadonlyArray<ResolversTypes['Boot']>, ParentType, ContextType>;
  disk?: Resolver<ResolversTypes['DiskTarget'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  environment?: Resolver<ResolversTypes['EnvironmentVersion'], ParentType, ContextType>;
  events?: Resolver<ResolversTypes['EventConnection'], ParentType, ContextType, RequireFields<RunEventsArgs, 'first'>>;
  failure?: Resolver<Maybe<ResolversTypes['RunFailure']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  image?: Resolver<ResolversTypes['DiskImage'], ParentType, ContextType>;
  machine?: Resolver<Maybe<ResolversTypes['Machine']>, ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  runId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stage?: Resolver<Maybe<ResolversTypes['DeploymentStage']>, ParentType, ContextType>;
  stageBytes?: Resolver<Maybe<ResolversTypes['ByteCount']>, ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['RunState'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RunConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RunConnection'] = ResolversParentTypes['RunConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RunEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Run']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RunEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RunEdge'] = ResolversParentTypes['RunEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Run'], ParentType, ContextType>;
};

export type RunFailureResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RunFailure'] = ResolversParentTypes['RunFailure']> = {
  code?: Resolver<ResolversTypes['DeploymentFailureCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ServicePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ServicePayload'] = ResolversParentTypes['ServicePayload']> = {
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  service?: Resolver<Maybe<ResolversTypes['ServiceStatus']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ServiceStatusResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ServiceStatus'] = ResolversParentTypes['ServiceStatus']> = {
  clockSteady?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  epoch?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  fenced?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  fencedBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  views?: Resolver<ReadonlyArray<ResolversTypes['ViewStatus']>, ParentType, ContextType>;
};

export interface Sha256ScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Sha256'], any> {
  name: 'Sha256';
}

export type SmbiosResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Smbios'] = ResolversParentTypes['Smbios']> = {
  manufacturer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  serial?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  uuid?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SubnetResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Subnet'] = ResolversParentTypes['Subnet']> = {
  cidr?: Resolver<ResolversTypes['CIDR'], ParentType, ContextType>;
  dnsServers?: Resolver<ReadonlyArray<ResolversTypes['IPv4']>, ParentType, ContextType>;
  domainName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  leaseSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ranges?: Resolver<ReadonlyArray<ResolversTypes['AddressRange']>, ParentType, ContextType>;
  routers?: Resolver<ReadonlyArray<ResolversTypes['IPv4']>, ParentType, ContextType>;
  unknownMachines?: Resolver<ResolversTypes['UnknownMachinePolicy'], ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['SubnetUsage'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SubnetConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SubnetConnection'] = ResolversParentTypes['SubnetConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SubnetEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Subnet']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SubnetEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SubnetEdge'] = ResolversParentTypes['SubnetEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Subnet'], ParentType, ContextType>;
};

export type SubnetPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SubnetPayload'] = ResolversParentTypes['SubnetPayload']> = {
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  subnet?: Resolver<Maybe<ResolversTypes['Subnet']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SubnetUsageResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SubnetUsage'] = ResolversParentTypes['SubnetUsage']> = {
  declined?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  leased?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reserved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  events?: SubscriptionResolver<ResolversTypes['EventFeedItem'], "events", ParentType, ContextType, Partial<SubscriptionEventsArgs>>;
};

export type TimelineConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TimelineConnection'] = ResolversParentTypes['TimelineConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TimelineEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['TimelineEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TimelineEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TimelineEdge'] = ResolversParentTypes['TimelineEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TimelineEntry'], ParentType, ContextType>;
};

export type TimelineEntryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['TimelineEntry'] = ResolversParentTypes['TimelineEntry']> = {
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  bootId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  detail?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  mac?: Resolver<Maybe<ResolversTypes['MAC']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['EventPosition'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType>;
  time?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  remedy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ViewStatusResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ViewStatus'] = ResolversParentTypes['ViewStatus']> = {
  generation?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ViewState'], ParentType, ContextType>;
};

export type Resolvers<ContextType = GraphqlContext> = {
  AddressRange?: AddressRangeResolvers<ContextType>;
  AgentPackage?: AgentPackageResolvers<ContextType>;
  Boot?: BootResolvers<ContextType>;
  BootEnvironment?: BootEnvironmentResolvers<ContextType>;
  BootEnvironmentConnection?: BootEnvironmentConnectionResolvers<ContextType>;
  BootEnvironmentEdge?: BootEnvironmentEdgeResolvers<ContextType>;
  ByteCount?: GraphQLScalarType;
  CIDR?: GraphQLScalarType;
  CaughtUp?: CaughtUpResolvers<ContextType>;
  Cpu?: CpuResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeployMachinePayload?: DeployMachinePayloadResolvers<ContextType>;
  Disk?: DiskResolvers<ContextType>;
  DiskImage?: DiskImageResolvers<ContextType>;
  DiskTarget?: DiskTargetResolvers<ContextType>;
  EnvironmentFile?: EnvironmentFileResolvers<ContextType>;
  EnvironmentVersion?: EnvironmentVersionResolvers<ContextType>;
  Event?: EventResolvers<ContextType>;
  EventConnection?: EventConnectionResolvers<ContextType>;
  EventEdge?: EventEdgeResolvers<ContextType>;
  EventFeedItem?: EventFeedItemResolvers<ContextType>;
  EventPosition?: GraphQLScalarType;
  Heartbeat?: HeartbeatResolvers<ContextType>;
  IPv4?: GraphQLScalarType;
  Inventory?: InventoryResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Lease?: LeaseResolvers<ContextType>;
  LeaseConnection?: LeaseConnectionResolvers<ContextType>;
  LeaseEdge?: LeaseEdgeResolvers<ContextType>;
  LeaseHolder?: LeaseHolderResolvers<ContextType>;
  LeasePayload?: LeasePayloadResolvers<ContextType>;
  MAC?: GraphQLScalarType;
  Machine?: MachineResolvers<ContextType>;
  MachineConnection?: MachineConnectionResolvers<ContextType>;
  MachineEdge?: MachineEdgeResolvers<ContextType>;
  MachineFailure?: MachineFailureResolvers<ContextType>;
  MachinePayload?: MachinePayloadResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  MutationPayload?: MutationPayloadResolvers<ContextType>;
  NetworkInterface?: NetworkInterfaceResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RebuildViewPayload?: RebuildViewPayloadResolvers<ContextType>;
  Run?: RunResolvers<ContextType>;
  RunConnection?: RunConnectionResolvers<ContextType>;
  RunEdge?: RunEdgeResolvers<ContextType>;
  RunFailure?: RunFailureResolvers<ContextType>;
  ServicePayload?: ServicePayloadResolvers<ContextType>;
  ServiceStatus?: ServiceStatusResolvers<ContextType>;
  Sha256?: GraphQLScalarType;
  Smbios?: SmbiosResolvers<ContextType>;
  Subnet?: SubnetResolvers<ContextType>;
  SubnetConnection?: SubnetConnectionResolvers<ContextType>;
  SubnetEdge?: SubnetEdgeResolvers<ContextType>;
  SubnetPayload?: SubnetPayloadResolvers<ContextType>;
  SubnetUsage?: SubnetUsageResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TimelineConnection?: TimelineConnectionResolvers<ContextType>;
  TimelineEdge?: TimelineEdgeResolvers<ContextType>;
  TimelineEntry?: TimelineEntryResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  ViewStatus?: ViewStatusResolvers<ContextType>;
};


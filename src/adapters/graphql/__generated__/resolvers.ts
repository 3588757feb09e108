import type { Ipv4Cidr } from '../../../domain/values/ipv4.ts';
import type { Ipv4 } from '../../../domain/values/ipv4.ts';
import type { MacAddress } from '../../../domain/values/mac-address.ts';
import type { ReservationKey } from '../../../domain/values/reservation-key.ts';
import type { Sha256 } from '../../../domain/values/sha256.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { RoleRow } from '../../access/access-views.ts';
import type { AccessRoleConnectionModel, AccessTokenModel, AccessTokenConnectionModel, AddressUsageModel, AddressUsageConnectionModel, BootEnvironmentConnectionModel, ClientClassConnectionModel, EventConnectionModel, EventFeedItemModel, InterfaceModel, InterfaceConnectionModel, AddressModel, LeaseConnectionModel, MachineChangeModel, MachineConnectionModel, MachineFeedItemModel, PrincipalModel, PrincipalConnectionModel, ReservationModel, ReservationConnectionModel, RunChangeModel, RunConnectionModel, RunFeedItemModel, SubnetModel, SubnetConnectionModel } from '../list-models.ts';
import type { AccessRoleOutcome, BackupModel, BackupOutcome, BootDecisionModel, CheckpointConnectionModel, InclusionProofModel, SigningModel, BulkOutcome, DeploymentOutcome, DiffModel, WhyModel, ClientClassOutcome, ImportOutcome, IssueTokenOutcome, AddressOutcome, MachineModel, MachineOutcome, PrincipalOutcome, PublicationOutcome, RebuildOutcome, TokenOutcome, RunModel, ServiceOutcome, ServiceModel, SubnetOutcome, TimelineEntryModel, VerificationOutcome, RetryOutcome } from '../models.ts';
import type { BootEnvironmentRow as BootEnvironmentModel } from '../../../projections/views/boot-environments.ts';
import type { FeedMark as FeedMarkModel } from '../feeds/feed.ts';
import type { OpenBulkChangeRow as OpenBulkChangeModel } from '../../../projections/views/bulk-changes.ts';
import type { SignedLogCheckpoint, ConsistencyProven, SigningStatus } from '../../../domain/ports/log-evidence.ts';
import type { ArchiveFile } from '../../../domain/ports/log-archives.ts';
import type { BootStep as BootStepModel, DhcpAnswer as DhcpAnswerModel, ScriptAnswer as ScriptAnswerModel, SourcedOption as SourcedOptionModel } from '../../../domain/ports/boot-explainer.ts';
import type { CausedChange as CausedChangeModel } from '../travel/caused-changes.ts';
import type { ClientClassRow as ClientClassModel } from '../../../projections/client-classes.ts';
import type { OptionSetting as OptionSettingModel } from '../../../domain/network/option-setting.ts';
import type { RecordedEvent as EventModel } from '../../../domain/ports/event-store.ts';
import type { Gap as GapModel } from '../feeds/batches.ts';
import type { Inventory as InventoryModel } from '../../../domain/machine/inventory.ts';
import type { LabelSelector as LabelSelectorModel } from '../../../domain/access/rule.ts';
import type { Verification as VerificationModel, ViewCheck as ViewCheckModel } from '../audit/verifier.ts';
import type { Finding as FindingModel } from '../../../proof/findings.ts';
import type { VerifyReport as VerifyReportModel } from '../../../proof/report.ts';
import type { PoisonedEvent as PoisonedEventModel } from '../../../projections/view-file.ts';
import type { BuildProgress as ViewBuildModel } from '../../../projections/build-progress.ts';
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
  /**
   * Whom an address is set aside for: a MAC address, or `client-id:`, `uuid:` or `circuit:` and what they name, in lower
   * case; `circuit:<hex>/<hex>` names the relay, too.
   */
  ReservationKey: { input: ReservationKey; output: ReservationKey; }
  /** A whole JSON number from -(2^53 - 1) to 2^53 - 1. */
  SafeInt: { input: number; output: number; }
  /** A SHA-256 digest: 64 characters of lower case hex. */
  Sha256: { input: Sha256; output: Sha256; }
};

/** What a principal who has it may do. */
export type AccessRole = Node & {
  readonly __typename?: 'AccessRole';
  /** Whether every release has it. Such a role cannot be changed. */
  readonly builtIn: Scalars['Boolean']['output'];
  /** For people. */
  readonly description: Scalars['String']['output'];
  /** Opaque. */
  readonly id: Scalars['ID']['output'];
  /** It never changes. */
  readonly name: Scalars['String']['output'];
  /** Of its stream, from 0; -1: it is built in, and has none. Hand it back as `expectedRevision`. */
  readonly revision: Scalars['Int']['output'];
  /** What it lets its holders do. Each rule adds, none takes away. */
  readonly rules: ReadonlyArray<AccessRule>;
  /** Whether it was withdrawn: then it gives nothing, and its name is used up. */
  readonly withdrawn: Scalars['Boolean']['output'];
};

/** A page of access roles. */
export type AccessRoleConnection = {
  readonly __typename?: 'AccessRoleConnection';
  /** The access roles and their cursors. */
  readonly edges: ReadonlyArray<AccessRoleEdge>;
  /** How they spread over the values of each of these facets. */
  readonly facets: ReadonlyArray<Facet>;
  /** The access roles alone. */
  readonly nodes: ReadonlyArray<AccessRole>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many there are on all pages. Always exact. */
  readonly totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` without `exact` is an estimate: never. */
  readonly totalCountEstimated: Scalars['Boolean']['output'];
};


/** A page of access roles. */
export type AccessRoleConnectionFacetsArgs = {
  by: ReadonlyArray<AccessRoleFacet>;
};


/** A page of access roles. */
export type AccessRoleConnectionTotalCountArgs = {
  exact: Scalars['Boolean']['input'];
};

/** An access role in a page. */
export type AccessRoleEdge = {
  readonly __typename?: 'AccessRoleEdge';
  /** Hand it back as `after` or `before` to go on from this access role. */
  readonly cursor: Scalars['String']['output'];
  /** The access role. */
  readonly node: AccessRole;
};

/** What access roles can be counted by. */
export type AccessRoleFacet =
  /** Whether every release has it. */
  | 'BUILT_IN'
  /** The scopes that it gives; one with several counts for each. */
  | 'SCOPE'
  /** Whether it was withdrawn. */
  | 'WITHDRAWN';

/** Which access roles. All given conditions must hold. */
export type AccessRoleFilter = {
  /** All of these hold. */
  readonly and?: InputMaybe<ReadonlyArray<AccessRoleFilter>>;
  /** Whether every release has it. */
  readonly builtIn?: InputMaybe<Scalars['Boolean']['input']>;
  /** Its name. */
  readonly name?: InputMaybe<TextCondition>;
  /** This does not hold. */
  readonly not?: InputMaybe<AccessRoleFilter>;
  /** At least one of these holds. */
  readonly or?: InputMaybe<ReadonlyArray<AccessRoleFilter>>;
  /** A scope that it gives somewhere. */
  readonly scope?: InputMaybe<TextCondition>;
  /** Whether it was withdrawn. */
  readonly withdrawn?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The order of a page of access roles. */
export type AccessRoleOrder = {
  /** Which end first. */
  readonly direction: OrderDirection;
  /** By what. What is equal in it, or lacks it, is in the order of the ids. */
  readonly field: AccessRoleOrderField;
};

/** What access roles can be ordered by. */
export type AccessRoleOrderField =
  /** Its name. */
  | 'NAME';

/** What a mutation answers about an access role. */
export type AccessRolePayload = MutationPayload & {
  readonly __typename?: 'AccessRolePayload';
  /** The role after the change; null when the change was refused. */
  readonly accessRole?: Maybe<AccessRole>;
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
  /** Where in the log the outcome stands; null when nothing was recorded. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** Why nothing was done. Empty when the mutation was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Scopes, and where they hold. */
export type AccessRule = {
  readonly __typename?: 'AccessRule';
  /** Which machines; null: everywhere. */
  readonly machines?: Maybe<LabelSelector>;
  /** As in `accessScopes`. */
  readonly scopes: ReadonlyArray<Scalars['String']['output']>;
};

/** Scopes, and where they hold. */
export type AccessRuleInput = {
  /** Only machines that have all of these labels, 1 to 16, and what belongs to them; null: everywhere. */
  readonly machines?: InputMaybe<ReadonlyArray<SelectorLabelInput>>;
  /** As in `accessScopes`. */
  readonly scopes: ReadonlyArray<Scalars['String']['input']>;
};

/** One thing that a role can let a principal do. */
export type AccessScope = {
  readonly __typename?: 'AccessScope';
  /** What it lets its holder do. */
  readonly description: Scalars['String']['output'];
  /** Whether a rule can limit it to some machines. */
  readonly limitable: Scalars['Boolean']['output'];
  /** `<kind>:<action>`. */
  readonly name: Scalars['String']['output'];
};

/** A token of the API, without its secret, which nobody can read. */
export type AccessToken = Node & {
  readonly __typename?: 'AccessToken';
  /** When it ends; null: never by itself. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Opaque. */
  readonly id: Scalars['ID']['output'];
  /** When it was made. */
  readonly issuedAt: Scalars['DateTime']['output'];
  /** When it was last used, to a day: one use in 24 hours is recorded. Null: no use was. */
  readonly lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What people call it; null in logs from before tokens had names. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Whose it is. */
  readonly principal: Principal;
  /** Whether it counts. */
  readonly state: AccessTokenState;
  /** The UUID. */
  readonly tokenId: Scalars['String']['output'];
};

/** A page of tokens. */
export type AccessTokenConnection = {
  readonly __typename?: 'AccessTokenConnection';
  /** The tokens and their cursors. */
  readonly edges: ReadonlyArray<AccessTokenEdge>;
  /** How they spread over the values of each of these facets. */
  readonly facets: ReadonlyArray<Facet>;
  /** The tokens alone. */
  readonly nodes: ReadonlyArray<AccessToken>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many there are on all pages. Always exact. */
  readonly totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` without `exact` is an estimate: never. */
  readonly totalCountEstimated: Scalars['Boolean']['output'];
};


/** A page of tokens. */
export type AccessTokenConnectionFacetsArgs = {
  by: ReadonlyArray<AccessTokenFacet>;
};


/** A page of tokens. */
export type AccessTokenConnectionTotalCountArgs = {
  exact: Scalars['Boolean']['input'];
};

/** A token in a page. */
export type AccessTokenEdge = {
  readonly __typename?: 'AccessTokenEdge';
  /** Hand it back as `after` or `before` to go on from this token. */
  readonly cursor: Scalars['String']['output'];
  /** The token. */
  readonly node: AccessToken;
};

/** What tokens can be counted by. */
export type AccessTokenFacet =
  /** Whether it counts. */
  | 'STATE';

/** Which tokens. All given conditions must hold. */
export type AccessTokenFilter = {
  /** All of these hold. */
  readonly and?: InputMaybe<ReadonlyArray<AccessTokenFilter>>;
  /** When it ends. */
  readonly expiresAt?: InputMaybe<TimeCondition>;
  /** When it was made. */
  readonly issuedAt?: InputMaybe<TimeCondition>;
  /** When it was last used, to a day. */
  readonly lastUsedAt?: InputMaybe<TimeCondition>;
  /** What it is called. */
  readonly name?: InputMaybe<TextCondition>;
  /** This does not hold. */
  readonly not?: InputMaybe<AccessTokenFilter>;
  /** At least one of these holds. */
  readonly or?: InputMaybe<ReadonlyArray<AccessTokenFilter>>;
  /** Whose it is. */
  readonly principal?: InputMaybe<IdCondition>;
  /** Whether it counts. */
  readonly state?: InputMaybe<AccessTokenStateCondition>;
  /** Which one. */
  readonly tokenId?: InputMaybe<IdCondition>;
};

/** The order of a page of tokens. */
export type AccessTokenOrder = {
  /** Which end first. */
  readonly direction: OrderDirection;
  /** By what. What is equal in it, or lacks it, is in the order of the ids. */
  readonly field: AccessTokenOrderField;
};

/** What tokens can be ordered by. */
export type AccessTokenOrderField =
  /** When it ends. */
  | 'EXPIRES_AT'
  /** When it was made. */
  | 'ISSUED_AT'
  /** When it was last used, to a day. */
  | 'LAST_USED_AT'
  /** What it is called. */
  | 'NAME';

/** Whether a token counts. */
export type AccessTokenState =
  /** It does, unless its principal is disabled. */
  | 'ACTIVE'
  /** Its time is over. */
  | 'EXPIRED'
  /** It was revoked. */
  | 'REVOKED';

/** A condition on whether a token counts. All given parts must hold. */
export type AccessTokenStateCondition = {
  /** This one. */
  readonly eq?: InputMaybe<AccessTokenState>;
  /** Any of these. */
  readonly in?: InputMaybe<ReadonlyArray<AccessTokenState>>;
};

/** Adds somebody or something that may use the API. Without a role it may do nothing. */
export type AddPrincipalInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the stream of the principal is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What it is. */
  readonly kind: PrincipalKind;
  /** One line of 1 to 128 characters that no other principal has. It never changes. */
  readonly name: Scalars['String']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** A condition on an IPv4 address. All given parts must hold. */
export type AddressCondition = {
  /** This address. */
  readonly eq?: InputMaybe<Scalars['IPv4']['input']>;
  /** True: it has one. False: it has none. */
  readonly exists?: InputMaybe<Scalars['Boolean']['input']>;
  /** Any of these. */
  readonly in?: InputMaybe<ReadonlyArray<Scalars['IPv4']['input']>>;
  /** It lies in this network. */
  readonly within?: InputMaybe<Scalars['CIDR']['input']>;
};

/** Which address a client without one gets. */
export type AddressPicker =
  /** The one that it asks for when that is free, else one that was never used, else the one that is free the longest. */
  | 'HINT'
  /** One that was never used, else the one whose last use is the longest ago. Wishes are not looked at. */
  | 'LEAST_RECENTLY_USED'
  /** The lowest that is free. Wishes are not looked at. */
  | 'NEXT_FREE';

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

/** Why a client gets an address. */
export type AddressSource =
  /** The client had it last, and nobody has it now. */
  | 'EARLIER_LEASE'
  /** The client holds its lease. */
  | 'LEASE'
  /** It is a free one of the subnet's ranges. */
  | 'RANGE'
  /** It is set aside for the client. */
  | 'RESERVATION';

/** How full a subnet is, in addresses. */
export type AddressUsage = Node & {
  readonly __typename?: 'AddressUsage';
  /** Found in use by strangers. */
  readonly declined: Scalars['Int']['output'];
  /** Addresses in its ranges that nobody holds. */
  readonly free: Scalars['Int']['output'];
  /** Opaque. */
  readonly id: Scalars['ID']['output'];
  /** With a lease. */
  readonly leased: Scalars['Int']['output'];
  /** Set aside for one client, leased or not. */
  readonly reserved: Scalars['Int']['output'];
  /** The subnet. */
  readonly subnet: Subnet;
  /** Addresses in its ranges, without those that are excluded. */
  readonly total: Scalars['Int']['output'];
  /** How much of `total` is leased or declined, in whole percent, rounded down. 0 when there are no ranges. */
  readonly usedPercent: Scalars['Int']['output'];
};

/** A page of address usage. */
export type AddressUsageConnection = {
  readonly __typename?: 'AddressUsageConnection';
  /** How full each subnet is, with the cursors. */
  readonly edges: ReadonlyArray<AddressUsageEdge>;
  /** How they spread over the values of each of these facets. */
  readonly facets: ReadonlyArray<Facet>;
  /** How full each subnet is. */
  readonly nodes: ReadonlyArray<AddressUsage>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /**
   * How many there are on all pages. Above 10,000 an estimate, unless `exact` is asked for, which costs a walk through
   * an index.
   */
  readonly totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` without `exact` is an estimate. */
  readonly totalCountEstimated: Scalars['Boolean']['output'];
};


/** A page of address usage. */
export type AddressUsageConnectionFacetsArgs = {
  by: ReadonlyArray<AddressUsageFacet>;
};


/** A page of address usage. */
export type AddressUsageConnectionTotalCountArgs = {
  exact: Scalars['Boolean']['input'];
};

/** A subnet in a page of address usage. */
export type AddressUsageEdge = {
  readonly __typename?: 'AddressUsageEdge';
  /** Hand it back as `after` or `before` to go on from this subnet. */
  readonly cursor: Scalars['String']['output'];
  /** How full it is. */
  readonly node: AddressUsage;
};

/** What address usage can be counted by. */
export type AddressUsageFacet =
  /** How full it is. */
  | 'USED_PERCENT';

/** Which subnets. All given conditions must hold. */
export type AddressUsageFilter = {
  /** All of these hold. */
  readonly and?: InputMaybe<ReadonlyArray<AddressUsageFilter>>;
  /** Addresses found in use by strangers. */
  readonly declined?: InputMaybe<NumberCondition>;
  /** Addresses in its ranges that nobody holds. */
  readonly free?: InputMaybe<NumberCondition>;
  /** Addresses with a lease. */
  readonly leased?: InputMaybe<NumberCondition>;
  /** This does not hold. */
  readonly not?: InputMaybe<AddressUsageFilter>;
  /** At least one of these holds. */
  readonly or?: InputMaybe<ReadonlyArray<AddressUsageFilter>>;
  /** Addresses that are set aside. */
  readonly reserved?: InputMaybe<NumberCondition>;
  /** The name of the subnet. */
  readonly subnet?: InputMaybe<TextCondition>;
  /** Addresses in its ranges. */
  readonly total?: InputMaybe<NumberCondition>;
  /** How full it is. */
  readonly usedPercent?: InputMaybe<NumberCondition>;
};

/** The order of a page of address usage. */
export type AddressUsageOrder = {
  /** Which end first. */
  readonly direction: OrderDirection;
  /** By what. What is equal in it, or lacks it, is in the order of the ids. */
  readonly field: AddressUsageOrderField;
};

/** What address usage can be ordered by. */
export type AddressUsageOrderField =
  /** Addresses found in use by strangers. */
  | 'DECLINED'
  /** Addresses in its ranges that nobody holds. */
  | 'FREE'
  /** Addresses with a lease. */
  | 'LEASED'
  /** Addresses that are set aside. */
  | 'RESERVED'
  /** The name of the subnet. */
  | 'SUBNET'
  /** Addresses in its ranges. */
  | 'TOTAL'
  /** How full it is. */
  | 'USED_PERCENT';

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
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
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
  /** Arm 32-bit UEFI over TFTP. */
  | 'ARM32_UEFI'
  /** Arm 32-bit UEFI over HTTP. */
  | 'ARM32_UEFI_HTTP'
  /** Arm 64-bit UEFI over TFTP. */
  | 'ARM64_UEFI'
  /** Arm 64-bit UEFI over HTTP. */
  | 'ARM64_UEFI_HTTP'
  /** RISC-V 64-bit UEFI over TFTP. */
  | 'RISCV64_UEFI'
  /** RISC-V 64-bit UEFI over HTTP. */
  | 'RISCV64_UEFI_HTTP'
  /** 64-bit UEFI over TFTP. */
  | 'X64_UEFI'
  /** 64-bit UEFI over HTTP. */
  | 'X64_UEFI_HTTP'
  /** Legacy BIOS. */
  | 'X86_BIOS'
  /** 32-bit UEFI on x86 over TFTP. */
  | 'X86_UEFI'
  /** 32-bit UEFI on x86 over HTTP. */
  | 'X86_UEFI_HTTP';

/** A condition on what firmware can boot. All given parts must hold. */
export type ArchitectureCondition = {
  /** This one. */
  readonly eq?: InputMaybe<Architecture>;
  /** True: it has one. False: it has none. */
  readonly exists?: InputMaybe<Scalars['Boolean']['input']>;
  /** Any of these. */
  readonly in?: InputMaybe<ReadonlyArray<Architecture>>;
};

/** A copy of the log, which the maintenance command `restore` makes a log of again. */
export type Backup = {
  readonly __typename?: 'Backup';
  /** How large it is. */
  readonly bytes: Scalars['ByteCount']['output'];
  /** How many events it holds: the first so many of the log. */
  readonly events: Scalars['SafeInt']['output'];
  /** Its name in the service's backup directory. Beside it, `<name>.sha256` is for `sha256sum -c`. */
  readonly file: Scalars['String']['output'];
  /** Hash of the newest of them; empty when there is none. */
  readonly lastHash: Scalars['String']['output'];
  /** Of the file. */
  readonly sha256: Scalars['Sha256']['output'];
  /** When it was complete. */
  readonly takenAt: Scalars['DateTime']['output'];
};

/** What `takeBackup` answers. */
export type BackupPayload = MutationPayload & {
  readonly __typename?: 'BackupPayload';
  /** The copy; null when there is none. */
  readonly backup?: Maybe<Backup>;
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
  /** Where in the log it stands that the copy was made; null when it was not. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** Why there is no new copy. Empty when there is one. */
  readonly userErrors: ReadonlyArray<UserError>;
};

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

/** What a script does. */
export type BootAction =
  /** The machine boots its run's environment. */
  | 'DEPLOY'
  /** The machine boots the discovery agent, which takes its inventory. */
  | 'DISCOVER'
  /** The machine boots from its disk. */
  | 'LOCAL_DISK';

/** What a client would say when it boots. What is left out is as in its newest request for a boot at that moment. */
export type BootClientInput = {
  /** What its firmware can boot (option 93). */
  readonly architecture?: InputMaybe<Architecture>;
  /** What the relay says of where it is plugged in (option 82, sub-option 1): octets in hex. */
  readonly circuitId?: InputMaybe<Scalars['String']['input']>;
  /** Its client identifier (option 61): 2 to 255 octets in hex. */
  readonly clientId?: InputMaybe<Scalars['String']['input']>;
  /** Its UUID (option 97). */
  readonly firmwareUuid?: InputMaybe<Scalars['String']['input']>;
  /** The relay that brings its messages (giaddr). */
  readonly relay?: InputMaybe<Scalars['IPv4']['input']>;
  /** What the relay says of itself (option 82, sub-option 2): octets in hex. */
  readonly remoteId?: InputMaybe<Scalars['String']['input']>;
  /** A user class (option 77): 1 to 254 characters. What iPXE says is told without. */
  readonly userClass?: InputMaybe<Scalars['String']['input']>;
  /** Its vendor class (option 60), such as `PXEClient:Arch:00007:UNDI:003016`: 1 to 255 characters. */
  readonly vendorClass?: InputMaybe<Scalars['String']['input']>;
  /** The wire that its messages come in by, as the configuration calls it. */
  readonly wire?: InputMaybe<Scalars['String']['input']>;
};

/** What an interface hears when it boots, and every reason for that. */
export type BootDecision = {
  readonly __typename?: 'BootDecision';
  /** The moment. */
  readonly at: Scalars['DateTime']['output'];
  /** The answer of DHCP. */
  readonly dhcp: DhcpAnswer;
  /** The interface. */
  readonly mac: Scalars['MAC']['output'];
  /** The machine that claimed it, as it was; null: none did. */
  readonly machine?: Maybe<Machine>;
  /** The last event that counts. */
  readonly position: Scalars['EventPosition']['output'];
  /** The script that iPXE gets from HTTP; null when it never gets so far as to ask. */
  readonly script?: Maybe<ScriptAnswer>;
  /** Why: what was looked at, in its order. */
  readonly steps: ReadonlyArray<BootStep>;
  /** All of it as plain text. `GET /explain/<mac>` says the same. */
  readonly text: Scalars['String']['output'];
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
  /** How they spread over the values of each of these facets. */
  readonly facets: ReadonlyArray<Facet>;
  /** The boot environments alone. */
  readonly nodes: ReadonlyArray<BootEnvironment>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /**
   * How many there are on all pages. Above 10,000 an estimate, unless `exact` is asked for, which costs a walk through
   * an index.
   */
  readonly totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` without `exact` is an estimate. */
  readonly totalCountEstimated: Scalars['Boolean']['output'];
};


/** A page of boot environments. */
export type BootEnvironmentConnectionFacetsArgs = {
  by: ReadonlyArray<BootEnvironmentFacet>;
};


/** A page of boot environments. */
export type BootEnvironmentConnectionTotalCountArgs = {
  exact: Scalars['Boolean']['input'];
};

/** A boot environment in a page. */
export type BootEnvironmentEdge = {
  readonly __typename?: 'BootEnvironmentEdge';
  /** Hand it back as `after` or `before` to go on from this boot environment. */
  readonly cursor: Scalars['String']['output'];
  /** The boot environment. */
  readonly node: BootEnvironment;
};

/** What boot environments can be counted by. */
export type BootEnvironmentFacet =
  /** What it is for. */
  | 'PURPOSE';

/** Which boot environments. All given conditions must hold. */
export type BootEnvironmentFilter = {
  /** All of these hold. */
  readonly and?: InputMaybe<ReadonlyArray<BootEnvironmentFilter>>;
  /** The name of its folder. */
  readonly name?: InputMaybe<TextCondition>;
  /** This does not hold. */
  readonly not?: InputMaybe<BootEnvironmentFilter>;
  /** At least one of these holds. */
  readonly or?: InputMaybe<ReadonlyArray<BootEnvironmentFilter>>;
  /** When that was published. */
  readonly publishedAt?: InputMaybe<TimeCondition>;
  /** What it is for. */
  readonly purpose?: InputMaybe<EnvironmentPurposeCondition>;
  /** The newest version. */
  readonly version?: InputMaybe<NumberCondition>;
};

/** The order of a page of boot environments. */
export type BootEnvironmentOrder = {
  /** Which end first. */
  readonly direction: OrderDirection;
  /** By what. What is equal in it, or lacks it, is in the order of the ids. */
  readonly field: BootEnvironmentOrderField;
};

/** What boot environments can be ordered by. */
export type BootEnvironmentOrderField =
  /** The name of its folder. */
  | 'NAME'
  /** When the newest version was published. */
  | 'PUBLISHED_AT';

/** Why a boot belongs to a run. */
export type BootRelation =
  /** It was the first after the run's end. */
  | 'AFTER_END'
  /** The run waited for it. */
  | 'INTENT';

/** One reason. */
export type BootStep = {
  readonly __typename?: 'BootStep';
  /** Why. To be treated in the same way. */
  readonly because: Scalars['String']['output'];
  /** What was found, or decided. Clients and operators wrote parts of it: treat it as untrusted. */
  readonly outcome: Scalars['String']['output'];
  /** What it is about. */
  readonly step: BootStepKind;
};

/** What a reason is about, in the order in which reasons are told. */
export type BootStepKind =
  /** The address: a reservation, a lease, a range. */
  | 'ADDRESS'
  /** What comes of it all. */
  | 'ANSWER'
  /** What firmware loads. */
  | 'BOOT_FILE'
  /** A client class that it is of. */
  | 'CLASS'
  /** What is known of the client, and from where. */
  | 'CLIENT'
  /** Whether the clock is in doubt. */
  | 'CLOCK'
  /** The boot environment, its version and its template. */
  | 'ENVIRONMENT'
  /** Whether a restore waits for an operator. */
  | 'FENCE'
  /** The boot intent and its run, and how often its script was sent. */
  | 'INTENT'
  /** How long the lease lasts, and who says so. */
  | 'LEASE_TIME'
  /** The machine, and the state that it is in. */
  | 'MACHINE'
  /** A DHCP option, and who sets it. */
  | 'OPTIONS'
  /** What the subnet has done with machines that nobody approved. */
  | 'POLICY'
  /** The subnets that share the wire. */
  | 'SHARED_NETWORK'
  /** The subnet, and how it was chosen. */
  | 'SUBNET'
  /** The wire that its messages come in by. */
  | 'WIRE';

/** Ends the verification that is under way. */
export type CancelVerificationInput = {
  /** Only tell whether it could be done. Nothing is cancelled. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Has no effect: nothing is decided on a stream. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Has no effect: nothing is recorded, and it may always be repeated. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Has no effect: nothing is recorded. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** What `cancelVerification` answers. */
export type CancelVerificationPayload = MutationPayload & {
  readonly __typename?: 'CancelVerificationPayload';
  /** Finds nothing: nothing is recorded. */
  readonly correlationId: Scalars['String']['output'];
  /** What a dry run found; null when this was none. */
  readonly plan?: Maybe<Plan>;
  /** Always null: nothing is recorded. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** Always empty. */
  readonly userErrors: ReadonlyArray<UserError>;
  /** The newest verification, which has ended, this way or before; null in a dry run, and when there was none. */
  readonly verification?: Maybe<Verification>;
};

/** The feed has shown everything that was in the log when it looked. */
export type CaughtUp = {
  readonly __typename?: 'CaughtUp';
  /** How far the feed has looked. */
  readonly position: Scalars['EventPosition']['output'];
};

/** A value that became another one. */
export type CausedChange = {
  readonly __typename?: 'CausedChange';
  /** As it was at last; null when there was none. */
  readonly after?: Maybe<Scalars['JSON']['output']>;
  /** As it was at first; null when there was none. */
  readonly before?: Maybe<Scalars['JSON']['output']>;
  /** Those that changed it, in their order. */
  readonly events: ReadonlyArray<Event>;
  /** Which, with dots between its parts: `labels.rack`, `ranges.0.first`. */
  readonly path: Scalars['String']['output'];
  /** Whose: `machine/<uuid>`, `subnet/<name>`, `class/<name>`, `bootenv/<name>`. */
  readonly subject: Scalars['String']['output'];
};

/** Replaces a client class's definition as a whole. */
export type ChangeClientClassInput = {
  /**
   * A file of the loaders' folder, or an http or https URL, that they boot instead of their architecture's loader. It never
   * stands for the script that iPXE gets. By default, the loader.
   */
  readonly bootFile?: InputMaybe<Scalars['String']['input']>;
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the stream of all subnets and classes is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** How long their leases last: 60 seconds to one year. By default, what the subnet says. */
  readonly leaseSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** Which clients are of it. At least one part is given. */
  readonly match: ClientMatchInput;
  /** Which class. */
  readonly name: Scalars['String']['input'];
  /** Options for those of them that ask, instead of the subnet's: 64 at most. */
  readonly options: ReadonlyArray<DhcpOptionInput>;
  /** Where classes of one client differ, the higher one wins; of equal ones, the first by name. 0 to 1000. */
  readonly priority: Scalars['Int']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Does the same to many machines. */
export type ChangeMachinesInput = {
  /** What to do to each. */
  readonly action: MachineAction;
  /** How many machines you mean. Required when more than 10 match, and refused unless it is the number that does. */
  readonly confirmCount?: InputMaybe<Scalars['Int']['input']>;
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refused: many machines have many revisions. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days. A repetition finishes what was cut short, and repeats nothing. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Which machines. Looked up once; what matches later is not touched. */
  readonly selector: MachineSelector;
};

/** What `changeMachines` and `finishBulkChange` answer. */
export type ChangeMachinesPayload = MutationPayload & {
  readonly __typename?: 'ChangeMachinesPayload';
  /** How many did what was asked, or had done it before; in a dry run, would. */
  readonly accepted: Scalars['Int']['output'];
  /** Names the bulk change: its stream is `bulk-` and this. Null when none was begun, or found. */
  readonly bulkId?: Maybe<Scalars['String']['output']>;
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** How many machines were selected. */
  readonly matched: Scalars['Int']['output'];
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
  /** Where in the log the outcome stands; null when nothing was recorded. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** The first 100 that did not, and why. */
  readonly refused: ReadonlyArray<RefusedMachine>;
  /** How many did not. */
  readonly refusedCount: Scalars['Int']['output'];
  /** Why nothing was done. Empty when the bulk change was carried out, whatever single machines said to it. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Replaces a subnet's definition as a whole. */
export type ChangeSubnetInput = {
  /** Part of a lease, from its start, in which a renewal gets the remaining time and is not recorded: 0 to 0.9. */
  readonly cacheThreshold: Scalars['Float']['input'];
  /** The network, /8 to /30. It may not overlap another one. */
  readonly cidr: Scalars['CIDR']['input'];
  /** Most preferred first. */
  readonly dnsServers: ReadonlyArray<Scalars['IPv4']['input']>;
  /** The domain that clients are told. */
  readonly domainName?: InputMaybe<Scalars['String']['input']>;
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Addresses in the ranges that are not handed out. A reservation or a running lease of one goes on. */
  readonly exclusions: ReadonlyArray<AddressRangeInput>;
  /** Refuse unless the stream of all subnets is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Even if leases run that the subnet would no longer have. They end by their time, and are not renewed. */
  readonly force: Scalars['Boolean']['input'];
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** How long a lease lasts: 60 seconds to one year. */
  readonly leaseSeconds: Scalars['Int']['input'];
  /** Which subnet. */
  readonly name: Scalars['String']['input'];
  /** Further options for its clients that ask for them, unless their class or their machine says otherwise: 64 at most. */
  readonly options: ReadonlyArray<DhcpOptionInput>;
  /** Which address a client without one gets. */
  readonly picker: AddressPicker;
  /** Whether the network is asked if somebody uses an address before it is offered. Offers take longer. */
  readonly probeBeforeOffer: Scalars['Boolean']['input'];
  /** Addresses that may be leased to whoever asks. With none, only reserved addresses are served. */
  readonly ranges: ReadonlyArray<AddressRangeInput>;
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Most preferred first. */
  readonly routers: ReadonlyArray<Scalars['IPv4']['input']>;
  /**
   * The wire that it shares with the subnets that say the same: a client there may get an address of any of them. They
   * need not be next to each other.
   */
  readonly sharedNetwork?: InputMaybe<Scalars['String']['input']>;
  /** What a machine gets to boot that nobody knows. */
  readonly unknownMachines: UnknownMachinePolicy;
};

/** A signed checkpoint: the log had so many events, in this order and no other. */
export type Checkpoint = {
  readonly __typename?: 'Checkpoint';
  /** What a third party keeps: the signed checkpoint in its written form (https://c2sp.org/tlog-checkpoint). */
  readonly note: Scalars['String']['output'];
  /** Of the event that records it. It is covered by the next checkpoint. */
  readonly position: Scalars['EventPosition']['output'];
  /** The root of the tree over them (RFC 6962 s. 2.1). */
  readonly root: Scalars['Sha256']['output'];
  /** When it was signed. */
  readonly signedAt: Scalars['DateTime']['output'];
  /** How many events it covers, from the first one on. */
  readonly size: Scalars['SafeInt']['output'];
  /** The public key that it is checked with. */
  readonly verifierKey: Scalars['String']['output'];
};

/** A page of checkpoints. */
export type CheckpointConnection = {
  readonly __typename?: 'CheckpointConnection';
  /** The checkpoints and their cursors. */
  readonly edges: ReadonlyArray<CheckpointEdge>;
  /** How they spread over the values of each of these facets. */
  readonly facets: ReadonlyArray<Facet>;
  /** The checkpoints alone. */
  readonly nodes: ReadonlyArray<Checkpoint>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /**
   * How many there are on all pages. Above 10,000 an estimate, unless `exact` is asked for, which costs a walk through
   * an index.
   */
  readonly totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` without `exact` is an estimate. */
  readonly totalCountEstimated: Scalars['Boolean']['output'];
};


/** A page of checkpoints. */
export type CheckpointConnectionFacetsArgs = {
  by: ReadonlyArray<CheckpointFacet>;
};


/** A page of checkpoints. */
export type CheckpointConnectionTotalCountArgs = {
  exact: Scalars['Boolean']['input'];
};

/** A checkpoint in a page. */
export type CheckpointEdge = {
  readonly __typename?: 'CheckpointEdge';
  /** Hand it back as `after` or `before` to go on from this checkpoint. */
  readonly cursor: Scalars['String']['output'];
  /** The checkpoint. */
  readonly node: Checkpoint;
};

/** What checkpoints can be counted by. */
export type CheckpointFacet =
  /** The public key that they are checked with. */
  | 'VERIFIER_KEY';

/** Which checkpoints. All given conditions must hold. */
export type CheckpointFilter = {
  /** All of these hold. */
  readonly and?: InputMaybe<ReadonlyArray<CheckpointFilter>>;
  /** This does not hold. */
  readonly not?: InputMaybe<CheckpointFilter>;
  /** At least one of these holds. */
  readonly or?: InputMaybe<ReadonlyArray<CheckpointFilter>>;
  /** The root of the tree over them. */
  readonly root?: InputMaybe<TextCondition>;
  /** When it was signed. */
  readonly signedAt?: InputMaybe<TimeCondition>;
  /** How many events it covers. */
  readonly size?: InputMaybe<NumberCondition>;
  /** The public key that it is checked with: each life of a log has its own. */
  readonly verifierKey?: InputMaybe<TextCondition>;
};

/** The order of a page of checkpoints. */
export type CheckpointOrder = {
  /** Which end first. */
  readonly direction: OrderDirection;
  /** By what. What is equal in it, or lacks it, is in the order of the ids. */
  readonly field: CheckpointOrderField;
};

/** What checkpoints can be ordered by. */
export type CheckpointOrderField =
  /** The order in which they were signed. */
  | 'POSITION';

/** Clients that are alike, and what they get. */
export type ClientClass = Node & {
  readonly __typename?: 'ClientClass';
  /** The file or URL that they boot instead of their architecture's loader; null: the loader. */
  readonly bootFile?: Maybe<Scalars['String']['output']>;
  /** When its definition last changed. */
  readonly changedAt: Scalars['DateTime']['output'];
  /** When it was first defined under its name. */
  readonly definedAt: Scalars['DateTime']['output'];
  /** Opaque. */
  readonly id: Scalars['ID']['output'];
  /** How long their leases last; null: what the subnet says. */
  readonly leaseSeconds?: Maybe<Scalars['Int']['output']>;
  /** Which clients are of it. */
  readonly match: ClientMatch;
  /** What operators call it. It never changes. */
  readonly name: Scalars['String']['output'];
  /** Options for those of them that ask, instead of the subnet's. */
  readonly options: ReadonlyArray<DhcpOption>;
  /** Where classes of one client differ, the higher one wins; of equal ones, the first by name. 0 to 1000. */
  readonly priority: Scalars['Int']['output'];
};

/** A page of client classes. */
export type ClientClassConnection = {
  readonly __typename?: 'ClientClassConnection';
  /** The classes and their cursors. */
  readonly edges: ReadonlyArray<ClientClassEdge>;
  /** How they spread over the values of each of these facets. */
  readonly facets: ReadonlyArray<Facet>;
  /** The classes alone. */
  readonly nodes: ReadonlyArray<ClientClass>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** Of the stream that classes share with subnets, from 0, -1 when there is none. Hand it back as `expectedRevision`. */
  readonly revision: Scalars['Int']['output'];
  /**
   * How many there are on all pages. Above 10,000 an estimate, unless `exact` is asked for, which costs a walk through
   * an index.
   */
  readonly totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` without `exact` is an estimate. */
  readonly totalCountEstimated: Scalars['Boolean']['output'];
};


/** A page of client classes. */
export type ClientClassConnectionFacetsArgs = {
  by: ReadonlyArray<ClientClassFacet>;
};


/** A page of client classes. */
export type ClientClassConnectionTotalCountArgs = {
  exact: Scalars['Boolean']['input'];
};

/** A client class in a page. */
export type ClientClassEdge = {
  readonly __typename?: 'ClientClassEdge';
  /** Hand it back as `after` or `before` to go on from this class. */
  readonly cursor: Scalars['String']['output'];
  /** The class. */
  readonly node: ClientClass;
};

/** What client classes can be counted by. */
export type ClientClassFacet =
  /** Its priority. */
  | 'PRIORITY';

/** Which client classes. All given conditions must hold. */
export type ClientClassFilter = {
  /** All of these hold. */
  readonly and?: InputMaybe<ReadonlyArray<ClientClassFilter>>;
  /** When its definition last changed. */
  readonly changedAt?: InputMaybe<TimeCondition>;
  /** When it was first defined. */
  readonly definedAt?: InputMaybe<TimeCondition>;
  /** Its name. */
  readonly name?: InputMaybe<TextCondition>;
  /** This does not hold. */
  readonly not?: InputMaybe<ClientClassFilter>;
  /** At least one of these holds. */
  readonly or?: InputMaybe<ReadonlyArray<ClientClassFilter>>;
  /** Its priority. */
  readonly priority?: InputMaybe<NumberCondition>;
};

/** The order of a page of client classes. */
export type ClientClassOrder = {
  /** Which end first. */
  readonly direction: OrderDirection;
  /** By what. What is equal in it, or lacks it, is in the order of the ids. */
  readonly field: ClientClassOrderField;
};

/** What client classes can be ordered by. */
export type ClientClassOrderField =
  /** When its definition last changed. */
  | 'CHANGED_AT'
  /** When it was first defined. */
  | 'DEFINED_AT'
  /** Its name. */
  | 'NAME'
  /** Its priority. */
  | 'PRIORITY';

/** What a mutation answers about a client class. */
export type ClientClassPayload = MutationPayload & {
  readonly __typename?: 'ClientClassPayload';
  /** The class after the change; null when there is none, or when the change was refused. */
  readonly clientClass?: Maybe<ClientClass>;
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
  /** Where in the log the outcome stands; null when nothing was recorded. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** Why nothing was done. Empty when the mutation was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Which clients are of a class: every part that is not null must hold, and of a list one element is enough. */
export type ClientMatch = {
  readonly __typename?: 'ClientMatch';
  /** What their firmware can boot (option 93). */
  readonly architectures?: Maybe<ReadonlyArray<Architecture>>;
  /** What their hardware address begins with: `52:54:00`. */
  readonly macPrefixes?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Labels that their machine has, all of them. */
  readonly machineLabels?: Maybe<LabelSelector>;
  /** The port that their relay names (option 82, sub-option 1), in hex. */
  readonly relayCircuits?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What their relay calls itself (option 82, sub-option 2), in hex. */
  readonly relayRemotes?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** The subnets that they ask in. */
  readonly subnets?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** Their user class (option 77). */
  readonly userClasses?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What their vendor class (option 60) begins with. */
  readonly vendorClassPrefixes?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** Which clients are of a class: every part that is given must hold, and of a list one element is enough. */
export type ClientMatchInput = {
  /** What their firmware can boot (option 93). */
  readonly architectures?: InputMaybe<ReadonlyArray<Architecture>>;
  /** What their hardware address begins with: `52:54:00`. */
  readonly macPrefixes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Labels that their machine has, all of them. */
  readonly machineLabels?: InputMaybe<ReadonlyArray<SelectorLabelInput>>;
  /** The port that their relay names (option 82, sub-option 1), in hex. */
  readonly relayCircuits?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** What their relay calls itself (option 82, sub-option 2), in hex. */
  readonly relayRemotes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** The subnets that they ask in. */
  readonly subnets?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Their user class (option 77). */
  readonly userClasses?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** What their vendor class (option 60) begins with. */
  readonly vendorClassPrefixes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** Says that the clock is right after it jumped. */
export type ConfirmClockInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the stream `system` is at this revision. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Shows that one log continues another (RFC 6962 s. 2.1.2). */
export type ConsistencyProof = {
  readonly __typename?: 'ConsistencyProof';
  /** The later one. */
  readonly checkpoint: Checkpoint;
  /** From the bottom up. None where both are the same. */
  readonly hashes: ReadonlyArray<Scalars['Sha256']['output']>;
  /**
   * Proof and checkpoint in one text, as a witness is sent it (https://c2sp.org/tlog-witness), which
   * `ironledger-verify --continued` verifies with the earlier checkpoint and the key.
   */
  readonly text: Scalars['String']['output'];
};

/** The processors of a machine. */
export type Cpu = {
  readonly __typename?: 'Cpu';
  /** How many the kernel sees, threads counted. */
  readonly count: Scalars['Int']['output'];
  /** As the first one names itself; null when it does not. */
  readonly model?: Maybe<Scalars['String']['output']>;
};

/** Defines a role, or replaces the definition that it has as a whole. */
export type DefineAccessRoleInput = {
  /** For people. At most 1,024 characters. */
  readonly description: Scalars['String']['input'];
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the stream of the role is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 63 of `a-z`, `0-9` and `-`. It never changes. */
  readonly name: Scalars['String']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** What it lets its holders do: 1 to 32 rules, each of which adds. */
  readonly rules: ReadonlyArray<AccessRuleInput>;
};

/** Starts to tell some clients from the others. */
export type DefineClientClassInput = {
  /**
   * A file of the loaders' folder, or an http or https URL, that they boot instead of their architecture's loader. It never
   * stands for the script that iPXE gets. By default, the loader.
   */
  readonly bootFile?: InputMaybe<Scalars['String']['input']>;
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the stream of all subnets and classes is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** How long their leases last: 60 seconds to one year. By default, what the subnet says. */
  readonly leaseSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** Which clients are of it. At least one part is given. */
  readonly match: ClientMatchInput;
  /** 1 to 63 of `a-z`, `0-9` and `-`. It never changes. */
  readonly name: Scalars['String']['input'];
  /** Options for those of them that ask, instead of the subnet's: 64 at most. */
  readonly options: ReadonlyArray<DhcpOptionInput>;
  /** Where classes of one client differ, the higher one wins; of equal ones, the first by name. 0 to 1000. */
  readonly priority: Scalars['Int']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Starts to serve a subnet. */
export type DefineSubnetInput = {
  /** Part of a lease, from its start, in which a renewal gets the remaining time and is not recorded: 0 to 0.9. */
  readonly cacheThreshold: Scalars['Float']['input'];
  /** The network, /8 to /30. It may not overlap another one. */
  readonly cidr: Scalars['CIDR']['input'];
  /** Most preferred first. */
  readonly dnsServers: ReadonlyArray<Scalars['IPv4']['input']>;
  /** The domain that clients are told. */
  readonly domainName?: InputMaybe<Scalars['String']['input']>;
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Addresses in the ranges that are not handed out. A reservation or a running lease of one goes on. */
  readonly exclusions: ReadonlyArray<AddressRangeInput>;
  /** Refuse unless the stream of all subnets is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** How long a lease lasts: 60 seconds to one year. */
  readonly leaseSeconds: Scalars['Int']['input'];
  /** 1 to 63 of `a-z`, `0-9` and `-`. It never changes. */
  readonly name: Scalars['String']['input'];
  /** Further options for its clients that ask for them, unless their class or their machine says otherwise: 64 at most. */
  readonly options: ReadonlyArray<DhcpOptionInput>;
  /** Which address a client without one gets. */
  readonly picker: AddressPicker;
  /** Whether the network is asked if somebody uses an address before it is offered. Offers take longer. */
  readonly probeBeforeOffer: Scalars['Boolean']['input'];
  /** Addresses that may be leased to whoever asks. With none, only reserved addresses are served. */
  readonly ranges: ReadonlyArray<AddressRangeInput>;
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Most preferred first. */
  readonly routers: ReadonlyArray<Scalars['IPv4']['input']>;
  /**
   * The wire that it shares with the subnets that say the same: a client there may get an address of any of them. They
   * need not be next to each other.
   */
  readonly sharedNetwork?: InputMaybe<Scalars['String']['input']>;
  /** What a machine gets to boot that nobody knows. */
  readonly unknownMachines: UnknownMachinePolicy;
};

/** What is to be written to the disk of each machine. */
export type DeployAction = {
  /** The serial number or the kernel's name of the disk. May be left out for machines that have exactly one. */
  readonly disk?: InputMaybe<Scalars['String']['input']>;
  /** A boot environment of purpose `DEPLOY`. The runs keep the version that is newest now. */
  readonly environment: Scalars['String']['input'];
  /** What to write. */
  readonly image: DiskImageInput;
};

/** Asks for an image to be written to a disk. */
export type DeployMachineInput = {
  /** The serial number or the kernel's name of the disk. May be left out when the machine has exactly one. */
  readonly disk?: InputMaybe<Scalars['String']['input']>;
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
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
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
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
  /** An operator took the boot intent back before an agent reported. Nothing was written; the machine is ready. */
  | 'INTENT_WITHDRAWN'
  /** An operator quarantined the machine. */
  | 'MACHINE_QUARANTINED'
  /** The machine asked to boot again before the agent reported an end. */
  | 'MACHINE_REBOOTED'
  /** The machine was retired. */
  | 'MACHINE_RETIRED'
  /** Nothing was heard of the run for too long. */
  | 'RUN_SILENT'
  /** Two agents reported for one run: somebody else has its token. */
  | 'SECOND_CONSUMER';

/** A condition on why a deployment failed. All given parts must hold. */
export type DeploymentFailureCodeCondition = {
  /** This one. */
  readonly eq?: InputMaybe<DeploymentFailureCode>;
  /** True: it has one. False: it has none. */
  readonly exists?: InputMaybe<Scalars['Boolean']['input']>;
  /** Any of these. */
  readonly in?: InputMaybe<ReadonlyArray<DeploymentFailureCode>>;
};

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

/** A condition on the stage of a run. All given parts must hold. */
export type DeploymentStageCondition = {
  /** This one. */
  readonly eq?: InputMaybe<DeploymentStage>;
  /** True: it has one. False: it has none. */
  readonly exists?: InputMaybe<Scalars['Boolean']['input']>;
  /** Any of these. */
  readonly in?: InputMaybe<ReadonlyArray<DeploymentStage>>;
};

/** The answer to a client that asks for an address. */
export type DhcpAnswer = {
  readonly __typename?: 'DhcpAnswer';
  /** The address that it is offered; null: none, or one of a range, and which one only the moment itself decides. */
  readonly address?: Maybe<Scalars['IPv4']['output']>;
  /** Why that address; null: none is offered. */
  readonly addressFrom?: Maybe<AddressSource>;
  /** What its firmware is told to load: a file or a URL; null: nothing. */
  readonly bootFile?: Maybe<Scalars['String']['output']>;
  /** The client classes that it is of, strongest first. */
  readonly classes: ReadonlyArray<Scalars['String']['output']>;
  /** How long it may keep the address; null: none is offered. */
  readonly leaseSeconds?: Maybe<Scalars['Int']['output']>;
  /** What its machine, its classes and its subnet set, in the order of the codes. */
  readonly options: ReadonlyArray<SourcedOption>;
  /** Whether it gets an answer. */
  readonly outcome: DhcpOutcome;
  /** The subnet that it is in; null: none that is served. */
  readonly subnet?: Maybe<Scalars['String']['output']>;
  /** The wire that it is on; null when the configuration has none such. */
  readonly wire?: Maybe<Scalars['String']['output']>;
};

/**
 * A DHCP option that is set. A client gets it when it asks for it, or when it does not say what it wants; 1, 3, 6 and 15 it
 * gets always.
 */
export type DhcpOption = {
  readonly __typename?: 'DhcpOption';
  /** Its code. */
  readonly code: Scalars['Int']['output'];
  /** Its name; its code when it has none. */
  readonly name: Scalars['String']['output'];
  /** Its octets in hex. */
  readonly octets: Scalars['String']['output'];
  /** Its value as people write it. */
  readonly value: Scalars['String']['output'];
};

/** A DHCP option to set. */
export type DhcpOptionInput = {
  /** Its name or its code: `ntp-servers`, `42`. */
  readonly option: Scalars['String']['input'];
  /**
   * Its value in the form of the option: `10.77.0.1, 10.77.0.2`, `true`, `10.0.0.0/8 via 10.77.0.1`. Octets in hex where
   * the option has no name here, and behind `hex:` for any other.
   */
  readonly value: Scalars['String']['input'];
};

/** Whether DHCP answers. */
export type DhcpOutcome =
  /** What to boot, beside the address that another server leases. */
  | 'BOOT_ONLY'
  /** An address, and what to boot. */
  | 'OFFER'
  /** Nothing. */
  | 'SILENCE';

/** What is different between two moments. */
export type Diff = {
  readonly __typename?: 'Diff';
  /** In the order in which things changed first; the first 1,000. */
  readonly changes: ReadonlyArray<CausedChange>;
  /** The last event before the stretch that is looked at; null when the log began later. */
  readonly from?: Maybe<Scalars['EventPosition']['output']>;
  /** The last event of it; null when the log began later. */
  readonly to?: Maybe<Scalars['EventPosition']['output']>;
  /** Whether there is more than `changes` tells: ask for a shorter time, or for single things. */
  readonly truncated: Scalars['Boolean']['output'];
};

/** What a diff is of: exactly one of its fields. */
export type DiffSubject =
  /** An address: its lease and reservation. Takes leases:read and events:read on every machine, as `leasesOf` does. */
  { readonly address: Scalars['IPv4']['input']; readonly leasesOf?: never; readonly machine?: never; readonly subnet?: never; }
  |  /** The leases and reservations of a subnet by its name, as far as 10,000 events about addresses tell. */
  { readonly address?: never; readonly leasesOf: Scalars['String']['input']; readonly machine?: never; readonly subnet?: never; }
  |  /** A machine by its id. */
  { readonly address?: never; readonly leasesOf?: never; readonly machine: Scalars['ID']['input']; readonly subnet?: never; }
  |  /** A subnet by its name. Takes events:read on every machine. */
  { readonly address?: never; readonly leasesOf?: never; readonly machine?: never; readonly subnet: Scalars['String']['input']; };

/** Lets a principal's tokens count for nothing, until it is enabled again. */
export type DisablePrincipalInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the stream of the principal is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Which principal: its `id`, or the UUID. */
  readonly principalId: Scalars['ID']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** That a machine is to boot into the discovery agent once more. */
export type DiscoveryIntent = {
  readonly __typename?: 'DiscoveryIntent';
  /** The name of the boot environment. */
  readonly environment: Scalars['String']['output'];
  /** The correlation id of everything that happens because of it. */
  readonly runId: Scalars['String']['output'];
  /** How often its script was sent, 0 to 3. */
  readonly servings: Scalars['Int']['output'];
  /** When it was asked for. */
  readonly setAt: Scalars['DateTime']['output'];
  /** Its version, from 1. */
  readonly version: Scalars['Int']['output'];
};

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

/** Lets a principal's tokens count again. */
export type EnablePrincipalInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the stream of the principal is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Which principal: its `id`, or the UUID. */
  readonly principalId: Scalars['ID']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
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

/** A condition on what a boot environment is for. All given parts must hold. */
export type EnvironmentPurposeCondition = {
  /** This one. */
  readonly eq?: InputMaybe<EnvironmentPurpose>;
  /** Any of these. */
  readonly in?: InputMaybe<ReadonlyArray<EnvironmentPurpose>>;
};

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
  /** How they spread over the values of each of these facets. */
  readonly facets: ReadonlyArray<Facet>;
  /** The events alone. */
  readonly nodes: ReadonlyArray<Event>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /**
   * How many there are on all pages. Above 10,000 an estimate, unless `exact` is asked for, which costs a walk through
   * an index.
   */
  readonly totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` without `exact` is an estimate. */
  readonly totalCountEstimated: Scalars['Boolean']['output'];
};


/** A page of events. */
export type EventConnectionFacetsArgs = {
  by: ReadonlyArray<EventFacet>;
};


/** A page of events. */
export type EventConnectionTotalCountArgs = {
  exact: Scalars['Boolean']['input'];
};

/** An event in a page. */
export type EventEdge = {
  readonly __typename?: 'EventEdge';
  /** Hand it back as `after` or `before` to go on from this event. */
  readonly cursor: Scalars['String']['output'];
  /** The event. */
  readonly node: Event;
};

/** What events can be counted by. */
export type EventFacet =
  /** Who is responsible. */
  | 'ACTOR'
  /** The kind of stream. */
  | 'CATEGORY'
  /** The part of the service that spoke. */
  | 'SOURCE'
  /** What happened. */
  | 'TYPE';

/** What a feed of events carries. Every item has a `position` to resume from. */
export type EventFeedItem = CaughtUp | Event | Gap | Heartbeat;

/** Which events. All given conditions must hold. */
export type EventFilter = {
  /** Who is responsible: `user:ada`. */
  readonly actor?: InputMaybe<TextCondition>;
  /** All of these hold. */
  readonly and?: InputMaybe<ReadonlyArray<EventFilter>>;
  /** The kind of stream: what stands before the first dash of its name. */
  readonly category?: InputMaybe<TextCondition>;
  /** The event or request that led directly to it. */
  readonly causationId?: InputMaybe<IdCondition>;
  /** The same for everything that followed from one first cause. */
  readonly correlationId?: InputMaybe<IdCondition>;
  /** Its id. */
  readonly eventId?: InputMaybe<IdCondition>;
  /**
   * The machine that it belongs to: events of its own stream, of the boots of its interfaces, of their addresses, and of
   * the claims on its hardware addresses and its name, each while it was this machine's.
   */
  readonly machineId?: InputMaybe<IdCondition>;
  /** This does not hold. */
  readonly not?: InputMaybe<EventFilter>;
  /** At least one of these holds. */
  readonly or?: InputMaybe<ReadonlyArray<EventFilter>>;
  /** The part of the service that spoke: `dhcp`. */
  readonly source?: InputMaybe<TextCondition>;
  /** What it is about: `machine-<uuid>`. */
  readonly stream?: InputMaybe<TextCondition>;
  /** When it was recorded. */
  readonly time?: InputMaybe<TimeCondition>;
  /** What happened: `LeaseGranted`. */
  readonly type?: InputMaybe<TextCondition>;
};

/** The order of a page of events. */
export type EventOrder = {
  /** Which end first. */
  readonly direction: OrderDirection;
  /** By what. What is equal in it, or lacks it, is in the order of the ids. */
  readonly field: EventOrderField;
};

/** What events can be ordered by. */
export type EventOrderField =
  /** The order of the log. */
  | 'POSITION';

/** How the objects that `filter` and `search` let through spread over the values of one facet. */
export type Facet = {
  readonly __typename?: 'Facet';
  /** Which facet, as it was asked for: `STATE`, `label:rack`. */
  readonly name: Scalars['String']['output'];
  /** Objects whose value is not among `values`. */
  readonly others: Scalars['Int']['output'];
  /** The most frequent values, most frequent first. At most 50. */
  readonly values: ReadonlyArray<FacetValue>;
};

/** One value of a facet. */
export type FacetValue = {
  readonly __typename?: 'FacetValue';
  /** Objects that have it. */
  readonly count: Scalars['Int']['output'];
  /** As a condition takes it: the name of an enum's value, a text, `true`; null: objects that have none. */
  readonly value?: Maybe<Scalars['String']['output']>;
};

/** Who a principal is to an identity provider (OpenID Connect). */
export type FederatedIdentity = {
  readonly __typename?: 'FederatedIdentity';
  /** The provider. */
  readonly issuer: Scalars['String']['output'];
  /** What the provider calls the principal: the claim `sub`. */
  readonly subject: Scalars['String']['output'];
};

/** Finishes a bulk change that was cut short. */
export type FinishBulkChangeInput = {
  /** As in `openBulkChanges`. One that has ended answers how it ended. */
  readonly bulkId: Scalars['String']['input'];
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refused: many machines have many revisions. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Not needed: the request is safe to send again, and finishes nothing twice. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why. Kept with the events of the machines that are still to be asked. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** A kind of firmware. */
export type FirmwareKind =
  /** Legacy BIOS. */
  | 'BIOS'
  /** UEFI. */
  | 'UEFI';

/** A condition on a kind of firmware. All given parts must hold. */
export type FirmwareKindCondition = {
  /** This one. */
  readonly eq?: InputMaybe<FirmwareKind>;
  /** True: it has one. False: it has none. */
  readonly exists?: InputMaybe<Scalars['Boolean']['input']>;
  /** Any of these. */
  readonly in?: InputMaybe<ReadonlyArray<FirmwareKind>>;
};

/** The feed was too far behind, and left out what lies in between. Query what you show again, with `to` as `minPosition`. */
export type Gap = {
  readonly __typename?: 'Gap';
  /** Behind this the gap begins; null: at the beginning of the log. */
  readonly from?: Maybe<Scalars['EventPosition']['output']>;
  /** The same as `to`: resume from here. */
  readonly position: Scalars['EventPosition']['output'];
  /** The last place that was left out. The feed goes on behind it. */
  readonly to: Scalars['EventPosition']['output'];
};

/** Gives a principal a role. */
export type GrantAccessRoleInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the stream of the principal is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Which principal: its `id`, or the UUID. */
  readonly principalId: Scalars['ID']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The name of the role. */
  readonly role: Scalars['String']['input'];
};

/** Nothing happened for a while; the feed lives. */
export type Heartbeat = {
  readonly __typename?: 'Heartbeat';
  /** How far the feed has looked. */
  readonly position: Scalars['EventPosition']['output'];
};

/** A condition on an id: the opaque `id` of an object, or the name inside it. All given parts must hold. */
export type IdCondition = {
  /** This one. */
  readonly eq?: InputMaybe<Scalars['ID']['input']>;
  /** True: it has one. False: it has none. */
  readonly exists?: InputMaybe<Scalars['Boolean']['input']>;
  /** Any of these. */
  readonly in?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** How a disk image is packed. */
export type ImageFormat =
  /** RFC 1952. */
  | 'GZIP'
  /** Not at all. */
  | 'RAW'
  /** RFC 8878. */
  | 'ZSTD';

/** How rows of an import are written. */
export type ImportFormat =
  /** RFC 4180, with a header line. */
  | 'CSV'
  /** A list of objects. */
  | 'JSON';

/** Registers many machines: all of them, or none when a row is wrong. */
export type ImportMachinesInput = {
  /**
   * The rows, at most 10,000. A request may have 256 KiB in all, which is about 3,000 short rows: send more in chunks.
   *
   * CSV (RFC 4180) begins with a header line: `mac` (several in one field are separated by blanks), and as wanted
   * `name`, `labels` (`rack=r7;role=worker`) and up to 64 `param.<key>`, whose fields are JSON where they parse
   * as JSON and text otherwise. JSON is a list of objects: `{"mac": "..." or [...], "name": "...", "labels": {...},
   * "params": {...}}`.
   */
  readonly content: Scalars['String']['input'];
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refused: many machines have many revisions. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** How `content` is written. */
  readonly format: ImportFormat;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** What `importMachines` answers. */
export type ImportMachinesPayload = MutationPayload & {
  readonly __typename?: 'ImportMachinesPayload';
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
  /** Where in the log the outcome stands; null when nothing was recorded. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** How many problems they have, shown or not. With one, nothing is registered. */
  readonly problemCount: Scalars['Int']['output'];
  /** How many machines were registered; in a dry run, would be. */
  readonly registered: Scalars['Int']['output'];
  /** How many rows `content` has; 10,001 when it has more than may be. */
  readonly rows: Scalars['Int']['output'];
  /** How many rows describe a machine that is registered just like this already. */
  readonly unchanged: Scalars['Int']['output'];
  /** Why nothing was done: what is wrong with the rows, at most 100 problems. Empty when the mutation was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Shows that an event is in the log of a checkpoint (RFC 6962 s. 2.1.1). */
export type InclusionProof = {
  readonly __typename?: 'InclusionProof';
  /** What it is verified against. */
  readonly checkpoint: Checkpoint;
  /** The event. */
  readonly event: Event;
  /** The hashes beside the way from the leaf to the root, from the bottom up. */
  readonly hashes: ReadonlyArray<Scalars['Sha256']['output']>;
  /** The place of its leaf in the tree, from 0. */
  readonly index: Scalars['SafeInt']['output'];
  /**
   * Event, proof and checkpoint in one text (https://c2sp.org/tlog-proof), which `ironledger-verify --proof` verifies with
   * nothing but the key.
   */
  readonly text: Scalars['String']['output'];
};

/** A network interface, as far as it was ever heard of. */
export type Interface = Node & {
  readonly __typename?: 'Interface';
  /** The address of its newest lease; null when that has ended. */
  readonly address?: Maybe<Scalars['IPv4']['output']>;
  /** The kernel driver by the last inventory; null when no inventory shows one. */
  readonly driver?: Maybe<Scalars['String']['output']>;
  /** Opaque. It names the hardware address, whoever it belongs to. */
  readonly id: Scalars['ID']['output'];
  /** Its hardware address. */
  readonly mac: Scalars['MAC']['output'];
  /** The machine that has it; null when none has. */
  readonly machine?: Maybe<Machine>;
  /** The kernel's name by the last inventory: `eth0`; null when no inventory shows it. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** The minute in which it was last heard of; null when never. */
  readonly seenAt?: Maybe<Scalars['DateTime']['output']>;
  /** From what it is known first. */
  readonly source: InterfaceSource;
  /** The name of the subnet of that address. */
  readonly subnet?: Maybe<Scalars['String']['output']>;
};

/** A page of interfaces. */
export type InterfaceConnection = {
  readonly __typename?: 'InterfaceConnection';
  /** The interfaces and their cursors. */
  readonly edges: ReadonlyArray<InterfaceEdge>;
  /** How they spread over the values of each of these facets. */
  readonly facets: ReadonlyArray<Facet>;
  /** The interfaces alone. */
  readonly nodes: ReadonlyArray<Interface>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /**
   * How many there are on all pages. Above 10,000 an estimate, unless `exact` is asked for, which costs a walk through
   * an index.
   */
  readonly totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` without `exact` is an estimate. */
  readonly totalCountEstimated: Scalars['Boolean']['output'];
};


/** A page of interfaces. */
export type InterfaceConnectionFacetsArgs = {
  by: ReadonlyArray<InterfaceFacet>;
};


/** A page of interfaces. */
export type InterfaceConnectionTotalCountArgs = {
  exact: Scalars['Boolean']['input'];
};

/** An interface in a page. */
export type InterfaceEdge = {
  readonly __typename?: 'InterfaceEdge';
  /** Hand it back as `after` or `before` to go on from this interface. */
  readonly cursor: Scalars['String']['output'];
  /** The interface. */
  readonly node: Interface;
};

/** What interfaces can be counted by. */
export type InterfaceFacet =
  /** The kernel driver. */
  | 'DRIVER'
  /** The kernel's name. */
  | 'NAME'
  /** From what it is known first. */
  | 'SOURCE'
  /** The subnet of its address. */
  | 'SUBNET';

/** Which interfaces. All given conditions must hold. */
export type InterfaceFilter = {
  /** The address of its newest lease. */
  readonly address?: InputMaybe<AddressCondition>;
  /** All of these hold. */
  readonly and?: InputMaybe<ReadonlyArray<InterfaceFilter>>;
  /** The kernel driver. */
  readonly driver?: InputMaybe<TextCondition>;
  /** Labels of that machine: each of these holds. */
  readonly label?: InputMaybe<ReadonlyArray<LabelCondition>>;
  /** Its hardware address. */
  readonly mac?: InputMaybe<MacCondition>;
  /** The machine that has it. */
  readonly machineId?: InputMaybe<IdCondition>;
  /** The kernel's name. */
  readonly name?: InputMaybe<TextCondition>;
  /** This does not hold. */
  readonly not?: InputMaybe<InterfaceFilter>;
  /** At least one of these holds. */
  readonly or?: InputMaybe<ReadonlyArray<InterfaceFilter>>;
  /** When it was last heard of. */
  readonly seenAt?: InputMaybe<TimeCondition>;
  /** From what it is known first. */
  readonly source?: InputMaybe<InterfaceSourceCondition>;
  /** The name of the subnet of that address. */
  readonly subnet?: InputMaybe<TextCondition>;
};

/** The order of a page of interfaces. */
export type InterfaceOrder = {
  /** Which end first. */
  readonly direction: OrderDirection;
  /** By what. What is equal in it, or lacks it, is in the order of the ids. */
  readonly field: InterfaceOrderField;
};

/** What interfaces can be ordered by. */
export type InterfaceOrderField =
  /** The address of its newest lease, by number. */
  | 'ADDRESS'
  /** Its hardware address. */
  | 'MAC'
  /** The kernel's name. */
  | 'NAME'
  /** When it was last heard of. */
  | 'SEEN_AT'
  /** The name of the subnet of that address. */
  | 'SUBNET';

/** From what an interface is known first. */
export type InterfaceSource =
  /** It booted. */
  | 'BOOT'
  /** A machine's inventory shows it. */
  | 'INVENTORY'
  /** It asked for an address. */
  | 'LEASE'
  /** An operator announced it. */
  | 'REGISTRATION';

/** A condition on from what an interface is known. All given parts must hold. */
export type InterfaceSourceCondition = {
  /** This one. */
  readonly eq?: InputMaybe<InterfaceSource>;
  /** Any of these. */
  readonly in?: InputMaybe<ReadonlyArray<InterfaceSource>>;
};

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

/** Makes a token. */
export type IssueTokenInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the stream of the principal is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** When it ends; null: never by itself, which only a service's token may. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What people call it, for example the machine that it will lie on. 1 to 128 characters. */
  readonly name: Scalars['String']['input'];
  /** Whose: the `id` of a principal, or the UUID. */
  readonly principalId: Scalars['ID']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** What `issueToken` answers. */
export type IssueTokenPayload = MutationPayload & {
  readonly __typename?: 'IssueTokenPayload';
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
  /** Where in the log the outcome stands; null when nothing was recorded. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /**
   * The token itself. It is shown this once, and kept nowhere: null in a repetition of the request, in a dry run, and
   * when it was refused.
   */
  readonly secret?: Maybe<Scalars['String']['output']>;
  /** Whether the request is a repetition, so that the secret was shown before and is not shown again. */
  readonly secretWasShown: Scalars['Boolean']['output'];
  /** The token as it can be seen from now on; null when it was refused. */
  readonly token?: Maybe<AccessToken>;
  /** Why nothing was done. Empty when the mutation was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Something that operators say of a machine. */
export type Label = {
  readonly __typename?: 'Label';
  /** 1 to 63 of `a-z`, `0-9`, `.`, `_` and `-`, with at most one `/` behind a prefix. */
  readonly key: Scalars['String']['output'];
  /** Up to 63 of `A-Z`, `a-z`, `0-9`, `.`, `_` and `-`; may be empty. */
  readonly value: Scalars['String']['output'];
};

/** Changes of labels. */
export type LabelAction = {
  /** Keys of labels to take away. One that a machine does not have is no mistake. */
  readonly remove: ReadonlyArray<Scalars['String']['input']>;
  /** Labels to add, or to give another value. */
  readonly set: ReadonlyArray<LabelInput>;
};

/** A condition on one label of a machine. All given parts must hold. */
export type LabelCondition = {
  /** It has this value. */
  readonly eq?: InputMaybe<Scalars['String']['input']>;
  /** True, or left out with everything else: the machine has the label. False: it has not. */
  readonly exists?: InputMaybe<Scalars['Boolean']['input']>;
  /** It has any of these values. */
  readonly in?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Which label. */
  readonly key: Scalars['String']['input'];
};

/** A label to set. */
export type LabelInput = {
  /** 1 to 63 of `a-z`, `0-9`, `.`, `_` and `-`, beginning with a letter or digit; one `/` may set a prefix apart. */
  readonly key: Scalars['String']['input'];
  /** 0 to 63 of letters, digits, `.`, `_` and `-`. */
  readonly value: Scalars['String']['input'];
};

/** Changes a machine's labels. */
export type LabelMachineInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the machine's stream is at this revision. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its `id`, or its bare UUID. */
  readonly machineId: Scalars['ID']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Keys of labels to take away. One that the machine does not have is no mistake. */
  readonly remove: ReadonlyArray<Scalars['String']['input']>;
  /** Labels to add, or to give another value. */
  readonly set: ReadonlyArray<LabelInput>;
};

/** Machines that have all of these labels. */
export type LabelSelector = {
  readonly __typename?: 'LabelSelector';
  /** At least one. */
  readonly labels: ReadonlyArray<SelectorLabel>;
};

/** The process that ends leases and silent runs, of several that share a log in an engine. */
export type Leadership = {
  readonly __typename?: 'Leadership';
  /** The process: its host's name and something random. */
  readonly holder: Scalars['String']['output'];
  /** How often it was taken so far. Each process that takes it begins a term. */
  readonly term: Scalars['Int']['output'];
};

/** What the service knows of one address. */
export type Lease = Node & {
  readonly __typename?: 'Lease';
  /** The address. */
  readonly address: Scalars['IPv4']['output'];
  /** When its newest event was recorded. */
  readonly changedAt: Scalars['DateTime']['output'];
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
  /** The client that alone may lease it; null when it is not reserved. */
  readonly reservedFor?: Maybe<Scalars['ReservationKey']['output']>;
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
  /** How they spread over the values of each of these facets. */
  readonly facets: ReadonlyArray<Facet>;
  /** The addresses alone. */
  readonly nodes: ReadonlyArray<Lease>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /**
   * How many there are on all pages. Above 10,000 an estimate, unless `exact` is asked for, which costs a walk through
   * an index.
   */
  readonly totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` without `exact` is an estimate. */
  readonly totalCountEstimated: Scalars['Boolean']['output'];
};


/** A page of addresses. */
export type LeaseConnectionFacetsArgs = {
  by: ReadonlyArray<LeaseFacet>;
};


/** A page of addresses. */
export type LeaseConnectionTotalCountArgs = {
  exact: Scalars['Boolean']['input'];
};

/** An address in a page. */
export type LeaseEdge = {
  readonly __typename?: 'LeaseEdge';
  /** Hand it back as `after` or `before` to go on from this address. */
  readonly cursor: Scalars['String']['output'];
  /** The address. */
  readonly node: Lease;
};

/** What addresses can be counted by. */
export type LeaseFacet =
  /** Whether somebody may use it. */
  | 'STATUS'
  /** The subnet. */
  | 'SUBNET';

/** Which addresses. All given conditions must hold. */
export type LeaseFilter = {
  /** The address. */
  readonly address?: InputMaybe<AddressCondition>;
  /** All of these hold. */
  readonly and?: InputMaybe<ReadonlyArray<LeaseFilter>>;
  /** When its newest event was recorded. */
  readonly changedAt?: InputMaybe<TimeCondition>;
  /** DHCP option 61 of that client, in hex. */
  readonly clientId?: InputMaybe<TextCondition>;
  /** The host name that that client sent. */
  readonly hostname?: InputMaybe<TextCondition>;
  /** Labels of that machine: each of these holds. */
  readonly label?: InputMaybe<ReadonlyArray<LabelCondition>>;
  /** Who holds it, held it last or declined it. */
  readonly mac?: InputMaybe<MacCondition>;
  /** The machine that the holder belongs to. */
  readonly machineId?: InputMaybe<IdCondition>;
  /** This does not hold. */
  readonly not?: InputMaybe<LeaseFilter>;
  /** At least one of these holds. */
  readonly or?: InputMaybe<ReadonlyArray<LeaseFilter>>;
  /** The client that it is set aside for, as the key that it answers to: `52:54:00:12:34:56`, `circuit:0a01`. */
  readonly reservedFor?: InputMaybe<TextCondition>;
  /** Whether somebody may use it. */
  readonly status?: InputMaybe<LeaseStatusCondition>;
  /** The name of the subnet that it belongs to. */
  readonly subnet?: InputMaybe<TextCondition>;
  /** The end of the lease or of the quarantine. */
  readonly until?: InputMaybe<TimeCondition>;
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

/** The order of a page of addresses. */
export type LeaseOrder = {
  /** Which end first. */
  readonly direction: OrderDirection;
  /** By what. What is equal in it, or lacks it, is in the order of the ids. */
  readonly field: LeaseOrderField;
};

/** What addresses can be ordered by. */
export type LeaseOrderField =
  /** The address, by number. */
  | 'ADDRESS'
  /** When it changed. */
  | 'CHANGED_AT'
  /** The host name that the client sent. */
  | 'HOSTNAME'
  /** Who holds it. */
  | 'MAC'
  /** Whether somebody may use it, by the word. */
  | 'STATUS'
  /** The name of the subnet. */
  | 'SUBNET'
  /** The end of the lease or of the quarantine. */
  | 'UNTIL';

/** What a mutation answers about an address. */
export type LeasePayload = MutationPayload & {
  readonly __typename?: 'LeasePayload';
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** The address after the change; null when there is nothing to tell of it, or when the change was refused. */
  readonly lease?: Maybe<Lease>;
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
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

/** A condition on whether somebody may use an address. All given parts must hold. */
export type LeaseStatusCondition = {
  /** This one. */
  readonly eq?: InputMaybe<LeaseStatus>;
  /** Any of these. */
  readonly in?: InputMaybe<ReadonlyArray<LeaseStatus>>;
};

/** Refuses everything that would change what is on the machine's disks. */
export type LockMachineInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the machine's stream is at this revision. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its `id`, or its bare UUID. */
  readonly machineId: Scalars['ID']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/**
 * Old events of the log in a compressed file of their own: an exported file, sealed by a signed checkpoint. They are read
 * and verified as if they were in the log's file.
 */
export type LogArchive = {
  readonly __typename?: 'LogArchive';
  /** The event that it begins behind, counted from 1; 0: it begins with the log. */
  readonly after: Scalars['SafeInt']['output'];
  /** Its size. */
  readonly bytes: Scalars['SafeInt']['output'];
  /** How many events it has. */
  readonly events: Scalars['SafeInt']['output'];
  /** Its name in the folder `archive` of the log. */
  readonly file: Scalars['String']['output'];
  /** Whether the file is there. Whatever needs one that is not is refused with `LOG_ARCHIVE_MISSING`. */
  readonly isThere: Scalars['Boolean']['output'];
  /** The signed checkpoint over them, in its written form. */
  readonly note: Scalars['String']['output'];
  /** The root of the tree over all events up to its last (RFC 6962 s. 2.1). */
  readonly root: Scalars['Sha256']['output'];
  /** SHA-256 of the file. */
  readonly sha256: Scalars['Sha256']['output'];
  /** Its last event. */
  readonly through: Scalars['SafeInt']['output'];
  /** The public key that the checkpoint is checked with. */
  readonly verifierKey: Scalars['String']['output'];
};

/** How the log is signed. */
export type LogSigning = {
  readonly __typename?: 'LogSigning';
  /** Why nothing is signed: the log is not the one that was signed before. Null: it is. */
  readonly contradiction?: Maybe<Scalars['String']['output']>;
  /** Where the service writes each checkpoint to a file. */
  readonly directory: Scalars['String']['output'];
  /** The newest checkpoint; null when none was signed yet. */
  readonly newest?: Maybe<Checkpoint>;
  /** What the log is called in its checkpoints; null while it is empty. */
  readonly origin?: Maybe<Scalars['String']['output']>;
  /** Events that no checkpoint covers, without those that record checkpoints. */
  readonly unsignedEvents: Scalars['SafeInt']['output'];
  /**
   * The public key, as it is written down: `<origin>+<id>+<base64>`. Have it from whoever you trust, once, and keep it.
   * Null while the log is empty.
   */
  readonly verifierKey?: Maybe<Scalars['String']['output']>;
};

/** A condition on a hardware address. All given parts must hold. */
export type MacCondition = {
  /** This one. */
  readonly eq?: InputMaybe<Scalars['MAC']['input']>;
  /** True: it has one. False: it has none. */
  readonly exists?: InputMaybe<Scalars['Boolean']['input']>;
  /** Any of these. */
  readonly in?: InputMaybe<ReadonlyArray<Scalars['MAC']['input']>>;
  /** It begins with this: `52:54:00`. Dashes and capitals are understood. */
  readonly prefix?: InputMaybe<Scalars['String']['input']>;
};

/** A machine that the service has seen. */
export type Machine = Node & {
  readonly __typename?: 'Machine';
  /** The addresses that its interfaces hold a lease of, lowest first. */
  readonly addresses?: Maybe<ReadonlyArray<Scalars['IPv4']['output']>>;
  /** What its firmware can boot; null when it never said. */
  readonly architecture?: Maybe<Architecture>;
  /** When the newest event of its stream was recorded. */
  readonly changedAt: Scalars['DateTime']['output'];
  /** What it gets when it asks for it, whatever its classes and its subnet say. */
  readonly dhcpOptions: ReadonlyArray<DhcpOption>;
  /** When it was discovered; null until it has booted once. */
  readonly discoveredAt?: Maybe<Scalars['DateTime']['output']>;
  /** The discovery that was asked for and has not come about; null: its next boot is what its state says. */
  readonly discoveryIntent?: Maybe<DiscoveryIntent>;
  /** Why it failed or was quarantined; null in every other state. */
  readonly failure?: Maybe<MachineFailure>;
  /** Opaque. Mutations take it as `machineId`. */
  readonly id: Scalars['ID']['output'];
  /** Its interfaces with what is known of each: none when it is retired. */
  readonly interfaces?: Maybe<InterfaceConnection>;
  /** What the discovery agent found; null until it has reported. */
  readonly inventory?: Maybe<Inventory>;
  /** The value of one label; null when it has no such label. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** What operators say of it, in the order of the keys. */
  readonly labels: ReadonlyArray<Label>;
  /** While true, nothing may be asked of it that would change what is on its disks. */
  readonly locked: Scalars['Boolean']['output'];
  /** The UUID inside `id`; the machine's stream is `machine-` and this. */
  readonly machineId: Scalars['String']['output'];
  /** Its interfaces: the one that it was discovered by, then those that its inventory added. */
  readonly macs: ReadonlyArray<Scalars['MAC']['output']>;
  /** What operators call it, also its host name; null until it has been named. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** What its templates may use, by key. */
  readonly params: Scalars['JSON']['output'];
  /** Of the newest event of its stream. */
  readonly position: Scalars['EventPosition']['output'];
  /** When it was announced by an operator; null when it was not. */
  readonly registeredAt?: Maybe<Scalars['DateTime']['output']>;
  /** Of its stream, from 0. Hand it back as `expectedRevision`. */
  readonly revision: Scalars['Int']['output'];
  /** The run that it belongs to, or else its last one; null when there was none. */
  readonly run?: Maybe<Run>;
  /** Its runs, newest first unless `orderBy` says otherwise. */
  readonly runs: RunConnection;
  /**
   * The minute in which it was last heard of: a lease or boot of one of its interfaces, a report of its agent. Null when
   * never, and in a look at the past.
   */
  readonly seenAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it is in its life. */
  readonly state: MachineState;
  /** Everything that happened to it: the events of its own stream and the boots of its interfaces, oldest first. */
  readonly timeline: TimelineConnection;
};


/** A machine that the service has seen. */
export type MachineInterfacesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<InterfaceFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy: InterfaceOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** A machine that the service has seen. */
export type MachineLabelArgs = {
  key: Scalars['String']['input'];
};


/** A machine that the service has seen. */
export type MachineRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RunFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy: RunOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** A machine that the service has seen. */
export type MachineTimelineArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** What to do to each machine: exactly one of its fields. Each machine's own rules hold. */
export type MachineAction =
  /** As `approveMachine`. Must be true. */
  { readonly approve: Scalars['Boolean']['input']; readonly deploy?: never; readonly label?: never; readonly lock?: never; readonly params?: never; readonly quarantine?: never; readonly release?: never; readonly retire?: never; readonly unlock?: never; }
  |  /** As `deployMachine`. */
  { readonly approve?: never; readonly deploy: DeployAction; readonly label?: never; readonly lock?: never; readonly params?: never; readonly quarantine?: never; readonly release?: never; readonly retire?: never; readonly unlock?: never; }
  |  /** As `labelMachine`. */
  { readonly approve?: never; readonly deploy?: never; readonly label: LabelAction; readonly lock?: never; readonly params?: never; readonly quarantine?: never; readonly release?: never; readonly retire?: never; readonly unlock?: never; }
  |  /** As `lockMachine`. Must be true. */
  { readonly approve?: never; readonly deploy?: never; readonly label?: never; readonly lock: Scalars['Boolean']['input']; readonly params?: never; readonly quarantine?: never; readonly release?: never; readonly retire?: never; readonly unlock?: never; }
  |  /** As `setMachineParams`. */
  { readonly approve?: never; readonly deploy?: never; readonly label?: never; readonly lock?: never; readonly params: ParamsAction; readonly quarantine?: never; readonly release?: never; readonly retire?: never; readonly unlock?: never; }
  |  /** As `quarantineMachine`. */
  { readonly approve?: never; readonly deploy?: never; readonly label?: never; readonly lock?: never; readonly params?: never; readonly quarantine: QuarantineAction; readonly release?: never; readonly retire?: never; readonly unlock?: never; }
  |  /** As `releaseMachine`. Must be true. */
  { readonly approve?: never; readonly deploy?: never; readonly label?: never; readonly lock?: never; readonly params?: never; readonly quarantine?: never; readonly release: Scalars['Boolean']['input']; readonly retire?: never; readonly unlock?: never; }
  |  /** As `retireMachine`. Must be true. */
  { readonly approve?: never; readonly deploy?: never; readonly label?: never; readonly lock?: never; readonly params?: never; readonly quarantine?: never; readonly release?: never; readonly retire: Scalars['Boolean']['input']; readonly unlock?: never; }
  |  /** As `unlockMachine`. Must be true. */
  { readonly approve?: never; readonly deploy?: never; readonly label?: never; readonly lock?: never; readonly params?: never; readonly quarantine?: never; readonly release?: never; readonly retire?: never; readonly unlock: Scalars['Boolean']['input']; };

/** A machine changed. */
export type MachineChange = {
  readonly __typename?: 'MachineChange';
  /** True: it matched the conditions, and does not any more. */
  readonly left: Scalars['Boolean']['output'];
  /** The machine as it is now, so maybe newer than `position`; null when it is not shown any more. */
  readonly machine?: Maybe<Machine>;
  /** The UUID of the machine. */
  readonly machineId: Scalars['String']['output'];
  /** How far the feed has looked. */
  readonly position: Scalars['EventPosition']['output'];
  /** The types of the events that changed it since the feed's item before. */
  readonly types: ReadonlyArray<Scalars['String']['output']>;
};

/** A page of machines. */
export type MachineConnection = {
  readonly __typename?: 'MachineConnection';
  /** The machines and their cursors. */
  readonly edges: ReadonlyArray<MachineEdge>;
  /** How they spread over the values of each facet. */
  readonly facets: ReadonlyArray<Facet>;
  /** The machines alone. */
  readonly nodes: ReadonlyArray<Machine>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /**
   * How many there are on all pages. Above 10,000 an estimate, unless `exact` is asked for, which costs a walk through
   * an index.
   */
  readonly totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` without `exact` is an estimate. */
  readonly totalCountEstimated: Scalars['Boolean']['output'];
};


/** A page of machines. */
export type MachineConnectionFacetsArgs = {
  by: ReadonlyArray<MachineFacet>;
  labels: ReadonlyArray<Scalars['String']['input']>;
};


/** A page of machines. */
export type MachineConnectionTotalCountArgs = {
  exact: Scalars['Boolean']['input'];
};

/** A machine in a page. */
export type MachineEdge = {
  readonly __typename?: 'MachineEdge';
  /** Hand it back as `after` or `before` to go on from this machine. */
  readonly cursor: Scalars['String']['output'];
  /** The machine. */
  readonly node: Machine;
};

/** What machines can be counted by. */
export type MachineFacet =
  /** What its firmware can boot. */
  | 'ARCHITECTURE'
  /** Processors. */
  | 'CPU_COUNT'
  /** As its first processor names itself. */
  | 'CPU_MODEL'
  /** The boot environment of its last run. */
  | 'ENVIRONMENT'
  /** Why its last run failed. */
  | 'FAILURE_CODE'
  /** How it was started when it was looked at. */
  | 'FIRMWARE'
  /** The disk image of its last run. */
  | 'IMAGE'
  /** Whether it is locked. */
  | 'LOCKED'
  /** As its firmware says. */
  | 'MANUFACTURER'
  /** Memory. */
  | 'MEMORY_BYTES'
  /** As its firmware says. */
  | 'PRODUCT'
  /** Where it is in its life. */
  | 'STATE'
  /** The subnet of its addresses. */
  | 'SUBNET';

/** Why a machine is failed or quarantined. */
export type MachineFailure = {
  readonly __typename?: 'MachineFailure';
  /** Stable; null when the machine was quarantined without a failed run. */
  readonly code?: Maybe<DeploymentFailureCode>;
  /** For people; may change. */
  readonly message: Scalars['String']['output'];
};

/** What a feed of machines carries. Every item has a `position` to resume from. */
export type MachineFeedItem = CaughtUp | Gap | Heartbeat | MachineChange;

/** Which machines. All given conditions must hold. */
export type MachineFilter = {
  /** An address that one of its interfaces holds a lease of. */
  readonly address?: InputMaybe<AddressCondition>;
  /** All of these hold. */
  readonly and?: InputMaybe<ReadonlyArray<MachineFilter>>;
  /** What its firmware can boot. */
  readonly architecture?: InputMaybe<ArchitectureCondition>;
  /** When the newest event of its stream was recorded. */
  readonly changedAt?: InputMaybe<TimeCondition>;
  /** Processors, threads counted. */
  readonly cpuCount?: InputMaybe<NumberCondition>;
  /** As its first processor names itself. */
  readonly cpuModel?: InputMaybe<TextCondition>;
  /** When it was discovered. */
  readonly discoveredAt?: InputMaybe<TimeCondition>;
  /** All of its disks together. */
  readonly diskBytes?: InputMaybe<NumberCondition>;
  /** Disks. */
  readonly diskCount?: InputMaybe<NumberCondition>;
  /** The boot environment of the run that it belongs to, or else of its last one. */
  readonly environment?: InputMaybe<TextCondition>;
  /** Why its last run failed. */
  readonly failureCode?: InputMaybe<DeploymentFailureCodeCondition>;
  /** How it was started when it was looked at. */
  readonly firmware?: InputMaybe<FirmwareKindCondition>;
  /** The disk image of the run that it belongs to, or else of its last one. */
  readonly image?: InputMaybe<TextCondition>;
  /** Its labels: each of these holds. */
  readonly label?: InputMaybe<ReadonlyArray<LabelCondition>>;
  /** Whether it is locked. */
  readonly locked?: InputMaybe<Scalars['Boolean']['input']>;
  /** One of its interfaces. */
  readonly mac?: InputMaybe<MacCondition>;
  /** Its id. */
  readonly machineId?: InputMaybe<IdCondition>;
  /** As its firmware says. */
  readonly manufacturer?: InputMaybe<TextCondition>;
  /** Memory. */
  readonly memoryBytes?: InputMaybe<NumberCondition>;
  /** What operators call it. */
  readonly name?: InputMaybe<TextCondition>;
  /** This does not hold. */
  readonly not?: InputMaybe<MachineFilter>;
  /** At least one of these holds. */
  readonly or?: InputMaybe<ReadonlyArray<MachineFilter>>;
  /** As its firmware says. */
  readonly product?: InputMaybe<TextCondition>;
  /** When it was announced by an operator. */
  readonly registeredAt?: InputMaybe<TimeCondition>;
  /** When one of its interfaces was last heard of. */
  readonly seenAt?: InputMaybe<TimeCondition>;
  /** As its firmware says. */
  readonly serial?: InputMaybe<TextCondition>;
  /** Where it is in its life. */
  readonly state?: InputMaybe<MachineStateCondition>;
  /** The name of a subnet that it holds an address of. */
  readonly subnet?: InputMaybe<TextCondition>;
};

/** What machines must be like. All given conditions must hold; none given is every machine. */
export type MachineMatch = {
  /** As `Query.machines` takes it. */
  readonly filter?: InputMaybe<MachineFilter>;
  /** As `Query.machines` takes it. */
  readonly search?: InputMaybe<Scalars['String']['input']>;
};

/** The order of a page of machines. */
export type MachineOrder = {
  /** Which end first. */
  readonly direction: OrderDirection;
  /** By what. What is equal in it, or lacks it, is in the order of the ids. */
  readonly field: MachineOrderField;
};

/** What machines can be ordered by. */
export type MachineOrderField =
  /** When it changed. */
  | 'CHANGED_AT'
  /** Processors. */
  | 'CPU_COUNT'
  /** When it was discovered. */
  | 'DISCOVERED_AT'
  /** All of its disks together. */
  | 'DISK_BYTES'
  /** Disks. */
  | 'DISK_COUNT'
  /** The boot environment of its last run. */
  | 'ENVIRONMENT'
  /** The disk image of its last run. */
  | 'IMAGE'
  /** When it became known: ids are in that order. */
  | 'MACHINE_ID'
  /** As its firmware says. */
  | 'MANUFACTURER'
  /** Memory. */
  | 'MEMORY_BYTES'
  /** Its name. */
  | 'NAME'
  /** As its firmware says. */
  | 'PRODUCT'
  /** When it was last heard of. */
  | 'SEEN_AT'
  /** As its firmware says. */
  | 'SERIAL'
  /** Its state, by the word. */
  | 'STATE';

/** What a mutation answers about a machine. */
export type MachinePayload = MutationPayload & {
  readonly __typename?: 'MachinePayload';
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** The machine after the change; null when there is none, or when the change was refused. */
  readonly machine?: Maybe<Machine>;
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
  /** Where in the log the outcome stands; null when nothing was recorded. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** Why nothing was done. Empty when the mutation was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Which machines: exactly one of its fields. */
export type MachineSelector =
  /** These, by `id` or bare UUID; 1 to 10,000. */
  { readonly machineIds: ReadonlyArray<Scalars['ID']['input']>; readonly matching?: never; }
  |  /** Those that match now; at most 10,000. */
  { readonly machineIds?: never; readonly matching: MachineMatch; };

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
  /** An operator announced it, and it was not seen yet. */
  | 'REGISTERED'
  /** It was released: its disks still hold what was on them. Approve it when you can vouch for it. */
  | 'RELEASING'
  /** It is gone. */
  | 'RETIRED';

/** A condition on the state of a machine. All given parts must hold. */
export type MachineStateCondition = {
  /** This one. */
  readonly eq?: InputMaybe<MachineState>;
  /** Any of these. */
  readonly in?: InputMaybe<ReadonlyArray<MachineState>>;
};

/**
 * A moment in the past: exactly one of its fields. All that is nested in the answer is of that moment, too. When something
 * was heard of last (`seenAt`) is not kept, and cannot be asked for there. Whoever is limited to some machines may ask for
 * single machines of the past, and for no lists.
 */
export type Moment =
  /** Right after the event at this place in the log. */
  { readonly position: Scalars['EventPosition']['input']; readonly time?: never; }
  |  /** After the last event that is not later than this. */
  { readonly position?: never; readonly time: Scalars['DateTime']['input']; };

/** What can be done. Every mutation takes one `input` and answers a payload. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Adds somebody or something that may use the API. Without a role it may do nothing. */
  readonly addPrincipal: PrincipalPayload;
  /** Allows a machine to be deployed, and names it. Approving it again changes nothing. */
  readonly approveMachine: MachinePayload;
  /** Ends the verification that is under way. Does nothing when none is. */
  readonly cancelVerification: CancelVerificationPayload;
  /** Replaces a client class's definition as a whole. Leases keep what they were granted with. */
  readonly changeClientClass: ClientClassPayload;
  /** Does the same to many machines, each by its own rules, and records who was meant before the first is touched. */
  readonly changeMachines: ChangeMachinesPayload;
  /** Replaces a subnet's definition as a whole. Leases keep what they were granted with. */
  readonly changeSubnet: SubnetPayload;
  /** Says that the clock is right after it jumped. */
  readonly confirmClock: ServicePayload;
  /** Defines a role, or replaces the definition that it has as a whole. Nobody defines more than they have. */
  readonly defineAccessRole: AccessRolePayload;
  /** Starts to tell some clients from the others. */
  readonly defineClientClass: ClientClassPayload;
  /** Starts to serve a subnet. */
  readonly defineSubnet: SubnetPayload;
  /** Asks for an image to be written to a disk: at the machine's next boot, once. */
  readonly deployMachine: DeployMachinePayload;
  /** Lets a principal's tokens count for nothing, until it is enabled again. */
  readonly disablePrincipal: PrincipalPayload;
  /** Lets a principal's tokens count again. */
  readonly enablePrincipal: PrincipalPayload;
  /**
   * Finishes a bulk change that was cut short: asks the machines that it recorded for what it recorded, and none for
   * what it has done. For whoever began it, and for whoever may do the same to every machine.
   */
  readonly finishBulkChange: ChangeMachinesPayload;
  /** Gives a principal a role. Nobody gives more than they have. */
  readonly grantAccessRole: PrincipalPayload;
  /**
   * Registers many machines: all of them, or none when a row is wrong. Rows that are registered just like this already
   * are accepted, so an import that others got in the way of is completed by sending it again. The first network boot of
   * each is the discovery agent, as with `registerMachine`.
   */
  readonly importMachines: ImportMachinesPayload;
  /** Makes a token, and shows it once. */
  readonly issueToken: IssueTokenPayload;
  /** Changes a machine's labels. */
  readonly labelMachine: MachinePayload;
  /** Refuses everything that would change what is on the machine's disks. */
  readonly lockMachine: MachinePayload;
  /** Publishes what is in the folder of a boot environment now; what is published already is left as it is. */
  readonly publishBootEnvironment: PublishBootEnvironmentPayload;
  /** Sets a machine aside until somebody vouches for it by approving it. */
  readonly quarantineMachine: MachinePayload;
  /**
   * Builds a read model again from the log, compares it with the one in use, and takes its place. One that has stopped
   * before an event is replaced without a comparison.
   */
  readonly rebuildView: RebuildViewPayload;
  /**
   * Announces a machine before it has ever booted. What is registered just like this already is left as it is. Its first
   * network boot is the discovery agent, also in a subnet where unknown machines boot their disk: do not register a machine
   * that is at work unless that is wanted.
   */
  readonly registerMachine: MachinePayload;
  /** Gives a machine back. What is on its disks stays there until somebody approves the machine, or deploys it anew. */
  readonly releaseMachine: MachinePayload;
  /** Gives a reserved address back to the subnet. */
  readonly removeReservation: LeasePayload;
  /** Gives a machine another name. Its old names stay its own until it is retired. */
  readonly renameMachine: MachinePayload;
  /** Sets an address aside for one client. */
  readonly reserveAddress: LeasePayload;
  /** Tells the clients of a class from the others no more. */
  readonly retireClientClass: ClientClassPayload;
  /** Forgets the machine: its name and its interfaces are free for others. */
  readonly retireMachine: MachinePayload;
  /** Serves a subnet no more. */
  readonly retireSubnet: SubnetPayload;
  /** Lets a read model that has stopped before an event try it again. */
  readonly retryView: RetryViewPayload;
  /** Takes a role from a principal. Somebody always stays who may do everything. */
  readonly revokeAccessRole: PrincipalPayload;
  /** Lets a token count for nothing, for ever. */
  readonly revokeToken: RevokeTokenPayload;
  /** Asks for a machine to boot an environment once, at its next boot. */
  readonly setBootIntent: MachinePayload;
  /** Replaces the DHCP options that a machine gets, whatever its classes and its subnet say. */
  readonly setMachineDhcpOptions: MachinePayload;
  /** Changes a machine's parameters: values for templates and automation, never secrets. */
  readonly setMachineParams: MachinePayload;
  /**
   * Signs a checkpoint over the log as it is now, instead of when it is due. Answers the newest one when nothing happened
   * since.
   */
  readonly signCheckpoint: SignCheckpointPayload;
  /** Lets a restored service act again. Ends every intent of the time before. */
  readonly startEffectsEpoch: ServicePayload;
  /**
   * Copies the log as it is now to a new file of the service's backup directory, while everything goes on. Answers when
   * the copy is checked and on disk.
   */
  readonly takeBackup: BackupPayload;
  /** Lifts the lock. */
  readonly unlockMachine: MachinePayload;
  /**
   * Begins to verify all of the log beside everything else, or answers with the verification that is under way. Ask
   * `verification` for its end, or follow `verificationProgress`.
   */
  readonly verifyLog: VerifyLogPayload;
  /** Lets a role give nothing any more, for ever. */
  readonly withdrawAccessRole: AccessRolePayload;
  /** Takes a boot intent back before it was used: the next boot is the disk. */
  readonly withdrawBootIntent: MachinePayload;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationAddPrincipalArgs = {
  input: AddPrincipalInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationApproveMachineArgs = {
  input: ApproveMachineInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationCancelVerificationArgs = {
  input: CancelVerificationInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationChangeClientClassArgs = {
  input: ChangeClientClassInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationChangeMachinesArgs = {
  input: ChangeMachinesInput;
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
export type MutationDefineAccessRoleArgs = {
  input: DefineAccessRoleInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationDefineClientClassArgs = {
  input: DefineClientClassInput;
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
export type MutationDisablePrincipalArgs = {
  input: DisablePrincipalInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationEnablePrincipalArgs = {
  input: EnablePrincipalInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationFinishBulkChangeArgs = {
  input: FinishBulkChangeInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationGrantAccessRoleArgs = {
  input: GrantAccessRoleInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationImportMachinesArgs = {
  input: ImportMachinesInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationIssueTokenArgs = {
  input: IssueTokenInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationLabelMachineArgs = {
  input: LabelMachineInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationLockMachineArgs = {
  input: LockMachineInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationPublishBootEnvironmentArgs = {
  input: PublishBootEnvironmentInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationQuarantineMachineArgs = {
  input: QuarantineMachineInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationRebuildViewArgs = {
  input: RebuildViewInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationRegisterMachineArgs = {
  input: RegisterMachineInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationReleaseMachineArgs = {
  input: ReleaseMachineInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationRemoveReservationArgs = {
  input: RemoveReservationInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationRenameMachineArgs = {
  input: RenameMachineInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationReserveAddressArgs = {
  input: ReserveAddressInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationRetireClientClassArgs = {
  input: RetireClientClassInput;
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
export type MutationRetryViewArgs = {
  input: RetryViewInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationRevokeAccessRoleArgs = {
  input: RevokeAccessRoleInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationRevokeTokenArgs = {
  input: RevokeTokenInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationSetBootIntentArgs = {
  input: SetBootIntentInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationSetMachineDhcpOptionsArgs = {
  input: SetMachineDhcpOptionsInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationSetMachineParamsArgs = {
  input: SetMachineParamsInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationSignCheckpointArgs = {
  input: SignCheckpointInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationStartEffectsEpochArgs = {
  input: StartEffectsEpochInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationTakeBackupArgs = {
  input: TakeBackupInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationUnlockMachineArgs = {
  input: UnlockMachineInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationVerifyLogArgs = {
  input: VerifyLogInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationWithdrawAccessRoleArgs = {
  input: WithdrawAccessRoleInput;
};


/** What can be done. Every mutation takes one `input` and answers a payload. */
export type MutationWithdrawBootIntentArgs = {
  input: WithdrawBootIntentInput;
};

/** What every payload says. */
export type MutationPayload = {
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
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

/** A condition on a number. All given parts must hold. */
export type NumberCondition = {
  /** This number. */
  readonly eq?: InputMaybe<Scalars['SafeInt']['input']>;
  /** True: it has one. False: it has none. */
  readonly exists?: InputMaybe<Scalars['Boolean']['input']>;
  /** Not more than this. */
  readonly max?: InputMaybe<Scalars['SafeInt']['input']>;
  /** Not less than this. */
  readonly min?: InputMaybe<Scalars['SafeInt']['input']>;
};

/** A bulk change that was begun and has not ended. */
export type OpenBulkChange = {
  readonly __typename?: 'OpenBulkChange';
  /** What is asked of each machine, as the field of `MachineAction` is called. */
  readonly action: Scalars['String']['output'];
  /** Who asked. */
  readonly actor: Scalars['String']['output'];
  /** Names it: its stream is `bulk-` and this. */
  readonly bulkId: Scalars['String']['output'];
  /** How many machines are meant. */
  readonly matched: Scalars['Int']['output'];
  /** Why, in the words of who asked; null when nobody said. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** When it was begun. */
  readonly requestedAt: Scalars['DateTime']['output'];
};

/** Which end of an order comes first. */
export type OrderDirection =
  /** Lowest, earliest, A first. */
  | 'ASC'
  /** Highest, latest, Z first. */
  | 'DESC';

/** Where a page of a connection lies. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Hand it back as `after` to go on; null when the page is empty. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more follows after `endCursor`. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether something precedes `startCursor`. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Hand it back as `before` to go back; null when the page is empty. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** A parameter to set. */
export type ParamInput = {
  /** As the key of a label. A key that names a secret is refused: secrets are never recorded. */
  readonly key: Scalars['String']['input'];
  /** Text, a number, a boolean, or a list or map of them; at most 8 KiB. */
  readonly value: Scalars['JSON']['input'];
};

/** Changes of parameters. */
export type ParamsAction = {
  /** Keys of parameters to take away. One that a machine does not have is no mistake. */
  readonly remove: ReadonlyArray<Scalars['String']['input']>;
  /** Parameters to add, or to give another value. */
  readonly set: ReadonlyArray<ParamInput>;
};

/**
 * What a dry run found. Nothing of it happened: objects of the same payload are shown as they are now, and ids that are
 * minted when the mutation is carried out are others.
 */
export type Plan = {
  readonly __typename?: 'Plan';
  /** What would be different afterwards, value by value; the first 1,000. Nothing of machines that you do not see. */
  readonly changes: ReadonlyArray<PlannedChange>;
  /** What would be different afterwards, as a unified diff; at most 256 KiB. Empty when nothing would be. */
  readonly diff: Scalars['String']['output'];
  /** How many events that would be, shown or not. */
  readonly eventCount: Scalars['Int']['output'];
  /** The events that would be appended, in their order; the first 1,000. Not those of machines that you do not see. */
  readonly events: ReadonlyArray<PlannedEvent>;
};

/** A value that would be another one. */
export type PlannedChange = {
  readonly __typename?: 'PlannedChange';
  /** As it would be; null when there would be none. */
  readonly after?: Maybe<Scalars['JSON']['output']>;
  /** As it is; null when there is none. */
  readonly before?: Maybe<Scalars['JSON']['output']>;
  /** Which, with dots between its parts: `labels.rack`, `ranges.0.first`. */
  readonly path: Scalars['String']['output'];
  /** Whose: `machine/<uuid>`, `subnet/<name>`, `address/<ip>`, `bootenv/<name>`, `principal/<id>`, `accessrole/<name>`. */
  readonly subject: Scalars['String']['output'];
};

/** An event that would be appended. */
export type PlannedEvent = {
  readonly __typename?: 'PlannedEvent';
  /** The particulars. */
  readonly data: Scalars['JSON']['output'];
  /** Its place in its stream, from 0. */
  readonly revision: Scalars['Int']['output'];
  /** What it would be about: `machine-<uuid>`. */
  readonly stream: Scalars['String']['output'];
  /** What would have happened, in the past tense. */
  readonly type: Scalars['String']['output'];
};

/** An event that a read model cannot apply. The others do not wait for it. */
export type PoisonedEvent = {
  readonly __typename?: 'PoisonedEvent';
  /** Its id. */
  readonly eventId: Scalars['ID']['output'];
  /** Why it cannot be applied. */
  readonly message: Scalars['String']['output'];
  /** Where it is in the log. */
  readonly position: Scalars['EventPosition']['output'];
  /** Its place in the stream. */
  readonly revision: Scalars['Int']['output'];
  /** Its stream. */
  readonly stream: Scalars['String']['output'];
  /** What happened. */
  readonly type: Scalars['String']['output'];
};

/** Somebody or something that may use the API. */
export type Principal = Node & {
  readonly __typename?: 'Principal';
  /** When it was added. */
  readonly addedAt: Scalars['DateTime']['output'];
  /** Whether its tokens count for nothing at the moment. */
  readonly disabled: Scalars['Boolean']['output'];
  /** Opaque. */
  readonly id: Scalars['ID']['output'];
  /** Who it is to an identity provider; null: none speaks for it. */
  readonly identity?: Maybe<FederatedIdentity>;
  /** What it is. */
  readonly kind: PrincipalKind;
  /** No other principal has it. Events that the principal causes have the actor `user:` and this. */
  readonly name: Scalars['String']['output'];
  /** The UUID: events about the principal are in the stream `access-` and this. */
  readonly principalId: Scalars['String']['output'];
  /** Of its stream, from 0. Hand it back as `expectedRevision`. */
  readonly revision: Scalars['Int']['output'];
  /** The names of its roles. One that was withdrawn gives nothing. */
  readonly roles: ReadonlyArray<Scalars['String']['output']>;
  /** What it may do now. */
  readonly scopes: ReadonlyArray<ScopeGrant>;
  /** Its tokens, those that are over too. */
  readonly tokens: AccessTokenConnection;
};


/** Somebody or something that may use the API. */
export type PrincipalTokensArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AccessTokenFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy: AccessTokenOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};

/** A page of principals. */
export type PrincipalConnection = {
  readonly __typename?: 'PrincipalConnection';
  /** The principals and their cursors. */
  readonly edges: ReadonlyArray<PrincipalEdge>;
  /** How they spread over the values of each of these facets. */
  readonly facets: ReadonlyArray<Facet>;
  /** The principals alone. */
  readonly nodes: ReadonlyArray<Principal>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** How many there are on all pages. Always exact. */
  readonly totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` without `exact` is an estimate: never. */
  readonly totalCountEstimated: Scalars['Boolean']['output'];
};


/** A page of principals. */
export type PrincipalConnectionFacetsArgs = {
  by: ReadonlyArray<PrincipalFacet>;
};


/** A page of principals. */
export type PrincipalConnectionTotalCountArgs = {
  exact: Scalars['Boolean']['input'];
};

/** A principal in a page. */
export type PrincipalEdge = {
  readonly __typename?: 'PrincipalEdge';
  /** Hand it back as `after` or `before` to go on from this principal. */
  readonly cursor: Scalars['String']['output'];
  /** The principal. */
  readonly node: Principal;
};

/** What principals can be counted by. */
export type PrincipalFacet =
  /** Whether it is disabled. */
  | 'DISABLED'
  /** What it is. */
  | 'KIND'
  /** Its roles; one with several counts for each. */
  | 'ROLE';

/** Which principals. All given conditions must hold. */
export type PrincipalFilter = {
  /** When it was added. */
  readonly addedAt?: InputMaybe<TimeCondition>;
  /** All of these hold. */
  readonly and?: InputMaybe<ReadonlyArray<PrincipalFilter>>;
  /** Whether it is disabled. */
  readonly disabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** What it is. */
  readonly kind?: InputMaybe<PrincipalKindCondition>;
  /** What it is called. */
  readonly name?: InputMaybe<TextCondition>;
  /** This does not hold. */
  readonly not?: InputMaybe<PrincipalFilter>;
  /** At least one of these holds. */
  readonly or?: InputMaybe<ReadonlyArray<PrincipalFilter>>;
  /** Which one. */
  readonly principalId?: InputMaybe<IdCondition>;
  /** A role that it has. */
  readonly role?: InputMaybe<TextCondition>;
};

/** What a principal is. */
export type PrincipalKind =
  /** Somebody. The tokens of a person end after 366 days at most. */
  | 'PERSON'
  /** A program. Its tokens may have no end. */
  | 'SERVICE';

/** A condition on what a principal is. All given parts must hold. */
export type PrincipalKindCondition = {
  /** This one. */
  readonly eq?: InputMaybe<PrincipalKind>;
  /** Any of these. */
  readonly in?: InputMaybe<ReadonlyArray<PrincipalKind>>;
};

/** The order of a page of principals. */
export type PrincipalOrder = {
  /** Which end first. */
  readonly direction: OrderDirection;
  /** By what. What is equal in it, or lacks it, is in the order of the ids. */
  readonly field: PrincipalOrderField;
};

/** What principals can be ordered by. */
export type PrincipalOrderField =
  /** When it was added. */
  | 'ADDED_AT'
  /** What it is called. */
  | 'NAME';

/** What a mutation answers about a principal. */
export type PrincipalPayload = MutationPayload & {
  readonly __typename?: 'PrincipalPayload';
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
  /** Where in the log the outcome stands; null when nothing was recorded. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** The principal after the change; null when the change was refused. */
  readonly principal?: Maybe<Principal>;
  /** Why nothing was done. Empty when the mutation was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Publishes what is in the folder of a boot environment. */
export type PublishBootEnvironmentInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the boot environment's stream is at this revision; -1: it was never published. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The name of the folder. */
  readonly name: Scalars['String']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** What `publishBootEnvironment` answers. */
export type PublishBootEnvironmentPayload = MutationPayload & {
  readonly __typename?: 'PublishBootEnvironmentPayload';
  /** The boot environment as it is served now; null when it was never published, or when the change was refused. */
  readonly bootEnvironment?: Maybe<BootEnvironment>;
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
  /** Where in the log the outcome stands; null when nothing was recorded. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** Why nothing was done. Empty when the mutation was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Why machines are set aside. */
export type QuarantineAction = {
  /** What is the matter with them, shown with each machine: 1 to 1,024 characters. */
  readonly message: Scalars['String']['input'];
};

/** Sets a machine aside until somebody vouches for it. */
export type QuarantineMachineInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the machine's stream is at this revision. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its `id`, or its bare UUID. */
  readonly machineId: Scalars['ID']['input'];
  /** What is the matter with it, shown with the machine: 1 to 1,024 characters. */
  readonly message: Scalars['String']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type Query = {
  readonly __typename?: 'Query';
  /** The access roles, built in ones too. */
  readonly accessRoles: AccessRoleConnection;
  /** Every scope that there is, in one fixed order. */
  readonly accessScopes: ReadonlyArray<AccessScope>;
  /** How full each subnet is that is served. */
  readonly addressUsage: AddressUsageConnection;
  /**
   * What one interface would hear from DHCP and HTTP if it booted now, and why; with `at`, what it would have heard then.
   * The interface is named by exactly one of `mac` and `machineId`, which means the one that the machine booted with last.
   * Nothing is changed by asking. Null when there is no such machine, or when the log began later. Takes network:read
   * and leases:read besides.
   */
  readonly bootDecision?: Maybe<BootDecision>;
  /** The boot environments that were published, each in its newest version. */
  readonly bootEnvironments: BootEnvironmentConnection;
  /** The checkpoints that were signed over the log, in the order in which they were. */
  readonly checkpoints: CheckpointConnection;
  /** The client classes that are defined. */
  readonly clientClasses: ClientClassConnection;
  /**
   * Proves that the log of a signed checkpoint, the newest or the one of `size` events, continues the log of the first
   * `from` events: nothing of it was changed, moved, put in or removed. Null when there is no such checkpoint, or it covers
   * fewer events.
   */
  readonly consistencyProof?: Maybe<ConsistencyProof>;
  /**
   * What is different between two moments, value by value, each with the events that changed it: of one machine, one
   * subnet, one address, the leases of a subnet, or of all machines, subnets, client classes and boot environments. Leases
   * are left out of the last: they change all the time. What you do not see is left out. Of many things, those are told
   * that the first 10,000 events of the stretch are about.
   */
  readonly diff: Diff;
  /** Events in the order of the log. */
  readonly events: EventConnection;
  /**
   * Proves that an event is in the log of a signed checkpoint: the smallest that covers it, or the one of `size` events.
   * Null when there is no such event, or no such checkpoint covers it.
   */
  readonly inclusionProof?: Maybe<InclusionProof>;
  /** Every network interface that was ever heard of, whether a machine has it or not. */
  readonly interfaces: InterfaceConnection;
  /** Addresses that something ever happened to. */
  readonly leases: LeaseConnection;
  /** The archives with old events that the log's own file may be without, oldest first. */
  readonly logArchives: ReadonlyArray<LogArchive>;
  /** How the log is signed, so that somebody who does not trust the service can verify it. */
  readonly logSigning: LogSigning;
  /**
   * One machine, named by exactly one of `id`, `name` and `mac`; null when there is none. With `at`, as it was: folded
   * from its events.
   */
  readonly machine?: Maybe<Machine>;
  /** Machines, also those that were only announced, and those that are retired. */
  readonly machines: MachineConnection;
  /**
   * Any object by its `id`, with `at` as it was; null when there is none. `... on Machine { name }` reads what its type
   * has.
   */
  readonly node?: Maybe<Node>;
  /**
   * Bulk changes that were begun and have not ended, oldest first, at most 100: under way, or cut short when a service
   * stopped: `finishBulkChange` finishes one. Whoever is limited to some machines sees only their own.
   */
  readonly openBulkChanges: ReadonlyArray<OpenBulkChange>;
  /** The newest place in the log; with `at`, the newest of that moment. Null when the log was empty. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** Those who may use the API. */
  readonly principals: PrincipalConnection;
  /** Addresses that are set aside for one client. */
  readonly reservations: ReservationConnection;
  /** One run by its id; null when there is none. */
  readonly run?: Maybe<Run>;
  /** Runs, newest first unless `orderBy` says otherwise. */
  readonly runs: RunConnection;
  /** How the service is doing; with `at`, what the log tells of how it was. */
  readonly service: ServiceStatus;
  /** One subnet by its name; null when none is served under it. */
  readonly subnet?: Maybe<Subnet>;
  /** The subnets that are served. */
  readonly subnets: SubnetConnection;
  /** The tokens of the API, those that are over too. */
  readonly tokens: AccessTokenConnection;
  /**
   * The newest verification of the log since the service started, as far as it is, or else the newest that ever came to its
   * end; null: there was none.
   */
  readonly verification?: Maybe<Verification>;
  /** Who asks, and what they may do. */
  readonly viewer: Viewer;
  /**
   * Why something happened: the events that led to it, from the first cause on. Either of an event, or of the event that
   * made a machine what it is, or `field` of it. Null when there is no such event.
   */
  readonly why?: Maybe<Why>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryAccessRolesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Moment>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AccessRoleFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  orderBy: AccessRoleOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryAddressUsageArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Moment>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AddressUsageFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  orderBy: AddressUsageOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryBootDecisionArgs = {
  at?: InputMaybe<Moment>;
  client?: InputMaybe<BootClientInput>;
  mac?: InputMaybe<Scalars['MAC']['input']>;
  machineId?: InputMaybe<Scalars['ID']['input']>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryBootEnvironmentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Moment>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<BootEnvironmentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  orderBy: BootEnvironmentOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryCheckpointsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Moment>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<CheckpointFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  orderBy: CheckpointOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryClientClassesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Moment>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ClientClassFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  orderBy: ClientClassOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryConsistencyProofArgs = {
  from: Scalars['SafeInt']['input'];
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  size?: InputMaybe<Scalars['SafeInt']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryDiffArgs = {
  from: Moment;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  of?: InputMaybe<DiffSubject>;
  to?: InputMaybe<Moment>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Moment>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<EventFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  orderBy: EventOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryInclusionProofArgs = {
  eventId: Scalars['ID']['input'];
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  size?: InputMaybe<Scalars['SafeInt']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryInterfacesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Moment>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<InterfaceFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  orderBy: InterfaceOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryLeasesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Moment>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<LeaseFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  orderBy: LeaseOrder;
  search?: InputMaybe<Scalars['String']['input']>;
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
  at?: InputMaybe<Moment>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MachineFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  orderBy: MachineOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryNodeArgs = {
  at?: InputMaybe<Moment>;
  id: Scalars['ID']['input'];
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryOpenBulkChangesArgs = {
  at?: InputMaybe<Moment>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryPositionArgs = {
  at?: InputMaybe<Moment>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryPrincipalsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Moment>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PrincipalFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  orderBy: PrincipalOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryReservationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Moment>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ReservationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  orderBy: ReservationOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryRunArgs = {
  at?: InputMaybe<Moment>;
  id: Scalars['ID']['input'];
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Moment>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RunFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  orderBy: RunOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryServiceArgs = {
  at?: InputMaybe<Moment>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QuerySubnetArgs = {
  at?: InputMaybe<Moment>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  name: Scalars['String']['input'];
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QuerySubnetsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Moment>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SubnetFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  orderBy: SubnetOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryTokensArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  at?: InputMaybe<Moment>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AccessTokenFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
  orderBy: AccessTokenOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. Every field waits, for two seconds at most, until `minPosition` is shown. */
export type QueryWhyArgs = {
  at?: InputMaybe<Moment>;
  event?: InputMaybe<Scalars['ID']['input']>;
  field?: InputMaybe<Scalars['String']['input']>;
  machine?: InputMaybe<Scalars['ID']['input']>;
  minPosition?: InputMaybe<Scalars['EventPosition']['input']>;
};

/** Builds a read model again. */
export type RebuildViewInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
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
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
  /** The place in the log at which both were compared; null when it did not come to that. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** Why the view in use was kept. Empty when the new one took its place. */
  readonly userErrors: ReadonlyArray<UserError>;
  /** The view; null when there is none of this name. */
  readonly view?: Maybe<ViewStatus>;
};

/** A machine that did not do what was asked of many. */
export type RefusedMachine = {
  readonly __typename?: 'RefusedMachine';
  /** Stable. Programs look at this. */
  readonly code: UserErrorCode;
  /** Its UUID. */
  readonly machineId: Scalars['String']['output'];
  /** For people; may change. */
  readonly message: Scalars['String']['output'];
};

/** Announces a machine before it has ever booted. */
export type RegisterMachineInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refused unless -1: the machine does not exist yet, so neither does its stream. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What it is to be found by. */
  readonly labels: ReadonlyArray<LabelInput>;
  /** Its interfaces, 1 to 64. The machine is known by any of them as soon as it asks for an address. */
  readonly macs: ReadonlyArray<Scalars['MAC']['input']>;
  /** What to call it, also its host name: 1 to 63 of `a-z`, `0-9` and `-`. Left out: it has no name yet. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Values for templates and automation. Never a secret. */
  readonly params: ReadonlyArray<ParamInput>;
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Where a relay says that a client is plugged in. */
export type RelayCircuitInput = {
  /** Option 82, sub-option 1, in hex. */
  readonly circuitId: Scalars['String']['input'];
  /** Option 82, sub-option 2, in hex. By default, any relay. */
  readonly remoteId?: InputMaybe<Scalars['String']['input']>;
};

/** Gives a machine back that is no longer needed as it is. */
export type ReleaseMachineInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the machine's stream is at this revision. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its `id`, or its bare UUID. */
  readonly machineId: Scalars['ID']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Gives a reserved address back to the subnet. */
export type RemoveReservationInput = {
  /** The address. */
  readonly address: Scalars['IPv4']['input'];
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the address's stream is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Gives a machine another name. */
export type RenameMachineInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the machine's stream is at this revision. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its `id`, or its bare UUID. */
  readonly machineId: Scalars['ID']['input'];
  /** Also its host name: 1 to 63 of `a-z`, `0-9` and `-`. No other machine may have it or have had it. */
  readonly name: Scalars['String']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** An address that is set aside for one interface. */
export type Reservation = Node & {
  readonly __typename?: 'Reservation';
  /** The address. */
  readonly address: Scalars['IPv4']['output'];
  /** Opaque. */
  readonly id: Scalars['ID']['output'];
  /** The client that alone may lease it. */
  readonly key: Scalars['ReservationKey']['output'];
  /** What else is known of the address. */
  readonly lease: Lease;
  /** Its interface; null where the reservation is not for a MAC address. */
  readonly mac?: Maybe<Scalars['MAC']['output']>;
  /** The machine that the interface belongs to; null when it belongs to none. */
  readonly machine?: Maybe<Machine>;
  /** The name of the subnet that the address belongs to. */
  readonly subnet: Scalars['String']['output'];
};

/** A page of reservations. */
export type ReservationConnection = {
  readonly __typename?: 'ReservationConnection';
  /** The reservations and their cursors. */
  readonly edges: ReadonlyArray<ReservationEdge>;
  /** How they spread over the values of each of these facets. */
  readonly facets: ReadonlyArray<Facet>;
  /** The reservations alone. */
  readonly nodes: ReadonlyArray<Reservation>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /**
   * How many there are on all pages. Above 10,000 an estimate, unless `exact` is asked for, which costs a walk through
   * an index.
   */
  readonly totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` without `exact` is an estimate. */
  readonly totalCountEstimated: Scalars['Boolean']['output'];
};


/** A page of reservations. */
export type ReservationConnectionFacetsArgs = {
  by: ReadonlyArray<ReservationFacet>;
};


/** A page of reservations. */
export type ReservationConnectionTotalCountArgs = {
  exact: Scalars['Boolean']['input'];
};

/** A reservation in a page. */
export type ReservationEdge = {
  readonly __typename?: 'ReservationEdge';
  /** Hand it back as `after` or `before` to go on from this reservation. */
  readonly cursor: Scalars['String']['output'];
  /** The reservation. */
  readonly node: Reservation;
};

/** What reservations can be counted by. */
export type ReservationFacet =
  /** Whether the address is leased. */
  | 'STATUS'
  /** The subnet. */
  | 'SUBNET';

/** Which reservations. All given conditions must hold. */
export type ReservationFilter = {
  /** The address. */
  readonly address?: InputMaybe<AddressCondition>;
  /** All of these hold. */
  readonly and?: InputMaybe<ReadonlyArray<ReservationFilter>>;
  /** The client that it is for, as the key that it answers to: `52:54:00:12:34:56`, `circuit:0a01`. */
  readonly key?: InputMaybe<TextCondition>;
  /** Labels of that machine: each of these holds. */
  readonly label?: InputMaybe<ReadonlyArray<LabelCondition>>;
  /** Its interface. */
  readonly mac?: InputMaybe<MacCondition>;
  /** The machine that the interface belongs to. */
  readonly machineId?: InputMaybe<IdCondition>;
  /** This does not hold. */
  readonly not?: InputMaybe<ReservationFilter>;
  /** At least one of these holds. */
  readonly or?: InputMaybe<ReadonlyArray<ReservationFilter>>;
  /** Whether the address is leased. */
  readonly status?: InputMaybe<LeaseStatusCondition>;
  /** The name of the subnet. */
  readonly subnet?: InputMaybe<TextCondition>;
};

/**
 * By what a client is known. Strongest first where several keys of one client have a reservation: the MAC address, the
 * client id, the firmware's UUID, the relay's circuit.
 */
export type ReservationKeyInput =
  /** Option 61, in hex. */
  { readonly clientId: Scalars['String']['input']; readonly firmwareUuid?: never; readonly mac?: never; readonly machineId?: never; readonly relayCircuit?: never; }
  |  /** Option 97. Only firmware says it; the system that runs later keeps the address by renewing its lease. */
  { readonly clientId?: never; readonly firmwareUuid: Scalars['String']['input']; readonly mac?: never; readonly machineId?: never; readonly relayCircuit?: never; }
  |  /** Its interface. */
  { readonly clientId?: never; readonly firmwareUuid?: never; readonly mac: Scalars['MAC']['input']; readonly machineId?: never; readonly relayCircuit?: never; }
  |  /** The machine, by its only interface: its `id`, or its bare UUID. */
  { readonly clientId?: never; readonly firmwareUuid?: never; readonly mac?: never; readonly machineId: Scalars['ID']['input']; readonly relayCircuit?: never; }
  |  /** Where its relay says that it is plugged in. */
  { readonly clientId?: never; readonly firmwareUuid?: never; readonly mac?: never; readonly machineId?: never; readonly relayCircuit: RelayCircuitInput; };

/** The order of a page of reservations. */
export type ReservationOrder = {
  /** Which end first. */
  readonly direction: OrderDirection;
  /** By what. What is equal in it, or lacks it, is in the order of the ids. */
  readonly field: ReservationOrderField;
};

/** What reservations can be ordered by. */
export type ReservationOrderField =
  /** The address, by number. */
  | 'ADDRESS'
  /** The key of the client that it is for. */
  | 'KEY'
  /** The interface. */
  | 'MAC'
  /** The name of the subnet. */
  | 'SUBNET';

/** Sets an address aside for one client. */
export type ReserveAddressInput = {
  /** The address, inside a subnet that is served. */
  readonly address: Scalars['IPv4']['input'];
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the address's stream is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** The client that alone may lease it. */
  readonly for: ReservationKeyInput;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Tells the clients of a class from the others no more. */
export type RetireClientClassInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the stream of all subnets and classes is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Which class. */
  readonly name: Scalars['String']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Forgets the machine. */
export type RetireMachineInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
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
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the stream of all subnets is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Even if leases run that the subnet would no longer have. They end by their time, and are not renewed. */
  readonly force: Scalars['Boolean']['input'];
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Which subnet. */
  readonly name: Scalars['String']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Tries an event again. */
export type RetryViewInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Has no effect: it decides on no stream. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Has no effect: it records nothing and may always be repeated. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Has no effect: it records nothing. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Its name, as `ServiceStatus.views` shows it. */
  readonly view: Scalars['String']['input'];
};

/** What `retryView` answers. */
export type RetryViewPayload = MutationPayload & {
  readonly __typename?: 'RetryViewPayload';
  /** The id of the request; trying an event again records nothing. */
  readonly correlationId: Scalars['String']['output'];
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
  /** Always null: trying an event again records nothing. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** Why the view stands where it stood. Empty when it went on. */
  readonly userErrors: ReadonlyArray<UserError>;
  /** The view; null when there is none of this name. */
  readonly view?: Maybe<ViewStatus>;
};

/** Takes a role from a principal. */
export type RevokeAccessRoleInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the stream of the principal is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Which principal: its `id`, or the UUID. */
  readonly principalId: Scalars['ID']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The name of the role. */
  readonly role: Scalars['String']['input'];
};

/** Lets a token count for nothing, for ever. */
export type RevokeTokenInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the stream of the principal is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Which token: its `id`, or the UUID. */
  readonly tokenId: Scalars['ID']['input'];
};

/** What `revokeToken` answers. */
export type RevokeTokenPayload = MutationPayload & {
  readonly __typename?: 'RevokeTokenPayload';
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
  /** Where in the log the outcome stands; null when nothing was recorded. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** The token after the change; null when the change was refused. */
  readonly token?: Maybe<AccessToken>;
  /** Why nothing was done. Empty when the mutation was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** One attempt to bring one machine into a wanted state, from the boot intent to its end. */
export type Run = Node & {
  readonly __typename?: 'Run';
  /** Who asked for it. */
  readonly actor: Scalars['String']['output'];
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
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<EventFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy: EventOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};

/** A run went on. */
export type RunChange = {
  readonly __typename?: 'RunChange';
  /** How far the feed has looked. */
  readonly position: Scalars['EventPosition']['output'];
  /** The run as it is now, so maybe newer than `position`. */
  readonly run: Run;
  /** The types of the events that changed it since the feed's item before; none when it is shown as it was found. */
  readonly types: ReadonlyArray<Scalars['String']['output']>;
};

/** A page of runs. */
export type RunConnection = {
  readonly __typename?: 'RunConnection';
  /** The runs and their cursors. */
  readonly edges: ReadonlyArray<RunEdge>;
  /** How they spread over the values of each of these facets. */
  readonly facets: ReadonlyArray<Facet>;
  /** The runs alone. */
  readonly nodes: ReadonlyArray<Run>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /**
   * How many there are on all pages. Above 10,000 an estimate, unless `exact` is asked for, which costs a walk through
   * an index.
   */
  readonly totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` without `exact` is an estimate. */
  readonly totalCountEstimated: Scalars['Boolean']['output'];
};


/** A page of runs. */
export type RunConnectionFacetsArgs = {
  by: ReadonlyArray<RunFacet>;
};


/** A page of runs. */
export type RunConnectionTotalCountArgs = {
  exact: Scalars['Boolean']['input'];
};

/** A run in a page. */
export type RunEdge = {
  readonly __typename?: 'RunEdge';
  /** Hand it back as `after` or `before` to go on from this run. */
  readonly cursor: Scalars['String']['output'];
  /** The run. */
  readonly node: Run;
};

/** What runs can be counted by. */
export type RunFacet =
  /** Who asked for it. */
  | 'ACTOR'
  /** The boot environment. */
  | 'ENVIRONMENT'
  /** Why it failed. */
  | 'FAILURE_CODE'
  /** The disk image. */
  | 'IMAGE'
  /** The last stage that its agent reported. */
  | 'STAGE'
  /** How far it came. */
  | 'STATE';

/** Why a run failed. */
export type RunFailure = {
  readonly __typename?: 'RunFailure';
  /** Stable. */
  readonly code: DeploymentFailureCode;
  /** For people; may change. */
  readonly message: Scalars['String']['output'];
};

/** What a feed of runs carries. Every item has a `position` to resume from. */
export type RunFeedItem = CaughtUp | Gap | Heartbeat | RunChange;

/** Which runs. All given conditions must hold. */
export type RunFilter = {
  /** Who asked for it. */
  readonly actor?: InputMaybe<TextCondition>;
  /** All of these hold. */
  readonly and?: InputMaybe<ReadonlyArray<RunFilter>>;
  /** When it ended. */
  readonly endedAt?: InputMaybe<TimeCondition>;
  /** The name of the boot environment. */
  readonly environment?: InputMaybe<TextCondition>;
  /** Why it failed. */
  readonly failureCode?: InputMaybe<DeploymentFailureCodeCondition>;
  /** The file name of the disk image. */
  readonly image?: InputMaybe<TextCondition>;
  /** Labels of that machine: each of these holds. */
  readonly label?: InputMaybe<ReadonlyArray<LabelCondition>>;
  /** Of this machine. */
  readonly machineId?: InputMaybe<IdCondition>;
  /** This does not hold. */
  readonly not?: InputMaybe<RunFilter>;
  /** At least one of these holds. */
  readonly or?: InputMaybe<ReadonlyArray<RunFilter>>;
  /** When it was asked for. */
  readonly requestedAt?: InputMaybe<TimeCondition>;
  /** Its id. */
  readonly runId?: InputMaybe<IdCondition>;
  /** The last stage that its agent reported. */
  readonly stage?: InputMaybe<DeploymentStageCondition>;
  /** When its agent first reported. */
  readonly startedAt?: InputMaybe<TimeCondition>;
  /** How far it came. */
  readonly state?: InputMaybe<RunStateCondition>;
};

/** The order of a page of runs. */
export type RunOrder = {
  /** Which end first. */
  readonly direction: OrderDirection;
  /** By what. What is equal in it, or lacks it, is in the order of the ids. */
  readonly field: RunOrderField;
};

/** What runs can be ordered by. */
export type RunOrderField =
  /** When it ended. */
  | 'ENDED_AT'
  /** When it was asked for. */
  | 'REQUESTED_AT'
  /** When its agent first reported. */
  | 'STARTED_AT';

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

/** A condition on the state of a run. All given parts must hold. */
export type RunStateCondition = {
  /** This one. */
  readonly eq?: InputMaybe<RunState>;
  /** Any of these. */
  readonly in?: InputMaybe<ReadonlyArray<RunState>>;
};

/** A scope, and where it holds. */
export type ScopeGrant = {
  readonly __typename?: 'ScopeGrant';
  /** Machines that one of these means, and what belongs to them; null: everywhere. */
  readonly machines?: Maybe<ReadonlyArray<LabelSelector>>;
  /** `<kind>:<action>`, as in `accessScopes`. */
  readonly scope: Scalars['String']['output'];
};

/** The script that iPXE gets. */
export type ScriptAnswer = {
  readonly __typename?: 'ScriptAnswer';
  /** What it does. */
  readonly action: BootAction;
  /** The boot environment that it is rendered from; null: none is published that would do. */
  readonly environment?: Maybe<Scalars['String']['output']>;
  /** The run that it belongs to; null: none. */
  readonly runId?: Maybe<Scalars['String']['output']>;
  /** How often the script of the intent that decides was sent, 0 to 3; null: none decides. */
  readonly servings?: Maybe<Scalars['Int']['output']>;
  /** The template in the environment's folder. */
  readonly template?: Maybe<Scalars['String']['output']>;
  /** The version of that environment. */
  readonly version?: Maybe<Scalars['Int']['output']>;
  /**
   * The rule that decided: `fenced`, `boot-intent`, `discovery-intent`, `registered`, `unknown-machine`, `policy`,
   * `no-intent`, `rebooted`, or `refused` when more than the disk was due and could not be had.
   */
  readonly why: Scalars['String']['output'];
};

/** A label that a machine must have. */
export type SelectorLabel = {
  readonly __typename?: 'SelectorLabel';
  /** Which label. */
  readonly key: Scalars['String']['output'];
  /** Its value; null: any. */
  readonly value?: Maybe<Scalars['String']['output']>;
};

/** A label that a machine must have. */
export type SelectorLabelInput = {
  /** Which label. */
  readonly key: Scalars['String']['input'];
  /** Its value; null: any. */
  readonly value?: InputMaybe<Scalars['String']['input']>;
};

/** What a mutation answers about the service. */
export type ServicePayload = MutationPayload & {
  readonly __typename?: 'ServicePayload';
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
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
  /** The newest copy that was made of the log; null when none was yet. */
  readonly lastBackup?: Maybe<Backup>;
  /** Which of several processes on the log acts because time passes; null when there never were several. */
  readonly leadership?: Maybe<Leadership>;
  /** The newest place in the log; null when the log is empty. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** The read models. None with `at`: the log does not tell how they were doing. */
  readonly views: ReadonlyArray<ViewStatus>;
};

/** Asks for a machine to boot an environment once. */
export type SetBootIntentInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** A boot environment of purpose `DISCOVER`: the machine takes its inventory again. */
  readonly environment: Scalars['String']['input'];
  /** Refuse unless the machine's stream is at this revision. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its `id`, or its bare UUID. */
  readonly machineId: Scalars['ID']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Replaces the DHCP options that a machine gets. */
export type SetMachineDhcpOptionsInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the machine's stream is at this revision. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its `id`, or its bare UUID. */
  readonly machineId: Scalars['ID']['input'];
  /** All of them, 64 at most; with none, the machine gets what its classes and its subnet say. */
  readonly options: ReadonlyArray<DhcpOptionInput>;
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Changes a machine's parameters. */
export type SetMachineParamsInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the machine's stream is at this revision. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its `id`, or its bare UUID. */
  readonly machineId: Scalars['ID']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Keys of parameters to take away. One that the machine does not have is no mistake. */
  readonly remove: ReadonlyArray<Scalars['String']['input']>;
  /** Parameters to add, or to give another value. */
  readonly set: ReadonlyArray<ParamInput>;
};

/** Signs a checkpoint. */
export type SignCheckpointInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Has no effect: a checkpoint continues the one before it, or is not recorded. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Has no effect: what was signed already is not signed again. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why, in your words: goes into the event. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** What `signCheckpoint` answers. */
export type SignCheckpointPayload = MutationPayload & {
  readonly __typename?: 'SignCheckpointPayload';
  /** The newest checkpoint; null when it was refused, in a dry run, and while the log is empty. */
  readonly checkpoint?: Maybe<Checkpoint>;
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
  /** Where in the log the outcome stands; null when nothing was recorded. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** Why nothing was done. Empty when the mutation was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
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

/** A DHCP option, and who sets it. */
export type SourcedOption = {
  readonly __typename?: 'SourcedOption';
  /** Its code. */
  readonly code: Scalars['Int']['output'];
  /** `machine`, `class <name>` or `subnet <name>`. */
  readonly from: Scalars['String']['output'];
  /** Its name; its code when it has none. */
  readonly name: Scalars['String']['output'];
  /** Its value as people write it. */
  readonly value: Scalars['String']['output'];
};

/** Lets a restored service act again. */
export type StartEffectsEpochInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
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
  /** Part of a lease, from its start, in which a renewal gets the remaining time and is not recorded. */
  readonly cacheThreshold: Scalars['Float']['output'];
  /** When its definition last changed. */
  readonly changedAt: Scalars['DateTime']['output'];
  /** The network. */
  readonly cidr: Scalars['CIDR']['output'];
  /** When it was first defined under its name. */
  readonly definedAt: Scalars['DateTime']['output'];
  /** Most preferred first. */
  readonly dnsServers: ReadonlyArray<Scalars['IPv4']['output']>;
  /** The domain that clients are told; null when they are told none. */
  readonly domainName?: Maybe<Scalars['String']['output']>;
  /** Addresses in the ranges that are not handed out. */
  readonly exclusions: ReadonlyArray<AddressRange>;
  /** Opaque. */
  readonly id: Scalars['ID']['output'];
  /** How long a lease lasts. */
  readonly leaseSeconds: Scalars['Int']['output'];
  /** Its addresses that something ever happened to. */
  readonly leases: LeaseConnection;
  /** What operators call it. It never changes. */
  readonly name: Scalars['String']['output'];
  /** Further options for its clients that ask for them, unless their class or their machine says otherwise. */
  readonly options: ReadonlyArray<DhcpOption>;
  /** Which address a client without one gets. */
  readonly picker: AddressPicker;
  /** Whether the network is asked if somebody uses an address before it is offered. */
  readonly probeBeforeOffer: Scalars['Boolean']['output'];
  /** Addresses that may be leased to whoever asks. */
  readonly ranges: ReadonlyArray<AddressRange>;
  /** Most preferred first. */
  readonly routers: ReadonlyArray<Scalars['IPv4']['output']>;
  /** The wire that it shares with the subnets that say the same; null when it has its wire for itself. */
  readonly sharedNetwork?: Maybe<Scalars['String']['output']>;
  /** What a machine gets to boot that nobody knows. */
  readonly unknownMachines: UnknownMachinePolicy;
  /** How full it is. */
  readonly usage: AddressUsage;
};


/** A subnet as the DHCP service serves it. */
export type SubnetLeasesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<LeaseFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy: LeaseOrder;
  search?: InputMaybe<Scalars['String']['input']>;
};

/** A page of subnets. */
export type SubnetConnection = {
  readonly __typename?: 'SubnetConnection';
  /** The subnets and their cursors. */
  readonly edges: ReadonlyArray<SubnetEdge>;
  /** How they spread over the values of each of these facets. */
  readonly facets: ReadonlyArray<Facet>;
  /** The subnets alone. */
  readonly nodes: ReadonlyArray<Subnet>;
  /** Where the page lies. */
  readonly pageInfo: PageInfo;
  /** Of the stream that all subnets share, from 0, -1 when there is none. Hand it back as `expectedRevision`. */
  readonly revision: Scalars['Int']['output'];
  /**
   * How many there are on all pages. Above 10,000 an estimate, unless `exact` is asked for, which costs a walk through
   * an index.
   */
  readonly totalCount: Scalars['Int']['output'];
  /** Whether `totalCount` without `exact` is an estimate. */
  readonly totalCountEstimated: Scalars['Boolean']['output'];
};


/** A page of subnets. */
export type SubnetConnectionFacetsArgs = {
  by: ReadonlyArray<SubnetFacet>;
};


/** A page of subnets. */
export type SubnetConnectionTotalCountArgs = {
  exact: Scalars['Boolean']['input'];
};

/** A subnet in a page. */
export type SubnetEdge = {
  readonly __typename?: 'SubnetEdge';
  /** Hand it back as `after` or `before` to go on from this subnet. */
  readonly cursor: Scalars['String']['output'];
  /** The subnet. */
  readonly node: Subnet;
};

/** What subnets can be counted by. */
export type SubnetFacet =
  /** How many bits of the network are fixed. */
  | 'PREFIX_LENGTH'
  /** What a machine gets to boot that nobody knows. */
  | 'UNKNOWN_MACHINES';

/** Which subnets. All given conditions must hold. */
export type SubnetFilter = {
  /** All of these hold. */
  readonly and?: InputMaybe<ReadonlyArray<SubnetFilter>>;
  /** When its definition last changed. */
  readonly changedAt?: InputMaybe<TimeCondition>;
  /** When it was first defined. */
  readonly definedAt?: InputMaybe<TimeCondition>;
  /** Its name. */
  readonly name?: InputMaybe<TextCondition>;
  /** The first address of the network. */
  readonly network?: InputMaybe<AddressCondition>;
  /** This does not hold. */
  readonly not?: InputMaybe<SubnetFilter>;
  /** At least one of these holds. */
  readonly or?: InputMaybe<ReadonlyArray<SubnetFilter>>;
  /** How many bits of the network are fixed: 8 to 30. */
  readonly prefixLength?: InputMaybe<NumberCondition>;
  /** The wire that it shares with others. */
  readonly sharedNetwork?: InputMaybe<TextCondition>;
  /** What a machine gets to boot that nobody knows. */
  readonly unknownMachines?: InputMaybe<UnknownMachinePolicyCondition>;
};

/** The order of a page of subnets. */
export type SubnetOrder = {
  /** Which end first. */
  readonly direction: OrderDirection;
  /** By what. What is equal in it, or lacks it, is in the order of the ids. */
  readonly field: SubnetOrderField;
};

/** What subnets can be ordered by. */
export type SubnetOrderField =
  /** When its definition last changed. */
  | 'CHANGED_AT'
  /** When it was first defined. */
  | 'DEFINED_AT'
  /** Its name. */
  | 'NAME'
  /** The first address of the network. */
  | 'NETWORK'
  /** How many bits of the network are fixed. */
  | 'PREFIX_LENGTH';

/** What a mutation answers about a subnet. */
export type SubnetPayload = MutationPayload & {
  readonly __typename?: 'SubnetPayload';
  /** Finds everything that followed from this mutation. */
  readonly correlationId: Scalars['String']['output'];
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
  /** Where in the log the outcome stands; null when nothing was recorded. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** The subnet after the change; null when it is not served, or when the change was refused. */
  readonly subnet?: Maybe<Subnet>;
  /** Why nothing was done. Empty when the mutation was accepted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What can be followed. */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * The log from a place on, in its order, without loss or duplicate, and then live. Keep the `position` of the last
   * item, and hand it back as `after` when the connection breaks.
   */
  readonly events: EventFeedItem;
  /**
   * Machines as they change: each item is a machine as it is now, after one or more events. Resumable like `events`. A
   * feed that is more than 10,000 events behind says `Gap`: query again, and go on.
   */
  readonly machineChanged: MachineFeedItem;
  /**
   * Runs as they go: each item is a run as it is now, after one or more events. Resumable like `events`. With `runId`,
   * the feed begins with the run as it is, and completes when the run has ended.
   */
  readonly runProgress: RunFeedItem;
  /** The newest verification of the log as it goes on. Completes when it has ended, and at once when there is none. */
  readonly verificationProgress: Verification;
  /**
   * How read models are doing: begins with each of them, and goes on with each that changed its state, its file, its
   * progress or the event that it waits before. At most twice a second each; what is not taken in between is left out.
   */
  readonly viewChanged: ViewStatus;
};


/** What can be followed. */
export type SubscriptionEventsArgs = {
  after?: InputMaybe<Scalars['EventPosition']['input']>;
  filter?: InputMaybe<EventFilter>;
  maxLag?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be followed. */
export type SubscriptionMachineChangedArgs = {
  after?: InputMaybe<Scalars['EventPosition']['input']>;
  filter?: InputMaybe<MachineFilter>;
  ids?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  search?: InputMaybe<Scalars['String']['input']>;
};


/** What can be followed. */
export type SubscriptionRunProgressArgs = {
  after?: InputMaybe<Scalars['EventPosition']['input']>;
  machineId?: InputMaybe<Scalars['ID']['input']>;
  runId?: InputMaybe<Scalars['ID']['input']>;
};


/** What can be followed. */
export type SubscriptionViewChangedArgs = {
  view?: InputMaybe<Scalars['String']['input']>;
};

/** Copies the log. */
export type TakeBackupInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Has no effect: a copy decides on no stream. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** A condition on a text. All given parts must hold. */
export type TextCondition = {
  /** This text. */
  readonly eq?: InputMaybe<Scalars['String']['input']>;
  /** True: it has one. False: it has none. */
  readonly exists?: InputMaybe<Scalars['Boolean']['input']>;
  /** Any of these. */
  readonly in?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** It begins with this. Capitals count. */
  readonly prefix?: InputMaybe<Scalars['String']['input']>;
};

/** A condition on a moment. All given parts must hold. */
export type TimeCondition = {
  /** True: it has one. False: it has none. */
  readonly exists?: InputMaybe<Scalars['Boolean']['input']>;
  /** Not earlier than this. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Earlier than this. */
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
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
  /** Hand it back as `after` or `before` to go on from this entry. */
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

/** A condition on what a machine gets to boot that nobody knows. All given parts must hold. */
export type UnknownMachinePolicyCondition = {
  /** This one. */
  readonly eq?: InputMaybe<UnknownMachinePolicy>;
  /** Any of these. */
  readonly in?: InputMaybe<ReadonlyArray<UnknownMachinePolicy>>;
};

/** Lifts the lock. */
export type UnlockMachineInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
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
  /** Every release has the role, so nobody changes it. */
  | 'ACCESS_ROLE_BUILT_IN'
  /** No role has this name. */
  | 'ACCESS_ROLE_UNKNOWN'
  /** The role was withdrawn. */
  | 'ACCESS_ROLE_WITHDRAWN'
  /** A rule is limited to some machines and holds a scope that is not about machines. */
  | 'ACCESS_RULE_INVALID'
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
  /** The log is in an engine of its own, which is backed up there. */
  | 'BACKUP_ELSEWHERE'
  /** The copy could not be made, or is not sound. The message says why. */
  | 'BACKUP_FAILED'
  /** The disk of the backups has no room for another copy of the log. */
  | 'BACKUP_NO_SPACE'
  /** Another backup is under way. */
  | 'BACKUP_RUNNING'
  /** No bulk change has this id, or somebody else began it, and the caller may not do it to every machine. */
  | 'BULK_UNKNOWN'
  /** Another checkpoint is being signed, or the log's tree is still being made. */
  | 'CHECKPOINT_BUSY'
  /** The log is not the one that was signed before. */
  | 'CHECKPOINT_CONTRADICTED'
  /** The network has as many client classes as it may have. */
  | 'CLASSES_TOO_MANY'
  /** Another client class has the name. */
  | 'CLASS_EXISTS'
  /** The class asks for nothing, so every client would be of it. */
  | 'CLASS_MATCHES_ALL'
  /** No client class has this name. */
  | 'CLASS_UNKNOWN'
  /** No change of the clock waits to be confirmed. */
  | 'CLOCK_NOT_IN_DOUBT'
  /** `confirmCount` is missing or is not the number of machines that match. The message tells that number. */
  | 'CONFIRM_COUNT_MISMATCH'
  /** More than one disk answers to what was asked for. */
  | 'DISK_AMBIGUOUS'
  /** The inventory has no disk that could be written. */
  | 'DISK_MISSING'
  /** The machine has no disk of this serial number or name. */
  | 'DISK_UNKNOWN'
  /** A dry run, or the look that an import takes first, would have to remember more than the service keeps for all. */
  | 'DRY_RUN_TOO_LARGE'
  /** The folder of the boot environment is missing or wrong. The message names the file and the line. */
  | 'ENVIRONMENT_INVALID'
  /** The boot environment is not there to write an operating system. */
  | 'ENVIRONMENT_NOT_DEPLOYABLE'
  /** The boot environment is not there to find out what a machine is made of. */
  | 'ENVIRONMENT_NOT_DISCOVERY'
  /** No boot environment of this name was published. */
  | 'ENVIRONMENT_UNKNOWN'
  /** It would give more than the one who asks has. */
  | 'ESCALATION_REFUSED'
  /** Two exclusions of the subnet share addresses. */
  | 'EXCLUSIONS_OVERLAP'
  /** An exclusion is not within one of the ranges, so it excludes nothing, or ends before it begins. */
  | 'EXCLUSION_OUTSIDE_RANGES'
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
  /** The machine has more than one interface, and it is not clear which is meant. */
  | 'INTERFACE_AMBIGUOUS'
  /** No inventory was reported: let the machine boot the discovery agent first. */
  | 'INVENTORY_MISSING'
  /** An inventory came at a time when the discovery agent cannot be running. Only agents meet this. */
  | 'INVENTORY_NOT_EXPECTED'
  /** The machine would have more than 64 labels. */
  | 'LABELS_TOO_MANY'
  /** Nobody would be left who may do everything, or who may manage access. */
  | 'LAST_ADMIN'
  /** The machine belongs to a run that has not ended. */
  | 'MACHINE_BUSY'
  /** The machine is deployed; what is on its disk would be lost. */
  | 'MACHINE_DEPLOYED'
  /** The machine is known already, so it cannot be registered. */
  | 'MACHINE_EXISTS'
  /** The machine is locked: unlock it first. */
  | 'MACHINE_LOCKED'
  /** The machine is not approved: approve it first. */
  | 'MACHINE_NOT_APPROVED'
  /** The machine holds nothing that it could give up. */
  | 'MACHINE_NOT_DEPLOYED'
  /** Somebody must vouch for the machine first, by approving it again. */
  | 'MACHINE_QUARANTINED'
  /** The machine was retired. One that comes back is discovered anew, with another id. */
  | 'MACHINE_RETIRED'
  /** No machine has this id. */
  | 'MACHINE_UNKNOWN'
  /** Another machine has the MAC address, or the machine that has it was registered otherwise. */
  | 'MAC_TAKEN'
  /** Another machine has the name, or had it and is still in service. */
  | 'NAME_TAKEN'
  /** There is no fence to lift: the service acts already. */
  | 'NOT_FENCED'
  /** The service says this DHCP option itself, or only clients say it. The message names what to use instead. */
  | 'OPTION_NOT_SETTABLE'
  /** One DHCP option is set twice. */
  | 'OPTION_TWICE'
  /** The machine would have more than 64 params, one of more than 8 KiB, or more than 64 KiB of them. */
  | 'PARAMS_TOO_LARGE'
  /** The name of a param is that of a secret. Params are kept in the log for good, where no secret may be. */
  | 'PARAM_LOOKS_SECRET'
  /** The principal is disabled. */
  | 'PRINCIPAL_DISABLED'
  /** The id belongs to another principal. */
  | 'PRINCIPAL_EXISTS'
  /** Another principal has the name. */
  | 'PRINCIPAL_NAME_TAKEN'
  /** No principal has this id. */
  | 'PRINCIPAL_UNKNOWN'
  /** Two ranges of the subnet share addresses. */
  | 'RANGES_OVERLAP'
  /** A range holds the subnet's network or broadcast address. */
  | 'RANGE_NOT_LEASABLE'
  /** A range reaches beyond the subnet. */
  | 'RANGE_OUTSIDE_SUBNET'
  /** A range ends before it begins. */
  | 'RANGE_REVERSED'
  /** The client has a reservation in this subnet already, and a client has one address in a subnet. */
  | 'RESERVATION_EXISTS'
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
  /** More machines were chosen than one bulk change may be about. */
  | 'SELECTION_TOO_LARGE'
  /** The service acts on a restored log and changes no disk. Look at it, then start an effects epoch. */
  | 'SERVICE_FENCED'
  /** Others kept changing the same thing. Send it again. */
  | 'STREAM_BUSY'
  /** The network shares addresses with one that is served already. */
  | 'SUBNETS_OVERLAP'
  /** Another subnet has the name. */
  | 'SUBNET_EXISTS'
  /** Leases run that the subnet would no longer have, as far as the views show. `force: true` lets them run out. */
  | 'SUBNET_HAS_LEASES'
  /** A client class names the subnet, so it cannot be retired. */
  | 'SUBNET_IN_CLASS'
  /** No subnet of this name is served. */
  | 'SUBNET_UNKNOWN'
  /** The principal has 100 tokens that count: revoke one that is not needed. */
  | 'TOKENS_TOO_MANY'
  /** The token id was used for another token. */
  | 'TOKEN_EXISTS'
  /** The token would end in the past, too far ahead, or never. */
  | 'TOKEN_EXPIRY_INVALID'
  /** No principal has this token. */
  | 'TOKEN_UNKNOWN'
  /** The view that was built again differs from the one in use, which was kept. */
  | 'VIEW_DIFFERS'
  /** The view cannot apply an event. The message names it and says why; `ViewStatus.stoppedBefore` shows it. */
  | 'VIEW_POISONED'
  /** The view is being built again already, or does not follow the log. */
  | 'VIEW_UNAVAILABLE'
  /** There is no view of this name. */
  | 'VIEW_UNKNOWN';

/** A verification of all of the log, from its first event to the one that was the newest when it began. */
export type Verification = {
  readonly __typename?: 'Verification';
  /** Who asked for it: `user:ada`. */
  readonly actor: Scalars['String']['output'];
  /** How many events were looked at in this stage. In the stage `VIEWS` each counts once for each read model. */
  readonly done: Scalars['SafeInt']['output'];
  /** When it ended; null: it is under way. */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it could not be done, or who cancelled it; null: neither. */
  readonly failure?: Maybe<Scalars['String']['output']>;
  /** Names it. */
  readonly id: Scalars['ID']['output'];
  /** How many events a second, in this stage so far. */
  readonly perSecond: Scalars['Int']['output'];
  /** What was found in the log; null before the end. */
  readonly report?: Maybe<VerificationReport>;
  /** How long this stage will take from now on; null before that is known, and when nothing is left. */
  readonly secondsLeft?: Maybe<Scalars['Int']['output']>;
  /** What is looked at. */
  readonly stage: VerificationStage;
  /** When it began. */
  readonly startedAt: Scalars['DateTime']['output'];
  /** Whether it has ended. */
  readonly state: VerificationState;
  /** How many there are to be looked at in this stage. */
  readonly total: Scalars['SafeInt']['output'];
  /** The read models, each compared with what the log makes of it. Empty when that was not asked for, and before the end. */
  readonly views: ReadonlyArray<ViewCheck>;
};

/** One thing that is wrong with the log. */
export type VerificationFinding = {
  readonly __typename?: 'VerificationFinding';
  /** What, as the reference of the log's proofs names it: `EVENT_CHANGED`. */
  readonly code: Scalars['String']['output'];
  /** For people; may change. */
  readonly message: Scalars['String']['output'];
  /** The number of the event in the log, from 1; null when it is about no one event. */
  readonly ordinal?: Maybe<Scalars['SafeInt']['output']>;
  /** The event's revision; null when it is about none. */
  readonly revision?: Maybe<Scalars['SafeInt']['output']>;
  /** The event's stream; null when it is about none. */
  readonly stream?: Maybe<Scalars['String']['output']>;
};

/** What was found in the log. */
export type VerificationReport = {
  readonly __typename?: 'VerificationReport';
  /** How many events there are. */
  readonly events: Scalars['SafeInt']['output'];
  /** How many things are wrong. 0: the log is as it was written. */
  readonly findingCount: Scalars['Int']['output'];
  /** What is wrong; the first 1,000. */
  readonly findings: ReadonlyArray<VerificationFinding>;
  /** Which life of the log: each restore begins another. */
  readonly incarnation: Scalars['String']['output'];
  /** Which log. */
  readonly logId: Scalars['String']['output'];
  /** The root of the tree over all of them (RFC 6962). */
  readonly root: Scalars['Sha256']['output'];
  /** How many of the first events a signed checkpoint vouches for; null: none does. */
  readonly signedEvents?: Maybe<Scalars['SafeInt']['output']>;
};

/** What a verification looks at. */
export type VerificationStage =
  /** Every event: its hash, its place, the tree over all of them. */
  | 'LOG'
  /** The read models, one after the other. */
  | 'VIEWS';

/** How far a verification is. */
export type VerificationState =
  /** Somebody cancelled it. `failure` says who. */
  | 'CANCELLED'
  /** It came to its end, whatever it found. */
  | 'ENDED'
  /** It could not be done. `failure` says why. */
  | 'FAILED'
  /** It is under way. */
  | 'RUNNING';

/** Verifies all of the log. */
export type VerifyLogInput = {
  /** Only tell whether it could be done. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Has no effect: a verification decides on no stream. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Has no effect: a verification records nothing and may always be repeated. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Has no effect: a verification records nothing. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Also build every read model anew, and compare it with the one in use. Takes several times as long. */
  readonly views: Scalars['Boolean']['input'];
};

/** What `verifyLog` answers. */
export type VerifyLogPayload = MutationPayload & {
  readonly __typename?: 'VerifyLogPayload';
  /** Finds nothing: a verification records nothing. */
  readonly correlationId: Scalars['String']['output'];
  /** What a dry run found; null when this was none, or when it was refused. */
  readonly plan?: Maybe<Plan>;
  /** Always null: a verification records nothing. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** Why nothing is verified. Empty when something is. */
  readonly userErrors: ReadonlyArray<UserError>;
  /** The verification; null in a dry run, and when there is none. */
  readonly verification?: Maybe<Verification>;
};

/** How far a read model is that is being built. */
export type ViewBuild = {
  readonly __typename?: 'ViewBuild';
  /** Seconds until it has all of the log, at that speed; null as long as no speed is known. */
  readonly etaSeconds?: Maybe<Scalars['Float']['output']>;
  /** How many events of the log it has. */
  readonly events: Scalars['SafeInt']['output'];
  /** On average since it began. */
  readonly eventsPerSecond: Scalars['Float']['output'];
  /** What is built. */
  readonly kind: ViewBuildKind;
  /** What is being done. */
  readonly phase: ViewBuildPhase;
  /** How many there are. Grows with the log. */
  readonly total: Scalars['SafeInt']['output'];
};

/** What is built. */
export type ViewBuildKind =
  /** What queries show comes to show what is in the log. */
  | 'CATCH_UP'
  /** A new one is made beside the one that queries show. */
  | 'REBUILD';

/** What is being done to build a read model. */
export type ViewBuildPhase =
  /** Its rows are compared with those that queries show. */
  | 'COMPARING'
  /** It applies the log. */
  | 'READING';

/** A read model, compared with what the log makes of it. */
export type ViewCheck = {
  readonly __typename?: 'ViewCheck';
  /** How they differ, or why they could not be compared; null: they are the same. */
  readonly difference?: Maybe<Scalars['String']['output']>;
  /** Of the rows in the order of their keys, equal in both; null when they differ. */
  readonly digest?: Maybe<Scalars['Sha256']['output']>;
  /** Where both were compared; null: before the first event. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /** Its name. */
  readonly view: Scalars['String']['output'];
};

/** How a read model is doing. */
export type ViewState =
  /** It reads what was in the log before it started. */
  | 'CATCHING_UP'
  /** It shows the log but for what was recorded a moment ago. */
  | 'LIVE'
  /** Its file or the log failed; it is tried again. */
  | 'RETRYING'
  /** An event cannot be applied. It shows what was before, until `retryView` or a release that can. */
  | 'STOPPED';

/** A read model. */
export type ViewStatus = {
  readonly __typename?: 'ViewStatus';
  /** How far it is, while it is built: at the start of the service, in a new release, or by `rebuildView`. */
  readonly building?: Maybe<ViewBuild>;
  /** How many events of the log it shows. */
  readonly events: Scalars['SafeInt']['output'];
  /** Of its file, from 1. Each rebuild makes one more. */
  readonly generation: Scalars['Int']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** The last event that it shows; null when it shows none yet. */
  readonly position?: Maybe<Scalars['EventPosition']['output']>;
  /**
   * Of the rows that queries show: an older release's while they are built anew. Null while there are none that this
   * release could show: queries answer `PROJECTION_BUILDING` until it is built.
   */
  readonly shownVersion?: Maybe<Scalars['Int']['output']>;
  /** How it is doing. */
  readonly state: ViewState;
  /** The event that it cannot apply and waits before; null when it does not. */
  readonly stoppedBefore?: Maybe<PoisonedEvent>;
  /** Of its tables and of what it makes of events. A release with another version builds the view again. */
  readonly version: Scalars['Int']['output'];
};

/** Whoever asks. */
export type Viewer = {
  readonly __typename?: 'Viewer';
  /** Who the token belongs to. */
  readonly principal: Principal;
  /** What the principal may do now. */
  readonly scopes: ReadonlyArray<ScopeGrant>;
  /** The token that the request came with. */
  readonly token: AccessToken;
};

/** Why something happened, as a graph: events, and which was caused by which. */
export type Why = {
  readonly __typename?: 'Why';
  /** Between the nodes, by their `eventId`. */
  readonly edges: ReadonlyArray<WhyEdge>;
  /** What is asked about. */
  readonly event: Event;
  /** The first cause first, `event` last. Ends where a cause is none that you see. */
  readonly nodes: ReadonlyArray<Event>;
  /** Who asked for the first of the nodes; null when nobody did, as when a machine booted by itself. */
  readonly request?: Maybe<WhyRequest>;
  /** Whether there are more causes than 200. */
  readonly truncated: Scalars['Boolean']['output'];
};

/** That one event caused another. */
export type WhyEdge = {
  readonly __typename?: 'WhyEdge';
  /** The `eventId` of the event that came first. */
  readonly cause: Scalars['ID']['output'];
  /** The `eventId` of the event that followed from it. */
  readonly effect: Scalars['ID']['output'];
};

/** A request that led to events, and is none itself. */
export type WhyRequest = {
  readonly __typename?: 'WhyRequest';
  /** Who asked: `user:<name>`, `client:<mac>`, `machine:<id>` or a part of the service. */
  readonly actor: Scalars['String']['output'];
  /** What the first of the events names as its cause. */
  readonly id: Scalars['ID']['output'];
  /** Why, in the words of who asked; null when they gave no reason. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** By what: `graphql`, `dhcp`, `agent` and so on. */
  readonly source: Scalars['String']['output'];
  /** The network address that it came from; null when that is not known. */
  readonly sourceAddress?: Maybe<Scalars['String']['output']>;
};

/** Lets a role give nothing any more, for ever. */
export type WithdrawAccessRoleInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the stream of the role is at this revision; -1: has no event yet. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Which role. */
  readonly name: Scalars['String']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Takes a boot intent back before it was used. */
export type WithdrawBootIntentInput = {
  /** Only tell what would happen, as `plan`. Nothing is recorded, and no key is used up. */
  readonly dryRun: Scalars['Boolean']['input'];
  /** Refuse unless the machine's stream is at this revision. */
  readonly expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** Makes the request safe to send again for seven days: the same key and input have the effect of one. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its `id`, or its bare UUID. */
  readonly machineId: Scalars['ID']['input'];
  /** Why. Kept with the events. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
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
    | ( AccessRoleOutcome )
    | ( BackupOutcome )
    | ( VerificationOutcome )
    | ( BulkOutcome )
    | ( ClientClassOutcome )
    | ( DeploymentOutcome )
    | ( ImportOutcome )
    | ( IssueTokenOutcome )
    | ( AddressOutcome )
    | ( MachineOutcome )
    | ( PrincipalOutcome )
    | ( PublicationOutcome )
    | ( RebuildOutcome )
    | ( RetryOutcome )
    | ( TokenOutcome )
    | ( ServiceOutcome )
    | ( SigningModel )
    | ( SubnetOutcome )
    | ( VerificationOutcome )
  ;
  Node:
    | ( RoleRow )
    | ( AccessTokenModel )
    | ( AddressUsageModel )
    | ( BootEnvironmentModel )
    | ( ClientClassModel )
    | ( EventModel )
    | ( InterfaceModel )
    | ( AddressModel )
    | ( MachineModel )
    | ( PrincipalModel )
    | ( ReservationModel )
    | ( RunModel )
    | ( SubnetModel )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AccessRole: ResolverTypeWrapper<RoleRow>;
  AccessRoleConnection: ResolverTypeWrapper<AccessRoleConnectionModel>;
  AccessRoleEdge: ResolverTypeWrapper<Omit<AccessRoleEdge, 'node'> & { node: ResolversTypes['AccessRole'] }>;
  AccessRoleFacet: AccessRoleFacet;
  AccessRoleFilter: AccessRoleFilter;
  AccessRoleOrder: AccessRoleOrder;
  AccessRoleOrderField: AccessRoleOrderField;
  AccessRolePayload: ResolverTypeWrapper<AccessRoleOutcome>;
  AccessRule: ResolverTypeWrapper<Omit<AccessRule, 'machines'> & { machines?: Maybe<ResolversTypes['LabelSelector']> }>;
  AccessRuleInput: AccessRuleInput;
  AccessScope: ResolverTypeWrapper<AccessScope>;
  AccessToken: ResolverTypeWrapper<AccessTokenModel>;
  AccessTokenConnection: ResolverTypeWrapper<AccessTokenConnectionModel>;
  AccessTokenEdge: ResolverTypeWrapper<Omit<AccessTokenEdge, 'node'> & { node: ResolversTypes['AccessToken'] }>;
  AccessTokenFacet: AccessTokenFacet;
  AccessTokenFilter: AccessTokenFilter;
  AccessTokenOrder: AccessTokenOrder;
  AccessTokenOrderField: AccessTokenOrderField;
  AccessTokenState: AccessTokenState;
  AccessTokenStateCondition: AccessTokenStateCondition;
  AddPrincipalInput: AddPrincipalInput;
  AddressCondition: AddressCondition;
  AddressPicker: AddressPicker;
  AddressRange: ResolverTypeWrapper<AddressRange>;
  AddressRangeInput: AddressRangeInput;
  AddressSource: AddressSource;
  AddressUsage: ResolverTypeWrapper<AddressUsageModel>;
  AddressUsageConnection: ResolverTypeWrapper<AddressUsageConnectionModel>;
  AddressUsageEdge: ResolverTypeWrapper<Omit<AddressUsageEdge, 'node'> & { node: ResolversTypes['AddressUsage'] }>;
  AddressUsageFacet: AddressUsageFacet;
  AddressUsageFilter: AddressUsageFilter;
  AddressUsageOrder: AddressUsageOrder;
  AddressUsageOrderField: AddressUsageOrderField;
  AgentPackage: ResolverTypeWrapper<AgentPackage>;
  ApproveMachineInput: ApproveMachineInput;
  Architecture: Architecture;
  ArchitectureCondition: ArchitectureCondition;
  Backup: ResolverTypeWrapper<BackupModel>;
  BackupPayload: ResolverTypeWrapper<BackupOutcome>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Boot: ResolverTypeWrapper<Boot>;
  BootAction: BootAction;
  BootClientInput: BootClientInput;
  BootDecision: ResolverTypeWrapper<BootDecisionModel>;
  BootEnvironment: ResolverTypeWrapper<BootEnvironmentModel>;
  BootEnvironmentConnection: ResolverTypeWrapper<BootEnvironmentConnectionModel>;
  BootEnvironmentEdge: ResolverTypeWrapper<Omit<BootEnvironmentEdge, 'node'> & { node: ResolversTypes['BootEnvironment'] }>;
  BootEnvironmentFacet: BootEnvironmentFacet;
  BootEnvironmentFilter: BootEnvironmentFilter;
  BootEnvironmentOrder: BootEnvironmentOrder;
  BootEnvironmentOrderField: BootEnvironmentOrderField;
  BootRelation: BootRelation;
  BootStep: ResolverTypeWrapper<BootStepModel>;
  BootStepKind: BootStepKind;
  ByteCount: ResolverTypeWrapper<Scalars['ByteCount']['output']>;
  CIDR: ResolverTypeWrapper<Scalars['CIDR']['output']>;
  CancelVerificationInput: CancelVerificationInput;
  CancelVerificationPayload: ResolverTypeWrapper<VerificationOutcome>;
  CaughtUp: ResolverTypeWrapper<FeedMarkModel>;
  CausedChange: ResolverTypeWrapper<CausedChangeModel>;
  ChangeClientClassInput: ChangeClientClassInput;
  ChangeMachinesInput: ChangeMachinesInput;
  ChangeMachinesPayload: ResolverTypeWrapper<BulkOutcome>;
  ChangeSubnetInput: ChangeSubnetInput;
  Checkpoint: ResolverTypeWrapper<SignedLogCheckpoint>;
  CheckpointConnection: ResolverTypeWrapper<CheckpointConnectionModel>;
  CheckpointEdge: ResolverTypeWrapper<Omit<CheckpointEdge, 'node'> & { node: ResolversTypes['Checkpoint'] }>;
  CheckpointFacet: CheckpointFacet;
  CheckpointFilter: CheckpointFilter;
  CheckpointOrder: CheckpointOrder;
  CheckpointOrderField: CheckpointOrderField;
  ClientClass: ResolverTypeWrapper<ClientClassModel>;
  ClientClassConnection: ResolverTypeWrapper<ClientClassConnectionModel>;
  ClientClassEdge: ResolverTypeWrapper<Omit<ClientClassEdge, 'node'> & { node: ResolversTypes['ClientClass'] }>;
  ClientClassFacet: ClientClassFacet;
  ClientClassFilter: ClientClassFilter;
  ClientClassOrder: ClientClassOrder;
  ClientClassOrderField: ClientClassOrderField;
  ClientClassPayload: ResolverTypeWrapper<ClientClassOutcome>;
  ClientMatch: ResolverTypeWrapper<Omit<ClientMatch, 'machineLabels'> & { machineLabels?: Maybe<ResolversTypes['LabelSelector']> }>;
  ClientMatchInput: ClientMatchInput;
  ConfirmClockInput: ConfirmClockInput;
  ConsistencyProof: ResolverTypeWrapper<ConsistencyProven>;
  Cpu: ResolverTypeWrapper<Cpu>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DefineAccessRoleInput: DefineAccessRoleInput;
  DefineClientClassInput: DefineClientClassInput;
  DefineSubnetInput: DefineSubnetInput;
  DeployAction: DeployAction;
  DeployMachineInput: DeployMachineInput;
  DeployMachinePayload: ResolverTypeWrapper<DeploymentOutcome>;
  DeploymentFailureCode: DeploymentFailureCode;
  DeploymentFailureCodeCondition: DeploymentFailureCodeCondition;
  DeploymentStage: DeploymentStage;
  DeploymentStageCondition: DeploymentStageCondition;
  DhcpAnswer: ResolverTypeWrapper<DhcpAnswerModel>;
  DhcpOption: ResolverTypeWrapper<OptionSettingModel>;
  DhcpOptionInput: DhcpOptionInput;
  DhcpOutcome: DhcpOutcome;
  Diff: ResolverTypeWrapper<DiffModel>;
  DiffSubject: DiffSubject;
  DisablePrincipalInput: DisablePrincipalInput;
  DiscoveryIntent: ResolverTypeWrapper<DiscoveryIntent>;
  Disk: ResolverTypeWrapper<Disk>;
  DiskImage: ResolverTypeWrapper<DiskImage>;
  DiskImageInput: DiskImageInput;
  DiskTarget: ResolverTypeWrapper<DiskTarget>;
  EnablePrincipalInput: EnablePrincipalInput;
  EnvironmentFile: ResolverTypeWrapper<EnvironmentFile>;
  EnvironmentPurpose: EnvironmentPurpose;
  EnvironmentPurposeCondition: EnvironmentPurposeCondition;
  EnvironmentVersion: ResolverTypeWrapper<EnvironmentVersion>;
  Event: ResolverTypeWrapper<EventModel>;
  EventConnection: ResolverTypeWrapper<EventConnectionModel>;
  EventEdge: ResolverTypeWrapper<Omit<EventEdge, 'node'> & { node: ResolversTypes['Event'] }>;
  EventFacet: EventFacet;
  EventFeedItem: ResolverTypeWrapper<EventFeedItemModel>;
  EventFilter: EventFilter;
  EventOrder: EventOrder;
  EventOrderField: EventOrderField;
  EventPosition: ResolverTypeWrapper<Scalars['EventPosition']['output']>;
  Facet: ResolverTypeWrapper<Facet>;
  FacetValue: ResolverTypeWrapper<FacetValue>;
  FederatedIdentity: ResolverTypeWrapper<FederatedIdentity>;
  FinishBulkChangeInput: FinishBulkChangeInput;
  FirmwareKind: FirmwareKind;
  FirmwareKindCondition: FirmwareKindCondition;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Gap: ResolverTypeWrapper<GapModel>;
  GrantAccessRoleInput: GrantAccessRoleInput;
  Heartbeat: ResolverTypeWrapper<FeedMarkModel>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  IPv4: ResolverTypeWrapper<Scalars['IPv4']['output']>;
  IdCondition: IdCondition;
  ImageFormat: ImageFormat;
  ImportFormat: ImportFormat;
  ImportMachinesInput: ImportMachinesInput;
  ImportMachinesPayload: ResolverTypeWrapper<ImportOutcome>;
  InclusionProof: ResolverTypeWrapper<InclusionProofModel>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Interface: ResolverTypeWrapper<InterfaceModel>;
  InterfaceConnection: ResolverTypeWrapper<InterfaceConnectionModel>;
  InterfaceEdge: ResolverTypeWrapper<Omit<InterfaceEdge, 'node'> & { node: ResolversTypes['Interface'] }>;
  InterfaceFacet: InterfaceFacet;
  InterfaceFilter: InterfaceFilter;
  InterfaceOrder: InterfaceOrder;
  InterfaceOrderField: InterfaceOrderField;
  InterfaceSource: InterfaceSource;
  InterfaceSourceCondition: InterfaceSourceCondition;
  Inventory: ResolverTypeWrapper<InventoryModel>;
  IssueTokenInput: IssueTokenInput;
  IssueTokenPayload: ResolverTypeWrapper<IssueTokenOutcome>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Label: ResolverTypeWrapper<Label>;
  LabelAction: LabelAction;
  LabelCondition: LabelCondition;
  LabelInput: LabelInput;
  LabelMachineInput: LabelMachineInput;
  LabelSelector: ResolverTypeWrapper<LabelSelectorModel>;
  Leadership: ResolverTypeWrapper<Leadership>;
  Lease: ResolverTypeWrapper<AddressModel>;
  LeaseConnection: ResolverTypeWrapper<LeaseConnectionModel>;
  LeaseEdge: ResolverTypeWrapper<Omit<LeaseEdge, 'node'> & { node: ResolversTypes['Lease'] }>;
  LeaseFacet: LeaseFacet;
  LeaseFilter: LeaseFilter;
  LeaseHolder: ResolverTypeWrapper<LeaseHolder>;
  LeaseOrder: LeaseOrder;
  LeaseOrderField: LeaseOrderField;
  LeasePayload: ResolverTypeWrapper<AddressOutcome>;
  LeaseStatus: LeaseStatus;
  LeaseStatusCondition: LeaseStatusCondition;
  LockMachineInput: LockMachineInput;
  LogArchive: ResolverTypeWrapper<ArchiveFile>;
  LogSigning: ResolverTypeWrapper<SigningStatus>;
  MAC: ResolverTypeWrapper<Scalars['MAC']['output']>;
  MacCondition: MacCondition;
  Machine: ResolverTypeWrapper<MachineModel>;
  MachineAction: MachineAction;
  MachineChange: ResolverTypeWrapper<MachineChangeModel>;
  MachineConnection: ResolverTypeWrapper<MachineConnectionModel>;
  MachineEdge: ResolverTypeWrapper<Omit<MachineEdge, 'node'> & { node: ResolversTypes['Machine'] }>;
  MachineFacet: MachineFacet;
  MachineFailure: ResolverTypeWrapper<MachineFailure>;
  MachineFeedItem: ResolverTypeWrapper<MachineFeedItemModel>;
  MachineFilter: MachineFilter;
  MachineMatch: MachineMatch;
  MachineOrder: MachineOrder;
  MachineOrderField: MachineOrderField;
  MachinePayload: ResolverTypeWrapper<MachineOutcome>;
  MachineSelector: MachineSelector;
  MachineState: MachineState;
  MachineStateCondition: MachineStateCondition;
  Moment: Moment;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  MutationPayload: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['MutationPayload']>;
  NetworkInterface: ResolverTypeWrapper<NetworkInterface>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  NumberCondition: NumberCondition;
  OpenBulkChange: ResolverTypeWrapper<OpenBulkChangeModel>;
  OrderDirection: OrderDirection;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ParamInput: ParamInput;
  ParamsAction: ParamsAction;
  Plan: ResolverTypeWrapper<Plan>;
  PlannedChange: ResolverTypeWrapper<PlannedChange>;
  PlannedEvent: ResolverTypeWrapper<PlannedEvent>;
  PoisonedEvent: ResolverTypeWrapper<PoisonedEventModel>;
  Principal: ResolverTypeWrapper<PrincipalModel>;
  PrincipalConnection: ResolverTypeWrapper<PrincipalConnectionModel>;
  PrincipalEdge: ResolverTypeWrapper<Omit<PrincipalEdge, 'node'> & { node: ResolversTypes['Principal'] }>;
  PrincipalFacet: PrincipalFacet;
  PrincipalFilter: PrincipalFilter;
  PrincipalKind: PrincipalKind;
  PrincipalKindCondition: PrincipalKindCondition;
  PrincipalOrder: PrincipalOrder;
  PrincipalOrderField: PrincipalOrderField;
  PrincipalPayload: ResolverTypeWrapper<PrincipalOutcome>;
  PublishBootEnvironmentInput: PublishBootEnvironmentInput;
  PublishBootEnvironmentPayload: ResolverTypeWrapper<PublicationOutcome>;
  QuarantineAction: QuarantineAction;
  QuarantineMachineInput: QuarantineMachineInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RebuildViewInput: RebuildViewInput;
  RebuildViewPayload: ResolverTypeWrapper<RebuildOutcome>;
  RefusedMachine: ResolverTypeWrapper<RefusedMachine>;
  RegisterMachineInput: RegisterMachineInput;
  RelayCircuitInput: RelayCircuitInput;
  ReleaseMachineInput: ReleaseMachineInput;
  RemoveReservationInput: RemoveReservationInput;
  RenameMachineInput: RenameMachineInput;
  Reservation: ResolverTypeWrapper<ReservationModel>;
  ReservationConnection: ResolverTypeWrapper<ReservationConnectionModel>;
  ReservationEdge: ResolverTypeWrapper<Omit<ReservationEdge, 'node'> & { node: ResolversTypes['Reservation'] }>;
  ReservationFacet: ReservationFacet;
  ReservationFilter: ReservationFilter;
  ReservationKey: ResolverTypeWrapper<Scalars['ReservationKey']['output']>;
  ReservationKeyInput: ReservationKeyInput;
  ReservationOrder: ReservationOrder;
  ReservationOrderField: ReservationOrderField;
  ReserveAddressInput: ReserveAddressInput;
  RetireClientClassInput: RetireClientClassInput;
  RetireMachineInput: RetireMachineInput;
  RetireSubnetInput: RetireSubnetInput;
  RetryViewInput: RetryViewInput;
  RetryViewPayload: ResolverTypeWrapper<RetryOutcome>;
  RevokeAccessRoleInput: RevokeAccessRoleInput;
  RevokeTokenInput: RevokeTokenInput;
  RevokeTokenPayload: ResolverTypeWrapper<TokenOutcome>;
  Run: ResolverTypeWrapper<RunModel>;
  RunChange: ResolverTypeWrapper<RunChangeModel>;
  RunConnection: ResolverTypeWrapper<RunConnectionModel>;
  RunEdge: ResolverTypeWrapper<Omit<RunEdge, 'node'> & { node: ResolversTypes['Run'] }>;
  RunFacet: RunFacet;
  RunFailure: ResolverTypeWrapper<RunFailure>;
  RunFeedItem: ResolverTypeWrapper<RunFeedItemModel>;
  RunFilter: RunFilter;
  RunOrder: RunOrder;
  RunOrderField: RunOrderField;
  RunState: RunState;
  RunStateCondition: RunStateCondition;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  ScopeGrant: ResolverTypeWrapper<Omit<ScopeGrant, 'machines'> & { machines?: Maybe<ReadonlyArray<ResolversTypes['LabelSelector']>> }>;
  ScriptAnswer: ResolverTypeWrapper<ScriptAnswerModel>;
  SelectorLabel: ResolverTypeWrapper<SelectorLabel>;
  SelectorLabelInput: SelectorLabelInput;
  ServicePayload: ResolverTypeWrapper<ServiceOutcome>;
  ServiceStatus: ResolverTypeWrapper<ServiceModel>;
  SetBootIntentInput: SetBootIntentInput;
  SetMachineDhcpOptionsInput: SetMachineDhcpOptionsInput;
  SetMachineParamsInput: SetMachineParamsInput;
  Sha256: ResolverTypeWrapper<Scalars['Sha256']['output']>;
  SignCheckpointInput: SignCheckpointInput;
  SignCheckpointPayload: ResolverTypeWrapper<SigningModel>;
  Smbios: ResolverTypeWrapper<Smbios>;
  SourcedOption: ResolverTypeWrapper<SourcedOptionModel>;
  StartEffectsEpochInput: StartEffectsEpochInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subnet: ResolverTypeWrapper<SubnetModel>;
  SubnetConnection: ResolverTypeWrapper<SubnetConnectionModel>;
  SubnetEdge: ResolverTypeWrapper<Omit<SubnetEdge, 'node'> & { node: ResolversTypes['Subnet'] }>;
  SubnetFacet: SubnetFacet;
  SubnetFilter: SubnetFilter;
  SubnetOrder: SubnetOrder;
  SubnetOrderField: SubnetOrderField;
  SubnetPayload: ResolverTypeWrapper<SubnetOutcome>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TakeBackupInput: TakeBackupInput;
  TextCondition: TextCondition;
  TimeCondition: TimeCondition;
  TimelineConnection: ResolverTypeWrapper<Omit<TimelineConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['TimelineEdge']>, nodes: ReadonlyArray<ResolversTypes['TimelineEntry']> }>;
  TimelineEdge: ResolverTypeWrapper<Omit<TimelineEdge, 'node'> & { node: ResolversTypes['TimelineEntry'] }>;
  TimelineEntry: ResolverTypeWrapper<TimelineEntryModel>;
  UnknownMachinePolicy: UnknownMachinePolicy;
  UnknownMachinePolicyCondition: UnknownMachinePolicyCondition;
  UnlockMachineInput: UnlockMachineInput;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
  Verification: ResolverTypeWrapper<VerificationModel>;
  VerificationFinding: ResolverTypeWrapper<FindingModel>;
  VerificationReport: ResolverTypeWrapper<VerifyReportModel>;
  VerificationStage: VerificationStage;
  VerificationState: VerificationState;
  VerifyLogInput: VerifyLogInput;
  VerifyLogPayload: ResolverTypeWrapper<VerificationOutcome>;
  ViewBuild: ResolverTypeWrapper<ViewBuildModel>;
  ViewBuildKind: ViewBuildKind;
  ViewBuildPhase: ViewBuildPhase;
  ViewCheck: ResolverTypeWrapper<ViewCheckModel>;
  ViewState: ViewState;
  ViewStatus: ResolverTypeWrapper<ViewModel>;
  Viewer: ResolverTypeWrapper<Omit<Viewer, 'principal' | 'scopes' | 'token'> & { principal: ResolversTypes['Principal'], scopes: ReadonlyArray<ResolversTypes['ScopeGrant']>, token: ResolversTypes['AccessToken'] }>;
  Why: ResolverTypeWrapper<WhyModel>;
  WhyEdge: ResolverTypeWrapper<WhyEdge>;
  WhyRequest: ResolverTypeWrapper<WhyRequest>;
  WithdrawAccessRoleInput: WithdrawAccessRoleInput;
  WithdrawBootIntentInput: WithdrawBootIntentInput;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AccessRole: RoleRow;
  AccessRoleConnection: AccessRoleConnectionModel;
  AccessRoleEdge: Omit<AccessRoleEdge, 'node'> & { node: ResolversParentTypes['AccessRole'] };
  AccessRoleFilter: AccessRoleFilter;
  AccessRoleOrder: AccessRoleOrder;
  AccessRolePayload: AccessRoleOutcome;
  AccessRule: Omit<AccessRule, 'machines'> & { machines?: Maybe<ResolversParentTypes['LabelSelector']> };
  AccessRuleInput: AccessRuleInput;
  AccessScope: AccessScope;
  AccessToken: AccessTokenModel;
  AccessTokenConnection: AccessTokenConnectionModel;
  AccessTokenEdge: Omit<AccessTokenEdge, 'node'> & { node: ResolversParentTypes['AccessToken'] };
  AccessTokenFilter: AccessTokenFilter;
  AccessTokenOrder: AccessTokenOrder;
  AccessTokenStateCondition: AccessTokenStateCondition;
  AddPrincipalInput: AddPrincipalInput;
  AddressCondition: AddressCondition;
  AddressRange: AddressRange;
  AddressRangeInput: AddressRangeInput;
  AddressUsage: AddressUsageModel;
  AddressUsageConnection: AddressUsageConnectionModel;
  AddressUsageEdge: Omit<AddressUsageEdge, 'node'> & { node: ResolversParentTypes['AddressUsage'] };
  AddressUsageFilter: AddressUsageFilter;
  AddressUsageOrder: AddressUsageOrder;
  AgentPackage: AgentPackage;
  ApproveMachineInput: ApproveMachineInput;
  ArchitectureCondition: ArchitectureCondition;
  Backup: BackupModel;
  BackupPayload: BackupOutcome;
  Boolean: Scalars['Boolean']['output'];
  Boot: Boot;
  BootClientInput: BootClientInput;
  BootDecision: BootDecisionModel;
  BootEnvironment: BootEnvironmentModel;
  BootEnvironmentConnection: BootEnvironmentConnectionModel;
  BootEnvironmentEdge: Omit<BootEnvironmentEdge, 'node'> & { node: ResolversParentTypes['BootEnvironment'] };
  BootEnvironmentFilter: BootEnvironmentFilter;
  BootEnvironmentOrder: BootEnvironmentOrder;
  BootStep: BootStepModel;
  ByteCount: Scalars['ByteCount']['output'];
  CIDR: Scalars['CIDR']['output'];
  CancelVerificationInput: CancelVerificationInput;
  CancelVerificationPayload: VerificationOutcome;
  CaughtUp: FeedMarkModel;
  CausedChange: CausedChangeModel;
  ChangeClientClassInput: ChangeClientClassInput;
  ChangeMachinesInput: ChangeMachinesInput;
  ChangeMachinesPayload: BulkOutcome;
  ChangeSubnetInput: ChangeSubnetInput;
  Checkpoint: SignedLogCheckpoint;
  CheckpointConnection: CheckpointConnectionModel;
  CheckpointEdge: Omit<CheckpointEdge, 'node'> & { node: ResolversParentTypes['Checkpoint'] };
  CheckpointFilter: CheckpointFilter;
  CheckpointOrder: CheckpointOrder;
  ClientClass: ClientClassModel;
  ClientClassConnection: ClientClassConnectionModel;
  ClientClassEdge: Omit<ClientClassEdge, 'node'> & { node: ResolversParentTypes['ClientClass'] };
  ClientClassFilter: ClientClassFilter;
  ClientClassOrder: ClientClassOrder;
  ClientClassPayload: ClientClassOutcome;
  ClientMatch: Omit<ClientMatch, 'machineLabels'> & { machineLabels?: Maybe<ResolversParentTypes['LabelSelector']> };
  ClientMatchInput: ClientMatchInput;
  ConfirmClockInput: ConfirmClockInput;
  ConsistencyProof: ConsistencyProven;
  Cpu: Cpu;
  DateTime: Scalars['DateTime']['output'];
  DefineAccessRoleInput: DefineAccessRoleInput;
  DefineClientClassInput: DefineClientClassInput;
  DefineSubnetInput: DefineSubnetInput;
  DeployAction: DeployAction;
  DeployMachineInput: DeployMachineInput;
  DeployMachinePayload: DeploymentOutcome;
  DeploymentFailureCodeCondition: DeploymentFailureCodeCondition;
  DeploymentStageCondition: DeploymentStageCondition;
  DhcpAnswer: DhcpAnswerModel;
  DhcpOption: OptionSettingModel;
  DhcpOptionInput: DhcpOptionInput;
  Diff: DiffModel;
  DiffSubject: DiffSubject;
  DisablePrincipalInput: DisablePrincipalInput;
  DiscoveryIntent: DiscoveryIntent;
  Disk: Disk;
  DiskImage: DiskImage;
  DiskImageInput: DiskImageInput;
  DiskTarget: DiskTarget;
  EnablePrincipalInput: EnablePrincipalInput;
  EnvironmentFile: EnvironmentFile;
  EnvironmentPurposeCondition: EnvironmentPurposeCondition;
  EnvironmentVersion: EnvironmentVersion;
  Event: EventModel;
  EventConnection: EventConnectionModel;
  EventEdge: Omit<EventEdge, 'node'> & { node: ResolversParentTypes['Event'] };
  EventFeedItem: EventFeedItemModel;
  EventFilter: EventFilter;
  EventOrder: EventOrder;
  EventPosition: Scalars['EventPosition']['output'];
  Facet: Facet;
  FacetValue: FacetValue;
  FederatedIdentity: FederatedIdentity;
  FinishBulkChangeInput: FinishBulkChangeInput;
  FirmwareKindCondition: FirmwareKindCondition;
  Float: Scalars['Float']['output'];
  Gap: GapModel;
  GrantAccessRoleInput: GrantAccessRoleInput;
  Heartbeat: FeedMarkModel;
  ID: Scalars['ID']['output'];
  IPv4: Scalars['IPv4']['output'];
  IdCondition: IdCondition;
  ImportMachinesInput: ImportMachinesInput;
  ImportMachinesPayload: ImportOutcome;
  InclusionProof: InclusionProofModel;
  Int: Scalars['Int']['output'];
  Interface: InterfaceModel;
  InterfaceConnection: InterfaceConnectionModel;
  InterfaceEdge: Omit<InterfaceEdge, 'node'> & { node: ResolversParentTypes['Interface'] };
  InterfaceFilter: InterfaceFilter;
  InterfaceOrder: InterfaceOrder;
  InterfaceSourceCondition: InterfaceSourceCondition;
  Inventory: InventoryModel;
  IssueTokenInput: IssueTokenInput;
  IssueTokenPayload: IssueTokenOutcome;
  JSON: Scalars['JSON']['output'];
  Label: Label;
  LabelAction: LabelAction;
  LabelCondition: LabelCondition;
  LabelInput: LabelInput;
  LabelMachineInput: LabelMachineInput;
  LabelSelector: LabelSelectorModel;
  Leadership: Leadership;
  Lease: AddressModel;
  LeaseConnection: LeaseConnectionModel;
  LeaseEdge: Omit<LeaseEdge, 'node'> & { node: ResolversParentTypes['Lease'] };
  LeaseFilter: LeaseFilter;
  LeaseHolder: LeaseHolder;
  LeaseOrder: LeaseOrder;
  LeasePayload: AddressOutcome;
  LeaseStatusCondition: LeaseStatusCondition;
  LockMachineInput: LockMachineInput;
  LogArchive: ArchiveFile;
  LogSigning: SigningStatus;
  MAC: Scalars['MAC']['output'];
  MacCondition: MacCondition;
  Machine: MachineModel;
  MachineAction: MachineAction;
  MachineChange: MachineChangeModel;
  MachineConnection: MachineConnectionModel;
  MachineEdge: Omit<MachineEdge, 'node'> & { node: ResolversParentTypes['Machine'] };
  MachineFailure: MachineFailure;
  MachineFeedItem: MachineFeedItemModel;
  MachineFilter: MachineFilter;
  MachineMatch: MachineMatch;
  MachineOrder: MachineOrder;
  MachinePayload: MachineOutcome;
  MachineSelector: MachineSelector;
  MachineStateCondition: MachineStateCondition;
  Moment: Moment;
  Mutation: Record<PropertyKey, never>;
  MutationPayload: ResolversInterfaceTypes<ResolversParentTypes>['MutationPayload'];
  NetworkInterface: NetworkInterface;
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  NumberCondition: NumberCondition;
  OpenBulkChange: OpenBulkChangeModel;
  PageInfo: PageInfo;
  ParamInput: ParamInput;
  ParamsAction: ParamsAction;
  Plan: Plan;
  PlannedChange: PlannedChange;
  PlannedEvent: PlannedEvent;
  PoisonedEvent: PoisonedEventModel;
  Principal: PrincipalModel;
  PrincipalConnection: PrincipalConnectionModel;
  PrincipalEdge: Omit<PrincipalEdge, 'node'> & { node: ResolversParentTypes['Principal'] };
  PrincipalFilter: PrincipalFilter;
  PrincipalKindCondition: PrincipalKindCondition;
  PrincipalOrder: PrincipalOrder;
  PrincipalPayload: PrincipalOutcome;
  PublishBootEnvironmentInput: PublishBootEnvironmentInput;
  PublishBootEnvironmentPayload: PublicationOutcome;
  QuarantineAction: QuarantineAction;
  QuarantineMachineInput: QuarantineMachineInput;
  Query: Record<PropertyKey, never>;
  RebuildViewInput: RebuildViewInput;
  RebuildViewPayload: RebuildOutcome;
  RefusedMachine: RefusedMachine;
  RegisterMachineInput: RegisterMachineInput;
  RelayCircuitInput: RelayCircuitInput;
  ReleaseMachineInput: ReleaseMachineInput;
  RemoveReservationInput: RemoveReservationInput;
  RenameMachineInput: RenameMachineInput;
  Reservation: ReservationModel;
  ReservationConnection: ReservationConnectionModel;
  ReservationEdge: Omit<ReservationEdge, 'node'> & { node: ResolversParentTypes['Reservation'] };
  ReservationFilter: ReservationFilter;
  ReservationKey: Scalars['ReservationKey']['output'];
  ReservationKeyInput: ReservationKeyInput;
  ReservationOrder: ReservationOrder;
  ReserveAddressInput: ReserveAddressInput;
  RetireClientClassInput: RetireClientClassInput;
  RetireMachineInput: RetireMachineInput;
  RetireSubnetInput: RetireSubnetInput;
  RetryViewInput: RetryViewInput;
  RetryViewPayload: RetryOutcome;
  RevokeAccessRoleInput: RevokeAccessRoleInput;
  RevokeTokenInput: RevokeTokenInput;
  RevokeTokenPayload: TokenOutcome;
  Run: RunModel;
  RunChange: RunChangeModel;
  RunConnection: RunConnectionModel;
  RunEdge: Omit<RunEdge, 'node'> & { node: ResolversParentTypes['Run'] };
  RunFailure: RunFailure;
  RunFeedItem: RunFeedItemModel;
  RunFilter: RunFilter;
  RunOrder: RunOrder;
  RunStateCondition: RunStateCondition;
  SafeInt: Scalars['SafeInt']['output'];
  ScopeGrant: Omit<ScopeGrant, 'machines'> & { machines?: Maybe<ReadonlyArray<ResolversParentTypes['LabelSelector']>> };
  ScriptAnswer: ScriptAnswerModel;
  SelectorLabel: SelectorLabel;
  SelectorLabelInput: SelectorLabelInput;
  ServicePayload: ServiceOutcome;
  ServiceStatus: ServiceModel;
  SetBootIntentInput: SetBootIntentInput;
  SetMachineDhcpOptionsInput: SetMachineDhcpOptionsInput;
  SetMachineParamsInput: SetMachineParamsInput;
  Sha256: Scalars['Sha256']['output'];
  SignCheckpointInput: SignCheckpointInput;
  SignCheckpointPayload: SigningModel;
  Smbios: Smbios;
  SourcedOption: SourcedOptionModel;
  StartEffectsEpochInput: StartEffectsEpochInput;
  String: Scalars['String']['output'];
  Subnet: SubnetModel;
  SubnetConnection: SubnetConnectionModel;
  SubnetEdge: Omit<SubnetEdge, 'node'> & { node: ResolversParentTypes['Subnet'] };
  SubnetFilter: SubnetFilter;
  SubnetOrder: SubnetOrder;
  SubnetPayload: SubnetOutcome;
  Subscription: Record<PropertyKey, never>;
  TakeBackupInput: TakeBackupInput;
  TextCondition: TextCondition;
  TimeCondition: TimeCondition;
  TimelineConnection: Omit<TimelineConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['TimelineEdge']>, nodes: ReadonlyArray<ResolversParentTypes['TimelineEntry']> };
  TimelineEdge: Omit<TimelineEdge, 'node'> & { node: ResolversParentTypes['TimelineEntry'] };
  TimelineEntry: TimelineEntryModel;
  UnknownMachinePolicyCondition: UnknownMachinePolicyCondition;
  UnlockMachineInput: UnlockMachineInput;
  UserError: UserError;
  Verification: VerificationModel;
  VerificationFinding: FindingModel;
  VerificationReport: VerifyReportModel;
  VerifyLogInput: VerifyLogInput;
  VerifyLogPayload: VerificationOutcome;
  ViewBuild: ViewBuildModel;
  ViewCheck: ViewCheckModel;
  ViewStatus: ViewModel;
  Viewer: Omit<Viewer, 'principal' | 'scopes' | 'token'> & { principal: ResolversParentTypes['Principal'], scopes: ReadonlyArray<ResolversParentTypes['ScopeGrant']>, token: ResolversParentTypes['AccessToken'] };
  Why: WhyModel;
  WhyEdge: WhyEdge;
  WhyRequest: WhyRequest;
  WithdrawAccessRoleInput: WithdrawAccessRoleInput;
  WithdrawBootIntentInput: WithdrawBootIntentInput;
};

export type AccessRoleResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AccessRole'] = ResolversParentTypes['AccessRole']> = {
  builtIn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rules?: Resolver<ReadonlyArray<ResolversTypes['AccessRule']>, ParentType, ContextType>;
  withdrawn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AccessRoleConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AccessRoleConnection'] = ResolversParentTypes['AccessRoleConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessRoleEdge']>, ParentType, ContextType>;
  facets?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType, RequireFields<AccessRoleConnectionFacetsArgs, 'by'>>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['AccessRole']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<AccessRoleConnectionTotalCountArgs, 'exact'>>;
  totalCountEstimated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AccessRoleEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AccessRoleEdge'] = ResolversParentTypes['AccessRoleEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AccessRole'], ParentType, ContextType>;
};

export type AccessRolePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AccessRolePayload'] = ResolversParentTypes['AccessRolePayload']> = {
  accessRole?: Resolver<Maybe<ResolversTypes['AccessRole']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AccessRuleResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AccessRule'] = ResolversParentTypes['AccessRule']> = {
  machines?: Resolver<Maybe<ResolversTypes['LabelSelector']>, ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AccessScopeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AccessScope'] = ResolversParentTypes['AccessScope']> = {
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  limitable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AccessTokenResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AccessToken'] = ResolversParentTypes['AccessToken']> = {
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  issuedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  principal?: Resolver<ResolversTypes['Principal'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['AccessTokenState'], ParentType, ContextType>;
  tokenId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AccessTokenConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AccessTokenConnection'] = ResolversParentTypes['AccessTokenConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AccessTokenEdge']>, ParentType, ContextType>;
  facets?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType, RequireFields<AccessTokenConnectionFacetsArgs, 'by'>>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['AccessToken']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<AccessTokenConnectionTotalCountArgs, 'exact'>>;
  totalCountEstimated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AccessTokenEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AccessTokenEdge'] = ResolversParentTypes['AccessTokenEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AccessToken'], ParentType, ContextType>;
};

export type AddressRangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AddressRange'] = ResolversParentTypes['AddressRange']> = {
  first?: Resolver<ResolversTypes['IPv4'], ParentType, ContextType>;
  last?: Resolver<ResolversTypes['IPv4'], ParentType, ContextType>;
};

export type AddressUsageResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AddressUsage'] = ResolversParentTypes['AddressUsage']> = {
  declined?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  free?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  leased?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reserved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  subnet?: Resolver<ResolversTypes['Subnet'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  usedPercent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AddressUsageConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AddressUsageConnection'] = ResolversParentTypes['AddressUsageConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AddressUsageEdge']>, ParentType, ContextType>;
  facets?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType, RequireFields<AddressUsageConnectionFacetsArgs, 'by'>>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['AddressUsage']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<AddressUsageConnectionTotalCountArgs, 'exact'>>;
  totalCountEstimated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AddressUsageEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AddressUsageEdge'] = ResolversParentTypes['AddressUsageEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AddressUsage'], ParentType, ContextType>;
};

export type AgentPackageResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['AgentPackage'] = ResolversParentTypes['AgentPackage']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['Sha256'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type BackupResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Backup'] = ResolversParentTypes['Backup']> = {
  bytes?: Resolver<ResolversTypes['ByteCount'], ParentType, ContextType>;
  events?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  file?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['Sha256'], ParentType, ContextType>;
  takenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type BackupPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['BackupPayload'] = ResolversParentTypes['BackupPayload']> = {
  backup?: Resolver<Maybe<ResolversTypes['Backup']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BootResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Boot'] = ResolversParentTypes['Boot']> = {
  bootId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mac?: Resolver<ResolversTypes['MAC'], ParentType, ContextType>;
  relation?: Resolver<ResolversTypes['BootRelation'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type BootDecisionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['BootDecision'] = ResolversParentTypes['BootDecision']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dhcp?: Resolver<ResolversTypes['DhcpAnswer'], ParentType, ContextType>;
  mac?: Resolver<ResolversTypes['MAC'], ParentType, ContextType>;
  machine?: Resolver<Maybe<ResolversTypes['Machine']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['EventPosition'], ParentType, ContextType>;
  script?: Resolver<Maybe<ResolversTypes['ScriptAnswer']>, ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['BootStep']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  facets?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType, RequireFields<BootEnvironmentConnectionFacetsArgs, 'by'>>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['BootEnvironment']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<BootEnvironmentConnectionTotalCountArgs, 'exact'>>;
  totalCountEstimated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type BootEnvironmentEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['BootEnvironmentEdge'] = ResolversParentTypes['BootEnvironmentEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['BootEnvironment'], ParentType, ContextType>;
};

export type BootStepResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['BootStep'] = ResolversParentTypes['BootStep']> = {
  because?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  step?: Resolver<ResolversTypes['BootStepKind'], ParentType, ContextType>;
};

export interface ByteCountScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['ByteCount'], any> {
  name: 'ByteCount';
}

export interface CidrScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CIDR'], any> {
  name: 'CIDR';
}

export type CancelVerificationPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CancelVerificationPayload'] = ResolversParentTypes['CancelVerificationPayload']> = {
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  verification?: Resolver<Maybe<ResolversTypes['Verification']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CaughtUpResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CaughtUp'] = ResolversParentTypes['CaughtUp']> = {
  position?: Resolver<ResolversTypes['EventPosition'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CausedChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CausedChange'] = ResolversParentTypes['CausedChange']> = {
  after?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  events?: Resolver<ReadonlyArray<ResolversTypes['Event']>, ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ChangeMachinesPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ChangeMachinesPayload'] = ResolversParentTypes['ChangeMachinesPayload']> = {
  accepted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  bulkId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  matched?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  refused?: Resolver<ReadonlyArray<ResolversTypes['RefusedMachine']>, ParentType, ContextType>;
  refusedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CheckpointResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Checkpoint'] = ResolversParentTypes['Checkpoint']> = {
  note?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['EventPosition'], ParentType, ContextType>;
  root?: Resolver<ResolversTypes['Sha256'], ParentType, ContextType>;
  signedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  verifierKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CheckpointConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CheckpointConnection'] = ResolversParentTypes['CheckpointConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CheckpointEdge']>, ParentType, ContextType>;
  facets?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType, RequireFields<CheckpointConnectionFacetsArgs, 'by'>>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Checkpoint']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<CheckpointConnectionTotalCountArgs, 'exact'>>;
  totalCountEstimated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CheckpointEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['CheckpointEdge'] = ResolversParentTypes['CheckpointEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Checkpoint'], ParentType, ContextType>;
};

export type ClientClassResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ClientClass'] = ResolversParentTypes['ClientClass']> = {
  bootFile?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  changedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  definedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  leaseSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  match?: Resolver<ResolversTypes['ClientMatch'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  options?: Resolver<ReadonlyArray<ResolversTypes['DhcpOption']>, ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ClientClassConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ClientClassConnection'] = ResolversParentTypes['ClientClassConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ClientClassEdge']>, ParentType, ContextType>;
  facets?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType, RequireFields<ClientClassConnectionFacetsArgs, 'by'>>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ClientClass']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<ClientClassConnectionTotalCountArgs, 'exact'>>;
  totalCountEstimated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ClientClassEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ClientClassEdge'] = ResolversParentTypes['ClientClassEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ClientClass'], ParentType, ContextType>;
};

export type ClientClassPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ClientClassPayload'] = ResolversParentTypes['ClientClassPayload']> = {
  clientClass?: Resolver<Maybe<ResolversTypes['ClientClass']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ClientMatchResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ClientMatch'] = ResolversParentTypes['ClientMatch']> = {
  architectures?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Architecture']>>, ParentType, ContextType>;
  macPrefixes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  machineLabels?: Resolver<Maybe<ResolversTypes['LabelSelector']>, ParentType, ContextType>;
  relayCircuits?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  relayRemotes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  subnets?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  userClasses?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  vendorClassPrefixes?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type ConsistencyProofResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ConsistencyProof'] = ResolversParentTypes['ConsistencyProof']> = {
  checkpoint?: Resolver<ResolversTypes['Checkpoint'], ParentType, ContextType>;
  hashes?: Resolver<ReadonlyArray<ResolversTypes['Sha256']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DhcpAnswerResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DhcpAnswer'] = ResolversParentTypes['DhcpAnswer']> = {
  address?: Resolver<Maybe<ResolversTypes['IPv4']>, ParentType, ContextType>;
  addressFrom?: Resolver<Maybe<ResolversTypes['AddressSource']>, ParentType, ContextType>;
  bootFile?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  classes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  leaseSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  options?: Resolver<ReadonlyArray<ResolversTypes['SourcedOption']>, ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['DhcpOutcome'], ParentType, ContextType>;
  subnet?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  wire?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DhcpOptionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DhcpOption'] = ResolversParentTypes['DhcpOption']> = {
  code?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  octets?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DiffResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Diff'] = ResolversParentTypes['Diff']> = {
  changes?: Resolver<ReadonlyArray<ResolversTypes['CausedChange']>, ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  truncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type DiscoveryIntentResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['DiscoveryIntent'] = ResolversParentTypes['DiscoveryIntent']> = {
  environment?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  runId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  servings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  setAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
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
  facets?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType, RequireFields<EventConnectionFacetsArgs, 'by'>>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Event']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<EventConnectionTotalCountArgs, 'exact'>>;
  totalCountEstimated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type EventEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EventEdge'] = ResolversParentTypes['EventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
};

export type EventFeedItemResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['EventFeedItem'] = ResolversParentTypes['EventFeedItem']> = {
  __resolveType: TypeResolveFn<'CaughtUp' | 'Event' | 'Gap' | 'Heartbeat', ParentType, ContextType>;
};

export interface EventPositionScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['EventPosition'], any> {
  name: 'EventPosition';
}

export type FacetResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Facet'] = ResolversParentTypes['Facet']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  others?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  values?: Resolver<ReadonlyArray<ResolversTypes['FacetValue']>, ParentType, ContextType>;
};

export type FacetValueResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['FacetValue'] = ResolversParentTypes['FacetValue']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FederatedIdentityResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['FederatedIdentity'] = ResolversParentTypes['FederatedIdentity']> = {
  issuer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GapResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Gap'] = ResolversParentTypes['Gap']> = {
  from?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['EventPosition'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['EventPosition'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HeartbeatResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Heartbeat'] = ResolversParentTypes['Heartbeat']> = {
  position?: Resolver<ResolversTypes['EventPosition'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface IPv4ScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['IPv4'], any> {
  name: 'IPv4';
}

export type ImportMachinesPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ImportMachinesPayload'] = ResolversParentTypes['ImportMachinesPayload']> = {
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  problemCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  registered?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rows?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InclusionProofResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InclusionProof'] = ResolversParentTypes['InclusionProof']> = {
  checkpoint?: Resolver<ResolversTypes['Checkpoint'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  hashes?: Resolver<ReadonlyArray<ResolversTypes['Sha256']>, ParentType, ContextType>;
  index?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type InterfaceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Interface'] = ResolversParentTypes['Interface']> = {
  address?: Resolver<Maybe<ResolversTypes['IPv4']>, ParentType, ContextType>;
  driver?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  mac?: Resolver<ResolversTypes['MAC'], ParentType, ContextType>;
  machine?: Resolver<Maybe<ResolversTypes['Machine']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  seenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['InterfaceSource'], ParentType, ContextType>;
  subnet?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InterfaceConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InterfaceConnection'] = ResolversParentTypes['InterfaceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['InterfaceEdge']>, ParentType, ContextType>;
  facets?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType, RequireFields<InterfaceConnectionFacetsArgs, 'by'>>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Interface']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<InterfaceConnectionTotalCountArgs, 'exact'>>;
  totalCountEstimated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type InterfaceEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['InterfaceEdge'] = ResolversParentTypes['InterfaceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Interface'], ParentType, ContextType>;
};

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

export type IssueTokenPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['IssueTokenPayload'] = ResolversParentTypes['IssueTokenPayload']> = {
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  secretWasShown?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  token?: Resolver<Maybe<ResolversTypes['AccessToken']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type LabelResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Label'] = ResolversParentTypes['Label']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LabelSelectorResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LabelSelector'] = ResolversParentTypes['LabelSelector']> = {
  labels?: Resolver<ReadonlyArray<ResolversTypes['SelectorLabel']>, ParentType, ContextType>;
};

export type LeadershipResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Leadership'] = ResolversParentTypes['Leadership']> = {
  holder?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  term?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type LeaseResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Lease'] = ResolversParentTypes['Lease']> = {
  address?: Resolver<ResolversTypes['IPv4'], ParentType, ContextType>;
  changedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  holder?: Resolver<Maybe<ResolversTypes['LeaseHolder']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  leaseSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  machine?: Resolver<Maybe<ResolversTypes['Machine']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['EventPosition'], ParentType, ContextType>;
  relay?: Resolver<Maybe<ResolversTypes['IPv4']>, ParentType, ContextType>;
  reservedFor?: Resolver<Maybe<ResolversTypes['ReservationKey']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['LeaseStatus'], ParentType, ContextType>;
  subnet?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LeaseConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LeaseConnection'] = ResolversParentTypes['LeaseConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['LeaseEdge']>, ParentType, ContextType>;
  facets?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType, RequireFields<LeaseConnectionFacetsArgs, 'by'>>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Lease']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<LeaseConnectionTotalCountArgs, 'exact'>>;
  totalCountEstimated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
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
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LogArchiveResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LogArchive'] = ResolversParentTypes['LogArchive']> = {
  after?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  bytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  events?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  file?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isThere?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  note?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  root?: Resolver<ResolversTypes['Sha256'], ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['Sha256'], ParentType, ContextType>;
  through?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  verifierKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LogSigningResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['LogSigning'] = ResolversParentTypes['LogSigning']> = {
  contradiction?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  directory?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  newest?: Resolver<Maybe<ResolversTypes['Checkpoint']>, ParentType, ContextType>;
  origin?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unsignedEvents?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  verifierKey?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export interface MacScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['MAC'], any> {
  name: 'MAC';
}

export type MachineResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Machine'] = ResolversParentTypes['Machine']> = {
  addresses?: Resolver<Maybe<ReadonlyArray<ResolversTypes['IPv4']>>, ParentType, ContextType>;
  architecture?: Resolver<Maybe<ResolversTypes['Architecture']>, ParentType, ContextType>;
  changedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dhcpOptions?: Resolver<ReadonlyArray<ResolversTypes['DhcpOption']>, ParentType, ContextType>;
  discoveredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  discoveryIntent?: Resolver<Maybe<ResolversTypes['DiscoveryIntent']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['MachineFailure']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  interfaces?: Resolver<Maybe<ResolversTypes['InterfaceConnection']>, ParentType, ContextType, RequireFields<MachineInterfacesArgs, 'orderBy'>>;
  inventory?: Resolver<Maybe<ResolversTypes['Inventory']>, ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<MachineLabelArgs, 'key'>>;
  labels?: Resolver<ReadonlyArray<ResolversTypes['Label']>, ParentType, ContextType>;
  locked?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  machineId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  macs?: Resolver<ReadonlyArray<ResolversTypes['MAC']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  params?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['EventPosition'], ParentType, ContextType>;
  registeredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  run?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType>;
  runs?: Resolver<ResolversTypes['RunConnection'], ParentType, ContextType, RequireFields<MachineRunsArgs, 'orderBy'>>;
  seenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['MachineState'], ParentType, ContextType>;
  timeline?: Resolver<ResolversTypes['TimelineConnection'], ParentType, ContextType, Partial<MachineTimelineArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MachineChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MachineChange'] = ResolversParentTypes['MachineChange']> = {
  left?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  machine?: Resolver<Maybe<ResolversTypes['Machine']>, ParentType, ContextType>;
  machineId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['EventPosition'], ParentType, ContextType>;
  types?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MachineConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MachineConnection'] = ResolversParentTypes['MachineConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MachineEdge']>, ParentType, ContextType>;
  facets?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType, RequireFields<MachineConnectionFacetsArgs, 'by' | 'labels'>>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Machine']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<MachineConnectionTotalCountArgs, 'exact'>>;
  totalCountEstimated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type MachineEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MachineEdge'] = ResolversParentTypes['MachineEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Machine'], ParentType, ContextType>;
};

export type MachineFailureResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MachineFailure'] = ResolversParentTypes['MachineFailure']> = {
  code?: Resolver<Maybe<ResolversTypes['DeploymentFailureCode']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MachineFeedItemResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MachineFeedItem'] = ResolversParentTypes['MachineFeedItem']> = {
  __resolveType: TypeResolveFn<'CaughtUp' | 'Gap' | 'Heartbeat' | 'MachineChange', ParentType, ContextType>;
};

export type MachinePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MachinePayload'] = ResolversParentTypes['MachinePayload']> = {
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  machine?: Resolver<Maybe<ResolversTypes['Machine']>, ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MutationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addPrincipal?: Resolver<ResolversTypes['PrincipalPayload'], ParentType, ContextType, RequireFields<MutationAddPrincipalArgs, 'input'>>;
  approveMachine?: Resolver<ResolversTypes['MachinePayload'], ParentType, ContextType, RequireFields<MutationApproveMachineArgs, 'input'>>;
  cancelVerification?: Resolver<ResolversTypes['CancelVerificationPayload'], ParentType, ContextType, RequireFields<MutationCancelVerificationArgs, 'input'>>;
  changeClientClass?: Resolver<ResolversTypes['ClientClassPayload'], ParentType, ContextType, RequireFields<MutationChangeClientClassArgs, 'input'>>;
  changeMachines?: Resolver<ResolversTypes['ChangeMachinesPayload'], ParentType, ContextType, RequireFields<MutationChangeMachinesArgs, 'input'>>;
  changeSubnet?: Resolver<ResolversTypes['SubnetPayload'], ParentType, ContextType, RequireFields<MutationChangeSubnetArgs, 'input'>>;
  confirmClock?: Resolver<ResolversTypes['ServicePayload'], ParentType, ContextType, RequireFields<MutationConfirmClockArgs, 'input'>>;
  defineAccessRole?: Resolver<ResolversTypes['AccessRolePayload'], ParentType, ContextType, RequireFields<MutationDefineAccessRoleArgs, 'input'>>;
  defineClientClass?: Resolver<ResolversTypes['ClientClassPayload'], ParentType, ContextType, RequireFields<MutationDefineClientClassArgs, 'input'>>;
  defineSubnet?: Resolver<ResolversTypes['SubnetPayload'], ParentType, ContextType, RequireFields<MutationDefineSubnetArgs, 'input'>>;
  deployMachine?: Resolver<ResolversTypes['DeployMachinePayload'], ParentType, ContextType, RequireFields<MutationDeployMachineArgs, 'input'>>;
  disablePrincipal?: Resolver<ResolversTypes['PrincipalPayload'], ParentType, ContextType, RequireFields<MutationDisablePrincipalArgs, 'input'>>;
  enablePrincipal?: Resolver<ResolversTypes['PrincipalPayload'], ParentType, ContextType, RequireFields<MutationEnablePrincipalArgs, 'input'>>;
  finishBulkChange?: Resolver<ResolversTypes['ChangeMachinesPayload'], ParentType, ContextType, RequireFields<MutationFinishBulkChangeArgs, 'input'>>;
  grantAccessRole?: Resolver<ResolversTypes['PrincipalPayload'], ParentType, ContextType, RequireFields<MutationGrantAccessRoleArgs, 'input'>>;
  importMachines?: Resolver<ResolversTypes['ImportMachinesPayload'], ParentType, ContextType, RequireFields<MutationImportMachinesArgs, 'input'>>;
  issueToken?: Resolver<ResolversTypes['IssueTokenPayload'], ParentType, ContextType, RequireFields<MutationIssueTokenArgs, 'input'>>;
  labelMachine?: Resolver<ResolversTypes['MachinePayload'], ParentType, ContextType, RequireFields<MutationLabelMachineArgs, 'input'>>;
  lockMachine?: Resolver<ResolversTypes['MachinePayload'], ParentType, ContextType, RequireFields<MutationLockMachineArgs, 'input'>>;
  publishBootEnvironment?: Resolver<ResolversTypes['PublishBootEnvironmentPayload'], ParentType, ContextType, RequireFields<MutationPublishBootEnvironmentArgs, 'input'>>;
  quarantineMachine?: Resolver<ResolversTypes['MachinePayload'], ParentType, ContextType, RequireFields<MutationQuarantineMachineArgs, 'input'>>;
  rebuildView?: Resolver<ResolversTypes['RebuildViewPayload'], ParentType, ContextType, RequireFields<MutationRebuildViewArgs, 'input'>>;
  registerMachine?: Resolver<ResolversTypes['MachinePayload'], ParentType, ContextType, RequireFields<MutationRegisterMachineArgs, 'input'>>;
  releaseMachine?: Resolver<ResolversTypes['MachinePayload'], ParentType, ContextType, RequireFields<MutationReleaseMachineArgs, 'input'>>;
  removeReservation?: Resolver<ResolversTypes['LeasePayload'], ParentType, ContextType, RequireFields<MutationRemoveReservationArgs, 'input'>>;
  renameMachine?: Resolver<ResolversTypes['MachinePayload'], ParentType, ContextType, RequireFields<MutationRenameMachineArgs, 'input'>>;
  reserveAddress?: Resolver<ResolversTypes['LeasePayload'], ParentType, ContextType, RequireFields<MutationReserveAddressArgs, 'input'>>;
  retireClientClass?: Resolver<ResolversTypes['ClientClassPayload'], ParentType, ContextType, RequireFields<MutationRetireClientClassArgs, 'input'>>;
  retireMachine?: Resolver<ResolversTypes['MachinePayload'], ParentType, ContextType, RequireFields<MutationRetireMachineArgs, 'input'>>;
  retireSubnet?: Resolver<ResolversTypes['SubnetPayload'], ParentType, ContextType, RequireFields<MutationRetireSubnetArgs, 'input'>>;
  retryView?: Resolver<ResolversTypes['RetryViewPayload'], ParentType, ContextType, RequireFields<MutationRetryViewArgs, 'input'>>;
  revokeAccessRole?: Resolver<ResolversTypes['PrincipalPayload'], ParentType, ContextType, RequireFields<MutationRevokeAccessRoleArgs, 'input'>>;
  revokeToken?: Resolver<ResolversTypes['RevokeTokenPayload'], ParentType, ContextType, RequireFields<MutationRevokeTokenArgs, 'input'>>;
  setBootIntent?: Resolver<ResolversTypes['MachinePayload'], ParentType, ContextType, RequireFields<MutationSetBootIntentArgs, 'input'>>;
  setMachineDhcpOptions?: Resolver<ResolversTypes['MachinePayload'], ParentType, ContextType, RequireFields<MutationSetMachineDhcpOptionsArgs, 'input'>>;
  setMachineParams?: Resolver<ResolversTypes['MachinePayload'], ParentType, ContextType, RequireFields<MutationSetMachineParamsArgs, 'input'>>;
  signCheckpoint?: Resolver<ResolversTypes['SignCheckpointPayload'], ParentType, ContextType, RequireFields<MutationSignCheckpointArgs, 'input'>>;
  startEffectsEpoch?: Resolver<ResolversTypes['ServicePayload'], ParentType, ContextType, RequireFields<MutationStartEffectsEpochArgs, 'input'>>;
  takeBackup?: Resolver<ResolversTypes['BackupPayload'], ParentType, ContextType, RequireFields<MutationTakeBackupArgs, 'input'>>;
  unlockMachine?: Resolver<ResolversTypes['MachinePayload'], ParentType, ContextType, RequireFields<MutationUnlockMachineArgs, 'input'>>;
  verifyLog?: Resolver<ResolversTypes['VerifyLogPayload'], ParentType, ContextType, RequireFields<MutationVerifyLogArgs, 'input'>>;
  withdrawAccessRole?: Resolver<ResolversTypes['AccessRolePayload'], ParentType, ContextType, RequireFields<MutationWithdrawAccessRoleArgs, 'input'>>;
  withdrawBootIntent?: Resolver<ResolversTypes['MachinePayload'], ParentType, ContextType, RequireFields<MutationWithdrawBootIntentArgs, 'input'>>;
};

export type MutationPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['MutationPayload'] = ResolversParentTypes['MutationPayload']> = {
  __resolveType: TypeResolveFn<'AccessRolePayload' | 'BackupPayload' | 'CancelVerificationPayload' | 'ChangeMachinesPayload' | 'ClientClassPayload' | 'DeployMachinePayload' | 'ImportMachinesPayload' | 'IssueTokenPayload' | 'LeasePayload' | 'MachinePayload' | 'PrincipalPayload' | 'PublishBootEnvironmentPayload' | 'RebuildViewPayload' | 'RetryViewPayload' | 'RevokeTokenPayload' | 'ServicePayload' | 'SignCheckpointPayload' | 'SubnetPayload' | 'VerifyLogPayload', ParentType, ContextType>;
};

export type NetworkInterfaceResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['NetworkInterface'] = ResolversParentTypes['NetworkInterface']> = {
  driver?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mac?: Resolver<ResolversTypes['MAC'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type NodeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'AccessRole' | 'AccessToken' | 'AddressUsage' | 'BootEnvironment' | 'ClientClass' | 'Event' | 'Interface' | 'Lease' | 'Machine' | 'Principal' | 'Reservation' | 'Run' | 'Subnet', ParentType, ContextType>;
};

export type OpenBulkChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['OpenBulkChange'] = ResolversParentTypes['OpenBulkChange']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  bulkId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  matched?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PlanResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Plan'] = ResolversParentTypes['Plan']> = {
  changes?: Resolver<ReadonlyArray<ResolversTypes['PlannedChange']>, ParentType, ContextType>;
  diff?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  eventCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  events?: Resolver<ReadonlyArray<ResolversTypes['PlannedEvent']>, ParentType, ContextType>;
};

export type PlannedChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PlannedChange'] = ResolversParentTypes['PlannedChange']> = {
  after?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PlannedEventResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PlannedEvent'] = ResolversParentTypes['PlannedEvent']> = {
  data?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PoisonedEventResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PoisonedEvent'] = ResolversParentTypes['PoisonedEvent']> = {
  eventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['EventPosition'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PrincipalResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Principal'] = ResolversParentTypes['Principal']> = {
  addedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  disabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  identity?: Resolver<Maybe<ResolversTypes['FederatedIdentity']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['PrincipalKind'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  principalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  roles?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['ScopeGrant']>, ParentType, ContextType>;
  tokens?: Resolver<ResolversTypes['AccessTokenConnection'], ParentType, ContextType, RequireFields<PrincipalTokensArgs, 'orderBy'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PrincipalConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PrincipalConnection'] = ResolversParentTypes['PrincipalConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PrincipalEdge']>, ParentType, ContextType>;
  facets?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType, RequireFields<PrincipalConnectionFacetsArgs, 'by'>>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Principal']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<PrincipalConnectionTotalCountArgs, 'exact'>>;
  totalCountEstimated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PrincipalEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PrincipalEdge'] = ResolversParentTypes['PrincipalEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Principal'], ParentType, ContextType>;
};

export type PrincipalPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PrincipalPayload'] = ResolversParentTypes['PrincipalPayload']> = {
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  principal?: Resolver<Maybe<ResolversTypes['Principal']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PublishBootEnvironmentPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['PublishBootEnvironmentPayload'] = ResolversParentTypes['PublishBootEnvironmentPayload']> = {
  bootEnvironment?: Resolver<Maybe<ResolversTypes['BootEnvironment']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  accessRoles?: Resolver<ResolversTypes['AccessRoleConnection'], ParentType, ContextType, RequireFields<QueryAccessRolesArgs, 'orderBy'>>;
  accessScopes?: Resolver<ReadonlyArray<ResolversTypes['AccessScope']>, ParentType, ContextType>;
  addressUsage?: Resolver<ResolversTypes['AddressUsageConnection'], ParentType, ContextType, RequireFields<QueryAddressUsageArgs, 'orderBy'>>;
  bootDecision?: Resolver<Maybe<ResolversTypes['BootDecision']>, ParentType, ContextType, Partial<QueryBootDecisionArgs>>;
  bootEnvironments?: Resolver<ResolversTypes['BootEnvironmentConnection'], ParentType, ContextType, RequireFields<QueryBootEnvironmentsArgs, 'orderBy'>>;
  checkpoints?: Resolver<ResolversTypes['CheckpointConnection'], ParentType, ContextType, RequireFields<QueryCheckpointsArgs, 'orderBy'>>;
  clientClasses?: Resolver<ResolversTypes['ClientClassConnection'], ParentType, ContextType, RequireFields<QueryClientClassesArgs, 'orderBy'>>;
  consistencyProof?: Resolver<Maybe<ResolversTypes['ConsistencyProof']>, ParentType, ContextType, RequireFields<QueryConsistencyProofArgs, 'from'>>;
  diff?: Resolver<ResolversTypes['Diff'], ParentType, ContextType, RequireFields<QueryDiffArgs, 'from'>>;
  events?: Resolver<ResolversTypes['EventConnection'], ParentType, ContextType, RequireFields<QueryEventsArgs, 'orderBy'>>;
  inclusionProof?: Resolver<Maybe<ResolversTypes['InclusionProof']>, ParentType, ContextType, RequireFields<QueryInclusionProofArgs, 'eventId'>>;
  interfaces?: Resolver<ResolversTypes['InterfaceConnection'], ParentType, ContextType, RequireFields<QueryInterfacesArgs, 'orderBy'>>;
  leases?: Resolver<ResolversTypes['LeaseConnection'], ParentType, ContextType, RequireFields<QueryLeasesArgs, 'orderBy'>>;
  logArchives?: Resolver<ReadonlyArray<ResolversTypes['LogArchive']>, ParentType, ContextType>;
  logSigning?: Resolver<ResolversTypes['LogSigning'], ParentType, ContextType>;
  machine?: Resolver<Maybe<ResolversTypes['Machine']>, ParentType, ContextType, Partial<QueryMachineArgs>>;
  machines?: Resolver<ResolversTypes['MachineConnection'], ParentType, ContextType, RequireFields<QueryMachinesArgs, 'orderBy'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  openBulkChanges?: Resolver<ReadonlyArray<ResolversTypes['OpenBulkChange']>, ParentType, ContextType, Partial<QueryOpenBulkChangesArgs>>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType, Partial<QueryPositionArgs>>;
  principals?: Resolver<ResolversTypes['PrincipalConnection'], ParentType, ContextType, RequireFields<QueryPrincipalsArgs, 'orderBy'>>;
  reservations?: Resolver<ResolversTypes['ReservationConnection'], ParentType, ContextType, RequireFields<QueryReservationsArgs, 'orderBy'>>;
  run?: Resolver<Maybe<ResolversTypes['Run']>, ParentType, ContextType, RequireFields<QueryRunArgs, 'id'>>;
  runs?: Resolver<ResolversTypes['RunConnection'], ParentType, ContextType, RequireFields<QueryRunsArgs, 'orderBy'>>;
  service?: Resolver<ResolversTypes['ServiceStatus'], ParentType, ContextType, Partial<QueryServiceArgs>>;
  subnet?: Resolver<Maybe<ResolversTypes['Subnet']>, ParentType, ContextType, RequireFields<QuerySubnetArgs, 'name'>>;
  subnets?: Resolver<ResolversTypes['SubnetConnection'], ParentType, ContextType, RequireFields<QuerySubnetsArgs, 'orderBy'>>;
  tokens?: Resolver<ResolversTypes['AccessTokenConnection'], ParentType, ContextType, RequireFields<QueryTokensArgs, 'orderBy'>>;
  verification?: Resolver<Maybe<ResolversTypes['Verification']>, ParentType, ContextType>;
  viewer?: Resolver<ResolversTypes['Viewer'], ParentType, ContextType>;
  why?: Resolver<Maybe<ResolversTypes['Why']>, ParentType, ContextType, Partial<QueryWhyArgs>>;
};

export type RebuildViewPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RebuildViewPayload'] = ResolversParentTypes['RebuildViewPayload']> = {
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  digest?: Resolver<Maybe<ResolversTypes['Sha256']>, ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  view?: Resolver<Maybe<ResolversTypes['ViewStatus']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefusedMachineResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RefusedMachine'] = ResolversParentTypes['RefusedMachine']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  machineId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ReservationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Reservation'] = ResolversParentTypes['Reservation']> = {
  address?: Resolver<ResolversTypes['IPv4'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['ReservationKey'], ParentType, ContextType>;
  lease?: Resolver<ResolversTypes['Lease'], ParentType, ContextType>;
  mac?: Resolver<Maybe<ResolversTypes['MAC']>, ParentType, ContextType>;
  machine?: Resolver<Maybe<ResolversTypes['Machine']>, ParentType, ContextType>;
  subnet?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReservationConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReservationConnection'] = ResolversParentTypes['ReservationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ReservationEdge']>, ParentType, ContextType>;
  facets?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType, RequireFields<ReservationConnectionFacetsArgs, 'by'>>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Reservation']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<ReservationConnectionTotalCountArgs, 'exact'>>;
  totalCountEstimated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ReservationEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ReservationEdge'] = ResolversParentTypes['ReservationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Reservation'], ParentType, ContextType>;
};

export interface ReservationKeyScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['ReservationKey'], any> {
  name: 'ReservationKey';
}

export type RetryViewPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RetryViewPayload'] = ResolversParentTypes['RetryViewPayload']> = {
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  view?: Resolver<Maybe<ResolversTypes['ViewStatus']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RevokeTokenPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RevokeTokenPayload'] = ResolversParentTypes['RevokeTokenPayload']> = {
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  token?: Resolver<Maybe<ResolversTypes['AccessToken']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RunResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Run'] = ResolversParentTypes['Run']> = {
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  boots?: Resolver<ReadonlyArray<ResolversTypes['Boot']>, ParentType, ContextType>;
  disk?: Resolver<ResolversTypes['DiskTarget'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  environment?: Resolver<ResolversTypes['EnvironmentVersion'], ParentType, ContextType>;
  events?: Resolver<ResolversTypes['EventConnection'], ParentType, ContextType, RequireFields<RunEventsArgs, 'orderBy'>>;
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

export type RunChangeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RunChange'] = ResolversParentTypes['RunChange']> = {
  position?: Resolver<ResolversTypes['EventPosition'], ParentType, ContextType>;
  run?: Resolver<ResolversTypes['Run'], ParentType, ContextType>;
  types?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RunConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RunConnection'] = ResolversParentTypes['RunConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['RunEdge']>, ParentType, ContextType>;
  facets?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType, RequireFields<RunConnectionFacetsArgs, 'by'>>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Run']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<RunConnectionTotalCountArgs, 'exact'>>;
  totalCountEstimated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type RunEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RunEdge'] = ResolversParentTypes['RunEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Run'], ParentType, ContextType>;
};

export type RunFailureResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RunFailure'] = ResolversParentTypes['RunFailure']> = {
  code?: Resolver<ResolversTypes['DeploymentFailureCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RunFeedItemResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['RunFeedItem'] = ResolversParentTypes['RunFeedItem']> = {
  __resolveType: TypeResolveFn<'CaughtUp' | 'Gap' | 'Heartbeat' | 'RunChange', ParentType, ContextType>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type ScopeGrantResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ScopeGrant'] = ResolversParentTypes['ScopeGrant']> = {
  machines?: Resolver<Maybe<ReadonlyArray<ResolversTypes['LabelSelector']>>, ParentType, ContextType>;
  scope?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ScriptAnswerResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ScriptAnswer'] = ResolversParentTypes['ScriptAnswer']> = {
  action?: Resolver<ResolversTypes['BootAction'], ParentType, ContextType>;
  environment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  runId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  servings?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  template?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  why?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SelectorLabelResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SelectorLabel'] = ResolversParentTypes['SelectorLabel']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ServicePayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ServicePayload'] = ResolversParentTypes['ServicePayload']> = {
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
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
  lastBackup?: Resolver<Maybe<ResolversTypes['Backup']>, ParentType, ContextType>;
  leadership?: Resolver<Maybe<ResolversTypes['Leadership']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  views?: Resolver<ReadonlyArray<ResolversTypes['ViewStatus']>, ParentType, ContextType>;
};

export interface Sha256ScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Sha256'], any> {
  name: 'Sha256';
}

export type SignCheckpointPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SignCheckpointPayload'] = ResolversParentTypes['SignCheckpointPayload']> = {
  checkpoint?: Resolver<Maybe<ResolversTypes['Checkpoint']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SmbiosResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Smbios'] = ResolversParentTypes['Smbios']> = {
  manufacturer?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  serial?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  uuid?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SourcedOptionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SourcedOption'] = ResolversParentTypes['SourcedOption']> = {
  code?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SubnetResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Subnet'] = ResolversParentTypes['Subnet']> = {
  cacheThreshold?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  changedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  cidr?: Resolver<ResolversTypes['CIDR'], ParentType, ContextType>;
  definedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dnsServers?: Resolver<ReadonlyArray<ResolversTypes['IPv4']>, ParentType, ContextType>;
  domainName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  exclusions?: Resolver<ReadonlyArray<ResolversTypes['AddressRange']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  leaseSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  leases?: Resolver<ResolversTypes['LeaseConnection'], ParentType, ContextType, RequireFields<SubnetLeasesArgs, 'orderBy'>>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  options?: Resolver<ReadonlyArray<ResolversTypes['DhcpOption']>, ParentType, ContextType>;
  picker?: Resolver<ResolversTypes['AddressPicker'], ParentType, ContextType>;
  probeBeforeOffer?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ranges?: Resolver<ReadonlyArray<ResolversTypes['AddressRange']>, ParentType, ContextType>;
  routers?: Resolver<ReadonlyArray<ResolversTypes['IPv4']>, ParentType, ContextType>;
  sharedNetwork?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  unknownMachines?: Resolver<ResolversTypes['UnknownMachinePolicy'], ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['AddressUsage'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SubnetConnectionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SubnetConnection'] = ResolversParentTypes['SubnetConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SubnetEdge']>, ParentType, ContextType>;
  facets?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType, RequireFields<SubnetConnectionFacetsArgs, 'by'>>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Subnet']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<SubnetConnectionTotalCountArgs, 'exact'>>;
  totalCountEstimated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SubnetEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SubnetEdge'] = ResolversParentTypes['SubnetEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Subnet'], ParentType, ContextType>;
};

export type SubnetPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['SubnetPayload'] = ResolversParentTypes['SubnetPayload']> = {
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  subnet?: Resolver<Maybe<ResolversTypes['Subnet']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  events?: SubscriptionResolver<ResolversTypes['EventFeedItem'], "events", ParentType, ContextType, Partial<SubscriptionEventsArgs>>;
  machineChanged?: SubscriptionResolver<ResolversTypes['MachineFeedItem'], "machineChanged", ParentType, ContextType, Partial<SubscriptionMachineChangedArgs>>;
  runProgress?: SubscriptionResolver<ResolversTypes['RunFeedItem'], "runProgress", ParentType, ContextType, Partial<SubscriptionRunProgressArgs>>;
  verificationProgress?: SubscriptionResolver<ResolversTypes['Verification'], "verificationProgress", ParentType, ContextType>;
  viewChanged?: SubscriptionResolver<ResolversTypes['ViewStatus'], "viewChanged", ParentType, ContextType, Partial<SubscriptionViewChangedArgs>>;
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

export type VerificationResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Verification'] = ResolversParentTypes['Verification']> = {
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  done?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  failure?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  perSecond?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  report?: Resolver<Maybe<ResolversTypes['VerificationReport']>, ParentType, ContextType>;
  secondsLeft?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  stage?: Resolver<ResolversTypes['VerificationStage'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['VerificationState'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  views?: Resolver<ReadonlyArray<ResolversTypes['ViewCheck']>, ParentType, ContextType>;
};

export type VerificationFindingResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['VerificationFinding'] = ResolversParentTypes['VerificationFinding']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ordinal?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  revision?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  stream?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type VerificationReportResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['VerificationReport'] = ResolversParentTypes['VerificationReport']> = {
  events?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  findingCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  findings?: Resolver<ReadonlyArray<ResolversTypes['VerificationFinding']>, ParentType, ContextType>;
  incarnation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  logId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  root?: Resolver<ResolversTypes['Sha256'], ParentType, ContextType>;
  signedEvents?: Resolver<Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
};

export type VerifyLogPayloadResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['VerifyLogPayload'] = ResolversParentTypes['VerifyLogPayload']> = {
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  userErrors?: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  verification?: Resolver<Maybe<ResolversTypes['Verification']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ViewBuildResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ViewBuild'] = ResolversParentTypes['ViewBuild']> = {
  etaSeconds?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  events?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  eventsPerSecond?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ViewBuildKind'], ParentType, ContextType>;
  phase?: Resolver<ResolversTypes['ViewBuildPhase'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type ViewCheckResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ViewCheck'] = ResolversParentTypes['ViewCheck']> = {
  difference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  digest?: Resolver<Maybe<ResolversTypes['Sha256']>, ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  view?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ViewStatusResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['ViewStatus'] = ResolversParentTypes['ViewStatus']> = {
  building?: Resolver<Maybe<ResolversTypes['ViewBuild']>, ParentType, ContextType>;
  events?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  generation?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['EventPosition']>, ParentType, ContextType>;
  shownVersion?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ViewState'], ParentType, ContextType>;
  stoppedBefore?: Resolver<Maybe<ResolversTypes['PoisonedEvent']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  principal?: Resolver<ResolversTypes['Principal'], ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['ScopeGrant']>, ParentType, ContextType>;
  token?: Resolver<ResolversTypes['AccessToken'], ParentType, ContextType>;
};

export type WhyResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['Why'] = ResolversParentTypes['Why']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['WhyEdge']>, ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Event']>, ParentType, ContextType>;
  request?: Resolver<Maybe<ResolversTypes['WhyRequest']>, ParentType, ContextType>;
  truncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type WhyEdgeResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['WhyEdge'] = ResolversParentTypes['WhyEdge']> = {
  cause?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  effect?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type WhyRequestResolvers<ContextType = GraphqlContext, ParentType extends ResolversParentTypes['WhyRequest'] = ResolversParentTypes['WhyRequest']> = {
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sourceAddress?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = GraphqlContext> = {
  AccessRole?: AccessRoleResolvers<ContextType>;
  AccessRoleConnection?: AccessRoleConnectionResolvers<ContextType>;
  AccessRoleEdge?: AccessRoleEdgeResolvers<ContextType>;
  AccessRolePayload?: AccessRolePayloadResolvers<ContextType>;
  AccessRule?: AccessRuleResolvers<ContextType>;
  AccessScope?: AccessScopeResolvers<ContextType>;
  AccessToken?: AccessTokenResolvers<ContextType>;
  AccessTokenConnection?: AccessTokenConnectionResolvers<ContextType>;
  AccessTokenEdge?: AccessTokenEdgeResolvers<ContextType>;
  AddressRange?: AddressRangeResolvers<ContextType>;
  AddressUsage?: AddressUsageResolvers<ContextType>;
  AddressUsageConnection?: AddressUsageConnectionResolvers<ContextType>;
  AddressUsageEdge?: AddressUsageEdgeResolvers<ContextType>;
  AgentPackage?: AgentPackageResolvers<ContextType>;
  Backup?: BackupResolvers<ContextType>;
  BackupPayload?: BackupPayloadResolvers<ContextType>;
  Boot?: BootResolvers<ContextType>;
  BootDecision?: BootDecisionResolvers<ContextType>;
  BootEnvironment?: BootEnvironmentResolvers<ContextType>;
  BootEnvironmentConnection?: BootEnvironmentConnectionResolvers<ContextType>;
  BootEnvironmentEdge?: BootEnvironmentEdgeResolvers<ContextType>;
  BootStep?: BootStepResolvers<ContextType>;
  ByteCount?: GraphQLScalarType;
  CIDR?: GraphQLScalarType;
  CancelVerificationPayload?: CancelVerificationPayloadResolvers<ContextType>;
  CaughtUp?: CaughtUpResolvers<ContextType>;
  CausedChange?: CausedChangeResolvers<ContextType>;
  ChangeMachinesPayload?: ChangeMachinesPayloadResolvers<ContextType>;
  Checkpoint?: CheckpointResolvers<ContextType>;
  CheckpointConnection?: CheckpointConnectionResolvers<ContextType>;
  CheckpointEdge?: CheckpointEdgeResolvers<ContextType>;
  ClientClass?: ClientClassResolvers<ContextType>;
  ClientClassConnection?: ClientClassConnectionResolvers<ContextType>;
  ClientClassEdge?: ClientClassEdgeResolvers<ContextType>;
  ClientClassPayload?: ClientClassPayloadResolvers<ContextType>;
  ClientMatch?: ClientMatchResolvers<ContextType>;
  ConsistencyProof?: ConsistencyProofResolvers<ContextType>;
  Cpu?: CpuResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DeployMachinePayload?: DeployMachinePayloadResolvers<ContextType>;
  DhcpAnswer?: DhcpAnswerResolvers<ContextType>;
  DhcpOption?: DhcpOptionResolvers<ContextType>;
  Diff?: DiffResolvers<ContextType>;
  DiscoveryIntent?: DiscoveryIntentResolvers<ContextType>;
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
  Facet?: FacetResolvers<ContextType>;
  FacetValue?: FacetValueResolvers<ContextType>;
  FederatedIdentity?: FederatedIdentityResolvers<ContextType>;
  Gap?: GapResolvers<ContextType>;
  Heartbeat?: HeartbeatResolvers<ContextType>;
  IPv4?: GraphQLScalarType;
  ImportMachinesPayload?: ImportMachinesPayloadResolvers<ContextType>;
  InclusionProof?: InclusionProofResolvers<ContextType>;
  Interface?: InterfaceResolvers<ContextType>;
  InterfaceConnection?: InterfaceConnectionResolvers<ContextType>;
  InterfaceEdge?: InterfaceEdgeResolvers<ContextType>;
  Inventory?: InventoryResolvers<ContextType>;
  IssueTokenPayload?: IssueTokenPayloadResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Label?: LabelResolvers<ContextType>;
  LabelSelector?: LabelSelectorResolvers<ContextType>;
  Leadership?: LeadershipResolvers<ContextType>;
  Lease?: LeaseResolvers<ContextType>;
  LeaseConnection?: LeaseConnectionResolvers<ContextType>;
  LeaseEdge?: LeaseEdgeResolvers<ContextType>;
  LeaseHolder?: LeaseHolderResolvers<ContextType>;
  LeasePayload?: LeasePayloadResolvers<ContextType>;
  LogArchive?: LogArchiveResolvers<ContextType>;
  LogSigning?: LogSigningResolvers<ContextType>;
  MAC?: GraphQLScalarType;
  Machine?: MachineResolvers<ContextType>;
  MachineChange?: MachineChangeResolvers<ContextType>;
  MachineConnection?: MachineConnectionResolvers<ContextType>;
  MachineEdge?: MachineEdgeResolvers<ContextType>;
  MachineFailure?: MachineFailureResolvers<ContextType>;
  MachineFeedItem?: MachineFeedItemResolvers<ContextType>;
  MachinePayload?: MachinePayloadResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  MutationPayload?: MutationPayloadResolvers<ContextType>;
  NetworkInterface?: NetworkInterfaceResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  OpenBulkChange?: OpenBulkChangeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Plan?: PlanResolvers<ContextType>;
  PlannedChange?: PlannedChangeResolvers<ContextType>;
  PlannedEvent?: PlannedEventResolvers<ContextType>;
  PoisonedEvent?: PoisonedEventResolvers<ContextType>;
  Principal?: PrincipalResolvers<ContextType>;
  PrincipalConnection?: PrincipalConnectionResolvers<ContextType>;
  PrincipalEdge?: PrincipalEdgeResolvers<ContextType>;
  PrincipalPayload?: PrincipalPayloadResolvers<ContextType>;
  PublishBootEnvironmentPayload?: PublishBootEnvironmentPayloadResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RebuildViewPayload?: RebuildViewPayloadResolvers<ContextType>;
  RefusedMachine?: RefusedMachineResolvers<ContextType>;
  Reservation?: ReservationResolvers<ContextType>;
  ReservationConnection?: ReservationConnectionResolvers<ContextType>;
  ReservationEdge?: ReservationEdgeResolvers<ContextType>;
  ReservationKey?: GraphQLScalarType;
  RetryViewPayload?: RetryViewPayloadResolvers<ContextType>;
  RevokeTokenPayload?: RevokeTokenPayloadResolvers<ContextType>;
  Run?: RunResolvers<ContextType>;
  RunChange?: RunChangeResolvers<ContextType>;
  RunConnection?: RunConnectionResolvers<ContextType>;
  RunEdge?: RunEdgeResolvers<ContextType>;
  RunFailure?: RunFailureResolvers<ContextType>;
  RunFeedItem?: RunFeedItemResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  ScopeGrant?: ScopeGrantResolvers<ContextType>;
  ScriptAnswer?: ScriptAnswerResolvers<ContextType>;
  SelectorLabel?: SelectorLabelResolvers<ContextType>;
  ServicePayload?: ServicePayloadResolvers<ContextType>;
  ServiceStatus?: ServiceStatusResolvers<ContextType>;
  Sha256?: GraphQLScalarType;
  SignCheckpointPayload?: SignCheckpointPayloadResolvers<ContextType>;
  Smbios?: SmbiosResolvers<ContextType>;
  SourcedOption?: SourcedOptionResolvers<ContextType>;
  Subnet?: SubnetResolvers<ContextType>;
  SubnetConnection?: SubnetConnectionResolvers<ContextType>;
  SubnetEdge?: SubnetEdgeResolvers<ContextType>;
  SubnetPayload?: SubnetPayloadResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TimelineConnection?: TimelineConnectionResolvers<ContextType>;
  TimelineEdge?: TimelineEdgeResolvers<ContextType>;
  TimelineEntry?: TimelineEntryResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  Verification?: VerificationResolvers<ContextType>;
  VerificationFinding?: VerificationFindingResolvers<ContextType>;
  VerificationReport?: VerificationReportResolvers<ContextType>;
  VerifyLogPayload?: VerifyLogPayloadResolvers<ContextType>;
  ViewBuild?: ViewBuildResolvers<ContextType>;
  ViewCheck?: ViewCheckResolvers<ContextType>;
  ViewStatus?: ViewStatusResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  Why?: WhyResolvers<ContextType>;
  WhyEdge?: WhyEdgeResolvers<ContextType>;
  WhyRequest?: WhyRequestResolvers<ContextType>;
};


import type { Rejection } from "../../../domain/decision.ts";
import type { UserError, UserErrorCode } from "../__generated__/resolvers.ts";

interface Advice {
  /** The input field at fault, where a code is always one field's. */
  readonly field?: string;
  /** What to do instead, where the message does not say it. */
  readonly remedy?: string;
}

/** A code that the schema has and this lacks does not compile. */
const adviceByCode: Readonly<Record<UserErrorCode, Advice>> = {
  INPUT_INVALID: {},
  STREAM_BUSY: { remedy: "send it again" },
  REVISION_MISMATCH: { field: "expectedRevision", remedy: "read it again, and decide on what is there now" },
  IDEMPOTENCY_KEY_REUSED: { field: "idempotencyKey", remedy: "use a new key for a new request" },
  SERVICE_FENCED: { remedy: "compare the log with the machines, then startEffectsEpoch" },
  NOT_FENCED: {},
  CLOCK_NOT_IN_DOUBT: {},
  SUBNET_EXISTS: { field: "name", remedy: "changeSubnet replaces its definition" },
  SUBNET_UNKNOWN: { field: "name" },
  SUBNETS_OVERLAP: { field: "cidr" },
  RANGE_REVERSED: { field: "ranges" },
  RANGE_OUTSIDE_SUBNET: { field: "ranges" },
  RANGE_NOT_LEASABLE: { field: "ranges" },
  RANGES_OVERLAP: { field: "ranges" },
  ROUTER_OUTSIDE_SUBNET: { field: "routers" },
  ROUTER_IN_RANGE: { field: "ranges" },
  EXCLUSION_OUTSIDE_RANGES: { field: "exclusions" },
  EXCLUSIONS_OVERLAP: { field: "exclusions" },
  OPTION_NOT_SETTABLE: { field: "options" },
  OPTION_TWICE: { field: "options" },
  SUBNET_IN_CLASS: { field: "name", remedy: "changeClientClass, or retireClientClass" },
  SUBNET_HAS_LEASES: { field: "force", remedy: "wait until they end, or ask again with force: true" },
  CLASS_EXISTS: { field: "name", remedy: "changeClientClass replaces its definition" },
  CLASS_UNKNOWN: { field: "name" },
  CLASS_MATCHES_ALL: { field: "match" },
  CLASSES_TOO_MANY: { remedy: "retireClientClass" },
  RESERVATION_EXISTS: { field: "for", remedy: "removeReservation takes the other one back" },
  ADDRESS_OUTSIDE_SUBNET: { field: "address" },
  ADDRESS_IS_ROUTER: { field: "address" },
  INTERFACE_AMBIGUOUS: { field: "machineId", remedy: "name the interface by its mac" },
  ADDRESS_LEASED: { field: "address" },
  ADDRESS_RESERVED: { field: "address", remedy: "removeReservation gives it back" },
  ADDRESS_DECLINED: { field: "address" },
  NAME_TAKEN: { field: "name" },
  MAC_TAKEN: { field: "macs" },
  MACHINE_UNKNOWN: { field: "machineId" },
  MACHINE_EXISTS: { field: "macs" },
  MACHINE_RETIRED: { field: "machineId" },
  MACHINE_LOCKED: { field: "machineId", remedy: "unlockMachine" },
  MACHINE_NOT_APPROVED: { field: "machineId", remedy: "approveMachine" },
  MACHINE_BUSY: { field: "machineId" },
  MACHINE_DEPLOYED: { field: "machineId" },
  MACHINE_NOT_DEPLOYED: { field: "machineId" },
  MACHINE_QUARANTINED: { field: "machineId", remedy: "approveMachine, when you can vouch for it" },
  LABELS_TOO_MANY: { field: "set" },
  PARAMS_TOO_LARGE: { field: "set" },
  PARAM_LOOKS_SECRET: { field: "set", remedy: "keep it in a store of secrets, and refer to it by name" },
  INVENTORY_MISSING: { field: "machineId" },
  INVENTORY_NOT_EXPECTED: {},
  DISK_MISSING: { field: "machineId" },
  DISK_UNKNOWN: { field: "disk" },
  DISK_AMBIGUOUS: { field: "disk" },
  RUN_UNKNOWN: {},
  RUN_ENDED: { field: "idempotencyKey" },
  RUN_NOT_STARTED: {},
  INTENT_CONSUMED: {},
  ENVIRONMENT_UNKNOWN: { field: "environment" },
  ENVIRONMENT_NOT_DEPLOYABLE: { field: "environment" },
  ENVIRONMENT_NOT_DISCOVERY: { field: "environment" },
  IMAGE_UNKNOWN: { field: "image.file" },
  IMAGE_UNUSABLE: { field: "image.file" },
  SELECTION_TOO_LARGE: { field: "selector", remedy: "choose fewer machines at a time" },
  DRY_RUN_TOO_LARGE: { remedy: "ask for less at a time, or try again when other dry runs are over" },
  BULK_UNKNOWN: { field: "bulkId" },
  CONFIRM_COUNT_MISMATCH: { field: "confirmCount" },
  ENVIRONMENT_INVALID: { field: "name" },
  BACKUP_RUNNING: { remedy: "wait until it is done" },
  BACKUP_NO_SPACE: { remedy: "make room, or set backupsDirectory to another disk" },
  BACKUP_FAILED: {},
  BACKUP_ELSEWHERE: {},
  CHECKPOINT_CONTRADICTED: { remedy: "compare the log with the checkpoints that you keep: see the runbook" },
  CHECKPOINT_BUSY: { remedy: "send it again" },
  VIEW_UNKNOWN: { field: "view" },
  VIEW_UNAVAILABLE: { field: "view", remedy: "try again later" },
  VIEW_DIFFERS: { field: "view", remedy: "keep the data directory, and report it: one of the two is wrong" },
  VIEW_POISONED: { field: "view", remedy: "install a release that can apply it, then retryView" },
  PRINCIPAL_EXISTS: { field: "idempotencyKey" },
  PRINCIPAL_UNKNOWN: { field: "principalId" },
  PRINCIPAL_DISABLED: { field: "principalId", remedy: "enablePrincipal" },
  PRINCIPAL_NAME_TAKEN: { field: "name" },
  TOKEN_EXISTS: { field: "idempotencyKey" },
  TOKENS_TOO_MANY: { remedy: "revokeToken" },
  TOKEN_UNKNOWN: { field: "tokenId" },
  TOKEN_EXPIRY_INVALID: { field: "expiresAt" },
  ACCESS_ROLE_UNKNOWN: { field: "name" },
  ACCESS_ROLE_WITHDRAWN: { field: "name" },
  ACCESS_ROLE_BUILT_IN: { field: "name" },
  ACCESS_RULE_INVALID: { field: "rules" },
  ESCALATION_REFUSED: { field: "principalId" },
  LAST_ADMIN: { field: "principalId" },
};

/** A code that was recorded. @throws Error when this release does not know it: a newer one wrote it */
export function userErrorCodeOf(code: string): UserErrorCode {
  const known = Object.keys(adviceByCode).find((each) => each === code);
  if (known === undefined) throw new Error(`the code ${code} is unknown: a newer release recorded it`);
  return known as UserErrorCode;
}

/** Fields at fault where an input calls them otherwise than most do. */
export type FieldNames = Readonly<Partial<Record<UserErrorCode, string>>>;

/** A refusal in the API's words. */
export function userError(
  { code, message }: Rejection<UserErrorCode>,
  fieldNames: FieldNames = {},
): UserError {
  const { field = null, remedy = null } = adviceByCode[code];
  return { code, message, field: fieldNames[code] ?? field, remedy };
}

/** An input field that is not of the form that it asks for. `field`: a path, `image.file`. */
export function invalidInput(field: string, message: string): UserError {
  return { code: "INPUT_INVALID", message: `${field}: ${message}`, field, remedy: null };
}

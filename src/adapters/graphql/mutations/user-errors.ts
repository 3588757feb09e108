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
  SUBNET_EXISTS: { field: "name", remedy: "changeSubnet replaces its definition" },
  SUBNET_UNKNOWN: { field: "name" },
  SUBNETS_OVERLAP: { field: "cidr" },
  RANGE_REVERSED: { field: "ranges" },
  RANGE_OUTSIDE_SUBNET: { field: "ranges" },
  RANGE_NOT_LEASABLE: { field: "ranges" },
  RANGES_OVERLAP: { field: "ranges" },
  ROUTER_OUTSIDE_SUBNET: { field: "routers" },
  ROUTER_IN_RANGE: { field: "ranges" },
  ADDRESS_OUTSIDE_SUBNET: { field: "address" },
  ADDRESS_IS_ROUTER: { field: "address" },
  ADDRESS_LEASED: { field: "address" },
  ADDRESS_RESERVED: { field: "address", remedy: "removeReservation gives it back" },
  ADDRESS_DECLINED: { field: "address" },
  NAME_TAKEN: { field: "name" },
  MACHINE_UNKNOWN: { field: "machineId" },
  MACHINE_RETIRED: { field: "machineId" },
  MACHINE_LOCKED: { field: "machineId", remedy: "unlockMachine" },
  MACHINE_NOT_APPROVED: { field: "machineId", remedy: "approveMachine" },
  MACHINE_BUSY: { field: "machineId" },
  MACHINE_DEPLOYED: { field: "machineId" },
  MACHINE_QUARANTINED: { field: "machineId", remedy: "approveMachine, when you can vouch for it" },
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
  IMAGE_UNKNOWN: { field: "image.file" },
  IMAGE_UNUSABLE: { field: "image.file" },
  VIEW_UNKNOWN: { field: "view" },
  VIEW_UNAVAILABLE: { field: "view", remedy: "try again later" },
  VIEW_DIFFERS: { field: "view", remedy: "keep the data directory, and report it: one of the two is wrong" },
};

/** A refusal in the API's words. */
export function userError({ code, message }: Rejection<UserErrorCode>): UserError {
  const { field = null, remedy = null } = adviceByCode[code];
  return { code, message, field, remedy };
}

/** An input field that is not of the form that it asks for. `field`: a path, `image.file`. */
export function invalidInput(field: string, message: string): UserError {
  return { code: "INPUT_INVALID", message: `${field}: ${message}`, field, remedy: null };
}

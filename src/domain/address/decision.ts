import type { Decision } from "../decision.ts";
import type { AddressCommand } from "./commands.ts";
import type { AddressEvent } from "./events.ts";

/** Why an address is not leased or reserved. */
export type AddressRejectionCode =
  /** Another client holds the lease, or held it until less than the grace ago. */
  | "ADDRESS_LEASED"
  /** The address is set aside for another machine. */
  | "ADDRESS_RESERVED"
  /** A client found the address in use by somebody else, and its quarantine has not passed. */
  | "ADDRESS_DECLINED";

export type AddressDecision = Decision<AddressEvent, AddressRejectionCode>;
export type CommandOf<Type extends AddressCommand["type"]> = Extract<AddressCommand, { type: Type }>;

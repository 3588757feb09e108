import type { Decision } from "../decision.ts";
import type { OptionProblemCode } from "./check-options.ts";
import type { SubnetProblemCode } from "./check-subnet.ts";
import type { NetworkEvent } from "./events.ts";

/** Why a subnet or a client class is not defined, changed or retired. */
export type NetworkRejectionCode =
  | SubnetProblemCode
  | OptionProblemCode
  /** Another subnet has the name. */
  | "SUBNET_EXISTS"
  /** No subnet of this name is served. */
  | "SUBNET_UNKNOWN"
  /** A client class names the subnet, so it cannot be retired. */
  | "SUBNET_IN_CLASS"
  /** Another client class has the name. */
  | "CLASS_EXISTS"
  /** No client class has this name. */
  | "CLASS_UNKNOWN"
  /** The class asks for nothing, so every client would be of it. */
  | "CLASS_MATCHES_ALL"
  /** The network has as many client classes as it may have. */
  | "CLASSES_TOO_MANY";

export type NetworkDecision = Decision<NetworkEvent, NetworkRejectionCode>;

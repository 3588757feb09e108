import type { HandlerRejectionCode } from "../handle-command.ts";
import type { MachineRejectionCode } from "../machine/decision.ts";
import type { Ipv4 } from "../values/ipv4.ts";
import type { BootEvent } from "./events.ts";

/** Why a machine did not get what it asked for on its way up, or an agent no answer: the code of BootRefused. */
export type BootRefusalCode =
  | MachineRejectionCode
  | HandlerRejectionCode
  /** The URL was handed out longer ago than a nonce lives. The machine's next boot gets a new one. */
  | "NONCE_EXPIRED"
  /** No boot environment and no loader has the file. */
  | "FILE_NOT_FOUND"
  /** The client's class sets a boot file that its firmware cannot load. It got its architecture's loader, if there is one. */
  | "BOOT_FILE_UNSUITABLE"
  /** The boot script could not be made: the message says why. The machine got its disk. */
  | "SCRIPT_UNAVAILABLE"
  /** The log was restored, and no operator has started an effects epoch since: no run begins. */
  | "FENCED"
  /** The run's boot intent is older than the effects epoch: the run is about to be ended. */
  | "INTENT_OUTDATED"
  /** Another agent has the run: somebody else has its token. The machine is quarantined. */
  | "SECOND_CONSUMER"
  /** The run's disk image is not in the images folder any more. */
  | "IMAGE_MISSING"
  /** A client wanted to write by TFTP. */
  | "TFTP_READ_ONLY"
  /** A client asked for a TFTP mode other than `octet` and `netascii`. */
  | "TFTP_MODE_UNKNOWN";

export interface BootRefusal {
  /** What was asked for, as the client wrote it. Cut at 512 characters. */
  readonly request: string;
  readonly code: BootRefusalCode;
  /** For people. Cut at 1,024 characters. */
  readonly message: string;
  /** Of the client; `null`: it has none yet, or none that is known. */
  readonly address: Ipv4 | null;
}

/** The event of a refusal. What a client wrote is cut to what the event takes. */
export function bootRefused({ request, code, message, address }: BootRefusal): BootEvent {
  return {
    type: "BootRefused",
    data: { request: cut(request, 512), code, message: cut(message, 1_024), address },
  };
}

/** A cut may go through a surrogate pair, and half of one cannot be recorded. */
function cut(text: string, charactersMax: number): string {
  return text.slice(0, charactersMax).toWellFormed();
}

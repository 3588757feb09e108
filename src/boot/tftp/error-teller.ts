import type { RemoteInfo, Socket } from "node:dgram";
import { createRateLimit, type RateLimit } from "../rate-limit.ts";
import { decodeTftp, encodeTftp, type TftpError, tftpErrorCode } from "./packet.ts";

const windowMs = 10_000;

/** Tells clients what went wrong: not too often to one address, because anybody can ask under a stranger's. */
export class ErrorTeller {
  readonly #mayTell: RateLimit<string>;
  #untold = 0;

  /** `perSource`: most errors in ten seconds that one address is told. */
  constructor(perSource: number) {
    this.#mayTell = createRateLimit({ most: perSource, windowMs });
  }

  /** How many errors were not told, because one address had been told many. */
  get untold(): number {
    return this.#untold;
  }

  /** Returns whether it was told. */
  tell(socket: Socket, to: RemoteInfo, error: Omit<TftpError, "kind">): boolean {
    if (!this.#mayTell(to.address, performance.now())) {
      this.#untold += 1;
      return false;
    }
    socket.send(encodeTftp({ kind: "error", ...error }), to.port, to.address);
    return true;
  }

  /** Answers who sends to the port of somebody else's transfer (RFC 1350 s. 4). */
  turnAway(socket: Socket, datagram: Buffer, from: RemoteInfo): void {
    const packet = decodeTftp(datagram);
    // A sender that expects no answer gives port 0 (RFC 768). An error is not answered: two that tell each other errors
    // would never end.
    if (from.port === 0 || !packet || packet.kind === "error") return;
    const message = "this port belongs to another transfer";
    this.tell(socket, from, { code: tftpErrorCode.unknownTransfer, message });
  }
}

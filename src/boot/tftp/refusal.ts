import type { BootRefusalCode } from "../../domain/boot/refusal.ts";
import { type TftpPacket, tftpErrorCode } from "./packet.ts";

/** Why a request got no file. */
export interface TftpRefusal {
  readonly code: Extract<BootRefusalCode, "FILE_NOT_FOUND" | "TFTP_READ_ONLY" | "TFTP_MODE_UNKNOWN">;
  readonly message: string;
  /** The error code that the client is told (RFC 1350 appendix I). */
  readonly wire: number;
}

/** `undefined`: it may be looked for. */
export function refusalOf(request: Extract<TftpPacket, { kind: "read" | "write" }>): TftpRefusal | undefined {
  if (request.kind === "write") {
    const message = "this server only reads";
    return { code: "TFTP_READ_ONLY", wire: tftpErrorCode.accessViolation, message };
  }
  if (request.mode === "octet" || request.mode === "netascii") return undefined;
  const message = "the mode must be octet or netascii";
  return { code: "TFTP_MODE_UNKNOWN", wire: tftpErrorCode.illegalOperation, message };
}

/** `asked` is told again, one character for each that came: an answer is never much longer than its question. */
export function notFound(asked: string): TftpRefusal {
  const message = `there is no file "${asked.slice(0, 128).replace(/[^ -~]/g, "?")}"`;
  return { code: "FILE_NOT_FOUND", wire: tftpErrorCode.notFound, message };
}

import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createSecureContext, type Server } from "node:tls";

/** The oldest version that is spoken (RFC 8996 retires the ones before). */
const minVersion = "TLSv1.2";

/** Where the certificate of a listener is, with its chain, and its key. PEM. */
export interface TlsFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** What a listener shows, and proves that it holds. */
interface TlsIdentity {
  readonly cert: string;
  readonly key: string;
  /** What an operator should know of it, in words; `undefined`: nothing. */
  readonly warning: string | undefined;
}

/** The files hold nothing that a listener could use. `message` names them, and never what is in them. */
export class TlsError extends Error {
  override readonly name = "TlsError";
}

/** Reads both files. @throws TlsError when one cannot be read, or they do not fit each other */
export async function readTlsIdentity(files: TlsFiles, now: Date): Promise<TlsIdentity> {
  const { certificateFile, keyFile } = files;
  try {
    const [cert, key] = await Promise.all([readFile(certificateFile, "utf8"), readFile(keyFile, "utf8")]);
    createSecureContext({ cert, key, minVersion });
    const { validFromDate, validToDate } = new X509Certificate(cert);
    const isValid = validFromDate <= now && now < validToDate;
    const warning = `${certificateFile}: valid from ${validFromDate.toISOString()} to ${validToDate.toISOString()}`;
    return { cert, key, warning: isValid ? undefined : warning };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new TlsError(`${certificateFile}, ${keyFile}: ${detail}`, { cause: error });
  }
}

/** Shows another identity to whoever connects from now on. Connections that are open stay as they are. */
export function renewTlsIdentity(server: Server, { cert, key }: Pick<TlsIdentity, "cert" | "key">): void {
  server.setSecureContext({ cert, key, minVersion });
}

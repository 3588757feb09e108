import { Server } from "node:tls";
import type { Logger } from "pino";
import { readTlsIdentity, renewTlsIdentity, type TlsFiles } from "../adapters/tls/identity.ts";

export interface ApiCertificateOptions {
  /** `undefined`: the listener speaks in clear. */
  readonly files: TlsFiles | undefined;
  readonly clock: () => Date;
  readonly log: Pick<Logger, "info" | "warn" | "error">;
}

/** The certificate of the API's listener, and how to exchange it while the listener goes on. */
export interface ApiCertificate {
  readonly identity: { readonly cert: string; readonly key: string } | undefined;
  /** Reads the files again. What cannot be used is logged, and the listener keeps what it has. */
  renew(server: object): Promise<void>;
}

/** @throws TlsError when the files cannot be used */
export async function openApiCertificate(options: ApiCertificateOptions): Promise<ApiCertificate> {
  const { files, clock, log } = options;

  async function read(named: TlsFiles) {
    const { warning, ...identity } = await readTlsIdentity(named, clock());
    if (warning !== undefined) log.warn({ certificate: warning }, "the API's certificate is not valid now");
    return identity;
  }

  return {
    identity: files && (await read(files)),
    async renew(server) {
      if (!files || !(server instanceof Server)) {
        log.info("the API has no certificate to read again");
        return;
      }
      try {
        renewTlsIdentity(server, await read(files));
        log.info("the API shows the certificate that was read again");
      } catch (err) {
        log.error({ err }, "the API keeps the certificate that it has");
      }
    },
  };
}

import { readFile } from "node:fs/promises";
import type { Logger } from "pino";
import type { AccessDesk } from "../adapters/access/access-desk.ts";
import { createFederatedLogin } from "../adapters/access/federated-login.ts";
import type { AccessRegistry } from "../adapters/access/registry.ts";
import { graphiqlRoutes } from "../adapters/graphiql/routes.ts";
import type { ApiOptions } from "../adapters/graphql/api.ts";
import type { RouteGroup } from "../adapters/graphql/server.ts";
import { createLoginDesk } from "../adapters/oidc/login-desk.ts";
import { createProvider } from "../adapters/oidc/provider.ts";
import { bootApiDocument } from "../boot/http/api-document.ts";
import type { Config } from "../config.ts";
import type { AccessHandlers } from "../domain/access/handlers.ts";
import { graphiqlFiles } from "../paths.ts";
import { openApiCertificate } from "./api-certificate.ts";
import { apiDocumentRoutes } from "./api-document-routes.ts";
import { callbackPath, loginRoutes } from "./login-routes.ts";

export interface FrontDoorOptions {
  readonly api: Config["api"];
  readonly oidc: Config["oidc"];
  /** Of Ironledger. */
  readonly version: string;
  readonly registry: AccessRegistry;
  readonly desk: AccessDesk;
  readonly handlers: AccessHandlers;
  readonly clock: () => Date;
  /** A new UUIDv7. */
  readonly newId: () => string;
  /** A UUIDv8 that is the same for the same cause and steps. */
  readonly deriveId: ApiOptions["deriveId"];
  readonly randomBytes: (size: number) => Buffer;
  readonly log: Pick<Logger, "info" | "warn" | "error">;
}

/** What the configuration says of how the API is reached. */
export interface FrontDoor {
  readonly options: Pick<
    ApiOptions,
    "tls" | "publicUrl" | "routes" | "operationsDirectory" | "onlyPersistedOperations" | "sockets"
  >;
  /** Reads the certificate again for this server. */
  renewCertificate(server: object): Promise<void>;
}

/** @throws TlsError, and Error of a file that cannot be read */
export async function openFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const { api, version, clock, log } = options;
  const { operationsDirectory, onlyPersistedOperations, socketsPerPrincipal } = api;
  const certificate = await openApiCertificate({ files: api.tls, clock, log });
  const login = await loginOf(options);
  // What GraphiQL would ask is no persisted operation.
  const editor = onlyPersistedOperations ? [] : [graphiqlRoutes(graphiqlFiles)];
  return {
    options: {
      ...(certificate.identity && { tls: certificate.identity }),
      ...(operationsDirectory !== undefined && { operationsDirectory }),
      onlyPersistedOperations,
      publicUrl: api.publicUrl,
      sockets: { socketsPerPrincipal },
      routes: [...editor, apiDocumentRoutes(bootApiDocument(version)), ...(login ? [login] : [])],
    },
    renewCertificate: certificate.renew,
  };
}

async function loginOf(options: FrontDoorOptions): Promise<RouteGroup | undefined> {
  const { api, oidc, desk, handlers, clock, randomBytes, log } = options;
  if (!oidc || api.publicUrl === undefined) return undefined;
  const publicUrl = new URL(api.publicUrl);
  const secret = oidc.clientSecretFile && (await readFile(oidc.clientSecretFile, "utf8")).split("\n")[0];
  const onFault = (err: unknown) => log.warn({ err }, "a login through the identity provider failed");
  const provider = createProvider({
    ...oidc,
    clientSecret: secret?.trim(),
    redirectUri: new URL(callbackPath, publicUrl).href,
  });
  return loginRoutes({
    ...oidc,
    desk: createLoginDesk({ provider, clock, randomBytes, onFault }),
    login: createFederatedLogin({ ...options, handlers: desk.handlersFor(handlers, () => "system") }),
    isSecure: publicUrl.protocol === "https:",
    onFault,
  });
}

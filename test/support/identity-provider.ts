import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider, type Provider as ProviderType } from "oidc-provider";
import { onTestFinished } from "vitest";

/** An identity provider on loopback that lets one person in without asking, or nobody. */
export interface IdentityProvider {
  readonly issuer: string;
  /** Who logs in next; `undefined`: the person says no. */
  person: Person | undefined;
}

export interface Person {
  readonly sub: string;
  readonly name: string;
  readonly groups: readonly string[];
}

export const client = { clientId: "ironledger", clientSecret: "a secret of the client" };

/** `redirectUri`: where the service wants browsers back. */
export async function startIdentityProvider(redirectUri: string): Promise<IdentityProvider> {
  const state: { person: Person | undefined } = {
    person: { sub: "ada-1", name: "Ada", groups: ["platform-team"] },
  };
  const { promise: provider, resolve } = Promise.withResolvers<ProviderType>();
  const server = createServer(async (request, response) => {
    const idp = await provider;
    if (!request.url?.startsWith("/interaction/")) return idp.callback()(request, response);
    const result = state.person
      ? { login: { accountId: state.person.sub } }
      : { error: "access_denied", error_description: "<script>alert(1)</script>" };
    await idp.interactionFinished(request, response, result);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  resolve(
    new Provider(
      issuer,
      configurationOf(redirectUri, () => state.person),
    ),
  );
  return Object.assign(state, { issuer });
}

function configurationOf(redirectUri: string, person: () => Person | undefined): object {
  return {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        token_endpoint_auth_method: "client_secret_post",
        redirect_uris: [redirectUri],
      },
    ],
    cookies: { keys: ["a key of the provider's cookies"] },
    claims: { openid: ["sub"], profile: ["name", "groups"] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { readonly uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: unknown, accountId: string) => ({ accountId, claims: () => person() ?? {} }),
    async loadExistingGrant({ oidc }: GrantContext) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client.clientId,
        accountId: oidc.session.accountId,
      });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    },
  };
}

interface GrantContext {
  readonly oidc: {
    readonly provider: ProviderType;
    readonly client: { readonly clientId: string };
    readonly session: { readonly accountId: string };
  };
}

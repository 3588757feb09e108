import * as client from "openid-client";

export interface ProviderOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** `undefined`: the service is a public client. */
  readonly clientSecret: string | undefined;
  readonly scopes: readonly string[];
  /** The claim that is asked of the userinfo endpoint when the identity token lacks it. */
  readonly rolesClaim: string;
  /** Where the provider sends the browser back. */
  readonly redirectUri: string;
}

/** What must come back with the answer to a question (OpenID Connect Core s. 3.1.2). */
interface Question {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** What a provider says of somebody. */
export interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly [claim: string]: unknown;
}

/** How a login at the provider ended. */
export type ProviderAnswer =
  | { readonly outcome: "known"; readonly claims: Claims }
  /** The person, or the provider, said no. */
  | { readonly outcome: "denied" };

export interface Provider {
  /** Where a browser goes to log in. @throws Error when the provider cannot be reached */
  urlFor(question: Question): Promise<URL>;
  /** Takes what the browser came back with. @throws Error when it is not what must come back */
  answerTo(question: Question, query: URLSearchParams): Promise<ProviderAnswer>;
}

/** Seconds for a request to the provider. */
const timeoutSeconds = 10;

/** The provider is asked for its description at the first login, and again after it could not be had. */
export function createProvider(options: ProviderOptions): Provider {
  const { issuer, clientId, clientSecret, scopes, rolesClaim, redirectUri } = options;
  const url = new URL(issuer);
  let discovered: Promise<client.Configuration> | undefined;

  async function discover(): Promise<client.Configuration> {
    const authentication = clientSecret === undefined ? client.None() : client.ClientSecretPost(clientSecret);
    const execute = url.protocol === "http:" ? [client.allowInsecureRequests] : [];
    return client.discovery(url, clientId, undefined, authentication, { execute, timeout: timeoutSeconds });
  }
  async function configuration(): Promise<client.Configuration> {
    discovered ??= discover();
    try {
      return await discovered;
    } catch (error) {
      discovered = undefined;
      throw error;
    }
  }

  return {
    async urlFor({ state, nonce, verifier }) {
      return client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: scopes.join(" "),
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      });
    },

    async answerTo({ state, nonce, verifier }, query) {
      const config = await configuration();
      try {
        const tokens = await client.authorizationCodeGrant(config, new URL(`?${query}`, redirectUri), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        if (!claims) throw new Error("the provider sent no identity token");
        if (claims[rolesClaim] !== undefined || !config.serverMetadata().userinfo_endpoint) {
          return { outcome: "known", claims };
        }
        const more = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
        return { outcome: "known", claims: { ...more, ...claims } };
      } catch (error) {
        if (error instanceof client.AuthorizationResponseError) return { outcome: "denied" };
        throw error;
      }
    },
  };
}

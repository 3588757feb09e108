import { createHash, randomBytes } from "node:crypto";
import { send } from "../api/http.ts";
import type { Target } from "../api/target.ts";
import { Failure } from "../failure.ts";
import { listenOnLoopback } from "./loopback.ts";

/** How long a person may take in the browser, milliseconds. */
const loginMs = 300_000;

export interface BrowserLogin {
  readonly signal: AbortSignal;
  /** Shows the page to a person. */
  readonly show: (url: string) => void;
}

/** A token, and when it ends. */
export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: string | undefined;
}

/**
 * Logs in with a browser: a redirect to loopback (RFC 8252) with proof of possession of the code (RFC 7636).
 *
 * @throws Failure
 */
export async function loginWithBrowser(target: Target, { signal, show }: BrowserLogin): Promise<IssuedToken> {
  const verifier = randomBytes(32).toString("base64url");
  const state = randomBytes(16).toString("base64url");
  const loopback = await listenOnLoopback();
  try {
    const url = new URL("/auth/login", target.server);
    url.search = new URLSearchParams({
      redirect_uri: loopback.redirectUri,
      state,
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    }).toString();
    show(url.href);
    const time = AbortSignal.any([signal, AbortSignal.timeout(loginMs)]);
    const { code } = await loopback.redirected(state, time);
    return await redeem(target, { code, codeVerifier: verifier });
  } finally {
    loopback.close();
  }
}

async function redeem(target: Target, body: Readonly<Record<string, string>>): Promise<IssuedToken> {
  const url = new URL("/auth/token", target.server);
  const headers = { "content-type": "application/json", accept: "application/json" };
  const { status, text } = await send({ method: "POST", url, headers, body: JSON.stringify(body) });
  const answer = answerOf(text);
  const { token, expiresAt } = answer;
  if (status === 200 && typeof token === "string") {
    return { token, expiresAt: typeof expiresAt === "string" ? expiresAt : undefined };
  }
  const detail = (answer["errors"] as readonly { readonly message?: unknown }[] | undefined)?.[0]?.message;
  throw new Failure("access", `the login was refused: ${String(detail ?? `status ${status}`)}`, {
    code: "LOGIN_REFUSED",
    remedy:
      status === 404 ? "this service has no login with a browser: ironledger login --token-stdin" : undefined,
  });
}

function answerOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    // A page for people: the status says enough.
    return {};
  }
}

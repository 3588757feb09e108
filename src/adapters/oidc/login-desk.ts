import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { createOneTime } from "./one-time.ts";
import type { Claims, Provider } from "./provider.ts";

/** How long a person may take at the provider, milliseconds. */
const loginMs = 600_000;

/** How long the code counts that a login ends with, milliseconds. */
const codeMs = 60_000;

/** Most logins under way, and most codes that wait. */
const waitingMax = 10_000;

/** So many of them from one network address: an office behind one address logs in at the start of a day. */
const waitingOfSourceMax = 200;

/** SHA-256 in base64url (RFC 7636 s. 4.2). */
const Challenge = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "expected the base64url of a SHA-256");

/** A browser is only ever sent to a port of its own machine, by address (RFC 8252 s. 7.3 and 8.3). */
const LoopbackUrl = z
  .string()
  .max(512)
  .refine(isLoopback, "expected http://127.0.0.1:PORT/... or http://[::1]:PORT/...");

/** What a program asks that wants somebody logged in. */
export const LoginRequest = z.object({
  redirect_uri: LoopbackUrl,
  code_challenge: Challenge,
  state: z.string().regex(/^[A-Za-z0-9._~-]{8,256}$/, "expected 8 to 256 letters, digits, . _ ~ -"),
});
export type LoginRequest = z.infer<typeof LoginRequest>;

/** What the program hands in for a token. The verifier's form is that of RFC 7636 s. 4.1. */
export const CodeExchange = z.strictObject({
  code: z.string().max(256),
  codeVerifier: z.string().regex(/^[A-Za-z0-9._~-]{43,128}$/, "expected 43 to 128 letters, digits, . _ ~ -"),
});
export type CodeExchange = z.infer<typeof CodeExchange>;

/** What the program is told when there is no code, in the words of RFC 6749 s. 4.1.2.1. */
type LoginProblem = "access_denied" | "server_error";

export interface LoginDeskOptions {
  readonly provider: Provider;
  readonly clock: () => Date;
  readonly randomBytes: (size: number) => Buffer;
  /** The provider, or what came back from it, cannot be used. */
  readonly onFault: (error: unknown) => void;
}

/** Leads people from a program to the provider and back to the program. */
export interface LoginDesk {
  /**
   * `url`: the provider's page. `ticket` stays in the browser. `source`: where the browser is, as limits count
   * sources. @throws Error: the provider cannot be reached
   */
  begin(request: LoginRequest, source: string): Promise<{ readonly url: string; readonly ticket: string }>;
  /**
   * The browser is back, with what the provider gave it. Returns where it goes next; `undefined` when the login is
   * unknown, took too long, or was begun in another browser.
   */
  comeBack(query: URLSearchParams, ticket: string | undefined): Promise<string | undefined>;
  /** Who logged in; `undefined` when the code is unknown, used, too old, or of another program's login. */
  redeem(exchange: CodeExchange): Claims | undefined;
}

interface Login {
  readonly source: string;
  readonly request: LoginRequest;
  readonly ticket: string;
  readonly nonce: string;
  readonly verifier: string;
}

export function createLoginDesk({ provider, clock, randomBytes, onFault }: LoginDeskOptions): LoginDesk {
  const memory = { most: waitingMax, mostOfSource: waitingOfSourceMax, clock, randomBytes };
  const logins = createOneTime<Login>({ ...memory, keptMs: loginMs });
  const codes = createOneTime<{ readonly challenge: string; readonly claims: Claims }>({
    ...memory,
    keptMs: codeMs,
  });
  const random = () => randomBytes(32).toString("base64url");

  async function outcomeOf(login: Login, query: URLSearchParams): Promise<LoginEnd> {
    try {
      const question = { ...login, state: query.get("state") ?? "" };
      const answer = await provider.answerTo(question, query);
      if (answer.outcome === "denied") return { error: "access_denied" };
      const { claims } = answer;
      return { code: codes.put({ challenge: login.request.code_challenge, claims }, login.source) };
    } catch (error) {
      onFault(error);
      return { error: "server_error" };
    }
  }

  return {
    async begin(request, source) {
      const login = { source, request, ticket: random(), nonce: random(), verifier: random() };
      const state = logins.put(login, source);
      const url = await provider.urlFor({ ...login, state });
      return { url: url.href, ticket: login.ticket };
    },

    async comeBack(query, ticket) {
      const login = logins.take(query.get("state") ?? "");
      if (!login || ticket === undefined || !sameText(ticket, login.ticket)) return undefined;
      return backTo(login.request, await outcomeOf(login, query));
    },

    redeem({ code, codeVerifier }) {
      const found = codes.take(code);
      return found && sameText(sha256(codeVerifier), found.challenge) ? found.claims : undefined;
    },
  };
}

type LoginEnd = { readonly code: string } | { readonly error: LoginProblem };

function backTo({ redirect_uri, state }: LoginRequest, end: LoginEnd): string {
  const url = new URL(redirect_uri);
  for (const [name, value] of Object.entries({ ...end, state })) url.searchParams.set(name, value);
  return url.href;
}

function isLoopback(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol !== "http:" || url.port === "" || url.hash !== "") return false;
  return ["127.0.0.1", "[::1]"].includes(url.hostname) && url.username === "" && url.password === "";
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** Compares digests, so that the time tells neither length nor place of a difference. */
function sameText(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(one)), Buffer.from(sha256(other)));
}

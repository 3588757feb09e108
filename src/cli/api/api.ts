import { Failure } from "../failure.ts";
import { failureOf, type GraphqlError } from "./failures.ts";
import { type HttpAnswer, type HttpOptions, send } from "./http.ts";
import type { Target } from "./target.ts";

/** An object of the API. Its fields are named as in the schema. */
export type Row = Readonly<Record<string, unknown>>;

/** The API of one service. */
export interface Api {
  readonly target: Target;
  /** Runs one query or mutation. @throws Failure */
  ask(document: string, variables?: Row, patience?: Patience): Promise<Row>;
  /** As `ask`, but answers with what the service said, errors and all. @throws Failure when that is no GraphQL */
  raw(document: string, variables?: Row, patience?: Patience): Promise<GraphqlAnswer>;
}

/** How long is waited for an answer. */
export type Patience = Pick<HttpOptions, "timeoutMs">;

export interface GraphqlAnswer {
  readonly data?: Row | null;
  readonly errors?: readonly GraphqlError[];
}

export interface ApiOptions {
  /** Ends a request that is under way. */
  readonly signal: AbortSignal;
  /** Told what is sent and answered, a line each, without the token. `undefined`: nobody wants to know. */
  readonly debug: ((line: string) => void) | undefined;
}

/** The API of a service. Nothing is sent before the first question. */
export function createApi(target: Target, { signal, debug }: ApiOptions): Api {
  const url = new URL("/graphql", target.server);

  async function raw(document: string, variables: Row = {}, patience: Patience = {}): Promise<GraphqlAnswer> {
    const body = JSON.stringify({ query: document, variables });
    const started = performance.now();
    debug?.(`> POST ${url.href}${target.token === undefined ? "" : " authorization: Bearer ***"}`);
    debug?.(`> ${body}`);
    const headers = {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json",
      ...(target.token === undefined ? {} : { authorization: `Bearer ${target.token}` }),
    };
    const answer = await send({ method: "POST", url, headers, body }, { signal, ...patience });
    debug?.(`< ${answer.status} in ${Math.round(performance.now() - started)} ms`);
    debug?.(`< ${masked(answer.text.trimEnd())}`);
    return graphqlAnswer(answer, url);
  }

  return {
    target,
    raw,
    async ask(document, variables, patience) {
      const { data, errors = [] } = await raw(document, variables, patience);
      if (errors.length > 0 || !data) throw failureOf(errors, target);
      return data;
    },
  };
}

/** Without the token that a mutation made. */
function masked(text: string): string {
  return text.replace(/"secret":"[^"]*"/g, '"secret":"***"');
}

function graphqlAnswer({ status, text }: HttpAnswer, url: URL): GraphqlAnswer {
  const parsed = parsedObject(text);
  if (parsed && ("data" in parsed || Array.isArray(parsed["errors"]))) return parsed as GraphqlAnswer;
  const unavailable = status === 429 || status >= 500;
  throw new Failure(unavailable ? "unavailable" : "failure", `${url.href} answers ${status} and no GraphQL`, {
    code: unavailable ? "SERVER_UNAVAILABLE" : "NOT_GRAPHQL",
    remedy: unavailable ? "try again later" : "is this the address of an Ironledger API?",
  });
}

function parsedObject(text: string): Row | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Row) : undefined;
  } catch {
    // A proxy's page for people: the caller says what came instead of an answer.
    return undefined;
  }
}

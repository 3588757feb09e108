import type { IncomingMessage } from "node:http";
import { failureOf, type GraphqlError } from "./failures.ts";
import { receive, textOf } from "./http.ts";
import { ConnectionLost } from "./socket.ts";
import type { Target } from "./target.ts";

interface DownloadOptions {
  readonly target: Target;
  readonly signal: AbortSignal;
}

/**
 * What a path of the API answers with, octets as they come, however many.
 *
 * @throws Failure when nobody answers, or with a refusal
 */
export async function createDownload(
  url: URL,
  { target, signal }: DownloadOptions,
): Promise<AsyncIterable<Uint8Array>> {
  const headers = target.token === undefined ? {} : { authorization: `Bearer ${target.token}` };
  const incoming = await receive({ method: "GET", url, headers }, { signal });
  if (incoming.statusCode === 200) return octetsOf(incoming, url);
  throw failureOf(errorsIn(await textOf(incoming)), target);
}

/** @throws ConnectionLost when it breaks before the end */
async function* octetsOf(incoming: IncomingMessage, { origin }: URL): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of incoming) yield chunk;
  } catch (error) {
    throw new ConnectionLost(`${origin} broke off`, { cause: error });
  }
}

function errorsIn(text: string): readonly GraphqlError[] {
  try {
    const { errors } = JSON.parse(text) as { readonly errors?: unknown };
    return Array.isArray(errors) ? errors : [];
  } catch {
    // A proxy's page for people. That there is no answer of the API is said of an empty list.
    return [];
  }
}

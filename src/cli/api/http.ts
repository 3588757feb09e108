import type { IncomingMessage, RequestOptions } from "node:http";
import { Failure } from "../failure.ts";

/** What a request was answered with. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface HttpOptions {
  readonly signal?: AbortSignal;
  /** How long an answer may take, milliseconds. (Default: 60,000, longer than any view is waited for) */
  readonly timeoutMs?: number;
}

/** No answer of the API is as large. */
const answerBytesMax = 64 * 1024 * 1024;

/** One request of HTTP, and all of its answer. @throws Failure `unavailable` when nobody answers */
export async function send(request: HttpRequest, options: HttpOptions = {}): Promise<HttpAnswer> {
  const incoming = await receive(request, options);
  try {
    return { status: incoming.statusCode ?? 0, text: await textOf(incoming) };
  } catch (error) {
    throw unreachable(request.url, error as Error);
  }
}

/**
 * One request of HTTP. Node's own client loads faster than `fetch`, and takes a certificate authority.
 *
 * @throws Failure `unavailable` when nobody answers
 */
export function receive(
  request: HttpRequest,
  { signal, timeoutMs = 60_000 }: HttpOptions = {},
): Promise<IncomingMessage> {
  const name = request.url.protocol === "https:" ? "node:https" : "node:http";
  // An import reads every export, and one of them is a getter that loads a whole other client of HTTP.
  const { request: start } = process.getBuiltinModule(name);
  const options: RequestOptions = {
    method: request.method,
    headers: request.headers,
    timeout: timeoutMs,
    ...(signal && { signal }),
  };
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) => reject(unreachable(request.url, error));
    const outgoing = start(request.url, options, resolve);
    outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)));
    outgoing.on("error", refuse);
    outgoing.end(request.body);
  });
}

/** All of an answer. @throws Error when it is larger than any that is read as a whole, or breaks off */
export async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += chunk.length;
    if (bytes > answerBytesMax) throw new Error("the answer is larger than any of the API");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Codes of Node and OpenSSL that say: the server is there, but its certificate is not one to trust. */
const distrust = /^(?:CERT_|ERR_TLS_CERT|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/;

function unreachable(
  url: URL,
  error: NodeJS.ErrnoException & { readonly errors?: readonly Error[] },
): Failure {
  const code = error.code ?? "";
  const detail = error.message || error.errors?.map(({ message }) => message).join("; ") || code;
  if (distrust.test(code)) {
    return new Failure("unavailable", `${url.origin}: ${detail}`, {
      code: "SERVER_NOT_TRUSTED",
      remedy: "name the authority that signed its certificate: ironledger context set NAME --ca FILE",
      cause: error,
    });
  }
  return new Failure("unavailable", `${url.origin} cannot be reached: ${detail}`, {
    code: "SERVER_UNREACHABLE",
    remedy:
      "is it running, and is this its address? --server names another, and ironledger context set keeps it",
    cause: error,
  });
}

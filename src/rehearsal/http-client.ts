import { request as httpRequest, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";

/** An answer that is silent for this long is given up, milliseconds. */
const silenceMs = 60_000;

/** No script and no answer to a report is larger. */
const textBytesMax = 1024 * 1024;

/** What a simulated machine speaks HTTP with. Every connection comes from the machine's own address. */
export interface HttpClient {
  /** The whole file, thrown away while it is read. @throws HttpTransferError unless it is a complete 200 */
  download(url: URL): Promise<{ readonly bytes: number }>;
  /** A small file. @throws HttpTransferError unless it is a complete 200 */
  text(url: URL): Promise<string>;
  /** The file as it arrives. @throws HttpTransferError unless the status is 200; the stream fails when cut short */
  stream(url: URL, options: { readonly token: string }): Promise<IncomingMessage>;
  /** Asks (without `body`) or reports (with it). @throws HttpTransferError unless 200 with a JSON object */
  json(
    url: URL,
    options: { readonly token: string; readonly body?: object },
  ): Promise<Readonly<Record<string, unknown>>>;
}

/** A transfer that did not end well. */
export class HttpTransferError extends Error {
  override readonly name = "HttpTransferError";
  /** `undefined` when no whole answer came. */
  readonly status: number | undefined;

  constructor(message: string, options: ErrorOptions & { readonly status?: number } = {}) {
    super(message, options);
    this.status = options.status;
  }
}

interface Exchange {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON with POST. (Default: GET) */
  readonly body?: object;
}

interface HttpClientOptions {
  /** What the machine was leased. */
  readonly localAddress: string;
  /** As iPXE or the agent names itself. */
  readonly userAgent: string;
  /** Told of every answer that is not a whole 200, once each. */
  readonly onFailure: (message: string) => void;
  readonly signal: AbortSignal;
}

export function createHttpClient({
  localAddress,
  userAgent,
  onFailure,
  signal,
}: HttpClientOptions): HttpClient {
  function open(url: URL, { headers, body }: Exchange): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const request = httpRequest(url, {
      method: payload === undefined ? "GET" : "POST",
      localAddress,
      signal,
      agent: false,
      timeout: silenceMs,
      headers: {
        "user-agent": userAgent,
        ...(payload === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
    });
    request.on("timeout", () => request.destroy(new Error(`silent for ${silenceMs / 1000} s`)));
    let told = false;
    const fail = (error: HttpTransferError) => {
      if (!told) onFailure(error.message);
      told = true;
      reject(error);
    };
    request.on("error", (cause) => fail(failed(url, cause)));
    request.on("response", (response) => {
      response.on("error", (cause) => fail(failed(url, cause)));
      if (response.statusCode === 200) return resolve(response);
      response.resume();
      fail(new HttpTransferError(`${url.pathname}: status ${response.statusCode}`, statusOf(response)));
    });
    request.end(payload);
    return promise;
  }

  async function whole(url: URL, exchange: Exchange): Promise<string> {
    const response = await open(url, exchange);
    try {
      if (Number(response.headers["content-length"] ?? 0) > textBytesMax)
        throw new Error("the answer is too large");
      return (await buffer(response)).toString();
    } catch (cause) {
      response.destroy();
      throw failed(url, cause);
    }
  }

  return {
    async download(url) {
      const response = await open(url, {});
      let bytes = 0;
      try {
        for await (const chunk of response as AsyncIterable<Buffer>) bytes += chunk.length;
      } catch (cause) {
        throw failed(url, cause);
      }
      return { bytes };
    },
    text: (url) => whole(url, {}),
    stream: (url, { token }) => open(url, { headers: authorization(token) }),
    async json(url, { token, body }) {
      const text = await whole(url, { headers: authorization(token), ...(body ? { body } : {}) });
      return jsonObject(text, url);
    },
  };
}

function authorization(token: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${token}` };
}

function statusOf({ statusCode }: IncomingMessage): { readonly status?: number } {
  return statusCode === undefined ? {} : { status: statusCode };
}

function failed(url: URL, cause: unknown): HttpTransferError {
  if (cause instanceof HttpTransferError) return cause;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new HttpTransferError(`${url.pathname}: ${detail}`, { cause });
}

function jsonObject(text: string, url: URL): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw failed(url, cause);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new HttpTransferError(`${url.pathname}: the answer is not a JSON object`);
}

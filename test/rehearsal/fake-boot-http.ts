import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** What came to the server. */
interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  /** The address that the connection came from. */
  readonly from: string;
  /** Parsed; `undefined` when there was none. */
  readonly body: unknown;
}

/** JSON, bytes as they are, or a status alone. */
type FakeAnswer = object | number;

export interface FakeBootHttp {
  readonly base: string;
  readonly seen: readonly SeenRequest[];
  /** Answers this path from now on. A function that returns `undefined` writes the response itself. */
  answer(
    path: string,
    respond: (request: SeenRequest, response: ServerResponse) => FakeAnswer | undefined,
  ): void;
  close(): Promise<void>;
}

/** A boot listener that answers what it is told to and 404 to all else. */
export async function startFakeBootHttp(): Promise<FakeBootHttp> {
  const answers = new Map<string, Parameters<FakeBootHttp["answer"]>[1]>();
  const seen: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const entry = {
      method: request.method ?? "",
      path: request.url ?? "",
      authorization: request.headers.authorization,
      from: request.socket.remoteAddress ?? "",
      body: body === "" ? undefined : JSON.parse(body),
    };
    seen.push(entry);
    const respond = answers.get(entry.path);
    send(response, respond ? respond(entry, response) : 404);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer: (path, respond) => answers.set(path, respond),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function send(response: ServerResponse, answer: FakeAnswer | undefined): void {
  if (answer === undefined) return;
  if (typeof answer === "number") {
    response.statusCode = answer;
    response.end(`{"error":"status ${answer}"}`);
  } else if (Buffer.isBuffer(answer)) {
    response.setHeader("content-length", answer.length);
    response.end(answer);
  } else response.end(JSON.stringify(answer));
}

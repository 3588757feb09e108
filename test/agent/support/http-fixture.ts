import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it arrived. */
export interface SeenRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A service that answers as the test says, one answer per request, the last one for all that follow. */
export interface HttpFixture {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  readonly answerWith: (...answers: readonly Answer[]) => void;
  readonly close: () => Promise<void>;
}

export type Answer = (response: ServerResponse) => void;

export const status =
  (code: number, body = ""): Answer =>
  (response) => {
    response.writeHead(code, { "content-length": Buffer.byteLength(body) }).end(body);
  };

export async function httpFixture(): Promise<HttpFixture> {
  const seen: SeenRequest[] = [];
  let answers: Answer[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url: path, headers } = request;
    seen.push({ method, path, headers, body: Buffer.concat(chunks).toString() });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (!answer) throw new Error("the test gave no answer");
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    answerWith(...given) {
      seen.length = 0;
      answers = [...given];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { Failure } from "../failure.ts";

/** What the service's redirect brought. */
export interface Redirected {
  readonly code: string;
}

/** Waits on loopback for the browser to come back (RFC 8252 s. 7.3). */
export interface Loopback {
  readonly redirectUri: string;
  /** @throws Failure when the login was refused, or the time is over */
  redirected(state: string, signal: AbortSignal): Promise<Redirected>;
  close(): void;
}

/** Listens on a free port of 127.0.0.1. */
export async function listenOnLoopback(): Promise<Loopback> {
  const { createServer } = process.getBuiltinModule("node:http");
  const arrivals = Promise.withResolvers<URLSearchParams>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const isOurs = request.method === "GET" && url.pathname === path;
    response.writeHead(isOurs ? 200 : 404, {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      connection: "close",
    });
    response.end(
      isOurs ? "This page may be closed: the command line goes on.\n" : "There is nothing here.\n",
    );
    if (isOurs) arrivals.resolve(url.searchParams);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    redirectUri: `http://127.0.0.1:${port}${path}`,
    async redirected(state, signal) {
      const ended = new Promise<never>((_, reject) => {
        signal.addEventListener("abort", () => reject(overdue()));
      });
      return readRedirect(await Promise.race([arrivals.promise, ended]), state);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const path = "/callback";

function readRedirect(parameters: URLSearchParams, state: string): Redirected {
  if (parameters.get("state") !== state) {
    throw new Failure("access", "the browser came back from another login", {
      code: "LOGIN_STATE_WRONG",
      remedy: "start again, and use the newest page",
    });
  }
  const code = parameters.get("code");
  if (code) return { code };
  const detail = parameters.get("error_description") ?? parameters.get("error") ?? "no reason was given";
  throw new Failure("access", `the login was refused: ${detail}`, { code: "LOGIN_REFUSED" });
}

function overdue(): Failure {
  return new Failure("timeout", "nobody logged in within the time given", { code: "LOGIN_TIMEOUT" });
}

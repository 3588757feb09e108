import { once } from "node:events";
import { request } from "node:http";
import { join } from "node:path";
import type { TestNetwork } from "./network.ts";

/** A TCP port inside a test network. */
interface InsidePort {
  readonly host: string;
  readonly port: number;
}

/**
 * Makes a port inside the network reachable from the test, and gives the path of a Unix socket for it. HTTP clients
 * take it as `socketPath`, WebSocket clients (`ws`) as `ws+unix:<path>:/graphql`. It may be made before the port is
 * open; a connection to a closed port ends at once.
 */
export async function reachInside(
  network: TestNetwork,
  folder: string,
  { host, port }: InsidePort,
): Promise<string> {
  const socket = join(folder, `port-${port}.sock`);
  const program = [
    process.execPath,
    join(import.meta.dirname, "forward-socket.ts"),
    socket,
    host,
    String(port),
  ];
  const { process: child } = await network.start(program, {
    logFile: join(folder, `port-${port}.log`),
    stdout: "pipe",
  });
  if (!child.stdout) throw new Error("the forwarder has no standard output");
  await once(child.stdout, "data");
  return socket;
}

interface InsideAnswer {
  readonly status: number;
  readonly body: string;
}

/** One HTTP request through such a socket: `body` present means POST with JSON. @throws Error when nobody answers */
export async function requestInside(
  socketPath: string,
  path: string,
  options: { readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown } = {},
): Promise<InsideAnswer> {
  const hasBody = options.body !== undefined;
  const outgoing = request({
    socketPath,
    path,
    method: hasBody ? "POST" : "GET",
    headers: { ...(hasBody ? { "content-type": "application/json" } : {}), ...options.headers },
  });
  outgoing.end(hasBody ? JSON.stringify(options.body) : undefined);
  const [incoming] = await once(outgoing, "response");
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return { status: incoming.statusCode, body: Buffer.concat(chunks).toString() };
}

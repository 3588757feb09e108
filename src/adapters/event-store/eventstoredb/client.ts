import { PassThrough, type Writable } from "node:stream";
import { EventStoreDBClient } from "@eventstore/db-client";

export type EngineClient = EventStoreDBClient;

type AppendCall = (...request: readonly [...unknown[], (error: unknown) => void]) => Writable;

/** What the client has for its own use. Its version is pinned, and tests show what happens without the mending. */
interface Inner {
  handleError: (...failed: readonly unknown[]) => Promise<void>;
  createGRPCClient: (service: unknown) => Promise<{ append?: AppendCall }>;
  readonly getChannel: () => Promise<{ close(): void }>;
}

/**
 * A client that does not end the process, which it does in two cases otherwise, by a promise that rejects and that
 * nobody holds: after a failure it looks whether it has a new channel already, and that could not be had either; and
 * an append begins when its channel has just been closed.
 *
 * @throws Error that does not repeat the connection string, as the client's own would
 */
export function createClient(url: string): EngineClient {
  const client = parsed(url);
  const inner = innerOf(client);
  const { handleError, createGRPCClient } = inner;
  inner.handleError = (...failed) => handleError(...failed).catch(() => undefined);
  inner.createGRPCClient = async (service) => withSafeAppend(await createGRPCClient(service));
  return client;
}

/** Ends what is under way, and the connection, which the client's `dispose` leaves open. Never rejects. */
export async function endClient(client: EngineClient): Promise<void> {
  try {
    await client.dispose();
    const channel = await innerOf(client).getChannel();
    channel.close();
  } catch {
    // It had no channel, and finds no node to make one to.
  }
}

/** What cannot begin is answered with the error, like what fails later. */
function withSafeAppend<Stub extends { append?: AppendCall }>(stub: Stub): Stub {
  const append = stub.append?.bind(stub);
  if (!append) return stub;
  stub.append = (...request) => {
    try {
      return append(...request);
    } catch (error) {
      const [answer] = request.slice(-1) as [(error: unknown) => void];
      answer(error);
      return new PassThrough({ objectMode: true }).resume();
    }
  };
  return stub;
}

function parsed(url: string): EngineClient {
  try {
    return EventStoreDBClient.connectionString(url);
  } catch (error) {
    const why = error instanceof Error && error.message.includes("certificate") ? `: ${error.message}` : "";
    throw new Error(`the engine's connection string is not one${why}`);
  }
}

function innerOf(client: EngineClient): Inner {
  return client as unknown as Inner;
}

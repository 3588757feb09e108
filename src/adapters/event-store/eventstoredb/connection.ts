import { type EngineClient, endClient } from "./client.ts";
import { failureOf, isSilence } from "./failure.ts";

/** One client instance, exchanged for another when it sits on a node that says nothing. */
export interface Connection {
  use<Answer>(call: (client: EngineClient) => Promise<Answer>): Promise<Answer>;
  close(): Promise<void>;
}

interface HeldClient {
  readonly client: EngineClient;
  /** Calls that are under way. */
  users: number;
}

/**
 * The client looks for another node when one refuses or cuts it off, but stays with one that has frozen, and its
 * calls share one channel: so who waits in vain brings a new client for all, and the old one ends with its last call.
 *
 * @param onAway told of each call that the engine did not answer: it may come back with something else in it
 */
export function createConnection(
  create: () => EngineClient,
  onAway: () => void = () => undefined,
): Connection {
  const clients = new Set<HeldClient>();
  let current = hold();
  let isClosed = false;

  function hold(): HeldClient {
    const held = { client: create(), users: 0 };
    clients.add(held);
    return held;
  }

  async function end(held: HeldClient): Promise<void> {
    if (clients.delete(held)) await endClient(held.client);
  }

  return {
    async use(call) {
      const used = current;
      used.users++;
      try {
        return await call(used.client);
      } catch (error) {
        if (failureOf(error) === "unknown") onAway();
        if (isSilence(error) && used === current && !isClosed) current = hold();
        throw error;
      } finally {
        used.users--;
        // Never rejects, and nobody has to wait for it.
        if (used !== current && used.users === 0) void end(used);
      }
    },

    async close() {
      isClosed = true;
      // One that was exchanged may still wait for the last word of its node.
      await Promise.all([...clients].map(end));
    },
  };
}

import { type EngineClient, endClient } from "./client.ts";
import { failureOf, isSilence } from "./failure.ts";

/** One client instance, exchanged for another when it sits on a node that says nothing. */
export interface Connection {
  use<Answer>(call: (client: EngineClient) => Promise<Answer>): Promise<Answer>;
  close(): Promise<void>;
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
  const held = () => ({ client: create(), users: 0 });
  let current = held();

  async function endUnused(unused: ReturnType<typeof held>): Promise<void> {
    if (unused !== current && unused.users === 0) await endClient(unused.client);
  }

  return {
    async use(call) {
      const used = current;
      used.users++;
      try {
        return await call(used.client);
      } catch (error) {
        if (failureOf(error) === "unknown") onAway();
        if (isSilence(error) && used === current) current = held();
        throw error;
      } finally {
        used.users--;
        // Never rejects, and nobody has to wait for it.
        void endUnused(used);
      }
    },

    close: () => endClient(current.client),
  };
}

import { networkKind } from "../../domain/network/decide.ts";
import { networkStream } from "../../domain/network/events.ts";
import type { Network } from "../../domain/network/state.ts";
import type { EventStore } from "../../domain/ports/event-store.ts";

/** The network as the log has it now: a view could lag. */
export async function networkNow(log: Pick<EventStore, "readStream">): Promise<Network> {
  const { codec, decider } = networkKind;
  const recorded = await log.readStream(networkStream);
  return recorded.map(codec.read).reduce(decider.evolve, decider.initial);
}

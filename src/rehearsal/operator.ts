import type { FeedEvent } from "./event-feed.ts";
import type { GraphqlClient } from "./graphql-client.ts";
import type { RehearsalImage } from "./image.ts";

/** Mutations under way at once: an impatient operator's script, not a storm. */
const lanesCount = 8;

/** The operator's part, played as an operator plays it: through the API. */
export interface Operator {
  /** Says which network to serve, and that unknown machines are to be looked at. */
  defineSubnet(): Promise<void>;
  /** Approves and deploys every machine whose inventory is in. To be shown every event. */
  watch(event: FeedEvent): void;
  /** Rejects when something that was asked for was refused. Never resolves. */
  readonly failure: Promise<never>;
}

/** `image`: what every machine gets. */
export function createOperator({
  client,
  image,
}: {
  readonly client: GraphqlClient;
  readonly image: RehearsalImage;
}): Operator {
  const lanes: Promise<void>[] = Array.from({ length: lanesCount }, () => Promise.resolve());
  const seen = new Set<string>();
  const { promise: failure, reject } = Promise.withResolvers<never>();
  failure.catch(() => undefined);

  async function deploy(machineId: string): Promise<void> {
    const reason = "rehearsal";
    const { file, sha256 } = image;
    await client.mutate("approveMachine", { machineId, reason });
    await client.mutate("deployMachine", {
      machineId,
      environment: "image-deploy",
      image: { file, sha256 },
      reason,
    });
  }

  return {
    failure,
    defineSubnet: () => client.mutate("defineSubnet", subnet),
    watch({ type, stream }) {
      if (type !== "InventoryReported" || seen.has(stream)) return;
      const lane = seen.size % lanesCount;
      seen.add(stream);
      const before = lanes[lane] ?? Promise.resolve();
      lanes[lane] = before.then(() => deploy(stream.slice("machine-".length))).catch(reject);
    },
  };
}

/** A network of loopback addresses: Linux lets anybody use any of 127/8 as a source. */
const subnet = {
  name: "rehearsal",
  cidr: "127.77.0.0/16",
  ranges: [{ first: "127.77.1.1", last: "127.77.2.254" }],
  leaseSeconds: 3600,
  unknownMachines: "DISCOVER",
  reason: "rehearsal",
};

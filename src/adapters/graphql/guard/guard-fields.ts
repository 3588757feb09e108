import type { QueryResolvers, SubscriptionResolvers } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { Kind } from "./sight.ts";

/** One of these kinds of things must be seen to ask for a field at all; none: everybody with a token may. */
type KindsOf<Fields> = Readonly<Record<keyof Fields, readonly Kind[]>>;

/** A field that joins the schema and is not here does not compile. Mutations name their scopes themselves. */
export const queryKinds: KindsOf<QueryResolvers> = {
  // Finds whatever is seen, and nothing else.
  node: [],
  machine: ["machines"],
  // The resolver asks for the network and for leases besides.
  bootDecision: ["machines"],
  machines: ["machines"],
  interfaces: ["machines"],
  leases: ["leases"],
  reservations: ["leases"],
  subnet: ["network"],
  subnets: ["network"],
  addressUsage: ["network"],
  clientClasses: ["network"],
  bootEnvironments: ["environments"],
  run: ["runs"],
  runs: ["runs"],
  events: ["events"],
  verification: ["log"],
  diff: ["events"],
  why: ["events"],
  openBulkChanges: ["machines"],
  service: ["service"],
  logSigning: ["service"],
  logArchives: ["service"],
  checkpoints: ["service"],
  inclusionProof: ["events"],
  consistencyProof: ["service"],
  principals: ["access"],
  tokens: ["access"],
  accessRoles: ["access"],
  accessScopes: [],
  viewer: [],
  position: [],
};

export const subscriptionKinds: KindsOf<SubscriptionResolvers> = {
  events: ["events"],
  machineChanged: ["machines"],
  runProgress: ["runs"],
  viewChanged: ["service"],
  verificationProgress: ["log"],
};

type Asked = readonly [root: unknown, args: unknown, context: GraphqlContext, info: unknown];
type Asking = (...asked: Asked) => unknown;

/**
 * The same fields, which refuse before anything else whoever sees nothing of their kind: so nobody learns what is
 * wrong with a question that they may not ask. What is seen of the kind is the views' to say.
 */
export function guardFields<Fields extends object>(fields: Fields, kinds: KindsOf<Fields>): Fields {
  const guarded = Object.entries(fields).map(([name, field]) => [
    name,
    guardField(field, kinds[name as keyof Fields]),
  ]);
  return Object.fromEntries(guarded) as Fields;
}

function guardField(field: Asking | { readonly subscribe: Asking }, kinds: readonly Kind[]): unknown {
  if (kinds.length === 0) return field;
  const asking = typeof field === "function" ? field : field.subscribe;
  const guarded: Asking = (...asked) => {
    const [, , context] = asked;
    context.sight.need(...kinds);
    return asking(...asked);
  };
  return typeof field === "function" ? guarded : { ...field, subscribe: refusingLater(guarded) };
}

/** A feed refuses with its first pull. To fail before counts as a fault of the service. */
function refusingLater(asking: Asking): Asking {
  return (...asked) => {
    try {
      return asking(...asked);
    } catch (error) {
      return {
        next: () => Promise.reject(error),
        return: () => Promise.resolve({ done: true, value: undefined }),
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    }
  };
}

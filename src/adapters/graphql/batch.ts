import type { GraphqlContext } from "./context.ts";

/**
 * Answers what the objects of one page ask for one by one with one look-up: of everything that a request asks for
 * in the same turn. Nothing is remembered for longer.
 *
 * A key that `load` leaves out has no value: `null`.
 */
export function batched<Key, Value>(
  load: (keys: readonly Key[], context: GraphqlContext) => ReadonlyMap<Key, Value>,
): (key: Key, context: GraphqlContext) => Promise<Value | null> {
  const waiting = new WeakMap<GraphqlContext, { keys: Set<Key>; loaded: Promise<ReadonlyMap<Key, Value>> }>();

  function begin(context: GraphqlContext) {
    const keys = new Set<Key>();
    const loaded = Promise.resolve().then(() => {
      waiting.delete(context);
      return load([...keys], context);
    });
    const batch = { keys, loaded };
    waiting.set(context, batch);
    return batch;
  }

  return async (key, context) => {
    const { keys, loaded } = waiting.get(context) ?? begin(context);
    keys.add(key);
    return (await loaded).get(key) ?? null;
  };
}

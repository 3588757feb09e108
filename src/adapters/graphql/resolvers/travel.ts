import type { DiffResolvers, QueryResolvers, WhyResolvers } from "../__generated__/resolvers.ts";
import { beforeAll, shown, thenOf } from "../positions.ts";
import { diffOf, needDiff } from "../travel/diff.ts";
import { whyOf } from "../travel/why.ts";

export const travelQueries: Pick<QueryResolvers, "diff" | "why"> = {
  async diff(_root, { of, from, to, minPosition }, context) {
    needDiff(of ?? undefined, context);
    await shown(context, minPosition);
    const position = to ? undefined : await context.log.head();
    const end = to ?? (position === undefined ? undefined : { position });
    const [first = beforeAll, last = beforeAll] = await Promise.all([
      thenOf(context, from),
      thenOf(context, end),
    ]);
    return diffOf({ of: of ?? undefined, from: first, to: last }, context);
  },

  async why(_root, { at, minPosition, ...asked }, context) {
    await shown(context, minPosition);
    return (await whyOf(asked, await thenOf(context, at), context)) ?? null;
  },
};

export const Diff: Pick<DiffResolvers, "from" | "to"> = {
  from: ({ from: { position } }) => (position === "" ? null : position),
  to: ({ to: { position } }) => (position === "" ? null : position),
};

export const Why: WhyResolvers = {
  event: ({ event }) => event,
  nodes: ({ chain }) => chain,
  edges: ({ chain }) =>
    chain.slice(1).map((effect) => ({ cause: effect.meta.$causationId, effect: effect.id })),
  request({ request }) {
    if (!request) return null;
    const { $causationId: id, actor, source, sourceAddress = null, reason = null } = request;
    return { id, actor, source, sourceAddress, reason };
  },
  truncated: ({ truncated }) => truncated,
};

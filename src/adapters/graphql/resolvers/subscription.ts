import type { EventFeedItemResolvers, SubscriptionResolvers } from "../__generated__/resolvers.ts";
import { eventFeed, type FeedItem } from "../feed.ts";
import { acceptsEvent, checkedFilter, logFilter } from "./event.ts";

export const Subscription: SubscriptionResolvers = {
  events: {
    subscribe(_root, { after, filter }, { log, heartbeatMs, signal, onFault }) {
      const wanted = checkedFilter(filter);
      return eventFeed({
        reader: log,
        after: after ?? undefined,
        filter: logFilter(wanted),
        accepts: acceptsEvent(wanted),
        heartbeatMs,
        signal,
        onFault,
      });
    },
    resolve: (item: FeedItem) => item,
  },
};

export const EventFeedItem: EventFeedItemResolvers = {
  __resolveType: (item) => ("__typename" in item ? item.__typename : "Event"),
};

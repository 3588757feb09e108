import type { ViewStatus } from "../../../projections/projector.ts";
import type {
  EventFeedItemResolvers,
  GapResolvers,
  MachineChangeResolvers,
  MachineFeedItemResolvers,
  RunFeedItemResolvers,
  SubscriptionResolvers,
} from "../__generated__/resolvers.ts";
import { eventFeed } from "../feeds/event-feed.ts";
import { machineFeed } from "../feeds/machine-feed.ts";
import { runFeed } from "../feeds/run-feed.ts";
import { viewFeed } from "../feeds/view-feed.ts";
import type { EventFeedItemModel, MachineFeedItemModel, RunFeedItemModel } from "../list-models.ts";
import { verificationSubscriptions } from "./verification.ts";

export const Subscription: SubscriptionResolvers = {
  ...verificationSubscriptions,
  events: {
    subscribe: (_root, args, context) => eventFeed(args, context),
    resolve: (item: EventFeedItemModel) => item,
  },
  machineChanged: {
    subscribe: (_root, args, context) => machineFeed(args, context),
    resolve: (item: MachineFeedItemModel) => item,
  },
  runProgress: {
    subscribe: (_root, args, context) => runFeed(args, context),
    resolve: (item: RunFeedItemModel) => item,
  },
  viewChanged: {
    subscribe: (_root, args, context) => viewFeed(args, context),
    resolve: (item: ViewStatus) => item,
  },
};

export const EventFeedItem: EventFeedItemResolvers = {
  __resolveType: (item) => ("__typename" in item ? item.__typename : "Event"),
};

export const MachineFeedItem: MachineFeedItemResolvers = { __resolveType: (item) => item.__typename };

export const RunFeedItem: RunFeedItemResolvers = { __resolveType: (item) => item.__typename };

export const MachineChange: MachineChangeResolvers = { machine: ({ machine }) => machine ?? null };

export const Gap: GapResolvers = { from: ({ from }) => from ?? null };

import type { ViewStatus as View } from "../../../projections/projector.ts";
import type {
  QueryResolvers,
  ServiceStatusResolvers,
  ViewState,
  ViewStatusResolvers,
} from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { ServiceModel } from "../models.ts";
import { readSystem } from "../system-state.ts";

const viewStateNames = {
  "catching-up": "CATCHING_UP",
  live: "LIVE",
  retrying: "RETRYING",
  stopped: "STOPPED",
  closed: "STOPPED",
} as const satisfies Record<View["state"], ViewState>;

export const serviceQueries: Pick<QueryResolvers, "service"> = {
  service: (_root, _args, context) => serviceNow(context),
};

/** The service as the log has it now. */
export async function serviceNow({ log }: Pick<GraphqlContext, "log">): Promise<ServiceModel> {
  return { ...(await readSystem(log)), head: await log.head() };
}

export const ServiceStatus: ServiceStatusResolvers = {
  fenced: ({ system }) => system.fenced,
  fencedBecause: ({ restore }) => restore?.message ?? null,
  epoch: ({ system }) => system.epoch,
  clockSteady: ({ system }) => system.clockSuspectSinceMs === undefined,
  position: ({ head }) => head ?? null,
  views: (_service, _args, { views }) => views.projector.status(),
};

export const ViewStatus: ViewStatusResolvers = {
  name: ({ view }) => view,
  state: ({ state }) => viewStateNames[state],
  generation: ({ generation }) => generation,
  position: ({ position }) => position ?? null,
};

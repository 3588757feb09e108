import { Sha256 } from "../../../domain/values/sha256.ts";
import type { BuildKind, BuildPhase } from "../../../projections/build-progress.ts";
import type { ViewStatus as View } from "../../../projections/projector.ts";
import type {
  BackupResolvers,
  QueryResolvers,
  ServiceStatusResolvers,
  ViewBuildKind,
  ViewBuildPhase,
  ViewBuildResolvers,
  ViewState,
  ViewStatusResolvers,
} from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import type { Past, ServiceModel } from "../models.ts";
import { thenOf } from "../positions.ts";
import { readSystem } from "../system-state.ts";

const viewStateNames = {
  "catching-up": "CATCHING_UP",
  live: "LIVE",
  retrying: "RETRYING",
  stopped: "STOPPED",
  closed: "STOPPED",
} as const satisfies Record<View["state"], ViewState>;

const buildKindNames = { "catch-up": "CATCH_UP", rebuild: "REBUILD" } as const satisfies Record<
  BuildKind,
  ViewBuildKind
>;

const buildPhaseNames = { reading: "READING", comparing: "COMPARING" } as const satisfies Record<
  BuildPhase,
  ViewBuildPhase
>;

export const serviceQueries: Pick<QueryResolvers, "service"> = {
  async service(_root, { at }, context) {
    const past = await thenOf(context, at);
    return past ? serviceThen(past, context) : serviceNow(context);
  },
};

/** The service as the log has it now. */
export async function serviceNow({ log }: Pick<GraphqlContext, "log">): Promise<ServiceModel> {
  return { ...(await readSystem(log)), head: await log.head() };
}

/** What the log tells of the service at a moment. */
async function serviceThen(past: Past, { log }: GraphqlContext): Promise<ServiceModel> {
  const { position } = past;
  return { ...(await readSystem(log, position)), head: position === "" ? undefined : position, past };
}

export const ServiceStatus: ServiceStatusResolvers = {
  fenced: ({ system }) => system.fenced,
  fencedBecause: ({ restore }) => restore?.message ?? null,
  epoch: ({ system }) => system.epoch,
  clockSteady: ({ system }) => system.clockSuspectSinceMs === undefined,
  leadership: ({ system }) => system.leadership ?? null,
  position: ({ head }) => head ?? null,
  lastBackup: ({ lastBackup }) => lastBackup ?? null,
  views: ({ past }, _args, { views }) => (past ? [] : views.projector.status()),
};

export const Backup: BackupResolvers = {
  sha256: ({ sha256 }) => Sha256.parse(sha256),
  takenAt: ({ takenAtMs }) => takenAtMs,
};

export const ViewStatus: ViewStatusResolvers = {
  name: ({ view }) => view,
  state: ({ state }) => viewStateNames[state],
  shownVersion: ({ shownVersion }) => shownVersion ?? null,
  generation: ({ generation }) => generation,
  position: ({ position }) => position ?? null,
  building: ({ building }) => building ?? null,
  stoppedBefore: ({ poison }) => poison ?? null,
};

export const ViewBuild: ViewBuildResolvers = {
  kind: ({ kind }) => buildKindNames[kind],
  phase: ({ phase }) => buildPhaseNames[phase],
  etaSeconds: ({ etaSeconds }) => etaSeconds ?? null,
};

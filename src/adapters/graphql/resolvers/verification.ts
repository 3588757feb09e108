import type { Sha256 } from "../../../domain/values/sha256.ts";
import type {
  QueryResolvers,
  SubscriptionResolvers,
  VerificationFindingResolvers,
  VerificationReportResolvers,
  VerificationResolvers,
  VerificationState,
  ViewCheckResolvers,
} from "../__generated__/resolvers.ts";
import type { Verification as VerificationModel, VerifyProgress } from "../audit/verifier.ts";

export const verificationQueries: Pick<QueryResolvers, "verification"> = {
  verification: (_root, _args, { verifier }) => verifier.newest() ?? null,
};

export const verificationSubscriptions: Pick<SubscriptionResolvers, "verificationProgress"> = {
  verificationProgress: {
    subscribe: (_root, _args, { verifier, signal }) => verifier.follow(signal),
    resolve: (verification: VerificationModel) => verification,
  },
};

const stateNames = {
  running: "RUNNING",
  ended: "ENDED",
  cancelled: "CANCELLED",
  failed: "FAILED",
} as const satisfies Record<VerificationModel["state"], VerificationState>;

export const Verification: VerificationResolvers = {
  id: ({ id }) => id,
  actor: ({ actor }) => actor,
  startedAt: ({ startedAtMs }) => startedAtMs,
  endedAt: ({ endedAtMs }) => endedAtMs ?? null,
  state: ({ state }) => stateNames[state],
  stage: ({ progress: { stage } }) => (stage === "log" ? "LOG" : "VIEWS"),
  done: ({ progress }) => progress.events,
  total: ({ progress }) => progress.of,
  perSecond: ({ progress }) => progress.perSecond,
  secondsLeft: ({ state, progress }) => (state === "running" ? secondsLeft(progress) : null),
  report: ({ report }) => report ?? null,
  views: ({ views }) => views,
  failure: ({ failure }) => failure ?? null,
};

export const VerificationReport: VerificationReportResolvers = {
  logId: ({ logId }) => logId,
  incarnation: ({ incarnation }) => incarnation,
  events: ({ events }) => events,
  // SHA-256 in hex, as the tree makes it.
  root: ({ root }) => root as Sha256,
  signedEvents: ({ vouched }) => vouched ?? null,
  findingCount: ({ findingCount }) => findingCount,
  findings: ({ findings }) => findings,
};

export const VerificationFinding: VerificationFindingResolvers = {
  code: ({ code }) => code,
  ordinal: ({ position }) => (position === 0 ? null : position),
  stream: ({ stream }) => stream ?? null,
  revision: ({ revision }) => revision ?? null,
  message: ({ message }) => message,
};

export const ViewCheck: ViewCheckResolvers = {
  view: ({ view }) => view,
  position: ({ position }) => position ?? null,
  digest: ({ digest }) => (digest === undefined ? null : (digest as Sha256)),
  difference: ({ difference }) => difference ?? null,
};

function secondsLeft({ events, of, perSecond }: VerifyProgress): number | null {
  return perSecond === 0 ? null : Math.ceil((of - events) / perSecond);
}

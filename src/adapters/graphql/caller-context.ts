import type { FastifyRequest } from "fastify";
import type { EventStore, Position } from "../../domain/ports/event-store.ts";
import type { OpenOverlay } from "../../domain/ports/overlay-store.ts";
import type { PastViews } from "../../projections/past/past-views.ts";
import type { ViewConnection } from "../../projections/view-connection.ts";
import type { AccessDesk } from "../access/access-desk.ts";
import { accessViews } from "../access/access-views.ts";
import type { Caller } from "../access/caller.ts";
import type { AccessRegistry } from "../access/registry.ts";
import { createCommands } from "./commands.ts";
import type { ApiServices, GraphqlContext } from "./context.ts";
import { guardCommands } from "./guard/guard-commands.ts";
import { guardChanges, guardLog } from "./guard/guard-log.ts";
import { guardViews } from "./guard/guard-views.ts";
import { ownersIn } from "./guard/owners.ts";
import { sightOf } from "./guard/sight.ts";
import { liveRuns } from "./mutations/live-runs.ts";
import { accessOfMoments } from "./past/access-of-moments.ts";
import { pastLists } from "./past/past-lists.ts";

/** What the contexts of all callers are made of. */
export interface Unguarded extends Omit<ApiServices, "commands"> {
  readonly store: EventStore;
  readonly openOverlay: OpenOverlay;
  readonly access: AccessRegistry;
  readonly desk: AccessDesk;
  readonly pasts: PastViews;
  /** The view of the fleet. */
  readonly fleetNow: ViewConnection;
}

/** Who asks, and through what. */
interface Asking {
  readonly caller: Caller;
  readonly request: Pick<FastifyRequest, "headers" | "ip">;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** The form of version 00, W3C Trace Context s. 3.2.2. */
const traceparentForm = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** What one caller's resolvers get. Nothing in it reaches further than the caller may. */
export function contextOf(
  { store, openOverlay, access, desk, pasts, fleetNow, views, log, ...services }: Unguarded,
  { caller, request, signal }: Asking,
): GraphqlContext {
  const { traceparent } = request.headers;
  const { rights } = caller;
  const { clock, newId } = services;
  const actor = `user:${caller.name}`;
  const owners = ownersIn(views);
  const sight = sightOf(rights, owners);
  const needAccess = () => sight.need("access");
  const commandsOn = (target: EventStore) =>
    guardCommands(createCommands(target, newId), { rights, log: target, known: access.known, desk });
  const liveRunsOn = (target: EventStore) => (until: Position) => {
    sight.need("operate");
    return liveRuns(target, until);
  };

  const context: GraphqlContext = {
    ...services,
    views: guardViews(views, { rights, sight, owners, actor }),
    log: guardLog(log, { sight, views }),
    pastLists: (past) =>
      pastLists({ pasts, fleet: fleetNow, machines: views.lists.machines }, { past, sight, actor }),
    changeLog: guardChanges(log, sight),
    commands: commandsOn(store),
    liveRuns: liveRunsOn(store),
    access: accessViews({ registry: access, caller, clock, need: needAccess }),
    accessThen: accessOfMoments(store, {
      positionBefore: views.events.positionBefore,
      caller,
      need: needAccess,
    }),
    refreshAccess: access.refresh,
    caller,
    rights: rights(),
    sight,
    actor,
    sourceAddress: request.ip,
    ...(typeof traceparent === "string" && traceparentForm.test(traceparent) && { traceparent }),
    signal,
    async rehearse(act) {
      const overlay = await openOverlay(store);
      const rehearsed = {
        log: guardLog(overlay, { sight, views }),
        commands: commandsOn(overlay),
        liveRuns: liveRunsOn(overlay),
      };
      try {
        return await act({ context: { ...context, ...rehearsed }, log: overlay });
      } finally {
        await overlay.close();
      }
    },
  };
  return context;
}

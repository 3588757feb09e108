import type { FastifyReply } from "fastify";
import { z } from "zod";
import { MacAddress } from "../../../domain/values/mac-address.ts";
import type { Moment } from "../__generated__/resolvers.ts";
import { refuseUnknown } from "../entrance.ts";
import { formatErrors } from "../error-format.ts";
import { apiError } from "../errors.ts";
import type { ApiServerOptions, RouteGroup } from "../server.ts";
import { explainBoot, needExplaining } from "./explain.ts";
import { hintsOf } from "./hints.ts";
import { explanationText } from "./text.ts";

const statusOf: Readonly<Record<string, number>> = {
  FORBIDDEN: 403,
  PROJECTION_BEHIND: 503,
  PROJECTION_BUILDING: 503,
  LOG_UNREADABLE: 503,
  LOG_ARCHIVE_MISSING: 503,
  LOG_CLOSED: 503,
};

/** A request over HTTP ends by itself. */
const neverEnds = new AbortController().signal;

/**
 * `GET /explain/<mac>`: what `bootDecision` says, as plain text. `?at=` takes a time (RFC 3339) or a position; what
 * the client says of itself is named as in `BootClientInput`, architectures as in events: `x64-uefi`.
 */
export function explainRoute(contextOf: ApiServerOptions["contextOf"]): RouteGroup {
  return {
    openPaths: [],
    async register(app, callerOf) {
      await app.register(async (routes) => {
        routes.setErrorHandler<Error>((thrown, request, reply) => {
          const { errors, faults } = formatErrors([thrown], { requestId: request.id, executed: false });
          for (const err of faults) request.log.error({ err }, "a request met a fault");
          const code = String(errors[0]?.extensions?.["code"]);
          return reply.code(faults.length > 0 ? 500 : (statusOf[code] ?? 400)).send({ errors });
        });
        routes.get<{ Params: { mac: string }; Querystring: Record<string, unknown> }>(
          "/explain/:mac",
          async (request, reply): Promise<FastifyReply> => {
            const context = contextOf(callerOf(request), request, neverEnds);
            needExplaining(context);
            const { at, ...client } = request.query;
            const asked = {
              interface: { mac: macOf(request.params.mac) },
              at: momentOf(at),
              client: hintsOf(client),
            };
            const found = await explainBoot(asked, context);
            if (!found) {
              await refuseUnknown(reply);
              return reply;
            }
            return reply.type("text/plain; charset=utf-8").send(explanationText(found.explained));
          },
        );
      });
    },
  };
}

/** @throws GraphQLError `INPUT_INVALID` */
function macOf(text: string): MacAddress {
  const parsed = MacAddress.safeParse(text);
  if (parsed.success) return parsed.data;
  throw apiError("INPUT_INVALID", "expected a MAC address such as 52:54:00:12:34:56 behind /explain/");
}

/** A time, or a position of the log. @throws GraphQLError `INPUT_INVALID` */
function momentOf(at: unknown): Moment | undefined {
  if (at === undefined) return undefined;
  const time = z.iso.datetime({ offset: true }).safeParse(at);
  if (time.success) return { time: Date.parse(time.data) };
  const position = z.string().min(1).max(200).safeParse(at);
  if (position.success) return { position: position.data };
  throw apiError(
    "INPUT_INVALID",
    "at: expected a time such as 2026-01-01T03:12:00Z, or a position of the log",
  );
}

import type { FastifyReply } from "fastify";
import { z } from "zod";
import { apiError, apiErrorCodes, internalError, visibleError } from "../../adapters/graphql/errors.ts";
import { needOneOf } from "../../adapters/graphql/guard/forbidden.ts";
import type { RouteGroup } from "../../adapters/graphql/server.ts";
import type { LogExports } from "./log-exports.ts";

/** Types that one export may name. */
const typesMax = 100;

const Position = z.string().min(1).max(64).optional();

/** One, or several of the same name. */
const Types = z.preprocess(
  (value) => (typeof value === "string" ? [value] : value),
  z.array(z.string().min(1).max(255)).min(1).max(typesMax).optional(),
);

const Moment = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .optional();

/** What may stand behind `/export?`. */
const Query = z
  .strictObject({
    format: z.enum(["verifiable", "cloudevents"]).default("verifiable"),
    after: Position,
    through: Position,
    resumeAfter: Position,
    type: Types,
    since: Moment,
    until: Moment,
  })
  .refine(({ format, type, since, until }) => format === "cloudevents" || !(type ?? since ?? until), {
    error: "a verifiable file has every event: type, since and until are for format=cloudevents",
    path: ["format"],
  });

/** Of the answers that are not 400. */
const statusOf: Readonly<Record<string, number>> = {
  FORBIDDEN: 403,
  TOO_MANY_EXPORTS: 503,
  LOG_UNREADABLE: 503,
  LOG_ARCHIVE_MISSING: 503,
  LOG_CLOSED: 503,
};

/** When to ask again while as many exports are under way as may be, seconds. */
const retryAfterSeconds = 30;

/**
 * `GET /export`: the log, or what comes after a position of it, a line of JSON for each event, made while it is taken.
 * An export tells of every event, whosever it is, and so takes the scope for the log as a whole.
 */
export function exportRoute(exports: LogExports): RouteGroup {
  return {
    openPaths: [],
    async register(app, callerOf) {
      await app.register(async (routes) => {
        routes.setErrorHandler<Error>((thrown, request, reply) => {
          const visible = visibleError(thrown);
          if (!visible) request.log.error({ err: thrown }, "an export met a fault");
          const error = visible ?? internalError(request.id);
          const status = visible ? (statusOf[String(visible.extensions["code"])] ?? 400) : 500;
          return reply.code(status).send({ errors: [error] });
        });
        routes.get("/export", async (request, reply): Promise<FastifyReply> => {
          needOneOf(callerOf(request).rights(), ["log:read"]);
          const { type: types, since: sinceMs, until: untilMs, ...wanted } = queryOf(request.query);
          const begun = await exports.start({ ...wanted, choice: { types, sinceMs, untilMs } });
          if (!begun) {
            reply.header("retry-after", String(retryAfterSeconds));
            throw apiError("TOO_MANY_EXPORTS", apiErrorCodes.TOO_MANY_EXPORTS);
          }
          const { logId, through, chunks } = begun;
          if (through !== undefined) reply.header("ironledger-through", through);
          // Where little is chosen the first octet is far: whoever asked knows at once that they are answered.
          reply.raw.once("pipe", () => reply.raw.flushHeaders());
          chunks.once("error", (err) =>
            request.log.warn({ err }, "an export broke off before its last line"),
          );
          return reply
            .type("application/x-ndjson")
            .header(
              "content-disposition",
              `attachment; filename="ironledger-${logId}.${wanted.format}.ndjson"`,
            )
            .send(chunks);
        });
      });
    },
  };
}

/** @throws GraphQLError `INPUT_INVALID` */
function queryOf(query: unknown): z.infer<typeof Query> {
  const parsed = Query.safeParse(query);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") ?? "";
  throw apiError("INPUT_INVALID", `${field === "" ? "the query" : field}: ${issue?.message}`, { field });
}

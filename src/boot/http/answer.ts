import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { illFormedAt, illFormedMessage } from "../../domain/values/ill-formed.ts";
import { Ipv4 } from "../../domain/values/ipv4.ts";

/** What a machine is answered, apart from files. */
export type Answer =
  | { readonly outcome: "ok"; readonly body: object }
  /** Also for tokens and nonces that are wrong: nobody learns which it was. */
  | { readonly outcome: "not-found" }
  /** The token is right and the body is not. `message` names field and value. */
  | { readonly outcome: "invalid"; readonly message: string }
  /** The log cannot take it now. Worth sending again. */
  | { readonly outcome: "unavailable" };

export const notFound: Answer = { outcome: "not-found" };

export function ok(body: object = {}): Answer {
  return { outcome: "ok", body };
}

/** Seconds after which a machine may try again. */
const retryAfterSeconds = 5;

export function send(reply: FastifyReply, answer: Answer): FastifyReply {
  switch (answer.outcome) {
    case "ok":
      return reply.code(200).send(answer.body);
    case "not-found":
      return reply.code(404).send({ error: "not found" });
    case "invalid":
      return reply.code(400).send({ error: "invalid", message: answer.message });
    case "unavailable":
      return reply.code(503).header("retry-after", retryAfterSeconds).send({ error: "unavailable" });
  }
}

/** The token of `Authorization: Bearer` (RFC 6750 s. 2.1); `""` when there is none of that form. */
export function bearerToken({ headers }: FastifyRequest): string {
  return /^Bearer ([A-Za-z0-9_-]{1,128})$/i.exec(headers.authorization ?? "")?.[1] ?? "";
}

/** Where the request came from: the connection's own end, whatever headers say. */
export function sourceOf({ socket }: FastifyRequest): Ipv4 | undefined {
  return Ipv4.safeParse((socket.remoteAddress ?? "").replace(/^::ffff:/, "")).data;
}

/** The body in the shape that is asked for, or what is wrong with it. */
export function parseBody<Body>(
  schema: z.ZodType<Body>,
  body: unknown,
): { readonly body: Body } | { readonly invalid: Answer } {
  const parsed = schema.safeParse(body);
  if (parsed.success) {
    const path = illFormedAt(parsed.data);
    if (path === undefined) return { body: parsed.data };
    return { invalid: { outcome: "invalid", message: `${path}: ${illFormedMessage}` } };
  }
  const issues = parsed.error.issues.slice(0, 5);
  const message = issues
    .map(({ path, message: what }) => `${path.join(".") || "the body"}: ${what}`)
    .join("; ");
  return { invalid: { outcome: "invalid", message } };
}

import { z } from "zod";

/** The subprotocol (graphql-transport-ws, github.com/enisdenjo/graphql-ws, PROTOCOL.md). The older one is not spoken. */
export const subprotocol = "graphql-transport-ws";

/** Why a socket is closed, in the protocol's numbers where it has one. */
export const closeReasons = {
  badMessage: [4400, "Bad message"],
  unauthorized: [4401, "Unauthorized"],
  forbidden: [4403, "Forbidden"],
  subprotocolNotAcceptable: [4406, "Subprotocol not acceptable"],
  initTimeout: [4408, "Connection initialisation timeout"],
  subscriberExists: [4409, "Subscriber already exists"],
  tooManyInits: [4429, "Too many initialisation requests"],
  tooManyAttempts: [4429, "Too many failed attempts"],
  goingAway: [1001, "Service is stopping"],
  tooManySockets: [1013, "Too many connections"],
  tooManySocketsOfOne: [1013, "Too many connections of one principal"],
} as const;
export type CloseReason = keyof typeof closeReasons;

const OperationId = z.string().min(1).max(128);

const ClientMessage = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("connection_init"),
    payload: z.object({ authorization: z.unknown() }).partial().nullish(),
  }),
  z.object({
    type: z.literal("subscribe"),
    id: OperationId,
    payload: z.object({
      query: z.string().optional(),
      operationName: z.string().nullish(),
      variables: z.record(z.string(), z.unknown()).nullish(),
      extensions: z.unknown().optional(),
    }),
  }),
  z.object({ type: z.literal("complete"), id: OperationId }),
  z.object({ type: z.literal("ping") }),
  z.object({ type: z.literal("pong") }),
]);

/** What a client may say. Parsing leaves out whatever else a message carries, extensions above all. */
export type ClientMessage = z.infer<typeof ClientMessage>;
export type SubscribeMessage = Extract<ClientMessage, { type: "subscribe" }>;

/** The message in a text frame; `undefined` when it is none of the protocol. */
export function parseClientMessage(text: string): ClientMessage | undefined {
  try {
    return ClientMessage.safeParse(JSON.parse(text)).data;
  } catch {
    // Whatever is no JSON is no message: the socket is closed for it.
    return undefined;
  }
}

const outgoingHead = /^\{"type":"([a-z_]+)"(?:,"id":("(?:[^"\\]|\\.)*"))?/;

/** Type and operation of a message that mercurius sends, read from its first fields: payloads can be large. */
export function headOf(outgoing: string): { readonly type: string; readonly id: string | undefined } {
  const [, type = "", id] = outgoingHead.exec(outgoing) ?? [];
  return { type, id: id === undefined ? undefined : String(JSON.parse(id)) };
}

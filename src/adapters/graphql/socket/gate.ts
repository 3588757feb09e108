import { EventEmitter } from "node:events";
import type { GraphQLError } from "graphql";
import type { RawData, WebSocket } from "ws";
import { apiError } from "../errors.ts";
import {
  type CloseReason,
  closeReasons,
  headOf,
  parseClientMessage,
  type SubscribeMessage,
} from "./messages.ts";

/** How many bytes may wait for a client that asks but does not read, before its socket is ended. */
const unreadBytesMax = 1_048_576;

export interface GateOptions<Caller> {
  /** Who holds the token of an `Authorization` value; `undefined` when nobody does. */
  readonly authenticate: (authorization: unknown) => Caller | undefined;
  /** What is wrong with a document before anybody looks at its meaning; `undefined`: nothing. */
  readonly documentProblem: (message: SubscribeMessage["payload"]) => GraphQLError | undefined;
  /** How long a socket may live without `connection_init`. */
  readonly initTimeoutMs: number;
  /** How often a socket is asked for a sign of life, and its token looked at again. */
  readonly pingMs: number;
  readonly subscriptionsMax: number;
}

/**
 * Stands between a client's socket and mercurius, which takes it for the socket itself.
 *
 * mercurius 16 waits for `connection_init` for ever, takes a second one, lets an operation id be used twice,
 * turns the payload of `connection_init` into request headers, and forgets what it holds of an operation that
 * failed. Here only messages pass that are due, rebuilt from their known fields.
 */
export class SocketGate<Caller> extends EventEmitter {
  readonly protocol: string;
  readonly #socket: WebSocket;
  readonly #options: GateOptions<Caller>;
  readonly #operations = new Map<string, { readonly abort: AbortController; abandoned: boolean }>();
  readonly #initTimer: NodeJS.Timeout;
  readonly #pingTimer: NodeJS.Timeout;
  #authorization: unknown;
  #caller: Caller | undefined;
  #acknowledged = false;
  #initialised = false;
  #alive = true;

  /** `authorization`: the header of the upgrade request, for clients that can set one. */
  constructor(socket: WebSocket, authorization: unknown, options: GateOptions<Caller>) {
    super();
    this.protocol = socket.protocol;
    this.#socket = socket;
    this.#authorization = authorization;
    this.#options = options;
    this.#initTimer = setTimeout(() => this.#end("initTimeout"), options.initTimeoutMs);
    this.#pingTimer = setInterval(() => this.#checkLife(), options.pingMs);
    socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    socket.on("pong", () => {
      this.#alive = true;
    });
    socket.on("error", (error) => {
      if (this.listenerCount("error") > 0) this.emit("error", error);
    });
    socket.on("close", (code, reason) => this.#closed(code, reason));
  }

  get readyState(): number {
    return this.#socket.readyState;
  }

  /** Who is at the other end. Only known once `connection_init` was let through. */
  get caller(): Caller {
    if (this.#caller === undefined) throw new Error("nobody is known before connection_init");
    return this.#caller;
  }

  /** Aborts when the client completes the operation, or its socket is gone. */
  signalOf(operation: string): AbortSignal {
    return this.#operations.get(operation)?.abort.signal ?? AbortSignal.abort();
  }

  /** What mercurius says. Calls back when the operating system has taken it: a feed waits for that. */
  send(text: string, done: (error?: Error) => void): void {
    const { type, id } = headOf(text);
    if (type === "connection_ack") this.#acknowledged = true;
    const operation = id === undefined ? undefined : this.#operations.get(id);
    if (id !== undefined && (type === "complete" || type === "error")) this.#forget(id, type);
    if (operation?.abandoned) done();
    else this.#socket.send(text, done);
  }

  /** Called by mercurius when it is done with the socket. */
  close(code?: number, reason?: string | Buffer): void {
    this.#socket.close(code, reason);
  }

  #receive(data: RawData, isBinary: boolean): void {
    // A socket that is being closed still delivers what was under way.
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const message = isBinary ? undefined : parseClientMessage(data.toString());
    switch (message?.type) {
      case undefined:
        this.#end("badMessage");
        break;
      case "connection_init":
        this.#initialise(message.payload?.authorization);
        break;
      case "subscribe":
        this.#subscribe(message);
        break;
      case "complete":
        this.#complete(message.id);
        break;
      case "ping":
        this.#reply({ type: "pong" });
        break;
      case "pong":
        break;
    }
  }

  #initialise(authorization: unknown): void {
    if (this.#initialised) {
      this.#end("tooManyInits");
      return;
    }
    this.#initialised = true;
    clearTimeout(this.#initTimer);
    this.#authorization = authorization ?? this.#authorization;
    this.#caller = this.#options.authenticate(this.#authorization);
    if (this.#caller === undefined) this.#end("forbidden");
    else this.#pass({ type: "connection_init" });
  }

  #subscribe(message: SubscribeMessage): void {
    const { id, payload } = message;
    if (!this.#acknowledged) this.#end("unauthorized");
    else if (this.#operations.has(id)) this.#end("subscriberExists");
    else {
      const problem = this.#tooMany() ?? this.#options.documentProblem(payload);
      if (problem) {
        this.#reply({ type: "error", id, payload: [problem] });
        return;
      }
      this.#operations.set(id, { abort: new AbortController(), abandoned: false });
      this.#pass(message);
    }
  }

  #tooMany(): GraphQLError | undefined {
    const { subscriptionsMax } = this.#options;
    if (this.#operations.size < subscriptionsMax) return undefined;
    const message = `${subscriptionsMax} subscriptions are open: complete one first`;
    return apiError("TOO_MANY_SUBSCRIPTIONS", message);
  }

  #complete(id: string): void {
    const operation = this.#operations.get(id);
    if (!operation) return;
    // mercurius may still be starting it, and would not hear of its end: the feed itself ends.
    operation.abandoned = true;
    operation.abort.abort();
    this.#pass({ type: "complete", id });
  }

  /** mercurius has ended the operation: its id may be used again. */
  #forget(id: string, how: "complete" | "error"): void {
    this.#operations.get(id)?.abort.abort();
    this.#operations.delete(id);
    if (how === "error") this.#pass({ type: "complete", id });
  }

  #pass(message: object): void {
    this.emit("message", JSON.stringify(message), false);
  }

  #reply(message: object): void {
    if (this.#socket.bufferedAmount > unreadBytesMax) this.#socket.terminate();
    else this.#socket.send(JSON.stringify(message));
  }

  #checkLife(): void {
    if (!this.#alive) {
      this.#socket.terminate();
      return;
    }
    if (this.#acknowledged && !this.#options.authenticate(this.#authorization)) {
      this.#end("forbidden");
      return;
    }
    this.#alive = false;
    this.#socket.ping();
  }

  #end(reason: CloseReason): void {
    const [code, text] = closeReasons[reason];
    this.#socket.close(code, text);
  }

  #closed(code: number, reason: Buffer): void {
    clearTimeout(this.#initTimer);
    clearInterval(this.#pingTimer);
    for (const { abort } of this.#operations.values()) abort.abort();
    this.#operations.clear();
    this.emit("close", code, reason);
  }
}

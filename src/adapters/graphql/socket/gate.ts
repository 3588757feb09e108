import { EventEmitter } from "node:events";
import type { Writable } from "node:stream";
import type { GraphQLError } from "graphql";
import type { RawData, WebSocket } from "ws";
import type { Caller } from "../../access/caller.ts";
import { apiError } from "../errors.ts";
import {
  type CloseReason,
  closeReasons,
  headOf,
  parseClientMessage,
  type SubscribeMessage,
} from "./messages.ts";
import { type Standing, type StandingOptions, watchStanding } from "./standing.ts";

/**
 * How many bytes may wait for a client that asks for more, before its socket is ended. A feed asks by itself only when
 * the operating system has taken what it brought: without the client's doing, one item of each waits at most.
 */
const unreadBytesMax = 1_048_576;

/** How long a client may take to say goodbye. */
export const farewellMs = 1_000;

export interface GateOptions extends StandingOptions {
  /** Counts credentials that count for nothing. Seconds to wait when the address showed too many of them. */
  readonly countFailure: (address: string) => number | undefined;
  /** The text of what a client subscribes to, or what is wrong with it before anybody looks at its meaning. */
  readonly documentOf: (message: SubscribeMessage["payload"]) => string | GraphQLError;
  readonly seats: Seats;
  /** How long a socket may live without `connection_init`. */
  readonly initTimeoutMs: number;
  /** How often a socket is asked for a sign of life, and its token looked at again. */
  readonly pingMs: number;
  readonly subscriptionsMax: number;
}

/** The sockets that each principal may have open. */
export interface Seats {
  /** Takes one more, if there is one. */
  take(principalId: string): boolean;
  leave(principalId: string): void;
}

/** Whose upgrade request a socket came from. */
export interface GateClient {
  /** The request's header, for clients that can set one. */
  readonly authorization: unknown;
  /** The network address that it came from. */
  readonly address: string;
  /** What the socket writes to. */
  readonly wire: Pick<Writable, "cork" | "uncork">;
}

/**
 * Stands between a client's socket and mercurius, which takes it for the socket itself.
 *
 * mercurius 16 waits for `connection_init` for ever, takes a second one, lets an operation id be used twice,
 * turns the payload of `connection_init` into request headers, and forgets what it holds of an operation that
 * failed. Here only messages pass that are due, rebuilt from their known fields.
 */
export class SocketGate extends EventEmitter {
  readonly protocol: string;
  readonly #socket: WebSocket;
  readonly #options: GateOptions;
  readonly #client: GateClient;
  readonly #operations = new Map<string, { readonly abort: AbortController; abandoned: boolean }>();
  readonly #initTimer: NodeJS.Timeout;
  readonly #pingTimer: NodeJS.Timeout;
  #standing: Standing | undefined;
  #corked = false;
  #acknowledged = false;
  #initialised = false;
  #alive = true;

  constructor(socket: WebSocket, client: GateClient, options: GateOptions) {
    super();
    this.protocol = socket.protocol;
    this.#socket = socket;
    this.#client = client;
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
    if (this.#standing === undefined) throw new Error("nobody is known before connection_init");
    return this.#standing.caller;
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
    else {
      this.#cork();
      this.#socket.send(text, done);
    }
  }

  /** What one event brings for all feeds of the socket leaves in one write. */
  #cork(): void {
    if (this.#corked) return;
    this.#corked = true;
    const { wire } = this.#client;
    wire.cork();
    setImmediate(() => {
      this.#corked = false;
      wire.uncork();
    });
  }

  /** Called by mercurius when it is done with the socket. */
  close(code?: number, reason?: string | Buffer): void {
    this.#socket.close(code, reason);
  }

  #receive(data: RawData, isBinary: boolean): void {
    // A socket that is being closed still delivers what was under way.
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const message = isBinary ? undefined : parseClientMessage(data.toString());
    const asks = message?.type === "subscribe" || message?.type === "ping";
    if (asks && this.#socket.bufferedAmount > unreadBytesMax) {
      this.#socket.terminate();
      return;
    }
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
    const shown = authorization ?? this.#client.authorization;
    const { address } = this.#client;
    const standing = watchStanding({ authorization: shown, address }, this.#options, () =>
      this.#end("forbidden"),
    );
    if (!standing) {
      const isTooMany = shown !== undefined && this.#options.countFailure(address) !== undefined;
      this.#end(isTooMany ? "tooManyAttempts" : "forbidden");
    } else if (!this.#options.seats.take(standing.caller.principalId)) {
      standing.end();
      this.#end("tooManySocketsOfOne");
    } else {
      this.#standing = standing;
      this.#pass({ type: "connection_init" });
    }
  }

  #subscribe(message: SubscribeMessage): void {
    const { id, payload } = message;
    if (!this.#acknowledged) this.#end("unauthorized");
    else if (this.#operations.has(id)) this.#end("subscriberExists");
    else {
      const query = this.#tooMany() ?? this.#options.documentOf(payload);
      if (typeof query !== "string") {
        this.#reply({ type: "error", id, payload: [query] });
        return;
      }
      const { operationName, variables } = payload;
      this.#operations.set(id, { abort: new AbortController(), abandoned: false });
      this.#pass({ type: "subscribe", id, payload: { query, operationName, variables } });
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
    this.#socket.send(JSON.stringify(message));
  }

  #checkLife(): void {
    if (!this.#alive) {
      this.#socket.terminate();
      return;
    }
    this.#standing?.check();
    this.#alive = false;
    this.#socket.ping();
  }

  #end(reason: CloseReason): void {
    const [code, text] = closeReasons[reason];
    this.#socket.close(code, text);
    this.#abortAll();
    // A client that does not answer is not waited for: it would hold what the socket holds.
    setTimeout(() => this.#socket.terminate(), farewellMs).unref();
  }

  #abortAll(): void {
    for (const { abort } of this.#operations.values()) abort.abort();
  }

  #closed(code: number, reason: Buffer): void {
    clearTimeout(this.#initTimer);
    clearInterval(this.#pingTimer);
    if (this.#standing) {
      this.#standing.end();
      this.#options.seats.leave(this.#standing.caller.principalId);
    }
    this.#abortAll();
    this.#operations.clear();
    this.emit("close", code, reason);
  }
}

import type { RemoteInfo, Socket } from "node:dgram";
import { blocksOf } from "./blocks.ts";
import type { TftpContent, TftpFile } from "./files.ts";
import type { TransferTerms } from "./negotiate.ts";
import type { Guest } from "./places.ts";
import { Transfer, type TransferEnd } from "./transfer.ts";
import type { Turn } from "./turn.ts";
import type { Wakeful } from "./wakeful.ts";

/** Where requests are served from, shared by all sessions. */
export interface SessionSurroundings {
  readonly turn: Turn;
  readonly wakeful: Wakeful;
  /** Tells somebody who is not the client that this port is not his. */
  readonly onStranger: (socket: Socket, datagram: Buffer, from: RemoteInfo) => void;
  readonly onError: (error: unknown) => void;
  readonly onEnd: (session: Session, end: TransferEnd) => void;
}

interface Loading {
  readonly file: TftpFile;
  readonly content: TftpContent;
  readonly terms: TransferTerms;
  /** Not bound yet: its port becomes our transfer id (RFC 1350 s. 4). */
  readonly socket: Socket;
  readonly bind: () => void;
}

/** How long the file may be looked for, milliseconds. */
const lookingMsMax = 10_000;

/** One client from its request to its end: first its file is looked for, then sent. */
export class Session implements Guest {
  readonly key: string;
  readonly source: string;
  /** The first packet, to tell a repeated request from a new one. */
  readonly request: Buffer;
  readonly #port: number;
  readonly #surroundings: SessionSurroundings;
  readonly #beganMs: number;
  #sending: { readonly file: TftpFile; readonly transfer: Transfer; readonly socket: Socket } | undefined;
  #isOver = false;

  constructor(from: RemoteInfo, request: Buffer, surroundings: SessionSurroundings) {
    this.key = keyOf(from);
    this.source = from.address;
    this.request = request;
    this.#port = from.port;
    this.#surroundings = surroundings;
    this.#beganMs = performance.now();
  }

  /** The file that is being sent. */
  get file(): TftpFile | undefined {
    return this.#sending?.file;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  isDoubtful(): boolean {
    return this.#sending?.transfer.isProven === false;
  }

  load({ file, content, terms, socket, bind }: Loading): void {
    const transfer: Transfer = new Transfer({
      terms,
      turn: this.#surroundings.turn,
      blocks: blocksOf(content, {
        onReady: () => transfer.resume(performance.now()),
        onFailed: (error) => {
          this.#surroundings.onError(error);
          transfer.fail();
        },
      }),
      send: (packet, length) => {
        // A part of a buffer is an object more, and all blocks but the last are whole.
        const whole = length === packet.length ? packet : packet.subarray(0, length);
        socket.send(whole, this.#port, this.source);
        return socket.getSendQueueCount() === 0;
      },
      onEnd: (end) => this.#end(end),
    });
    this.#sending = { file, transfer, socket };
    socket.on("message", (datagram: Buffer, from: RemoteInfo) => this.#receive(datagram, from));
    socket.on("error", (error) => {
      this.#surroundings.onError(error);
      if (this.#isOver) return;
      this.stop();
      this.#surroundings.onEnd(this, { outcome: "failed" });
    });
    socket.once("listening", () => {
      if (!this.#isOver) transfer.begin(performance.now());
    });
    bind();
  }

  tick(nowMs: number): void {
    if (this.#sending) this.#sending.transfer.tick(nowMs);
    else if (nowMs - this.#beganMs > lookingMsMax) this.#end({ outcome: "failed" });
  }

  stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (!this.#sending) return;
    const { transfer, socket } = this.#sending;
    transfer.stop();
    // A last packet that was just handed over must leave before the socket is closed.
    setImmediate(() => socket.close());
  }

  #receive(datagram: Buffer, from: RemoteInfo): void {
    const { onStranger, wakeful } = this.#surroundings;
    if (this.#isOver || !this.#sending) return;
    const { transfer, socket } = this.#sending;
    if (from.port !== this.#port || from.address !== this.source) {
      onStranger(socket, datagram, from);
      return;
    }
    const nowMs = performance.now();
    const answerMs = nowMs - transfer.sentMs;
    transfer.receive(datagram, nowMs);
    if (!this.#isOver) wakeful.expectAnswer(nowMs, answerMs);
  }

  #end(end: TransferEnd): void {
    this.stop();
    this.#surroundings.onEnd(this, end);
  }
}

export function keyOf({ address, port }: RemoteInfo): string {
  return `${address}:${port}`;
}

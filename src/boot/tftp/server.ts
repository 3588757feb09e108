import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";
import { Ipv4 } from "../../domain/values/ipv4.ts";
import { ErrorTeller } from "./error-teller.ts";
import type { TftpFile, TftpFiles } from "./files.ts";
import { negotiate, type TransferLimits } from "./negotiate.ts";
import { inNetascii } from "./netascii.ts";
import { decodeTftp, type ReadRequest } from "./packet.ts";
import { Places } from "./places.ts";
import { notFound, refusalOf, type TftpRefusal } from "./refusal.ts";
import { keyOf, Session, type SessionSurroundings } from "./session.ts";
import type { TransferEnd } from "./transfer.ts";
import { eventLoopTurn } from "./turn.ts";
import { wakefulLoop } from "./wakeful.ts";

/** What the server tells of what it did. */
export interface TftpObserver {
  /** The client acknowledged the last block. */
  served(event: { readonly address: Ipv4; readonly file: Pick<TftpFile, "name" | "size" | "sha256"> }): void;
  refused(event: {
    readonly address: Ipv4;
    readonly request: string;
    readonly refusal: Pick<TftpRefusal, "code" | "message">;
  }): void;
}

/** How often what happened since the start. */
interface TftpCounters {
  /** Now. */
  readonly active: number;
  readonly completed: number;
  readonly aborted: number;
  readonly silent: number;
  /** The file could not be read, or not be found in time. */
  readonly failed: number;
  readonly refused: number;
  /** Requests left unanswered, because all places were taken. */
  readonly dropped: number;
  /** Requests left unanswered, because one address had its share. */
  readonly overShare: number;
  /** Transfers that nobody had answered yet, given up for newer ones. */
  readonly evicted: number;
  /** Refusals that were not told, because one address had been told many. */
  readonly untold: number;
  readonly malformed: number;
}

interface TftpServerOptions {
  /** Where to listen, and where transfers come from. */
  readonly address: Ipv4;
  /** (RFC 1350: 69) */
  readonly port: number;
  /**
   * A socket that somebody else has bound, to listen on in place of one on `address` and `port`: it is not closed.
   * (Default: there is none)
   */
  readonly socket?: Socket | undefined;
  readonly files: TftpFiles;
  readonly observer: TftpObserver;
  /** What failed without a client to tell: a disk that cannot be read. */
  readonly onError: (error: unknown) => void;
  /** (Default: blocks of 1,468 octets, windows of 64 blocks, 1 s) */
  readonly limits?: Partial<TransferLimits>;
  /** Most transfers at once. (Default: 256) */
  readonly transfersMax?: number;
  /** Most transfers at once to one address. (Default: 8) */
  readonly transfersPerSourceMax?: number;
  /** Most errors in ten seconds that one address is told. (Default: 60) */
  readonly refusalsPerSource?: number;
}

export interface TftpServer {
  counters(): TftpCounters;
  /**
   * Lets the port go, and the transfers under way come to their end for at most `graceMs`. Resolves to how many were
   * cut off. (Default: 0, all that are under way are)
   */
  close(graceMs?: number): Promise<number>;
}

/** Resolves when the port is open. @throws Error of the socket when it cannot be */
export async function startTftpServer(options: TftpServerOptions): Promise<TftpServer> {
  const server = new ListeningServer(options);
  await server.open();
  return server;
}

const defaultLimits: TransferLimits = { blockBytesMax: 1_468, windowBlocksMax: 64, timeoutMs: 1_000 };
/** How often transfers are looked at for answers that did not come, milliseconds. */
const tickMs = 50;

class ListeningServer implements TftpServer {
  readonly #options: TftpServerOptions;
  readonly #limits: TransferLimits;
  readonly #socket: Socket;
  readonly #hear = (datagram: Buffer, from: RemoteInfo) => this.#receive(datagram, from);
  readonly #places: Places;
  readonly #errors: ErrorTeller;
  readonly #surroundings: SessionSurroundings;
  readonly #counts = { completed: 0, aborted: 0, silent: 0, failed: 0, refused: 0, malformed: 0 };
  readonly #without = { dropped: 0, overShare: 0, evicted: 0 };
  #isListening = false;
  #ticking: NodeJS.Timeout | undefined;
  #onIdle: () => void = () => undefined;

  constructor(options: TftpServerOptions) {
    const { transfersMax = 256, transfersPerSourceMax = 8, refusalsPerSource = 60 } = options;
    this.#options = options;
    this.#socket = options.socket ?? openSocket();
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#places = new Places({ transfersMax, transfersPerSourceMax }, () => {
      this.#without.evicted += 1;
    });
    this.#errors = new ErrorTeller(refusalsPerSource);
    this.#surroundings = {
      turn: eventLoopTurn(),
      wakeful: wakefulLoop(),
      onError: options.onError,
      onStranger: (socket, datagram, from) => this.#errors.turnAway(socket, datagram, from),
      onEnd: (session, end) => this.#ended(session, end),
    };
  }

  async open(): Promise<void> {
    const { address, port, socket, onError } = this.#options;
    this.#socket.on("message", this.#hear);
    if (!socket) {
      // An address that is not looked up may be bound before `bind` returns.
      const listening = once(this.#socket, "listening");
      this.#socket.bind({ address, port, exclusive: true });
      await listening;
    }
    this.#socket.on("error", onError);
    this.#isListening = true;
  }

  async #stopListening(): Promise<void> {
    this.#isListening = false;
    this.#socket.off("message", this.#hear);
    this.#socket.off("error", this.#options.onError);
    if (this.#options.socket) return;
    this.#socket.close();
    await once(this.#socket, "close");
  }

  counters(): TftpCounters {
    const { size: active } = this.#places;
    return { active, ...this.#counts, ...this.#without, untold: this.#errors.untold };
  }

  async close(graceMs = 0): Promise<number> {
    await this.#stopListening();
    if (graceMs > 0 && this.#places.size > 0) await this.#idle(graceMs);
    const cutOff = [...this.#places.guests()];
    for (const guest of cutOff) {
      guest.stop();
      this.#places.leave(guest);
    }
    clearInterval(this.#ticking);
    return cutOff.length;
  }

  /** Resolves when no transfer is under way any more, or after a time. */
  async #idle(timeoutMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onIdle = resolve;
    const timer = setTimeout(resolve, timeoutMs);
    await promise;
    clearTimeout(timer);
  }

  #receive(datagram: Buffer, from: RemoteInfo): void {
    // A sender that expects no answer gives port 0 (RFC 768); sending there would throw.
    if (from.port === 0) return;
    const packet = decodeTftp(datagram);
    if (!packet) this.#counts.malformed += 1;
    if (packet?.kind !== "read" && packet?.kind !== "write") return;
    const refusal = refusalOf(packet);
    if (refusal) this.#refuse(from, packet.file, refusal);
    else if (packet.kind === "read") this.#admit(packet, { from, request: datagram });
  }

  #admit(
    packet: ReadRequest,
    { from, request }: { readonly from: RemoteInfo; readonly request: Buffer },
  ): void {
    const earlier = this.#places.guest(keyOf(from));
    if (earlier instanceof Session) {
      // The client repeats its request because the answer is late; the answer itself will be repeated, too.
      if (earlier.request.equals(request)) return;
      earlier.stop();
      this.#places.leave(earlier);
    }
    const session = new Session(from, request, this.#surroundings);
    // The place is taken before the file is looked up, so that a burst cannot pass the limits meanwhile.
    const noPlace = this.#places.take(session);
    if (noPlace === "full") this.#without.dropped += 1;
    else if (noPlace === "source-full") this.#without.overShare += 1;
    else void this.#serve(packet, { session, from });
  }

  async #serve(
    { file: asked, mode, options }: ReadRequest,
    { session, from }: { readonly session: Session; readonly from: RemoteInfo },
  ): Promise<void> {
    this.#ticking ??= setInterval(() => this.#tick(), tickMs);
    try {
      const file = await this.#options.files.find(plainSlashes(asked), addressOf(from));
      const opened = await file?.open();
      if (session.isOver) {
        if (opened?.kind === "stored") opened.close();
        return;
      }
      if (!file || !opened) {
        this.#leave(session);
        this.#refuse(from, asked, notFound(asked));
        return;
      }
      const content = mode === "netascii" ? inNetascii(opened) : opened;
      const fileBytes = mode === "netascii" ? undefined : file.size;
      const terms = negotiate(options, { fileBytes, limits: this.#limits });
      const socket = openSocket();
      const bind = () => socket.bind({ address: this.#options.address, port: 0, exclusive: true });
      session.load({ file, content, terms, socket, bind });
    } catch (error) {
      this.#options.onError(error);
      if (!this.#leave(session)) return;
      this.#refuse(from, asked, notFound(asked));
    }
  }

  #tick(): void {
    const nowMs = performance.now();
    for (const guest of this.#places.guests()) if (guest instanceof Session) guest.tick(nowMs);
    if (this.#places.size > 0) return;
    clearInterval(this.#ticking);
    this.#ticking = undefined;
  }

  #leave(session: Session): boolean {
    const hadPlace = this.#places.leave(session);
    if (this.#places.size === 0) this.#onIdle();
    return hadPlace;
  }

  #ended(session: Session, { outcome }: TransferEnd): void {
    this.#leave(session);
    this.#counts[outcome] += 1;
    const { file, source } = session;
    if (outcome === "completed" && file) {
      this.#options.observer.served({ address: Ipv4.parse(source), file });
    }
  }

  #refuse(from: RemoteInfo, request: string, refusal: TftpRefusal): void {
    this.#counts.refused += 1;
    // The port may have been let go while the file was looked for.
    if (!this.#isListening) return;
    const { wire: code, message } = refusal;
    if (!this.#errors.tell(this.#socket, from, { code, message })) return;
    this.#options.observer.refused({ address: addressOf(from), request, refusal });
  }
}

/** Addresses are numbers here, and are not looked up: not even in the next turn of the event loop. */
function openSocket(): Socket {
  return createSocket({ type: "udp4", lookup: (address, _options, done) => done(null, address, 4) });
}

/** Some firmware puts slashes in front (`/snponly.efi`), as servers once wanted; shim asks for `//grubx64.efi`. */
function plainSlashes(asked: string): string {
  return asked.replace(/\/{2,}/g, "/").replace(/^\//, "");
}

function addressOf({ address }: RemoteInfo): Ipv4 {
  return Ipv4.parse(address);
}

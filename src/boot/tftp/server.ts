import { createSocket, type RemoteInfo } from "node:dgram";
import { once } from "node:events";
import type { BootRefusalCode } from "../../domain/boot/refusal.ts";
import { Ipv4 } from "../../domain/values/ipv4.ts";
import type { LoaderFile, LoaderFiles } from "./loader-files.ts";
import { negotiate, type TransferLimits, toNetascii } from "./negotiate.ts";
import { decodeTftp, encodeTftp, type ReadRequest, tftpErrorCode } from "./packet.ts";
import {
  beginTransfer,
  receiveNothing,
  receivePacket,
  type TransferEnd,
  type TransferStep,
} from "./transfer.ts";

/** What the server tells of what it did. */
export interface TftpObserver {
  /** The client acknowledged the last block. `bytes`: of the file. */
  served(event: { readonly address: Ipv4; readonly file: LoaderFile }): void;
  refused(event: { readonly address: Ipv4; readonly request: string; readonly refusal: TftpRefusal }): void;
}

interface TftpRefusal {
  readonly code: Extract<BootRefusalCode, "FILE_NOT_FOUND" | "TFTP_READ_ONLY" | "TFTP_MODE_UNKNOWN">;
  readonly message: string;
}

/** How often what happened since the start. `dropped`: requests beyond the limits, left unanswered. */
interface TftpCounters {
  readonly active: number;
  readonly completed: number;
  readonly aborted: number;
  readonly silent: number;
  readonly refused: number;
  readonly dropped: number;
  readonly malformed: number;
}

interface TftpServerOptions {
  /** Where to listen, and where transfers come from. */
  readonly address: Ipv4;
  /** (RFC 1350: 69) */
  readonly port: number;
  readonly loaders: LoaderFiles;
  readonly observer: TftpObserver;
  /** What failed without a client to tell: a disk that cannot be read. */
  readonly onError: (error: unknown) => void;
  /** (Default: blocks of 1,468 octets, windows of 64 blocks, 1 s) */
  readonly limits?: Partial<TransferLimits>;
  /** Most transfers at once. (Default: 256) */
  readonly transfersMax?: number;
  /** Most transfers at once to one address. (Default: 8) */
  readonly transfersPerSourceMax?: number;
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

/** A transfer, or the look for its file, which takes a place as well. */
interface Running {
  readonly from: RemoteInfo;
  /** The first packet, to tell a repeated request from a new one. */
  readonly request: Buffer;
  stop(): void;
}

class ListeningServer implements TftpServer {
  readonly #options: TftpServerOptions;
  readonly #limits: TransferLimits;
  readonly #socket = createSocket("udp4");
  /** By the client's address and port, which is its transfer id (RFC 1350 s. 4). */
  readonly #running = new Map<string, Running>();
  readonly #netascii = new WeakMap<Uint8Array, Uint8Array>();
  readonly #counts = { completed: 0, aborted: 0, silent: 0, refused: 0, dropped: 0, malformed: 0 };
  #onIdle: () => void = () => undefined;

  constructor(options: TftpServerOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
  }

  async open(): Promise<void> {
    const { address, port, onError } = this.#options;
    this.#socket.on("message", (datagram: Buffer, from: RemoteInfo) => this.#receive(datagram, from));
    this.#socket.bind({ address, port, exclusive: true });
    await once(this.#socket, "listening");
    this.#socket.on("error", onError);
  }

  counters(): TftpCounters {
    return { active: this.#running.size, ...this.#counts };
  }

  async close(graceMs = 0): Promise<number> {
    this.#socket.close();
    await once(this.#socket, "close");
    if (graceMs > 0 && this.#running.size > 0) await this.#idle(graceMs);
    const cutOff = this.#running.size;
    for (const { stop } of this.#running.values()) stop();
    this.#running.clear();
    return cutOff;
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
    if (!canBeAnswered(from)) return;
    const packet = decodeTftp(datagram);
    if (!packet) this.#counts.malformed += 1;
    if (packet?.kind !== "read" && packet?.kind !== "write") return;
    const refusal = refusalOf(packet);
    if (refusal) this.#refuse(from, packet.file, refusal);
    else if (packet.kind === "read") this.#admit(packet, { from, request: datagram });
  }

  #admit(packet: ReadRequest, client: Omit<Running, "stop">): void {
    const key = keyOf(client.from);
    const earlier = this.#running.get(key);
    // The client repeats its request because the answer is late; the answer itself will be repeated, too.
    if (earlier?.request.equals(client.request)) return;
    earlier?.stop();
    this.#running.delete(key);
    if (this.#hasRoomFor(client.from.address)) void this.#serve(packet, client);
    else this.#counts.dropped += 1;
  }

  #hasRoomFor(source: string): boolean {
    const { transfersMax = 256, transfersPerSourceMax = 8 } = this.#options;
    if (this.#running.size >= transfersMax) return false;
    let ofSource = 0;
    for (const { from } of this.#running.values()) if (from.address === source) ofSource += 1;
    return ofSource < transfersPerSourceMax;
  }

  async #serve({ file: asked, mode, options }: ReadRequest, client: Omit<Running, "stop">): Promise<void> {
    const { loaders, address, onError } = this.#options;
    const { from } = client;
    const looking = { ...client, stop: () => {} };
    // The place is taken before the file is looked up, so that a burst cannot pass the limits meanwhile.
    this.#running.set(keyOf(from), looking);
    const file = await loaders.find(asked).catch((error: unknown) => {
      onError(error);
      return undefined;
    });
    if (this.#running.get(keyOf(from)) !== looking) return;
    this.#running.delete(keyOf(from));
    if (!file) {
      const message = `there is no loader ${JSON.stringify(asked.slice(0, 128))}`;
      this.#refuse(from, asked, { code: "FILE_NOT_FOUND", wire: tftpErrorCode.notFound, message });
      return;
    }
    const bytes = mode === "netascii" ? this.#netasciiOf(file) : file.bytes;
    const terms = negotiate(options, { fileBytes: bytes.length, limits: this.#limits });
    const ended = (end: TransferEnd) => this.#ended(end, { from, file });
    const stop = startTransfer(beginTransfer(bytes, terms), { address, from, onError, ended });
    this.#running.set(keyOf(from), { ...client, stop });
  }

  /** Made once per file: whoever asks in this mode again and again must not keep the thread busy. */
  #netasciiOf({ bytes }: LoaderFile): Uint8Array {
    const made = this.#netascii.get(bytes) ?? toNetascii(bytes);
    this.#netascii.set(bytes, made);
    return made;
  }

  #ended(
    { outcome }: TransferEnd,
    { from, file }: { readonly from: RemoteInfo; readonly file: LoaderFile },
  ): void {
    this.#running.delete(keyOf(from));
    if (this.#running.size === 0) this.#onIdle();
    this.#counts[outcome] += 1;
    if (outcome === "completed") this.#options.observer.served({ address: addressOf(from), file });
  }

  #refuse(from: RemoteInfo, request: string, { wire, ...refusal }: WireRefusal): void {
    this.#counts.refused += 1;
    const error = encodeTftp({ kind: "error", code: wire, message: refusal.message });
    this.#socket.send(error, from.port, from.address);
    this.#options.observer.refused({ address: addressOf(from), request, refusal });
  }
}

type WireRefusal = TftpRefusal & { readonly wire: number };

function refusalOf({
  kind,
  mode,
}: {
  readonly kind: "read" | "write";
  readonly mode: string;
}): WireRefusal | undefined {
  if (kind === "write") {
    const message = "this server only reads";
    return { code: "TFTP_READ_ONLY", wire: tftpErrorCode.accessViolation, message };
  }
  if (mode === "octet" || mode === "netascii") return undefined;
  const message = "the mode must be octet or netascii";
  return { code: "TFTP_MODE_UNKNOWN", wire: tftpErrorCode.illegalOperation, message };
}

interface TransferWiring {
  readonly address: Ipv4;
  readonly from: RemoteInfo;
  readonly onError: (error: unknown) => void;
  readonly ended: (end: TransferEnd) => void;
}

/**
 * Gives a transfer a socket of its own, whose port is our transfer id (RFC 1350 s. 4), and a timer. Returns what
 * ends it without a word.
 */
function startTransfer(first: TransferStep, { address, from, onError, ended }: TransferWiring): () => void {
  const socket = createSocket("udp4");
  let { state } = first;
  let timer: NodeJS.Timeout | undefined;
  let open = true;

  function stop(): void {
    if (!open) return;
    open = false;
    clearTimeout(timer);
    // A last packet that was just handed over must leave before the socket is closed.
    setImmediate(() => socket.close());
  }

  function follow(step: TransferStep): void {
    if (!open) return;
    state = step.state;
    for (const packet of step.send) socket.send(packet, from.port, from.address);
    if (step.end) {
      stop();
      ended(step.end);
    } else if (step.send.length > 0) {
      // Only what was sent starts the clock again: a stray packet must not put the next attempt off.
      clearTimeout(timer);
      timer = setTimeout(() => follow(receiveNothing(state)), state.terms.timeoutMs);
    }
  }

  socket.on("message", (datagram: Buffer, sender: RemoteInfo) => {
    if (!canBeAnswered(sender)) return;
    if (keyOf(sender) !== keyOf(from)) {
      const message = "this port belongs to another transfer";
      const error = encodeTftp({ kind: "error", code: tftpErrorCode.unknownTransfer, message });
      socket.send(error, sender.port, sender.address);
      return;
    }
    const packet = decodeTftp(datagram);
    if (packet) follow(receivePacket(state, packet));
  });
  socket.on("error", (error) => {
    onError(error);
    if (!open) return;
    stop();
    ended({ outcome: "silent" });
  });
  socket.bind({ address, port: 0, exclusive: true }, () => follow(first));
  return stop;
}

/** A sender that expects no answer gives port 0 (RFC 768); sending there would throw. */
function canBeAnswered({ port }: RemoteInfo): boolean {
  return port !== 0;
}

function keyOf({ address, port }: RemoteInfo): string {
  return `${address}:${port}`;
}

function addressOf({ address }: RemoteInfo): Ipv4 {
  return Ipv4.parse(address);
}

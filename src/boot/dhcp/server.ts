import type { RemoteInfo } from "node:dgram";
import { connect } from "node:net";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { DhcpCounters } from "./counters.ts";
import type { FindDestination } from "./destination.ts";
import type { ReceivingWire } from "./exchange.ts";
import { type DhcpPacket, decode, encode } from "./packet.ts";
import type { ProbeSocket } from "./probe.ts";
import type { DhcpReply } from "./respond.ts";
import type { OpenSockets, WireSockets } from "./wires/server.ts";

/** Answers one message. `undefined`: the client hears nothing. `Respond` is one. */
export type AnswerMessage = (
  packet: DhcpPacket,
  wire: ReceivingWire,
  from: RemoteInfo,
) => Promise<DhcpReply | undefined>;

/** Hears of what is no message of a client. */
export interface Overhearing {
  /** A message that we sent ourselves, and that came back, or one of our kind: it is not answered. */
  isOwn(packet: DhcpPacket): boolean;
  /** An answer of a server. */
  onAnswer(packet: DhcpPacket, from: RemoteInfo): void;
}

/** What came and went by one wire since the start. */
export interface WireTraffic {
  heard: number;
  answered: number;
}

export interface DhcpServerOptions {
  readonly wire: ReceivingWire;
  readonly openSockets: OpenSockets;
  readonly answer: AnswerMessage;
  readonly destination: FindDestination;
  /** (Default: answers of servers are counted, and that is all) */
  readonly overhearing?: Overhearing | undefined;
  readonly counters: Pick<DhcpCounters, "received" | "malformed" | "notRequests" | "sendFailed" | "failed">;
  readonly traffic: WireTraffic;
  /** Hears of what should not happen: a failing socket, an exception while handling a message. */
  readonly onError: (error: unknown) => void;
}

export interface DhcpServer {
  /** The port that is heard on. */
  readonly port: number;
  /** Sends a message that answers nobody. */
  send(packet: DhcpPacket, port: number, address: string): void;
  /** Takes no more messages, answers those that were taken, then lets the ports go. */
  stop(): Promise<void>;
}

/** Hears and answers what comes in by one wire. @throws Error of a socket: a port is taken or needs privileges */
export async function startDhcpServer(options: DhcpServerOptions): Promise<DhcpServer> {
  const { wire, answer, destination, overhearing, counters, traffic, onError } = options;
  let underWay = 0;
  let isStopping = false;
  let onIdle: (() => void) | undefined;

  function receive(datagram: Buffer, from: RemoteInfo): void {
    counters.received++;
    traffic.heard++;
    if (isStopping) return;
    underWay++;
    void handle(datagram, from);
  }

  /** Never rejects. */
  async function handle(datagram: Buffer, from: RemoteInfo): Promise<void> {
    try {
      const packet = decode(datagram);
      if (!packet) counters.malformed++;
      else if (packet.op === "reply") overhear(packet, from);
      else if (!overhearing?.isOwn(packet)) await answerTo(packet, from);
    } catch (error) {
      counters.failed++;
      onError(error);
    } finally {
      underWay--;
      if (underWay === 0) onIdle?.();
    }
  }

  function overhear(packet: DhcpPacket, from: RemoteInfo): void {
    counters.notRequests++;
    overhearing?.onAnswer(packet, from);
  }

  async function answerTo(packet: DhcpPacket, from: RemoteInfo): Promise<void> {
    const reply = await answer(packet, wire, from);
    if (!reply) return;
    const { address, port } = destination(reply.packet, from);
    sockets.send(encode(reply.packet, reply.sizeMax), port, address);
    traffic.answered++;
  }

  const onSendFailed = () => {
    counters.sendFailed++;
  };
  const sockets: WireSockets = await options.openSockets({ onMessage: receive, onError, onSendFailed });

  return {
    port: sockets.port,
    send: (packet, port, address) => sockets.send(encode(packet), port, address),
    async stop() {
      isStopping = true;
      if (underWay > 0) {
        await new Promise<void>((resolve) => {
          onIdle = resolve;
        });
      }
      await sockets.close();
    },
  };
}

/** For `createProbe`. */
export function openProbeSocket(address: Ipv4, port: number): ProbeSocket {
  return connect({ host: address, port });
}

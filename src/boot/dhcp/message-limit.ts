import type { Ipv4 } from "../../domain/values/ipv4.ts";
import { createRateLimit } from "../rate-limit.ts";
import type { ReceivingWire } from "./exchange.ts";
import type { DhcpRequest } from "./request.ts";

const windowMs = 10_000;

export interface MessageLimitOptions {
  /**
   * Most messages of one client in ten seconds. Firmware that repeats itself sends six, a machine that goes through
   * firmware, iPXE and an installer in that time a dozen. (Default: 64)
   */
  readonly messagesPerClientMax?: number;
  /**
   * Most messages of unknown clients behind one port of a relay (option 82) in ten seconds. Many relays call a whole
   * hall one port; where ports are machines', less is enough. (Default: 100,000)
   */
  readonly messagesPerCircuitMax?: number;
  /**
   * Most messages of unknown clients behind one relay that names no ports, or directly on one wire, in ten seconds. A
   * hall of 10,000 machines that is switched on sends 80,000. (Default: 400,000)
   */
  readonly messagesPerRelayMax?: number;
}

/** Keeps one client, and those who make up clients, from taking the time that others need. */
export interface MessageLimit {
  /** Whether the client may say one thing more. */
  admitsClient(request: DhcpRequest, nowMs: number): boolean;
  /** Whether the client's port and relay may bring one thing more of clients that nobody knows. */
  admitsUnknown(request: DhcpRequest, wire: ReceivingWire, nowMs: number): boolean;
}

export function createMessageLimit(options: MessageLimitOptions = {}): MessageLimit {
  const {
    messagesPerClientMax = 64,
    messagesPerCircuitMax = 100_000,
    messagesPerRelayMax = 400_000,
  } = options;
  const ofClient = createRateLimit<string>({ most: messagesPerClientMax, windowMs, keysMax: 50_000 });
  const ofCircuit = createRateLimit<string>({ most: messagesPerCircuitMax, windowMs, keysMax: 20_000 });
  const ofRelay = createRateLimit<Ipv4 | string>({ most: messagesPerRelayMax, windowMs, keysMax: 10_000 });

  return {
    admitsClient: (request, nowMs) => ofClient(clientOf(request), nowMs),
    admitsUnknown(request, { name }, nowMs) {
      const circuit = circuitOf(request);
      return circuit ? ofCircuit(circuit, nowMs) : ofRelay(request.relay ?? name, nowMs);
    },
  };
}

/** With the relay, so that nobody who only borrows the machine's name elsewhere uses up its share. */
function clientOf({ mac, identity, relay }: DhcpRequest): string {
  const client = identity.startsWith("mac:") ? identity : `${mac} ${identity}`;
  return relay === null ? client : `${relay} ${client}`;
}

/** A port of a relay; `undefined`: no relay brought the message, or it does not say. */
export function circuitOf(request: DhcpRequest): string | undefined {
  if (!request.relay || !request.relayAgentInformation) return undefined;
  const { circuitId, remoteId } = request.traits;
  return circuitId === null ? undefined : `${request.relay} ${circuitId} ${remoteId}`;
}

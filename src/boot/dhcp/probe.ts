import type { Ipv4 } from "../../domain/values/ipv4.ts";

/** Whether some host uses an address. */
export type ProbeResult = "free" | "in-use";

/** Asks the network whether some host uses the address. Never rejects: who cannot tell says `in-use`. */
export type Probe = (address: Ipv4) => Promise<ProbeResult>;

/** The part of a UDP socket that a probe needs. */
export interface ProbeSocket {
  connect(port: number, address: string): void;
  on(event: "connect" | "message", listener: () => void): unknown;
  on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
  send(message: Uint8Array, callback: (error: Error | null) => void): void;
  close(): void;
}

export interface ProbeOptions {
  readonly openSocket: () => ProbeSocket;
  /** How long silence is waited for, milliseconds. ARP gives up after three seconds. (Default: 4,000) */
  readonly timeoutMs?: number;
}

/** The discard port (RFC 863): hardly any host listens there, and any answer at all will do. */
const discardPort = 9;

/**
 * Sends a datagram and listens to what the kernel learns from it: a refusal (ICMP port unreachable) or an answer
 * means a host; "no route to host" means that nobody answered ARP, so the address is free. Silence may be a
 * firewall, so it counts as a host: an address that was leased before the log was restored must not be leased
 * twice. Only works for networks that this host is attached to: routers seldom say that a host is missing.
 */
export function createProbe({ openSocket, timeoutMs = 4_000 }: ProbeOptions): Probe {
  return (address) =>
    new Promise((resolve) => {
      const socket = openSocket();
      const timer = setTimeout(() => end("in-use"), timeoutMs);
      let ended = false;

      function end(result: ProbeResult): void {
        if (ended) return;
        ended = true;
        clearTimeout(timer);
        socket.close();
        resolve(result);
      }

      function fail(error: NodeJS.ErrnoException | null): void {
        if (error) end(error.code === "EHOSTUNREACH" ? "free" : "in-use");
      }

      socket.on("error", fail);
      socket.on("message", () => end("in-use"));
      socket.on("connect", () => socket.send(new Uint8Array(1), fail));
      socket.connect(discardPort, address);
    });
}

import type { Ipv4 } from "../../domain/values/ipv4.ts";

/** Whether some host uses an address; `silent`: nothing was heard that would tell. */
export type ProbeResult = "free" | "in-use" | "silent";

/** Asks the network whether some host uses the address. Never rejects: who cannot tell says `silent`. */
export type Probe = (address: Ipv4) => Promise<ProbeResult>;

/** The part of a TCP socket that a probe needs. */
export interface ProbeSocket {
  on(event: "connect", listener: () => void): unknown;
  on(event: "error", listener: (error: NodeJS.ErrnoException) => void): unknown;
  destroy(): unknown;
}

export interface ProbeOptions {
  /** A socket that begins to connect. Nothing is ever written to it. */
  readonly openSocket: (address: Ipv4, port: number) => ProbeSocket;
  /**
   * How long silence is waited for, milliseconds. ARP gives up after three seconds, and firmware asks again after four.
   * (Default: 3,500)
   */
  readonly timeoutMs?: number;
}

/** The discard port (RFC 863): hardly any host listens there, and a refusal is as good an answer. */
const discardPort = 9;

/**
 * Tries to connect by TCP and listens to what the kernel learns: a refusal or a connection means a host; "no route
 * to host" means that nobody answered ARP, so the address is free. Silence may be a firewall, or a router that does
 * not tell.
 *
 * TCP, because Linux tells a UDP socket of a refusal and never of an ARP that nobody answered (measured on 6.18;
 * it would take IP_RECVERR, which Node cannot set). Behind a router the answer is the router's: few say that a host is
 * missing.
 */
export function createProbe({ openSocket, timeoutMs = 3_500 }: ProbeOptions): Probe {
  return (address) =>
    new Promise((resolve) => {
      const socket = openSocket(address, discardPort);
      const timer = setTimeout(() => end("silent"), timeoutMs);

      // The first answer counts; the promise takes no second one.
      function end(result: ProbeResult): void {
        clearTimeout(timer);
        socket.destroy();
        resolve(result);
      }

      socket.on("connect", () => end("in-use"));
      socket.on("error", ({ code }) => end(resultByError[code ?? ""] ?? "silent"));
    });
}

/** Other errors are this host's own: it has no route, or no port left. */
const resultByError: Readonly<Record<string, ProbeResult>> = {
  ECONNREFUSED: "in-use",
  ECONNRESET: "in-use",
  EHOSTUNREACH: "free",
};

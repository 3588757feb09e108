import { z } from "zod";

function limit(of: { readonly fallback: number; readonly description: string; readonly unit: string }) {
  const { fallback, ...meta } = of;
  return z.int().min(1).max(100_000_000).default(fallback).meta(meta);
}

/** What one client, and clients that nobody knows, may take of the DHCP service. Known machines are served beyond. */
export const DhcpLimits = z.strictObject({
  messagesPerClientMax: limit({
    fallback: 64,
    description: "Most DHCP messages of one client in ten seconds. A machine that boots sends a dozen.",
    unit: "messages",
  }),
  messagesPerCircuitMax: limit({
    fallback: 100_000,
    description:
      "Most DHCP messages of unknown clients behind one port of a relay (option 82) in ten seconds. Many relays call a whole hall one port; where ports are machines', less is enough.",
    unit: "messages",
  }),
  messagesPerRelayMax: limit({
    fallback: 400_000,
    description:
      "Most DHCP messages of unknown clients behind one relay that names no ports, or on one wire, in ten seconds.",
    unit: "messages",
  }),
  changesPerHour: limit({
    fallback: 60,
    description:
      "Most changes of its leases that one client causes in an hour, beside renewals that are due.",
    unit: "changes",
  }),
  newcomersPerHour: z.int().min(1).max(100_000_000).optional().meta({
    description:
      "Most clients of no machine that get an address of one subnet for the first time in an hour.",
    unit: "clients",
    fallback: "as many as the subnet's ranges have addresses, at least 256",
  }),
  newcomersPerCircuitPerHour: limit({
    fallback: 16_384,
    description:
      "The same behind one port of a relay (option 82). Many relays call a whole hall one port; where ports are machines', 256 is enough.",
    unit: "clients",
  }),
});

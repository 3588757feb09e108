import { createBootTracker } from "../../boot/boot-tracker.ts";
import type { BootAnswer } from "../../boot/dhcp/boot-answer.ts";
import type { ReceivingWire } from "../../boot/dhcp/exchange.ts";
import type { LoaderByArchitecture } from "../../boot/dhcp/loader.ts";
import { type DhcpPacket, decode } from "../../boot/dhcp/packet.ts";
import { proxiedBoot } from "../../boot/dhcp/proxy/proxied-boot.ts";
import type { DhcpRequest } from "../../boot/dhcp/request.ts";
import { createDhcpService, type DhcpService } from "../../boot/dhcp/service.ts";
import { bootUrls } from "../../boot/http/boot-urls.ts";
import type { EventStore } from "../../domain/ports/event-store.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { KeptAddress } from "./candidates.ts";
import { discoverOf } from "./client.ts";
import type { Then } from "./then.ts";

export interface RehearsalOptions {
  readonly wire: ReceivingWire;
  /** Of this host on all of its wires. */
  readonly ownAddresses: readonly Ipv4[];
  /** Those of the client's network that are looked at, besides its own; `undefined`: they are not. */
  readonly others: readonly KeptAddress[] | undefined;
  readonly loaders: LoaderByArchitecture;
  /** Of the boot listener. */
  readonly httpPort: number;
}

/** What the DHCP service answered to the message, and what it counted meanwhile. */
export interface Heard {
  readonly reply: DhcpPacket | undefined;
  readonly counters: DhcpService["counters"];
  /** Whether the addresses of others were looked at, so that it is known if one is free. */
  readonly knowsOthers: boolean;
}

/** Stands in URLs for what is only handed out to the client itself. */
const nonce = "<nonce>";

/** A log that nothing may be written to: a DHCPDISCOVER records nothing, and whatever would is a mistake here. */
const noLog: EventStore = {
  readStream: async () => [],
  readAll: async () => ({ events: [], position: undefined, caughtUp: true }),
  async *subscribe() {},
  head: async () => undefined,
  append: async (stream) => {
    throw new Error(`explaining would write to ${stream}`);
  },
  close: async () => undefined,
};

/**
 * Lets the DHCP service itself answer the client: one that knows of the log what it knew then, and of leases those of
 * this client and, where they are few, those of its network. It does not know what was offered to others a moment ago,
 * so which free address of a range the client gets, it does not tell.
 */
export async function rehearseDhcp(
  { question, atMs, client, targets, clockSuspect, dhcpEvents }: Then,
  { wire, ownAddresses, others, loaders, httpPort }: RehearsalOptions,
): Promise<Heard> {
  let ids = 0;
  // Nothing of the rehearsal is kept, so its ids only have to differ.
  const newId = () => `00000000-0000-7000-8000-${(++ids).toString(16).padStart(12, "0")}`;
  const clock = () => new Date(atMs);
  const service = createDhcpService({
    ownAddresses: () => ownAddresses,
    store: noLog,
    clock,
    newId,
    tracker: createBootTracker({ targets, newId }),
    observer: {
      observe: () => undefined,
      isSuppressed: () => false,
      summarize: () => undefined,
      counters: { recorded: 0, dropped: 0, failed: 0, suppressed: 0, limited: 0 },
    },
    machines: targets,
    loaders,
    fenced: () => targets.fence().fenced,
    clockSuspect: () => clockSuspect,
    // Whether somebody answers there, only the network can tell.
    probe: async () => "free",
    ...urls(httpPort),
  });
  for (const { address, ...kept } of others ?? []) service.restore(address, kept);
  for (const event of dhcpEvents) service.apply(event);
  const packet = decode(discoverOf(question.mac, client));
  if (!packet) throw new Error("the message of a rehearsal is none that DHCP reads");

  const first = await service.respond(packet, wire);
  // The client hears nothing until its address was probed, and asks again.
  const second = first ?? (service.counters.probing > 0 ? await service.respond(packet, wire) : undefined);
  return { reply: second?.packet, counters: service.counters, knowsOthers: others !== undefined };
}

/** What the client is told to boot beside another server's lease; `undefined`: nothing. */
export function rehearseProxy(
  { targets }: Then,
  request: DhcpRequest,
  { wire, loaders, httpPort }: Omit<RehearsalOptions, "ownAddresses" | "others">,
): BootAnswer | undefined {
  const { boot, mac } = request;
  const answer = proxiedBoot({ loaders, machines: targets, network: targets.network, ...urls(httpPort) });
  const place = { mac, bootId: nonce, address: undefined };
  return boot && answer(wire, { request, client: boot, place });
}

function urls(httpPort: number) {
  return bootUrls({ nonces: { issue: () => nonce, issueUnbound: () => nonce }, httpPort });
}

import type { Binding } from "../../domain/address/binding.ts";
import { boundAddress } from "../../domain/address/state.ts";
import type { EventStore, RecordedEvent } from "../../domain/ports/event-store.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { BootTracker } from "../boot-tracker.ts";
import type { Observer } from "../observer.ts";
import { type BootAnswerOptions, bootAnswers } from "./boot-answer.ts";
import { bootLink } from "./boot-link.ts";
import { changeAddress } from "./change-address.ts";
import { createCommit } from "./commit.ts";
import { createDhcpCounters, type DhcpCounters } from "./counters.ts";
import type { BootAnswerFor } from "./exchange.ts";
import { createExpiry, type Expiry } from "./expiry.ts";
import { giveBack } from "./give-back.ts";
import { grantAddress } from "./grant.ts";
import { type Allocator, createAllocator } from "./leases/allocator.ts";
import { offerAddress } from "./offer.ts";
import type { Probe } from "./probe.ts";
import { createProbeGate } from "./probe-gate.ts";
import { replies } from "./reply.ts";
import { createRespond, type Respond } from "./respond.ts";
import { judge } from "./verdict.ts";
import { createWorkLimit } from "./work-limit.ts";

export interface DhcpServiceOptions extends Pick<BootAnswerOptions, "loaders" | "scriptUrl" | "loaderUrl"> {
  /** Of this host on the wire that it serves: option 54, and the TFTP server of the answers. */
  readonly wireAddress: Ipv4;
  readonly store: EventStore;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly tracker: BootTracker;
  readonly observer: Observer;
  /** The log was restored and no operator has let the service act again. */
  readonly fenced: () => boolean;
  /** The wall clock jumped and no operator has confirmed it. */
  readonly clockSuspect: () => boolean;
  readonly probe: Probe;
  /** Most changes of addresses on their way to the log. (Default: 1,024) */
  readonly changesMax?: number;
}

/** DHCP without its sockets. */
export interface DhcpService {
  /**
   * Takes every event of the log, from the first on: the service knows subnets and leases by them alone. Events of
   * addresses that were restored may be left out.
   */
  apply(event: RecordedEvent): void;
  /** Takes an address as it was kept elsewhere. Those that changed the longest ago come first. */
  restore(address: Ipv4, kept: { readonly binding: Binding; readonly revision: number }): void;
  readonly respond: Respond;
  readonly expiry: Expiry;
  readonly counters: DhcpCounters;
  /** The interface that holds the address's lease; `undefined`: none does. */
  macAt(address: Ipv4): MacAddress | undefined;
}

/** Puts the parts together. */
export function createDhcpService(options: DhcpServiceOptions): DhcpService {
  const { wireAddress, store, clock, newId, tracker, observer, fenced, clockSuspect } = options;
  const counters = createDhcpCounters();
  const allocator = createAllocator({ ownAddresses: [wireAddress], clockSuspect });
  const commit = createCommit({ store, leases: allocator.leases, newId });
  return {
    counters,
    apply: allocator.apply,
    restore: (address, { binding, revision }) =>
      allocator.leases.record(address, { binding: boundAddress(binding), revision }),
    expiry: createExpiry({ allocator, commit, clock, clockSuspect }),
    macAt: allocator.leases.macAt,
    respond: createAnswers({
      ...options,
      counters,
      allocator,
      commit,
      link: bootLink(tracker, observer),
      fenced,
    }),
  };
}

interface AnswersOptions extends DhcpServiceOptions {
  readonly counters: DhcpCounters;
  readonly allocator: Allocator;
  readonly commit: ReturnType<typeof createCommit>;
  readonly link: ReturnType<typeof bootLink>;
}

function createAnswers(options: AnswersOptions): Respond {
  const { wireAddress, clock, fenced, counters, allocator, commit, link, changesMax = 1_024 } = options;
  const reply = replies(wireAddress);
  const limit = createWorkLimit(changesMax);
  const gate = createProbeGate(options.probe, clock);
  const change = changeAddress({ commit, limit, counters });
  const bootAnswer = bootAnswerFor(options);
  const shared = { allocator, gate, fenced, reply, bootAnswer, counters };
  const services = {
    offer: offerAddress(shared),
    grant: grantAddress({
      ...shared,
      change,
      judge: judge({ allocator, serverAddress: wireAddress, fenced }),
    }),
    ...giveBack({ change, serverAddress: wireAddress, counters }),
  };
  return createRespond({
    allocator,
    serverAddress: wireAddress,
    clock,
    link,
    limit,
    services,
    reply,
    counters,
  });
}

function bootAnswerFor({ wireAddress, loaders, scriptUrl, loaderUrl }: AnswersOptions): BootAnswerFor {
  const answers = bootAnswers({
    tftpServer: wireAddress,
    ...(loaders && { loaders }),
    scriptUrl,
    loaderUrl,
  });
  return ({ request, link }, address) => {
    if (!request.boot || !link.boot) return undefined;
    return answers(request.boot, { mac: request.mac, bootId: link.boot.bootId, address });
  };
}

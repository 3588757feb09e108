import type { Binding } from "../../domain/address/binding.ts";
import { boundAddress } from "../../domain/address/state.ts";
import type { EventStore, RecordedEvent } from "../../domain/ports/event-store.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { BootTracker } from "../boot-tracker.ts";
import type { Observer } from "../observer.ts";
import { addressCheck } from "./address-check.ts";
import { type BootAnswerOptions, bootAnswers } from "./boot-answer.ts";
import { bootLink } from "./boot-link.ts";
import { changeAddress } from "./change-address.ts";
import { type ChangeLimitOptions, createChangeLimit } from "./change-limit.ts";
import { createCommit } from "./commit.ts";
import { createDhcpCounters, type DhcpCounters } from "./counters.ts";
import type { BootAnswerFor, ReceivingWire } from "./exchange.ts";
import { createExhaustion, type Exhaustion } from "./exhaustion.ts";
import { createExpiry, type Expiry } from "./expiry.ts";
import { giveBack } from "./give-back.ts";
import { grantAddress } from "./grant.ts";
import { type Allocator, createAllocator } from "./leases/allocator.ts";
import { createMessageLimit, type MessageLimitOptions } from "./message-limit.ts";
import { offerAddress } from "./offer.ts";
import { ourServer } from "./ours.ts";
import type { Probe } from "./probe.ts";
import { createProbeGate } from "./probe-gate.ts";
import { receiveMessages } from "./receive.ts";
import { recordPassedOver } from "./record-passed-over.ts";
import { replies } from "./reply.ts";
import { createRespond, type Respond } from "./respond.ts";
import { type ClientMachines, settingsFor } from "./settings.ts";
import { judge } from "./verdict.ts";
import { createWorkLimit } from "./work-limit.ts";

export interface DhcpServiceOptions
  extends Pick<BootAnswerOptions, "loaders" | "scriptUrl" | "loaderUrl">,
    MessageLimitOptions,
    ChangeLimitOptions {
  /** Of this host on the wires that it serves, as they are now: no client gets one, and option 54 names one of them. */
  readonly ownAddresses: () => readonly Ipv4[];
  readonly store: EventStore;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly machines: ClientMachines;
  readonly tracker: BootTracker;
  readonly observer: Observer;
  /** The log was restored and no operator has let the service act again. */
  readonly fenced: () => boolean;
  /** The wall clock jumped and no operator has confirmed it. */
  readonly clockSuspect: () => boolean;
  /** Whether this process ends leases, of those that share the log. (Default: it does) */
  readonly leads?: () => boolean;
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
  readonly exhaustion: Exhaustion;
  /** The interface that holds the address's lease; `undefined`: none does. */
  macAt(address: Ipv4): MacAddress | undefined;
}

/** Puts the parts together. */
export function createDhcpService(options: DhcpServiceOptions): DhcpService {
  const {
    ownAddresses,
    store,
    clock,
    newId,
    tracker,
    observer,
    fenced,
    clockSuspect,
    leads = () => true,
  } = options;
  const counters = createDhcpCounters();
  const allocator = createAllocator({ ownAddresses, clockSuspect });
  const commit = createCommit({ store, leases: allocator.leases, newId });
  const exhaustion = createExhaustion();
  return {
    counters,
    exhaustion,
    apply: allocator.apply,
    restore: (address, { binding, revision }) =>
      allocator.leases.record(address, { binding: boundAddress(binding), revision }),
    expiry: createExpiry({ allocator, commit, clock, clockSuspect, leads }),
    macAt: allocator.leases.macAt,
    respond: createAnswers({
      ...options,
      counters,
      exhaustion,
      allocator,
      commit,
      link: bootLink(tracker, observer),
      fenced,
    }),
  };
}

interface AnswersOptions extends DhcpServiceOptions {
  readonly counters: DhcpCounters;
  readonly exhaustion: Exhaustion;
  readonly allocator: Allocator;
  readonly commit: ReturnType<typeof createCommit>;
  readonly link: ReturnType<typeof bootLink>;
}

function createAnswers(options: AnswersOptions): Respond {
  const { ownAddresses, clock, fenced, machines, counters, allocator, commit, link } = options;
  const { changesMax = 1_024 } = options;
  const isOurs = ourServer(ownAddresses);
  const limit = createWorkLimit(changesMax);
  const { subnets } = allocator;
  const change = changeAddress({ commit, limit, counters });
  const settings = settingsFor(machines, subnets.network);
  const check = addressCheck({
    gate: createProbeGate(options.probe, clock),
    fenced,
    ownAddresses,
    subnetOf: subnets.containing,
  });
  const shared = {
    allocator,
    addressCheck: check,
    fenced,
    changes: createChangeLimit(allocator.sizeOf, options),
    settingsFor: settings,
    bootAnswer: bootAnswerFor(options),
    counters,
  };
  const services = {
    offer: offerAddress({ ...shared, exhaustion: options.exhaustion }),
    grant: grantAddress({ ...shared, change, judge: judge({ allocator, addressCheck: check, isOurs }) }),
    ...giveBack({ change, isOurs, counters }),
  };
  const messages = createMessageLimit(options);
  const receive = receiveMessages({ allocator, machines, messages, limit });
  const replyFor = perAddress(replies);
  return createRespond({ ...shared, receive, clock, link, services, replyFor });
}

function bootAnswerFor(options: AnswersOptions): BootAnswerFor {
  const { loaders, scriptUrl, loaderUrl } = options;
  const onPassedOver = recordPassedOver(options);
  const answersFor = perAddress((tftpServer) =>
    bootAnswers({ tftpServer, ...(loaders && { loaders }), scriptUrl, loaderUrl, onPassedOver }),
  );
  return ({ request, wire, link }, { address, settings }) => {
    if (!request.boot || !link.boot) return undefined;
    const place = { mac: request.mac, bootId: link.boot.bootId, address };
    return answersFor(wire)(request.boot, place, settings.bootFile?.value);
  };
}

/** Makes something once for each address that this host has on a wire. Addresses change seldom, and are few. */
function perAddress<Made>(make: (address: Ipv4) => Made): (wire: ReceivingWire) => Made {
  const made = new Map<Ipv4, Made>();
  return ({ address }) => {
    const known = made.get(address);
    if (known) return known;
    const fresh = make(address);
    made.set(address, fresh);
    return fresh;
  };
}

import { networkInterfaces } from "node:os";
import { type BootTracker, createBootTracker } from "../boot/boot-tracker.ts";
import { bootLink } from "../boot/dhcp/boot-link.ts";
import { type LoaderByArchitecture, shippedLoaders } from "../boot/dhcp/loader.ts";
import { createMessageLimit } from "../boot/dhcp/message-limit.ts";
import { createProbe } from "../boot/dhcp/probe.ts";
import { proxiedBoot } from "../boot/dhcp/proxy/proxied-boot.ts";
import { createProxy, type ProxyDhcp } from "../boot/dhcp/proxy/proxy.ts";
import { recordPassedOver } from "../boot/dhcp/record-passed-over.ts";
import { openProbeSocket } from "../boot/dhcp/server.ts";
import { createDhcpService, type DhcpService } from "../boot/dhcp/service.ts";
import { bootUrls } from "../boot/http/boot-urls.ts";
import { type NonceBook, nonceBook } from "../boot/nonce.ts";
import { createObserver, type Observer } from "../boot/observer.ts";
import type { Config } from "../config.ts";
import { claimKind } from "../domain/claim/decide.ts";
import { commandHandler } from "../domain/handle-command.ts";
import { machineKind } from "../domain/machine/decide.ts";
import type { MachineHandlers } from "../domain/machine/handlers.ts";
import type { EventStore, RecordedEvent } from "../domain/ports/event-store.ts";
import type { Ipv4 } from "../domain/values/ipv4.ts";
import type { MacAddress } from "../domain/values/mac-address.ts";
import type { BootRowsPiece } from "../projections/boot-memory-file.ts";
import type { Leadership } from "./leadership/leadership.ts";
import { createMemory, type Memory, restorePiece } from "./memory.ts";
import type { SecretKeys } from "./secret-keys.ts";
import { type WirePlaces, wirePlaces } from "./wires/wire-places.ts";
import { type WireSettings, wireSettings } from "./wires/wire-settings.ts";

export interface BootCoreOptions {
  readonly config: Config;
  readonly store: EventStore;
  readonly keys: SecretKeys;
  readonly clock: () => Date;
  readonly steadyMs: () => number;
  readonly newId: () => string;
  readonly leadership: Leadership;
}

/** What answers machines, without its sockets. */
export interface BootCore extends Memory {
  readonly dhcp: DhcpService;
  readonly tracker: BootTracker;
  readonly observer: Observer;
  readonly nonces: NonceBook;
  readonly handlers: MachineHandlers;
  /** File names in the assets directory that firmware may load. */
  readonly loaders: LoaderByArchitecture;
  /** Boots beside other DHCP servers. */
  readonly proxy: ProxyDhcp;
  /** The networks that machines are on, and where we are on each. */
  readonly wires: { readonly all: readonly WireSettings[]; readonly places: WirePlaces };
  /** The interface that holds the address, by our lease or by what it told us itself; `undefined`: none is known. */
  macAt(address: Ipv4): MacAddress | undefined;
  /** Takes every event of `memoryFilter`, from the first on, but for those that what was restored contains. */
  apply(event: RecordedEvent): void;
  /** Takes rows of the view that keeps machines, claims and addresses, in the order in which it gives them. */
  restore(piece: BootRowsPiece): void;
}

export function createBootCore(options: BootCoreOptions): BootCore {
  const { config, store, keys, clock, steadyMs, newId, leadership } = options;
  const all = wireSettings(config);
  const places = wirePlaces(all, networkInterfaces);
  const memory = createMemory({ clock, steadyMs });
  const { targets, clockGuard } = memory;
  const tracker = createBootTracker({ targets, newId });
  const observer = createObserver({ store, targets, clock, newId });
  const nonces = nonceBook({ key: keys.boot, clock });
  const loaders = { ...shippedLoaders, ...config.loaders };
  const urls = bootUrls({ nonces, httpPort: config.wire.httpPort });
  const { newcomersPerHour, ...dhcpLimits } = config.dhcpLimits;
  const dhcp = createDhcpService({
    ownAddresses: places.addresses,
    store,
    clock,
    newId,
    machines: targets,
    tracker,
    observer,
    loaders,
    fenced: () => targets.fence().fenced,
    clockSuspect: clockGuard.isSuspect,
    leads: leadership.isHeld,
    probe: createProbe({ openSocket: openProbeSocket }),
    ...dhcpLimits,
    ...(newcomersPerHour !== undefined && { newcomersPerHour }),
    ...urls,
  });
  const onPassedOver = recordPassedOver({ observer, tracker, clock });
  const proxy = createProxy({
    link: bootLink(tracker, observer),
    answer: proxiedBoot({ loaders, machines: targets, network: targets.network, onPassedOver, ...urls }),
    limit: createMessageLimit(dhcpLimits),
    clock,
  });

  return {
    ...memory,
    dhcp,
    tracker,
    observer,
    nonces,
    loaders,
    proxy,
    wires: { all, places },
    macAt: (address) => dhcp.macAt(address) ?? proxy.macAt(address),
    handlers: {
      handleMachine: commandHandler(machineKind, { store, newId }),
      handleClaim: commandHandler(claimKind, { store, newId }),
    },
    apply(event) {
      targets.apply(event);
      clockGuard.apply(event);
      dhcp.apply(event);
    },
    restore: (piece) => restorePiece(piece, { targets, leases: dhcp }),
  };
}

import { type BootTracker, createBootTracker } from "../boot/boot-tracker.ts";
import { shippedLoaders } from "../boot/dhcp/boot-answer.ts";
import { createProbe } from "../boot/dhcp/probe.ts";
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
import type { BootRowsPiece } from "../projections/boot-memory-file.ts";
import { createMemory, type Memory, restorePiece } from "./memory.ts";
import type { SecretKeys } from "./secret-keys.ts";

export interface BootCoreOptions {
  readonly config: Config;
  readonly store: EventStore;
  readonly keys: SecretKeys;
  readonly clock: () => Date;
  readonly steadyMs: () => number;
  readonly newId: () => string;
}

/** What answers machines, without its sockets. */
export interface BootCore extends Memory {
  readonly dhcp: DhcpService;
  readonly tracker: BootTracker;
  readonly observer: Observer;
  readonly nonces: NonceBook;
  readonly handlers: MachineHandlers;
  /** File names in the assets directory that firmware may load. */
  readonly loaders: typeof shippedLoaders;
  /** Where machines reach the boot listener. */
  readonly serverUrl: string;
  /** Takes every event of `memoryFilter`, from the first on, but for those that what was restored contains. */
  apply(event: RecordedEvent): void;
  /** Takes rows of the view that keeps machines, claims and addresses, in the order in which it gives them. */
  restore(piece: BootRowsPiece): void;
}

export function createBootCore({ config, store, keys, clock, steadyMs, newId }: BootCoreOptions): BootCore {
  const { wire } = config;
  const memory = createMemory({ clock, steadyMs });
  const { targets, clockGuard } = memory;
  const tracker = createBootTracker({ targets, newId });
  const observer = createObserver({ store, targets, clock, newId });
  const nonces = nonceBook({ key: keys.boot, clock });
  const serverUrl = `http://${wire.address}:${wire.httpPort}`;
  const arm64 = config.loaders["arm64-uefi"];
  const loaders = { ...shippedLoaders, ...(arm64 !== undefined && { "arm64-uefi": arm64 }) };
  const dhcp = createDhcpService({
    wireAddress: wire.address,
    store,
    clock,
    newId,
    tracker,
    observer,
    loaders,
    fenced: () => targets.fence().fenced,
    clockSuspect: clockGuard.isSuspect,
    probe: createProbe({ openSocket: openProbeSocket }),
    ...bootUrls({ nonces, serverUrl }),
  });

  return {
    ...memory,
    dhcp,
    tracker,
    observer,
    nonces,
    loaders,
    serverUrl,
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

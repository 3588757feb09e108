import type { BootEvent } from "../../domain/boot/events.ts";
import { bootRefused } from "../../domain/boot/refusal.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { BootTracker } from "../boot-tracker.ts";
import type { Observer } from "../observer.ts";
import { isProbe, withoutNonce } from "./probes.ts";
import type { TftpObserver } from "./server.ts";

interface ObserveTransfersOptions {
  /** The interface that holds the address; `undefined`: a client without a lease of ours, which is not recorded. */
  readonly macOf: (address: Ipv4) => MacAddress | undefined;
  readonly tracker: Pick<BootTracker, "reached">;
  readonly observer: Pick<Observer, "observe">;
  readonly clock: () => Date;
  readonly newId: () => string;
}

/** Records what TFTP gave out and refused, as part of the boot that asked. */
export function observeTransfers(options: ObserveTransfersOptions): TftpObserver {
  const { macOf, tracker, observer, clock, newId } = options;

  function observe(address: Ipv4, event: BootEvent): void {
    const mac = macOf(address);
    if (mac === undefined) return;
    const boot = tracker.reached(mac, "loader", clock().getTime());
    // Without a boot under way the event stands for itself.
    const id = newId();
    const $causationId = boot?.bootId ?? id;
    const $correlationId = boot?.correlationId ?? id;
    const meta = {
      actor: `client:${mac}`,
      source: "tftp",
      $correlationId,
      $causationId,
      sourceAddress: address,
    };
    observer.observe({ mac, event, id, meta });
  }

  return {
    served({ address, file: { name, size, sha256 } }) {
      // A script for GRUB has an event of its own, from before it left.
      if (sha256 === null) return;
      const data = { file: name, protocol: "tftp" as const, address, bytes: size, sha256 };
      observe(address, { type: "BootFileServed", data });
    },

    refused({ address, request, refusal: { code, message } }) {
      if (code === "FILE_NOT_FOUND" && isProbe(request)) return;
      const [asked, why] = [withoutNonce(request), withoutNonce(message)];
      observe(address, bootRefused({ request: asked, code, message: why, address }));
    },
  };
}

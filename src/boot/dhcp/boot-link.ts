import type { PxeRequested } from "../../domain/boot/events.ts";
import type { EventOf } from "../../domain/event.ts";
import type { BootContext, BootTracker } from "../boot-tracker.ts";
import type { Observer } from "../observer.ts";
import type { BootClient, DhcpRequest } from "./request.ts";

/** What a message belongs to. */
export interface RequestLink {
  /** `undefined`: no boot is under way. */
  readonly boot: BootContext | undefined;
  /** Of the boot, or of the run that waits for one; `undefined`: the message stands for itself. */
  readonly correlationId: string | undefined;
}

/**
 * Finds what a message belongs to, and records it when it asks for a boot. `asks`: whether messages of its type do.
 * (Default: DHCPDISCOVER and DHCPREQUEST)
 */
export type BootLink = (request: DhcpRequest, nowMs: number, asks?: boolean) => RequestLink;

export function bootLink(tracker: BootTracker, observer: Observer): BootLink {
  return (request, nowMs, asks = request.type === "discover" || request.type === "request") => {
    const { mac, boot: client, type } = request;
    if (!client || !asks) {
      const boot = tracker.current(mac, nowMs);
      return { boot, correlationId: boot?.correlationId ?? tracker.waitingRun(mac) };
    }
    const { boot, record } = tracker.requested(
      {
        mac,
        client: client.kind === "ipxe" ? "ipxe" : "firmware",
        xid: request.packet.xid,
        isDiscover: type === "discover",
      },
      nowMs,
    );
    if (record) {
      const { id, causationId } = record;
      const meta = {
        actor: `client:${mac}`,
        source: "dhcp",
        $correlationId: boot.correlationId,
        $causationId: causationId,
      };
      observer.observe({ mac, id, event: pxeRequested(client, request), meta });
    }
    return { boot, correlationId: boot.correlationId };
  };
}

function pxeRequested(client: BootClient, { relay }: DhcpRequest): EventOf<typeof PxeRequested> {
  return {
    type: "PxeRequested",
    data: {
      client: client.kind === "ipxe" ? "ipxe" : "firmware",
      architecture: client.architectures[0] ?? null,
      vendorClass: client.vendorClass,
      firmwareUuid: client.firmwareUuid,
      relay,
    },
  };
}

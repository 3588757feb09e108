import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { BootTicket, NonceBook } from "../nonce.ts";

/** Where a boot and its leased address are sent for what comes next. */
interface BootUrls {
  /** The iPXE script of this boot. */
  scriptUrl(place: BootTicket & { readonly address: Ipv4 }): string;
  /** A loader, for firmware that boots by HTTP. */
  loaderUrl(place: BootTicket & { readonly address: Ipv4 }, loader: string): string;
}

/** `serverUrl`: where machines reach the boot listener, without a slash at the end: `http://10.77.0.1:8080`. */
export function bootUrls({
  nonces,
  serverUrl,
}: {
  readonly nonces: Pick<NonceBook, "issue">;
  readonly serverUrl: string;
}): BootUrls {
  return {
    scriptUrl: ({ address, ...ticket }) => `${serverUrl}/boot/${nonces.issue(ticket, address)}/script.ipxe`,
    loaderUrl: ({ address, ...ticket }, loader) =>
      `${serverUrl}/boot/${nonces.issue(ticket, address)}/loaders/${encodeURIComponent(loader)}`,
  };
}

import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { BootTicket, NonceBook } from "../nonce.ts";

/** Which boot is sent on, and where: `server` is the address that we have on the client's wire. */
interface UrlPlace extends BootTicket {
  readonly server: Ipv4;
}

/** Where a boot is sent for what comes next. */
interface BootUrls {
  /** The iPXE script of this boot. `address`: of the client; the URL works from no other. */
  scriptUrl(place: UrlPlace & { readonly address: Ipv4 }): string;
  /** A loader, for firmware that boots by HTTP. `address`: `undefined` when another server gives it out. */
  loaderUrl(place: UrlPlace & { readonly address: Ipv4 | undefined }, loader: string): string;
}

/** `httpPort`: of the boot listener, the same on every wire. */
export function bootUrls({
  nonces,
  httpPort,
}: {
  readonly nonces: Pick<NonceBook, "issue" | "issueUnbound">;
  readonly httpPort: number;
}): BootUrls {
  return {
    scriptUrl: ({ address, server, ...ticket }) =>
      `${serverUrl(server, httpPort)}/boot/${nonces.issue(ticket, address)}/script.ipxe`,

    loaderUrl({ address, server, ...ticket }, loader) {
      const nonce = address === undefined ? nonces.issueUnbound(ticket) : nonces.issue(ticket, address);
      return `${serverUrl(server, httpPort)}/boot/${nonce}/loaders/${encodeURIComponent(loader)}`;
    },
  };
}

/** Where the machines of a wire reach the boot listener, without a slash at the end: `http://10.77.0.1:8080`. */
export function serverUrl(address: Ipv4, httpPort: number): string {
  return `http://${address}:${httpPort}`;
}

import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import { chooseLoader, isUrl, type LoaderByArchitecture, shippedLoaders } from "./loader.ts";
import type { BootClient } from "./request.ts";

/** What a client is to boot next. */
export interface BootAnswer {
  /** Option 67: a file on the TFTP server, or a URL. */
  readonly file: string;
  /** siaddr, option 66 and `file`: for firmware that loads by TFTP; `undefined` where `file` is a URL. */
  readonly tftpServer: Ipv4 | undefined;
  /** UEFI HTTP boot: it takes an answer only with option 60 `HTTPClient` in it. */
  readonly isHttp: boolean;
  /** iPXE: it is told not to wait for a proxyDHCP server. */
  readonly isIpxe: boolean;
}

/** Which boot of which interface, at which leased address. */
export interface BootPlace {
  readonly mac: MacAddress;
  readonly bootId: string;
  /** `undefined`: another server leases it, and nobody has told. */
  readonly address: Ipv4 | undefined;
}

/** The same with the address that we have on the client's wire, which URLs name. */
type ServedPlace<Place> = Place & { readonly server: Ipv4 };

export interface BootAnswerOptions {
  /** Our address on the client's wire: for TFTP, and in every URL. */
  readonly tftpServer: Ipv4;
  /** (Default: `shippedLoaders`) */
  readonly loaders?: LoaderByArchitecture;
  /** URL of the iPXE script for this boot. */
  readonly scriptUrl: (place: ServedPlace<BootPlace & { readonly address: Ipv4 }>) => string;
  /** URL of a loader, for firmware that boots by HTTP. */
  readonly loaderUrl: (place: ServedPlace<BootPlace>, loader: string) => string;
  /** Told of each answer that is not what the client's class sets. (Default: nobody is) */
  readonly onPassedOver?: (passed: PassedOver) => void;
}

/** A class sets a boot file that its client cannot load, and the client got something else. */
export interface PassedOver {
  readonly place: BootPlace;
  readonly bootFile: string;
  /** For people. */
  readonly why: string;
}

/**
 * First the loader, then, for iPXE, its script. `undefined` when there is no loader for any architecture of the
 * firmware. `bootFile`: what the client's class sets: a file of the loaders' folder, or an absolute URL.
 *
 * Option 60 `PXEClient` is not sent back to PXE firmware: EDK2 would take the answer for one that still has to be
 * completed by a boot server on port 4011. With a boot file and without option 60 it boots as it is told.
 */
export function bootAnswers({
  tftpServer,
  loaders = shippedLoaders,
  scriptUrl,
  loaderUrl,
  onPassedOver,
}: BootAnswerOptions) {
  return (client: BootClient, place: BootPlace, bootFile?: string): BootAnswer | undefined => {
    const { address } = place;
    if (client.kind === "ipxe") {
      // A script is for the machine at one address alone.
      if (address === undefined) return undefined;
      const file = scriptUrl({ ...place, address, server: tftpServer });
      return { file, tftpServer: undefined, isHttp: false, isIpxe: true };
    }
    const { loader, passedOver: why } = chooseLoader(client, loaders, bootFile);
    if (why !== undefined && bootFile !== undefined) onPassedOver?.({ place, bootFile, why });
    if (!loader) return undefined;
    if (client.kind === "pxe") return { file: loader, tftpServer, isHttp: false, isIpxe: false };
    const file = isUrl(loader) ? loader : loaderUrl({ ...place, server: tftpServer }, loader);
    return { file, tftpServer: undefined, isHttp: true, isIpxe: false };
  };
}

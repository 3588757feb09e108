import type { Architecture } from "../../domain/values/architecture.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
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

/** File names in the folder of loaders, by what the firmware can boot. */
export type LoaderByArchitecture = { readonly [Key in Architecture]?: string };

/** The iPXE builds that the service ships. There is none for arm64: an operator names one in the configuration. */
export const shippedLoaders: LoaderByArchitecture = {
  "x86-bios": "undionly.kpxe",
  "x64-uefi": "snponly.efi",
  "x64-uefi-http": "snponly.efi",
};

/** Which boot of which interface, at which leased address. */
export interface BootPlace {
  readonly mac: MacAddress;
  readonly bootId: string;
  readonly address: Ipv4;
}

export interface BootAnswerOptions {
  readonly tftpServer: Ipv4;
  /** (Default: `shippedLoaders`) */
  readonly loaders?: LoaderByArchitecture;
  /** URL of the iPXE script for this boot. */
  readonly scriptUrl: (place: BootPlace) => string;
  /** URL of a loader, for firmware that boots by HTTP. */
  readonly loaderUrl: (place: BootPlace, loader: string) => string;
}

/**
 * First iPXE, then its script. `undefined` when there is no loader for any architecture of the firmware.
 *
 * Option 60 `PXEClient` is not sent back to PXE firmware: EDK2 would take the answer for one that still has to be
 * completed by a boot server on port 4011. With a boot file and without option 60 it boots as it is told.
 */
export function bootAnswers({
  tftpServer,
  loaders = shippedLoaders,
  scriptUrl,
  loaderUrl,
}: BootAnswerOptions) {
  return (client: BootClient, place: BootPlace): BootAnswer | undefined => {
    if (client.kind === "ipxe") {
      return { file: scriptUrl(place), tftpServer: undefined, isHttp: false, isIpxe: true };
    }
    const loader = client.architectures.map((architecture) => loaders[architecture]).find(Boolean);
    if (!loader) return undefined;
    if (client.kind === "pxe") return { file: loader, tftpServer, isHttp: false, isIpxe: false };
    return { file: loaderUrl(place, loader), tftpServer: undefined, isHttp: true, isIpxe: false };
  };
}

import type { Network } from "../../domain/network/state.ts";
import type { Architecture } from "../../domain/values/architecture.ts";
import type { BootClient } from "./request.ts";

/** File names in the folder of loaders, by what the firmware can boot. */
export type LoaderByArchitecture = { readonly [Key in Architecture]?: string | undefined };

/** What the service ships: builds of iPXE. For other architectures an operator names a loader in the configuration. */
export const shippedLoaders: LoaderByArchitecture = {
  "x86-bios": "undionly.kpxe",
  "x64-uefi": "snponly.efi",
  "x64-uefi-http": "snponly.efi",
};

/**
 * What loaders load next from the folder that they came from. The names are built into them: shim asks for the GRUB of
 * its architecture, and for the key manager when somebody wants to enrol a key.
 */
const secondStages: ReadonlySet<string> = new Set(
  ["x64", "aa64", "ia32", "riscv64"].flatMap((suffix) => [`grub${suffix}.efi`, `mm${suffix}.efi`]),
);

/**
 * The files of the loaders' folder that machines may have: those of the architectures, those that classes of clients
 * name now, and what either loads next.
 */
export function offeredLoaders(
  loaders: LoaderByArchitecture,
  network: () => Network,
): Pick<ReadonlySet<string>, "has"> {
  const configured = new Set(Object.values(loaders));
  return {
    has(name) {
      if (configured.has(name) || secondStages.has(name)) return true;
      for (const { bootFile } of network().classes.values()) if (bootFile === name) return true;
      return false;
    },
  };
}

/** Which loader firmware gets: a file of the loaders' folder, or an absolute URL, which only HTTP firmware can load. */
export interface LoaderChoice {
  /** `undefined`: there is none for any architecture of the firmware. */
  readonly loader: string | undefined;
  /** Why the boot file of the client's class is not what it gets; `undefined`: it is, or there is none. */
  readonly passedOver: string | undefined;
}

/** The boot file that the client's class sets, as far as the firmware can load it; else its architecture's loader. */
export function chooseLoader(
  { kind, architectures }: Pick<BootClient, "kind" | "architectures">,
  loaders: LoaderByArchitecture,
  bootFile: string | undefined,
): LoaderChoice {
  const loader = architectures.map((architecture) => loaders[architecture]).find(Boolean);
  if (bootFile === undefined) return { loader, passedOver: undefined };
  if (kind === "http" || !isUrl(bootFile)) return { loader: bootFile, passedOver: undefined };
  const instead =
    loader === undefined ? "there is no loader for its architecture either" : `it gets ${loader}`;
  return { loader, passedOver: `PXE firmware loads files by TFTP and cannot load a URL: ${instead}` };
}

/** Whether a boot file is a URL, and not a file of the loaders' folder: no file name has a colon. */
export function isUrl(bootFile: string): boolean {
  return /^https?:\/\//i.test(bootFile);
}

import { moduleName } from "./module-info.ts";

/** Names of the packages that everything is built from. The kernel's own package is found through `kernel`. */
export const packageNames = {
  /** Depends on the newest kernel; holds nothing itself. */
  kernel: "linux-image-amd64",
  busybox: "busybox-static",
  zstd: "zstd",
  ipxe: "ipxe",
  grubTools: "grub-common",
  grubModules: "grub-efi-amd64-bin",
  shimSigned: "shim-signed",
  grubSigned: "grub-efi-amd64-signed",
} as const;

/** The shared libraries that zstd needs in the agent. */
export const agentLibraryPackages = ["libc6", "liblz4-1", "liblzma5", "zlib1g"] as const;

/** What `grub-mkimage` needs besides. It runs on the building machine only. */
export const toolLibraryPackages = ["libdevmapper1.02.1", "libpcre2-8-0", "libselinux1", "libudev1"] as const;

/** What the agent's kernel can drive: disks, network interfaces, firmware variables. Add a driver here. */
export const wantedModules = [
  "virtio_pci",
  "virtio_net",
  "virtio_blk",
  "virtio_scsi",
  "virtio-rng",
  "sd_mod",
  "nvme",
  "ahci",
  "ata_piix",
  "e1000",
  "e1000e",
  "igb",
  "af_packet",
  "efivarfs",
].map(moduleName);

/** Parts of the kernel package that hold no such driver, and that only cost time to unpack. */
export const unneededKernelParts = [
  "drivers/gpu",
  "drivers/hwmon",
  "drivers/iio",
  "drivers/infiniband",
  "drivers/input",
  "drivers/media",
  "drivers/net/wireless",
  "drivers/staging",
  "drivers/usb",
  "fs/btrfs",
  "fs/xfs",
  "sound",
].map((part) => `*/kernel/${part}`);

/** What grub-local.efi must know to find a loader on a disk and to start it. */
export const grubLocalModules = [
  "part_gpt",
  "part_msdos",
  "fat",
  "search",
  "search_fs_file",
  "chain",
  "boot",
  "minicmd",
];

/** A loader that machines get, and where it comes from. */
interface LoaderSource {
  /** In the assets folder. */
  readonly name: string;
  readonly packageName: string;
  /** In the package. */
  readonly path: string;
}

/**
 * The boot loaders: iPXE for BIOS, and for UEFI on x64; for Secure Boot the signed shim, and the signed GRUB, by the name
 * that shim asks for, of the build that finds its configuration in the network.
 */
export const loaders: readonly LoaderSource[] = [
  { name: "undionly.kpxe", packageName: packageNames.ipxe, path: "usr/lib/ipxe/undionly.kpxe" },
  { name: "snponly.efi", packageName: packageNames.ipxe, path: "usr/lib/ipxe/snponly.efi" },
  { name: "shimx64.efi", packageName: packageNames.shimSigned, path: "usr/lib/shim/shimx64.efi.signed" },
  {
    name: "grubx64.efi",
    packageName: packageNames.grubSigned,
    path: "usr/lib/grub/x86_64-efi-signed/grubnetx64.efi.signed",
  },
];

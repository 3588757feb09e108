type DiskBus = "virtio" | "nvme" | "sata" | "scsi";

/** A disk of a test machine. */
interface MachineDisk {
  /** A raw image file; the machine writes into it. */
  readonly file: string;
  /** At most 20 characters (virtio-blk's and NVMe's limit). */
  readonly serial: string;
  /** (Default: virtio.) */
  readonly bus?: DiskBus;
}

export interface MachineHardware {
  /** The machine's files lie in a folder of this name. */
  readonly name: string;
  /** `secure-boot`: UEFI with Microsoft's keys enrolled and enforced. `arm64`: UEFI on another processor. */
  readonly firmware: "bios" | "uefi" | "secure-boot" | "arm64";
  /**
   * Who boots from the network: QEMU's iPXE option ROM, or the firmware itself by PXE or by HTTP. SeaBIOS cannot, and
   * Debian's OVMF drives no network interface but virtio-net. (Default: `ipxe-rom`.)
   */
  readonly networkBoot?: "ipxe-rom" | "firmware" | "firmware-http";
  readonly mac: string;
  /** (Default: virtio-net-pci.) */
  readonly nic?: "virtio-net-pci" | "e1000" | "e1000e";
  readonly disks: readonly MachineDisk[];
  /** (Default: 512.) */
  readonly memoryMiB?: number;
  /** SMBIOS type 1. (Default: QEMU's own.) */
  readonly system?: {
    readonly manufacturer: string;
    readonly product: string;
    readonly serial: string;
    readonly uuid: string;
  };
}

/** What a machine gets from its surroundings. */
interface MachineWiring {
  readonly tap: string;
  /** The machine's own copy of the firmware's variable store; UEFI only. */
  readonly variablesFile: string;
}

interface Platform {
  readonly emulator: readonly string[];
  /** UEFI only: the firmware, and the variable store that a new machine has. */
  readonly flash?: { readonly code: string; readonly variables: string };
}

const x64 = (machine: string) => ["qemu-system-x86_64", "-machine", machine];

/** Debian's firmware: SeaBIOS as QEMU has it, OVMF in its 4 MB variants, and its sister for Arm. */
export const platforms: Readonly<Record<MachineHardware["firmware"], Platform>> = {
  bios: { emulator: x64("q35,graphics=off") },
  uefi: {
    emulator: x64("q35,graphics=off"),
    flash: { code: "/usr/share/OVMF/OVMF_CODE_4M.fd", variables: "/usr/share/OVMF/OVMF_VARS_4M.fd" },
  },
  "secure-boot": {
    emulator: [...x64("q35,graphics=off,smm=on"), "-global", "driver=cfi.pflash01,property=secure,value=on"],
    flash: {
      code: "/usr/share/OVMF/OVMF_CODE_4M.secboot.fd",
      variables: "/usr/share/OVMF/OVMF_VARS_4M.ms.fd",
    },
  },
  arm64: {
    emulator: ["qemu-system-aarch64", "-machine", "virt", "-cpu", "cortex-a57"],
    flash: { code: "/usr/share/AAVMF/AAVMF_CODE.fd", variables: "/usr/share/AAVMF/AAVMF_VARS.fd" },
  },
};

/**
 * The command line of QEMU for a machine that first boots from the network, then from its disks.
 *
 * Always emulated, never KVM: some hosts offer a /dev/kvm on which Debian's kernel hangs without a word.
 */
export function qemuArguments(hardware: MachineHardware, wiring: MachineWiring): readonly string[] {
  const { emulator, flash } = platforms[hardware.firmware];
  return [
    ...emulator,
    ...["-accel", "tcg", "-m", String(hardware.memoryMiB ?? 512), "-no-user-config", "-nodefaults"],
    ...["-display", "none", "-vga", "none", "-monitor", "none", "-serial", "stdio"],
    ...["-device", "virtio-rng-pci"],
    ...(flash ? flashArguments(flash.code, wiring.variablesFile) : []),
    ...(hardware.networkBoot === "firmware-http" ? onlyHttp : []),
    ...nicArguments(hardware, wiring.tap),
    ...hardware.disks.flatMap(diskArguments),
    ...systemArguments(hardware),
  ];
}

/** Without PXE, for which the firmware would wait a minute before it tries HTTP. */
const onlyHttp = ["IPv4", "IPv6"].flatMap((family) => [
  "-fw_cfg",
  `name=opt/org.tianocore/${family}PXESupport,string=n`,
]);

function flashArguments(code: string, variablesFile: string): readonly string[] {
  return [
    ...["-drive", `if=pflash,format=raw,unit=0,readonly=on,file=${code}`],
    ...["-drive", `if=pflash,format=raw,unit=1,file=${variablesFile}`],
  ];
}

function nicArguments(
  { nic = "virtio-net-pci", mac, networkBoot }: MachineHardware,
  tap: string,
): readonly string[] {
  // An empty ROM file takes iPXE away, and the firmware's own network stack is what is left.
  const rom = networkBoot === undefined || networkBoot === "ipxe-rom" ? "" : ",romfile=";
  return [
    ...["-netdev", `tap,id=net0,ifname=${tap},script=no,downscript=no`],
    ...["-device", `${nic},netdev=net0,mac=${mac},bootindex=1${rom}`],
  ];
}

function diskArguments(disk: MachineDisk, index: number): readonly string[] {
  const { file, serial } = disk;
  const bus: DiskBus = disk.bus ?? "virtio";
  const id = `disk${index}`;
  // cache=writeback keeps what the guest flushed when the machine is killed, as a power cut would.
  const drive = ["-drive", `if=none,id=${id},format=raw,cache=writeback,discard=unmap,file=${file}`];
  const common = `drive=${id},serial=${serial},bootindex=${index + 2}`;
  switch (bus) {
    case "virtio":
      return [...drive, "-device", `virtio-blk-pci,${common}`];
    case "nvme":
      return [...drive, "-device", `nvme,${common}`];
    case "sata":
      return [...drive, "-device", `ide-hd,bus=ide.${index},${common}`];
    case "scsi":
      return [
        ...drive,
        "-device",
        `virtio-scsi-pci,id=scsi${index}`,
        "-device",
        `scsi-hd,bus=scsi${index}.0,${common}`,
      ];
  }
}

function systemArguments({ system }: MachineHardware): readonly string[] {
  if (!system) return [];
  const { manufacturer, product, serial, uuid } = system;
  const fields = { manufacturer, product, serial, uuid };
  // A comma in a value is doubled (QEMU's option syntax).
  const list = Object.entries(fields).map(([name, value]) => `${name}=${value.replaceAll(",", ",,")}`);
  return ["-smbios", `type=1,${list.join(",")}`, "-uuid", uuid];
}

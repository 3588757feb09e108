/** The whole past of a machine that was discovered, deployed, and switched on once more, as `storyOf` tells it. */
export interface ExpectedStory {
  readonly discovery: readonly string[];
  readonly approval: readonly string[];
  /** What carries the run's correlation id. */
  readonly run: readonly string[];
  /** The boot after the run, then the second power-on. */
  readonly disk: readonly string[];
}

/** SeaBIOS with QEMU's iPXE ROM, whose first word is iPXE's. */
export const biosStory: ExpectedStory = {
  discovery: [
    "PxeRequested ipxe x86-bios",
    "  LeaseGranted",
    "  Claimed",
    "  MachineDiscovered",
    "  BootScriptServed discovery",
    "  BootFileServed http discovery/1/kernel",
    "  BootFileServed http discovery/1/initrd",
    "  InventoryReported",
  ],
  approval: ["MachineApproved, because it was asked for"],
  run: [
    "MachineAllocated, because it was asked for",
    "BootIntentSet image-deploy os.img.gz disk-of-bios, because it was asked for",
    "PxeRequested ipxe x86-bios, because of BootIntentSet",
    "  BootIntentServed 1",
    "  BootScriptServed image-deploy",
    "  BootFileServed http image-deploy/1/kernel",
    "  BootFileServed http image-deploy/1/initrd",
    "  BootIntentConsumed",
    "  DeploymentStarted",
    "  DeploymentStageReached writing",
    "  BootFileServed http os.img.gz",
    "  DeploymentStageReached written",
    "  DeploymentStageReached verifying",
    "  DeploymentStageReached verified",
    "  DeploymentCompleted",
  ],
  disk: [
    "PxeRequested ipxe x86-bios, because of DeploymentCompleted",
    "  BootScriptServed local-disk",
    "PxeRequested ipxe x86-bios",
    "  BootScriptServed local-disk",
  ],
};

/** OVMF's own PXE, which loads iPXE over TFTP; and GRUB over HTTP, which finds the disk's system. */
export const uefiStory: ExpectedStory = {
  discovery: [
    "PxeRequested firmware x64-uefi",
    "  LeaseGranted",
    "  BootFileServed tftp snponly.efi",
    "  PxeRequested ipxe x64-uefi",
    "  Claimed",
    "  MachineDiscovered",
    "  BootScriptServed discovery",
    "  BootFileServed http discovery/1/kernel",
    "  BootFileServed http discovery/1/initrd",
    "  InventoryReported",
  ],
  approval: ["MachineApproved, because it was asked for"],
  run: [
    "MachineAllocated, because it was asked for",
    "BootIntentSet image-deploy os.img.zst disk-of-uefi, because it was asked for",
    "PxeRequested firmware x64-uefi, because of BootIntentSet",
    "  BootFileServed tftp snponly.efi",
    "  PxeRequested ipxe x64-uefi",
    "  BootIntentServed 1",
    "  BootScriptServed image-deploy",
    "  BootFileServed http image-deploy/1/kernel",
    "  BootFileServed http image-deploy/1/initrd",
    "  BootIntentConsumed",
    "  DeploymentStarted",
    "  DeploymentStageReached writing",
    "  BootFileServed http os.img.zst",
    "  DeploymentStageReached written",
    "  DeploymentStageReached verifying",
    "  DeploymentStageReached verified",
    "  DeploymentCompleted",
  ],
  disk: [
    "PxeRequested firmware x64-uefi, because of DeploymentCompleted",
    "  BootFileServed tftp snponly.efi",
    "  PxeRequested ipxe x64-uefi",
    "  BootScriptServed local-disk",
    "  BootFileServed http local-disk/1/grub",
    "PxeRequested firmware x64-uefi",
    "  BootFileServed tftp snponly.efi",
    "  PxeRequested ipxe x64-uefi",
    "  BootScriptServed local-disk",
    "  BootFileServed http local-disk/1/grub",
  ],
};

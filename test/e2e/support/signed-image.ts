import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fatFileSystem, partitionStart, writePartitionTable } from "./efi-partition.ts";

const partitionBytes = 8 * 1024 * 1024;

/**
 * Puts an image into the folder whose system starts under Secure Boot: Debian's signed shim and GRUB, which say the
 * marker and halt. Needs shim-signed, grub-efi-amd64-signed and mtools.
 */
export async function buildSignedImage(
  folder: string,
  marker: string,
): Promise<{ readonly file: string; readonly sha256: string }> {
  const work = await mkdtemp(join(tmpdir(), "ironledger-signed-"));
  try {
    // The console of the firmware is the serial line already.
    const config = `echo\necho "${marker} $grub_platform lockdown=$lockdown"\nhalt\n`;
    const image = Buffer.alloc(partitionStart + partitionBytes);
    const files = {
      "EFI/BOOT/BOOTX64.EFI": await readFile("/usr/lib/shim/shimx64.efi.signed"),
      "EFI/BOOT/grubx64.efi": await readFile("/usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed"),
      "EFI/debian/grub.cfg": Buffer.from(config),
    };
    (await fatFileSystem(work, partitionBytes, files)).copy(image, partitionStart);
    writePartitionTable(image, partitionBytes);
    await writeFile(join(folder, "signed.img"), image);
    return { file: "signed.img", sha256: createHash("sha256").update(image).digest("hex") };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

import { z } from "zod";
import type { Architecture } from "../domain/values/architecture.ts";

const FileName = z
  .string()
  .max(128)
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/, "expected a plain file name");

/** `by`: how the firmware loads it. `shipped`: the file that holds when the key is left out. */
function loader(firmware: string, by: "TFTP" | "HTTP", shipped?: string) {
  return FileName.optional().meta({
    description: `What ${firmware} loads first by ${by}: a file in the assets directory.`,
    form: "file name",
    fallback: shipped === undefined ? "none: such machines get what a class names" : `\`${shipped}\``,
  });
}

/** One loader for each architecture that firmware names itself by (RFC 4578 s. 2.1, IANA registry). */
export const Loaders = z.strictObject({
  "x86-bios": loader("BIOS", "TFTP", "undionly.kpxe"),
  "x64-uefi": loader("64-bit UEFI", "TFTP", "snponly.efi"),
  "x64-uefi-http": loader("64-bit UEFI", "HTTP", "snponly.efi"),
  "arm64-uefi": loader("64-bit UEFI on Arm", "TFTP"),
  "arm64-uefi-http": loader("64-bit UEFI on Arm", "HTTP"),
  "x86-uefi": loader("32-bit UEFI", "TFTP"),
  "x86-uefi-http": loader("32-bit UEFI", "HTTP"),
  "arm32-uefi": loader("32-bit UEFI on Arm", "TFTP"),
  "arm32-uefi-http": loader("32-bit UEFI on Arm", "HTTP"),
  "riscv64-uefi": loader("64-bit UEFI on RISC-V", "TFTP"),
  "riscv64-uefi-http": loader("64-bit UEFI on RISC-V", "HTTP"),
} satisfies Record<Architecture, z.ZodType>);

import { z } from "zod";

/** What a machine's firmware can boot (IANA "Processor Architecture Types"). */
export const Architecture = z.enum([
  "x86-bios",
  "x64-uefi",
  "x64-uefi-http",
  "arm64-uefi",
  "arm64-uefi-http",
  "x86-uefi",
  "x86-uefi-http",
  "arm32-uefi",
  "arm32-uefi-http",
  "riscv64-uefi",
  "riscv64-uefi-http",
]);
export type Architecture = z.infer<typeof Architecture>;

import { expect, test } from "vitest";
import { isProbe, withoutNonce } from "../../../src/boot/tftp/probes.ts";

test.each([
  "grub/x86_64-efi/command.lst",
  "debian-installer/arm64/grub/arm64-efi/terminal.lst",
  "grub/x86_64-efi/http.mod",
  "grub/fonts/unicode.pf2",
  "grub/locale/de.mo",
  "grub/grub.cfg-0A4D0050",
  "grub/grub.cfg-01-52-54-00-77-00-01",
  "revocations_sku.efi",
  "revocations_sbat.efi",
  "shim_certificate_0.efi",
])("%s is asked for just in case", (asked) => {
  expect(isProbe(asked)).toBe(true);
});

test.each([
  "grub/grub.cfg",
  "grubx64.efi",
  "snponly.efi",
  "command.lst.efi",
  "pxelinux.cfg/default",
  "",
])("%s is asked for to be had", (asked) => {
  expect(isProbe(asked)).toBe(false);
});

test("a path is written down without its nonce", () => {
  const nonce = "aB3-_".repeat(12).slice(0, 56);
  expect(withoutNonce(`boot/${nonce}/files/discovery/1/kernel`)).toBe(
    "boot/<nonce>/files/discovery/1/kernel",
  );
  expect(withoutNonce(`/boot//${nonce}`)).toBe("/boot//<nonce>");
  expect(withoutNonce(`BOOT\\${nonce}\\files`)).toBe("BOOT\\<nonce>\\files");
  expect(withoutNonce(`boot/./${nonce}%2Ffiles`)).toBe("boot/./<nonce>%2Ffiles");
  expect(withoutNonce(`there is no "boot/${nonce}"`)).toBe('there is no "boot/<nonce>"');
  expect(withoutNonce("boot/short/files")).toBe("boot/short/files");
});

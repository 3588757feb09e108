import { describe, expect, test } from "vitest";
import { chooseLoader, offeredLoaders, shippedLoaders } from "../../../src/boot/dhcp/loader.ts";
import { emptyNetwork } from "../../../src/domain/network/state.ts";

const url = "https://images.example/boot.efi";

describe("choosing a loader", () => {
  test.each([
    { kind: "pxe", architectures: ["arm64-uefi", "x64-uefi"], bootFile: undefined, loader: "snponly.efi" },
    { kind: "pxe", architectures: ["riscv64-uefi"], bootFile: undefined, loader: undefined },
    { kind: "pxe", architectures: ["x64-uefi"], bootFile: "shimx64.efi", loader: "shimx64.efi" },
    { kind: "pxe", architectures: ["riscv64-uefi"], bootFile: "boards/boot.efi", loader: "boards/boot.efi" },
    { kind: "http", architectures: ["x64-uefi-http"], bootFile: "shimx64.efi", loader: "shimx64.efi" },
    { kind: "http", architectures: ["x64-uefi-http"], bootFile: url, loader: url },
  ] as const)("$kind firmware of $architectures with boot file $bootFile gets $loader", (given) => {
    const choice = chooseLoader(given, shippedLoaders, given.bootFile);
    expect(choice).toEqual({ loader: given.loader, passedOver: undefined });
  });

  test("passes over a URL that PXE firmware cannot load, and says so", () => {
    expect(chooseLoader({ kind: "pxe", architectures: ["x64-uefi"] }, shippedLoaders, url)).toEqual({
      loader: "snponly.efi",
      passedOver: "PXE firmware loads files by TFTP and cannot load a URL: it gets snponly.efi",
    });
    expect(chooseLoader({ kind: "pxe", architectures: [] }, shippedLoaders, url)).toEqual({
      loader: undefined,
      passedOver: expect.stringContaining("there is no loader for its architecture either"),
    });
  });
});

describe("the files of the loaders' folder that machines may have", () => {
  const bootFiles = [null, "phones/boot.efi"];
  const classes = new Map(bootFiles.map((bootFile, index) => [`class-${index}`, { bootFile }]));
  const network = { ...emptyNetwork, classes: classes as never };
  const offered = offeredLoaders({ ...shippedLoaders, "arm64-uefi": "bootnetaa64.efi" }, () => network);

  test.each([
    "undionly.kpxe",
    "snponly.efi",
    "bootnetaa64.efi",
    "grubaa64.efi",
    "grubx64.efi",
    "mmx64.efi",
    "phones/boot.efi",
  ])("%s is one of them", (name) => {
    expect(offered.has(name)).toBe(true);
  });

  test.each(["agent/vmlinuz", "grub-local.efi", "shimx64.efi", "", "../secret"])("%j is none", (name) => {
    expect(offered.has(name)).toBe(false);
  });
});

import { describe, expect, test } from "vitest";
import { kernelPackage, parseCandidates } from "../../agent/build/apt.ts";
import {
  type DebianPackage,
  describeChange,
  packageChanges,
  sortedByName,
} from "../../agent/build/package-list.ts";
import { parseLibraryList } from "../../agent/build/shared-libraries.ts";

const digest = (letter: string) => letter.repeat(64);
const zstd: DebianPackage = { name: "zstd", version: "1.5.4+dfsg2-5", sha256: digest("a") };
const ipxe: DebianPackage = { name: "ipxe", version: "1.0.0", sha256: digest("b") };

/** As Debian 12's `apt-cache show --no-all-versions linux-image-amd64 zstd` prints it, shortened. */
const shown = `Package: linux-image-amd64
Source: linux-signed-amd64 (6.1.192+2)
Version: 6.1.192-2
Depends: linux-image-6.1.0-56-amd64 (= 6.1.192-2)
Description: Linux for 64-bit PCs (meta-package)
 This package depends on the latest Linux kernel and modules.
SHA256: ${digest("c")}

Package: zstd
Version: 1.5.4+dfsg2-5
SHA256: ${digest("a")}
`;

describe("choosing packages", () => {
  test("takes name, version, digest and dependencies from what apt shows", () => {
    expect(parseCandidates(shown)).toEqual([
      {
        name: "linux-image-amd64",
        version: "6.1.192-2",
        sha256: digest("c"),
        depends: "linux-image-6.1.0-56-amd64 (= 6.1.192-2)",
      },
      { ...zstd, depends: "" },
    ]);
  });

  test("a package that apt knows from its installation alone cannot be downloaded", () => {
    expect(parseCandidates("Package: local\nStatus: install ok installed\nVersion: 1\n")).toEqual([]);
  });

  test("the kernel's package is found through the one that depends on the newest", () => {
    expect(kernelPackage("linux-image-6.1.0-56-amd64 (= 6.1.192-2)")).toBe("linux-image-6.1.0-56-amd64");
    expect(kernelPackage("linux-image-6.12.57+deb13-amd64 (= 6.12.57-1)")).toBe(
      "linux-image-6.12.57+deb13-amd64",
    );
    expect(() => kernelPackage("linux-base")).toThrow("which names no kernel");
  });
});

describe("comparing with the packages of an earlier build", () => {
  test("the same ones are no change", () => {
    expect(packageChanges([ipxe, zstd], [ipxe, zstd])).toEqual([]);
  });

  test("a newer, a new and a dropped one are told, each in a line", () => {
    const newer = { ...zstd, version: "1.5.5-1", sha256: digest("d") };
    const kernel = { name: "linux-image-6.1.0-57-amd64", version: "6.1.200-1", sha256: digest("e") };
    expect(packageChanges([ipxe, zstd], [kernel, newer]).map(describeChange)).toEqual([
      "linux-image-6.1.0-57-amd64 6.1.200-1 is new",
      "zstd has moved on from 1.5.4+dfsg2-5 to 1.5.5-1",
      "ipxe 1.0.0 is no longer used",
    ]);
  });

  test("other bytes under the same version are told too", () => {
    const rebuilt = { ...zstd, sha256: digest("f") };
    expect(packageChanges([zstd], [rebuilt]).map(describeChange)).toEqual([
      "zstd 1.5.4+dfsg2-5 was rebuilt: same version, other bytes",
    ]);
  });

  test("lists are kept in the order of the names", () => {
    expect(sortedByName([zstd, ipxe])).toEqual([ipxe, zstd]);
  });
});

describe("reading the dynamic loader's list", () => {
  test("gives the libraries, without the kernel's and the loader's own", () => {
    const list = `	linux-vdso.so.1 (0x00007fff2d5e9000)
	libz.so.1 => /x y/lib/x86_64-linux-gnu/libz.so.1 (0x00007f015728c000)
	libc.so.6 => /y/usr/lib/x86_64-linux-gnu/libc.so.6 (0x00007f0156f96000)
	/lib64/ld-linux-x86-64.so.2 => /y/lib/ld-linux-x86-64.so.2 (0x00007f015728e000)
`;
    expect(parseLibraryList(list)).toEqual([
      { name: "libz.so.1", file: "/x y/lib/x86_64-linux-gnu/libz.so.1" },
      { name: "libc.so.6", file: "/y/usr/lib/x86_64-linux-gnu/libc.so.6" },
    ]);
  });

  test("leaves no line out in silence", () => {
    expect(() => parseLibraryList("	libz.so.1 => not found\n")).toThrow('said "libz.so.1 => not found"');
  });
});

import { chmodSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loaderFiles } from "../../../src/boot/tftp/loader-files.ts";
import { scratchFolder } from "../scratch-folder.ts";

const name = "snponly.efi";
let folder: ReturnType<typeof scratchFolder>;
beforeEach(() => {
  folder = scratchFolder();
});
afterEach(() => folder.remove());

const loaders = () => loaderFiles(folder.path, new Set([name]));
const textOf = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString("latin1");

describe("a loader", () => {
  test("is in memory once, however many machines ask for it at the same moment", async () => {
    folder.write(name, "ipxe");
    const { find } = loaders();
    const found = await Promise.all(Array.from({ length: 50 }, () => find(name)));
    expect(new Set(found.map((file) => file?.bytes)).size).toBe(1);
    expect(textOf(found[0]?.bytes)).toBe("ipxe");
  });

  test("is read anew once an operator has replaced it", async () => {
    folder.write(name, "ipxe");
    const { find } = loaders();
    await find(name);
    folder.write(name, "IPXE");
    utimesSync(join(folder.path, name), 1, 1);
    expect(textOf((await find(name))?.bytes)).toBe("IPXE");
  });

  test("that cannot be read is tried again by the next machine", async () => {
    folder.write(name, "ipxe");
    const { find } = loaders();
    const file = join(folder.path, name);
    // Whoever may read everything reads this too, so only others see the failure in between.
    chmodSync(file, 0);
    await find(name).catch(() => undefined);
    chmodSync(file, 0o600);
    expect(textOf((await find(name))?.bytes)).toBe("ipxe");
  });

  test.each([
    "/snponly.efi",
    "snponly.efi/",
    "../snponly.efi",
    "other.efi",
    "",
  ])("is not found as %j", async (asked) => {
    folder.write(name, "ipxe");
    folder.write("other.efi", "not a loader");
    expect(await loaders().find(asked)).toBeUndefined();
  });
});

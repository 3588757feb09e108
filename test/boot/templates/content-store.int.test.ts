import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sha256Of } from "../../../src/boot/digest.ts";
import { type ContentStore, openContentStore } from "../../../src/boot/templates/content-store.ts";
import { countingIds } from "../../support/recording.ts";
import { digest } from "../../support/samples.ts";
import { scratchFolder } from "../scratch-folder.ts";

const bytes = Buffer.from("#!ipxe\nboot\n");
let folder: ReturnType<typeof scratchFolder>;
let content: ContentStore;

beforeEach(async () => {
  folder = scratchFolder();
  content = await openContentStore(join(folder.path, "content"), countingIds());
});
afterEach(() => folder.remove());

/** Every file in the store, relative to it. */
function files(): readonly string[] {
  const all = readdirSync(join(folder.path, "content"), { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.isFile()).map(({ name }) => name);
}

describe("keeping contents", () => {
  test("names them by their digest", async () => {
    const kept = await content.put(bytes);
    expect(kept).toEqual({ sha256: sha256Of(bytes), bytes: bytes.length });
    const path = join(folder.path, "content", kept.sha256.slice(0, 2), kept.sha256);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect((await content.read(kept.sha256)).equals(bytes)).toBe(true);
  });

  test("keeps the same contents once, also when asked at the same time", async () => {
    await Promise.all([content.put(bytes), content.put(bytes), content.put(Buffer.from(bytes))]);
    expect(files()).toEqual([sha256Of(bytes)]);
  });

  test("keeps a file as it was, whatever becomes of the file", async () => {
    const file = folder.write("vmlinuz", Buffer.alloc(300_000, "k"));
    const { sha256, bytes: length } = await content.putFile(file);
    writeFileSync(file, "another kernel");
    expect(length).toBe(300_000);
    expect((await content.read(sha256)).equals(Buffer.alloc(300_000, "k"))).toBe(true);
    await expect(content.putFile(file)).resolves.toEqual({
      sha256: sha256Of("another kernel"),
      bytes: 14,
    });
  });

  test("opens contents for reading in parts", async () => {
    const { sha256 } = await content.put(bytes);
    const { handle, bytes: length } = await content.open(sha256);
    expect(length).toBe(bytes.length);
    await handle.close();
  });

  test("says where contents are missing from", async () => {
    const missing = content.read(digest(1));
    await expect(missing).rejects.toThrow(`content ${digest(1)} is not kept: restore `);
    await expect(missing).rejects.toMatchObject({ name: "ContentMissingError" });
  });

  test("takes no path for a digest", async () => {
    const path = "../../../etc/passwd" as ReturnType<typeof digest>;
    await expect(content.read(path)).rejects.toMatchObject({ name: "ZodError" });
  });

  test("forgets what a crash left half written", async () => {
    folder.write("content/incoming/half", "#!ip");
    const again = await openContentStore(join(folder.path, "content"), countingIds());
    expect(files()).toEqual([]);
    await again.put(bytes);
    expect(files()).toEqual([sha256Of(bytes)]);
  });
});

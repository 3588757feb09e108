import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { containedFile } from "../../src/boot/contained-file.ts";
import { scratchFolder } from "./scratch-folder.ts";

let folder: ReturnType<typeof scratchFolder>;
let inside: string;
beforeAll(() => {
  folder = scratchFolder();
  inside = join(folder.path, "inside");
  folder.write("inside/file.img", "x");
  folder.write("inside/deep/er/file", "x");
  folder.write("inside-too/file", "x");
  mkdirSync(join(inside, "folder"));
  symlinkSync(join(inside, "file.img"), join(inside, "link-within"));
  symlinkSync(join(folder.path, "inside-too/file"), join(inside, "link-out"));
  symlinkSync(join(inside, "loop"), join(inside, "loop"));
  symlinkSync("/dev/zero", join(inside, "device"));
});
afterAll(() => folder.remove());

describe("looking for a file in a folder", () => {
  test.each(["file.img", "deep/er/file", "link-within"])("finds %s", async (name) => {
    await expect(containedFile(inside, name)).resolves.toMatch(/file(\.img)?$/);
  });

  test.each([
    "link-out",
    "loop",
    "device",
    "folder",
    "absent",
    "file.img/x",
    "../inside-too/file",
    "deep/../file.img",
    "./file.img",
    "deep//er/file",
    "/etc/passwd",
    "",
    ".",
    "..",
    ".hidden",
    "a\0b",
    "a\\b",
    "x".repeat(256),
  ])("finds nothing at %j", async (name) => {
    await expect(containedFile(inside, name)).resolves.toBeUndefined();
  });

  test("finds nothing in a folder that is not there", async () => {
    await expect(containedFile(join(folder.path, "absent"), "file")).resolves.toBeUndefined();
  });
});

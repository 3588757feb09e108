import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeSecretFile } from "../src/durable-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ironledger-secret-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a secret file", () => {
  test("is readable by its owner alone, and nothing is left beside it", async () => {
    const file = join(folder, "token");
    await writeSecretFile(file, "first");
    await writeSecretFile(file, Buffer.from("second"));
    expect(await readFile(file, "utf8")).toBe("second");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["token"]);
  });

  test("does not inherit the mode of what an earlier attempt left", async () => {
    const file = join(folder, "token");
    await writeFile(`${file}.new`, "half");
    await chmod(`${file}.new`, 0o644);
    await writeSecretFile(file, "whole");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("does not go where a link of somebody else's points", async () => {
    const file = join(folder, "token");
    const elsewhere = join(folder, "elsewhere");
    await writeFile(elsewhere, "theirs");
    await symlink(elsewhere, `${file}.new`);
    await writeSecretFile(file, "secret");
    expect(await readFile(elsewhere, "utf8")).toBe("theirs");
    expect(await readFile(file, "utf8")).toBe("secret");
  });
});

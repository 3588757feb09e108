import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { verifyLog } from "../../src/maintenance/verify.ts";
import { attack, found, makeLog, signNow } from "./evidence.support.ts";

describe("the command", () => {
  const entry = join(import.meta.dirname, "../../src/maintenance/main.ts");
  const run = (...words: readonly string[]) =>
    promisify(execFile)(process.execPath, [entry, ...words]).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: { readonly code: number; readonly stdout: string; readonly stderr: string }) => error,
    );

  test("ends with 0 when nothing is wrong and with 1 when something is", async () => {
    const data = await makeLog();
    const { key, checkpoint } = signNow(data);
    const words = ["verify", "--data", data, "--key", key, "--checkpoint", checkpoint[0] ?? ""];
    const good = await run(...words);
    expect(good).toMatchObject({ code: 0, stderr: "" });
    expect(good.stdout).toContain("a signed checkpoint vouches for all of it\nnothing wrong was found\n");

    attack(data, "UPDATE event SET type = 'Other' WHERE position = 14");
    const wrong = await run(...words, "--json");
    expect(wrong).toMatchObject({ code: 1, stderr: "" });
    expect(JSON.parse(wrong.stdout).findings).toMatchObject([
      { code: "EVENT_CHANGED", position: 14, stream: "machine-2", revision: 4 },
    ]);
    expect((await run("verify", "--data", data)).stdout).toContain("1 thing is wrong\n");
  });

  test("ends with 2 when it is not understood", async () => {
    for (const words of [["verify"], ["verify", "--data", "d", "--out", "x"], ["export", "--data", "d"]]) {
      const { code, stdout, stderr } = await run(...words);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain("usage: ironledger-maintenance");
    }
  });
});

describe("verifying against a checkpoint that is none", () => {
  test("finds one that another key signed, or that was changed", async () => {
    const data = await makeLog();
    const { key, checkpoint } = signNow(data);
    const [file = ""] = checkpoint;
    writeFileSync(file, readFileSync(file, "utf8").replace("\n30\n", "\n29\n"));
    expect(found({ data, key, checkpoint })).toEqual(["CHECKPOINT_BAD 0"]);
    writeFileSync(key, "other.example+7fc4ca9f+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    expect(() => verifyLog({ data, key, checkpoint })).toThrow("this is no key of a note");
  });

  test("is refused without the key", async () => {
    const data = await makeLog();
    const { checkpoint } = signNow(data);
    expect(() => verifyLog({ data, checkpoint })).toThrow("name it with --key");
  });
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "./eventually.ts";
import { commandLinesOf, type SearchedPlaces, searchForSecrets } from "./secret-search.ts";

/** With every value of an octet at some place: no form of it is made of letters alone. */
const key = Buffer.from(Array.from({ length: 32 }, (_, index) => (index * 37 + 251) % 256));
const secrets = [{ name: "the key", bytes: key }];

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "ironledger-planted-"));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

function search(places: Partial<SearchedPlaces> = {}) {
  const nowhere = { directories: [directory], logFiles: [], commandLines: [] };
  return searchForSecrets(secrets, { ...nowhere, ...places });
}

async function plant(file: string, contents: Buffer | string): Promise<void> {
  await mkdir(join(directory, file, ".."), { recursive: true });
  await writeFile(join(directory, file), contents);
}

describe("a secret in a file", () => {
  test.each([
    ["raw", key],
    ["hex", key.toString("hex")],
    ["hex", key.toString("hex").toUpperCase()],
    ["base64", key.toString("base64")],
    ["base64", Buffer.concat([Buffer.from("x"), key, Buffer.from("y")]).toString("base64")],
    ["base64url", Buffer.concat([Buffer.from("xx"), key]).toString("base64url")],
  ])("is found as %s: %s", async (form, written) => {
    await plant(
      "content/ab/abcd",
      Buffer.concat([Buffer.from("in front"), Buffer.from(written), Buffer.from("behind")]),
    );
    expect(await search()).toContainEqual({ secret: "the key", form, where: "content/ab/abcd" });
  });

  test("is found where one read ends and the next begins", async () => {
    await plant("views/large", Buffer.concat([Buffer.alloc(1024 * 1024 - 7), key, Buffer.alloc(100)]));
    expect(await search()).toEqual([{ secret: "the key", form: "raw", where: "views/large" }]);
  });

  test("is allowed where it belongs, and only there", async () => {
    await plant("secrets/boot.key", key);
    await plant("api-token", key);
    await plant("images/no-secrets", key);
    expect(await search()).toEqual([{ secret: "the key", form: "raw", where: "images/no-secrets" }]);
  });

  test("is not found where only a part of it is", async () => {
    await plant("log/part", Buffer.concat([key.subarray(0, 31), key.subarray(1)]));
    expect(await search()).toEqual([]);
  });
});

describe("a secret in a database", () => {
  test.each([
    ["text", key.toString("base64url"), "base64url"],
    ["a blob", key, "raw"],
  ])("is found in %s", async (_, value, form) => {
    keep(value);
    const hits = await search();
    expect(hits).toContainEqual({ secret: "the key", form, where: "kept.db, table kept" });
    expect(hits).toContainEqual({ secret: "the key", form, where: "kept.db" });
  });

  test("is found when the pages of the file cut it", async () => {
    keep(`${"-".repeat(1_000)}${key.toString("hex")}${"-".repeat(4_060)}`);
    expect(await readFile(join(directory, "kept.db"), "latin1")).not.toContain(key.toString("hex"));
    expect(await search()).toEqual([{ secret: "the key", form: "hex", where: "kept.db, table kept" }]);
  });

  test("is found when it is only in the write-ahead log", async () => {
    const writer = keep("nothing yet", "WAL");
    writer.prepare("INSERT INTO kept VALUES (?)").run(key);
    const hits = await search();
    writer.close();
    expect(hits).toContainEqual({ secret: "the key", form: "raw", where: "kept.db-wal" });
    expect(hits).toContainEqual({ secret: "the key", form: "raw", where: "kept.db, table kept" });
  });

  function keep(value: string | Buffer, journal: "WAL" | "DELETE" = "DELETE"): DatabaseSync {
    const database = new DatabaseSync(join(directory, "kept.db"));
    database.exec(`PRAGMA synchronous = OFF; PRAGMA journal_mode = ${journal}; CREATE TABLE kept (value)`);
    database.prepare("INSERT INTO kept VALUES (?)").run(value);
    if (journal === "DELETE") database.close();
    return database;
  }
});

describe("a secret beside the data", () => {
  test("is found in what was printed", async () => {
    await plant("service.log", `{"msg":"Bearer ${key.toString("base64url")}"}\n`);
    const logFiles = [join(directory, "service.log")];
    expect(await search({ directories: [], logFiles })).toHaveLength(1);
  });

  test("is found among the words of a process and of its child", async () => {
    const words = ["-c", `sleep 60 & echo started; wait`, key.toString("hex")];
    const shell = spawn("/bin/sh", words, { stdio: ["ignore", "pipe", "inherit"], detached: true });
    const exited = once(shell, "exit");
    try {
      await once(shell.stdout, "data");
      // The child was forked, but may still be a second shell: with the words of the first, and with the key.
      const commandLines = await eventually(async () => {
        const lines = await commandLinesOf(shell.pid ?? 0);
        return lines.some((line) => line.startsWith("sleep")) ? lines : undefined;
      });
      expect(commandLines).toEqual([expect.stringContaining("/bin/sh"), "sleep\u000060\u0000"]);
      expect(await search({ directories: [], commandLines })).toEqual([
        { secret: "the key", form: "hex", where: "a command line" },
      ]);
    } finally {
      // Its own group holds the shell and its child, and nothing else.
      process.kill(-(shell.pid ?? 0), "SIGKILL");
      await exited;
    }
  });
});

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, test } from "vitest";
import { uuidText } from "../../../../src/adapters/event-store/sqlite/rows.ts";
import { afterwards } from "../../../support/afterwards.ts";
import { openRaw, openTestLog, temporaryDirectory } from "./support.ts";

const writerProcess = join(import.meta.dirname, "writer-process.ts");

describe("two processes on one directory", () => {
  test("the second is refused and told who is there", async () => {
    const directory = temporaryDirectory();
    const writer = startWriter(directory);
    await writer.until((lines) => lines.includes("open"));
    expect(() => openTestLog(directory)).toThrow(`process ${writer.process.pid} on `);
    expect(() => openTestLog(directory)).toThrow(expect.objectContaining({ code: "LOG_LOCKED" }));
    const before = writer.appended().length;
    await writer.until(() => writer.appended().length > before + 100);
  });

  test("the second gets in once the first was killed", async () => {
    const directory = temporaryDirectory();
    const writer = startWriter(directory);
    await writer.until((lines) => lines.includes("open"));
    await writer.kill();
    expect(openTestLog(directory).health()).toEqual({ status: "writable" });
  });

  test("a second log in the same process is refused as well, which does not let other processes in", () => {
    const directory = temporaryDirectory();
    openTestLog(directory);
    expect(() => openTestLog(directory)).toThrow(`process ${process.pid} on `);
    expect(lockFromAnotherProcess(directory)).toBe("LOG_LOCKED");
  });
});

describe("a process that is killed while it appends", () => {
  test("leaves every event that it acknowledged, in order and without a gap", async () => {
    const directory = temporaryDirectory();
    const acknowledged: string[] = [];
    for (let round = 1; round <= 4; round++) {
      const writer = startWriter(directory);
      await writer.until(() => writer.appended().length > 300 * round);
      await writer.kill();
      acknowledged.push(...writer.appended());
    }
    // Opening recomputes the hashes of what was appended since the last clean stop, and looks for gaps.
    const log = openTestLog(directory);
    expect(log.restored).toBeUndefined();
    const rows = openRaw(directory)
      .prepare("SELECT position, lower(hex(id)) AS id FROM event ORDER BY position")
      .all();
    expect(rows.map(({ position }) => position)).toEqual(rows.map((_, index) => index + 1));
    const ids = new Set(rows.map(({ id }) => uuidText(String(id))));
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    expect(ids.size).toBeGreaterThanOrEqual(acknowledged.length);
  });
});

describe("a disk that refuses to write", () => {
  test("stops all acknowledgements until it works again, and loses none of those before", async () => {
    const directory = temporaryDirectory();
    const writer = startWriter(directory);
    await writer.until(() => writer.appended().length > 200);
    // A limit on the size of files makes write fail as a failing disk does: with an error that is not "full".
    limitFileSize(writer.process, "4096");
    await writer.until((lines) => lines.includes("health read-only"));
    const acknowledged = writer.appended().length;
    const refusals = writer.lines.length;
    await writer.until((lines) => lines.length > refusals + 200);
    expect(writer.appended()).toHaveLength(acknowledged);

    limitFileSize(writer.process, "unlimited");
    await writer.until((lines) => lines.includes("health writable"));
    await writer.until(() => writer.appended().length > acknowledged + 200);
    await writer.kill();
    const { reader } = openTestLog(directory);
    const kept = new Set(
      Array.from({ length: 32 }, (_, n) => reader.stream(`machine-${n}`, {}))
        .flat()
        .map(idOf),
    );
    expect(writer.appended().filter((id) => !kept.has(id))).toEqual([]);
  });
});

const idOf = ([, , , id]: readonly [number, string, number, string, ...unknown[]]) => uuidText(id);

/** What another process gets when it asks for the lock: `acquired`, or the code of the refusal. */
function lockFromAnotherProcess(directory: string): string {
  const lock = join(import.meta.dirname, "../../../../src/adapters/event-store/sqlite/lock.ts");
  const script = `const { acquireLock } = await import(${JSON.stringify(lock)});
    try { acquireLock(${JSON.stringify(directory)}); console.log("acquired"); }
    catch ({ code }) { console.log(code); }`;
  return execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }).trim();
}

function startWriter(directory: string) {
  const child = spawn(process.execPath, [writerProcess, directory], { stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  const ended = once(child, "close");
  output.on("line", (line) => lines.push(line));
  async function kill(): Promise<void> {
    child.kill("SIGKILL");
    await ended;
  }
  afterwards(kill);

  return {
    process: child,
    lines,
    kill,
    appended: () =>
      lines.filter((line) => line.startsWith("appended ")).map((line) => line.slice("appended ".length)),

    /** Waits until what was said so far is enough. */
    async until(isEnough: (lines: readonly string[]) => boolean): Promise<void> {
      while (!isEnough(lines)) {
        const line = await Promise.race([once(output, "line"), ended.then(() => "ended")]);
        if (line === "ended" && !isEnough(lines)) throw new Error(`the writer ended after: ${lines.at(-1)}`);
      }
    },
  };
}

function limitFileSize({ pid }: ChildProcess, bytes: string): void {
  // The soft limit alone, so that it can be raised again without privileges.
  execFileSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:`]);
}

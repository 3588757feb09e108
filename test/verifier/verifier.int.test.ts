import { execFile } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { positionText } from "../../src/adapters/event-store/position.ts";
import { openStoredLog } from "../../src/adapters/event-store/sqlite/stored-log.ts";
import { exportLog } from "../../src/maintenance/export.ts";
import { createExportCheck } from "../../src/proof/check-export.ts";
import { signCheckpoint } from "../../src/proof/checkpoint.ts";
import { continuationText } from "../../src/proof/continuation.ts";
import { createFindingList } from "../../src/proof/findings.ts";
import { proveConsistency } from "../../src/proof/make-proof.ts";
import { keyPair, parseSignerKey } from "../../src/proof/note-keys.ts";
import type { VerifyReport } from "../../src/proof/report.ts";
import { linesOf } from "../../src/verifier/lines.ts";
import { temporaryDirectory } from "../adapters/event-store/sqlite/support.ts";
import { append, makeLog, signNow } from "../maintenance/evidence.support.ts";
import { headOf, leavesOf, sourceOf } from "../proof/tree.support.ts";

const root = join(import.meta.dirname, "../..");

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the verifier of a copy, as somebody does who has nothing else of this project. */
function runnerOf(folder: string) {
  for (const part of ["src/proof", "src/verifier", "bin/ironledger-verify"]) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  const env = { PATH: `${join(process.execPath, "..")}:/usr/bin:/bin` };
  return (...words: readonly string[]): Promise<Ended> =>
    new Promise((resolve) => {
      execFile(
        join(folder, "bin/ironledger-verify"),
        words,
        { env, cwd: folder },
        (error, stdout, stderr) => {
          resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
        },
      );
    });
}

async function exported(data: string, after?: number): Promise<string> {
  const out = join(temporaryDirectory(), "log.ndjson");
  const log = openStoredLog(join(data, "log"));
  const position = after === undefined ? undefined : positionText(log.identity, after);
  log.close();
  await exportLog({ data, out, after: position });
  return out;
}

function check(file: string): VerifyReport {
  const findings = createFindingList();
  const verify = createExportCheck({ checkpoints: [], findings });
  for (const line of linesOf(file)) verify.add(line);
  return verify.end();
}

/** Writes the file anew, with some of its lines others. */
function edit(file: string, change: (lines: string[]) => readonly string[]): void {
  const lines = readFileSync(file, "utf8").slice(0, -1).split("\n");
  writeFileSync(file, `${change(lines).join("\n")}\n`);
}

describe("the standalone verifier", () => {
  test("needs nothing but its own files, an exported file, a key and a checkpoint", async () => {
    const run = runnerOf(temporaryDirectory());
    const data = await makeLog();
    const { key, checkpoint } = signNow(data);
    await append(data, "machine-1", 2);
    const file = await exported(data);
    const { code, stdout, stderr } = await run(file, "--key", key, "--checkpoint", checkpoint[0] ?? "");
    expect(stderr).toBe("");
    expect(stdout).toContain("32 events from position 1 on");
    expect(stdout).toContain(
      "a signed checkpoint vouches for it up to position 30; behind it are 2 that nobody signed yet",
    );
    expect(stdout).toContain("nothing wrong was found\n");
    expect(code).toBe(0);
  });

  test("ends with 1 and says what is wrong, for people and for machines", async () => {
    const run = runnerOf(temporaryDirectory());
    const file = await exported(await makeLog());
    edit(file, (lines) => lines.with(14, (lines[14] ?? "").replace("user:ada", "user:eve")));
    const told = await run(file);
    expect(told.code).toBe(1);
    expect(told.stdout).toMatch(
      /^EVENT_CHANGED: position 14, stream "machine-2", revision 4: its fields and the hash/,
    );
    const { code, stdout } = await run(file, "--json");
    expect(code).toBe(1);
    const [finding] = JSON.parse(stdout).findings;
    expect(finding).toMatchObject({ code: "EVENT_CHANGED", position: 14, stream: "machine-2", revision: 4 });
  });

  test("ends with 2 when it is not understood, or cannot read", async () => {
    const run = runnerOf(temporaryDirectory());
    const file = await exported(await makeLog());
    for (const words of [
      [],
      [file, file],
      [file, "--what"],
      ["absent"],
      [file, "--checkpoint", file],
      [file, "--key", file],
      ["--proof", file],
      ["--proof", file, "--key", file, "--checkpoint", file],
      ["--continued", file, "--key", file],
      ["--continued", file, "--checkpoint", file],
      [file, "--continued", file, "--key", file, "--checkpoint", file],
    ]) {
      const { code, stdout, stderr } = await run(...words);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).not.toBe("");
      expect(stderr).not.toContain("    at ");
    }
  });
});

describe("the standalone verifier of strangers' files", () => {
  test("reads no key, checkpoint or proof that would fill the memory", async () => {
    const run = runnerOf(temporaryDirectory());
    const data = await makeLog();
    const { key, checkpoint } = signNow(data);
    const [held = ""] = checkpoint;
    for (const words of [
      [await exported(data), "--key", "/dev/zero"],
      ["--proof", "/dev/zero", "--key", key],
      ["--continued", "/dev/zero", "--key", key, "--checkpoint", held],
    ]) {
      const { code, stderr } = await run(...words);
      expect([code, stderr]).toEqual([2, expect.stringContaining("/dev/zero has more than")]);
    }
  });
});

/** What an auditor holds of a log of six events, and is shown when it has 21. */
async function continuedLog() {
  const leaves = leavesOf(21);
  const { signerKey, verifierKey } = keyPair("example/log", new Uint8Array(32));
  const note = (size: number) =>
    signCheckpoint({ origin: "example/log", ...headOf(leaves, size), extensions: [] }, [
      parseSignerKey(signerKey),
    ]);
  const hashes = await proveConsistency(sourceOf(leaves), { from: 6, to: 21 });
  return {
    key: verifierKey,
    stranger: keyPair("example/log", new Uint8Array(32).fill(1)).verifierKey,
    ...{ held: note(6), later: note(21) },
    proof: continuationText({ from: 6, hashes, checkpoint: note(21) }),
  };
}

describe("the standalone verifier of a log that was continued", () => {
  test("tells whether a log continues a checkpoint that somebody holds", async () => {
    const folder = temporaryDirectory();
    const run = runnerOf(folder);
    const { key, stranger, held, later, proof } = await continuedLog();
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    for (const [name, text] of Object.entries({ key, stranger, held, later, proof })) write(name, text);
    const good = ["--continued", "proof", "--key", "key", "--checkpoint"];
    const told = await run(...good, "held");
    expect(told).toEqual({
      code: 0,
      stderr: "",
      stdout: expect.stringMatching(/^the log example\/log of 21 events continues the log of 6\nroot of /),
    });
    const { stdout } = await run(...good, "later", "--checkpoint", "held", "--json");
    expect(JSON.parse(stdout)).toEqual({
      origin: "example/log",
      from: 6,
      size: 21,
      root: expect.any(String),
    });

    write(
      "other",
      proof.replace(/\n./, (start) => (start === "\nA" ? "\nB" : "\nA")),
    );
    for (const [words, why] of [
      [["--continued", "other", "--key", "key", "--checkpoint", "held"], "does not continue the log of 6"],
      [[...good, "later"], "no checkpoint here has so many"],
      [["--continued", "proof", "--key", "stranger", "--checkpoint", "held"], "held: "],
      [[...good, "proof"], "proof: proof: "],
    ] as const) {
      const refused = await run(...words);
      expect([refused.code, refused.stdout]).toEqual([1, ""]);
      expect(refused.stderr).toContain(why);
    }
  });
});

describe("an exported file", () => {
  test("is right as it was exported, from any position", async () => {
    const data = await makeLog();
    for (const after of [undefined, 0, 1, 2, 15, 16, 29, 30]) {
      const from = after === 0 ? undefined : after;
      const report = check(await exported(data, from));
      expect(report).toMatchObject({ findings: [], first: (from ?? 0) + 1, size: 30 });
    }
  });

  test("is not right with any octet another", async () => {
    const data = await makeLog();
    const good = readFileSync(await exported(data, 27));
    const file = join(temporaryDirectory(), "spoiled");
    for (let at = 0; at < good.length; at++) {
      const spoiled = Buffer.from(good);
      spoiled[at] = (spoiled[at] ?? 0) ^ (1 << (at % 8));
      writeFileSync(file, spoiled);
      expect(check(file).findingCount, `octet ${at}`).toBeGreaterThan(0);
    }
  });

  test("is not right with any octet missing, or cut anywhere", async () => {
    const data = await makeLog();
    const good = readFileSync(await exported(data, 28));
    const file = join(temporaryDirectory(), "spoiled");
    for (let at = 0; at < good.length; at++) {
      writeFileSync(file, Buffer.concat([good.subarray(0, at), good.subarray(at + 1)]));
      expect(check(file).findingCount, `octet ${at}`).toBeGreaterThan(0);
      writeFileSync(file, good.subarray(0, at));
      expect(
        check(file).findings.map(({ code }) => code),
        `cut at ${at}`,
      ).toContain("FILE_CUT");
    }
  });
});

describe("an exported file that somebody edited", () => {
  test.each([
    ["a line removed", (lines: string[]) => lines.toSpliced(14, 1), "POSITION_GAP"],
    [
      "two lines swapped",
      (lines: string[]) => lines.with(14, lines[15] ?? "").with(15, lines[14] ?? ""),
      "POSITION_GAP",
    ],
    ["a line twice", (lines: string[]) => lines.toSpliced(14, 0, lines[14] ?? ""), "POSITION_REPEATED"],
    ["an empty line", (lines: string[]) => lines.toSpliced(14, 0, ""), "FILE_CHANGED"],
    ["something behind its end", (lines: string[]) => [...lines, lines[14] ?? ""], "FILE_CHANGED"],
    ["its end missing", (lines: string[]) => lines.slice(0, -1), "FILE_CUT"],
    ["its beginning missing", (lines: string[]) => lines.slice(1), "FILE_CHANGED"],
    ["nothing in it", () => [""], "FILE_CUT"],
    ["white space", (lines: string[]) => lines.with(14, `${lines[14]} `), "FILE_CHANGED"],
    [
      "another log's end",
      (lines: string[]) =>
        lines.with(31, (lines[31] ?? "").replace(/"logId":"[0-9a-f]{16}/, `"logId":"${"0".repeat(16)}`)),
      "FILE_CHANGED",
    ],
    [
      "data that is no object",
      (lines: string[]) => lines.with(14, (lines[14] ?? "").replace('{"n":1}', "1")),
      "FILE_CHANGED",
    ],
    [
      "another field",
      (lines: string[]) => lines.with(14, (lines[14] ?? "").replace("}", '},"e":1')),
      "FILE_CHANGED",
    ],
  ])("is not right with %s", async (_, change, code) => {
    const file = await exported(await makeLog());
    edit(file, change);
    expect(check(file).findings.map((finding) => finding.code)).toContain(code);
  });
});

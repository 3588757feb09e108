import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { exitCodes } from "../../src/cli/exit-codes.ts";
import type { Host } from "../../src/cli/host.ts";
import { programFor } from "../../src/cli/program.ts";
import { run } from "../../src/cli/run.ts";
import { type FakeApi, type Roots, startFakeApi } from "./support/fake-api.ts";

interface Input {
  readonly dryRun: boolean;
  readonly confirmCount?: number;
}

const machine = {
  ...{ id: "TWFjaGluZTox", machineId: "01a207e5-a24e-753e-afbc-9525a4a0fa6b", name: "web-01" },
  ...{ state: "READY", locked: false, revision: 3 },
};
const plan = { eventCount: 0, diff: "", changes: [], events: [] };

let home: string;
let api: FakeApi | undefined;
let inputs: Input[];
let problems: readonly object[];
let matched: number;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "ironledger-asking-"));
  inputs = [];
  problems = [];
  matched = 30;
});

afterEach(async () => {
  await api?.close();
  rmSync(home, { recursive: true, force: true });
});

const roots: Roots = {
  machine: () => machine,
  retireMachine({ input }: { readonly input: Input }) {
    inputs.push(input);
    return { userErrors: problems, correlationId: "c-1", plan: input.dryRun ? plan : null, machine };
  },
  changeMachines({ input }: { readonly input: Input }) {
    inputs.push(input);
    const counts = { matched, accepted: matched, refusedCount: 0, refused: [] };
    return {
      userErrors: [],
      correlationId: "c-1",
      plan: input.dryRun ? plan : null,
      bulkId: "b-1",
      ...counts,
    };
  },
};

/** Runs a command as a person at a terminal who gives this answer. */
async function atTerminal(line: string, answer: boolean) {
  api = await startFakeApi(roots);
  const questions: string[] = [];
  const notes: string[] = [];
  let stdout = "";
  const host: Host = {
    environment: {
      configDirectory: join(home, "config"),
      cacheDirectory: join(home, "cache"),
      server: api.server,
      noColor: true,
      ...{ context: undefined, tokenFile: undefined, token: undefined },
    },
    streams: {
      async out(text) {
        stdout += text;
      },
      note: (text) => notes.push(text),
      input: async () => "",
      async ask(question) {
        questions.push(question);
        return answer;
      },
      outIsTerminal: true,
      outColumns: () => 100,
      canAsk: true,
    },
    signal: new AbortController().signal,
    clock: () => new Date(),
    programFor: (words) => programFor(words, { version: "", host }),
  };
  const code = await run(line.split(" "), host);
  return { code, stdout, questions, notes };
}

describe("what cannot be undone", () => {
  test("is asked, and done after a yes", async () => {
    const { code, stdout, questions } = await atTerminal("machines retire web-01", true);
    expect(questions).toEqual(["retiring web-01 cannot be undone. Go on? [y/N] "]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "machine/web-01 retired\n" });
    expect(inputs.map(({ dryRun }) => dryRun)).toEqual([true, false]);
  });

  test("is not asked when it would be refused anyway", async () => {
    problems = [{ code: "MACHINE_LOCKED", message: "it is locked", field: null, remedy: "unlockMachine" }];
    const { code, questions, notes } = await atTerminal("machines retire web-01", true);
    expect(questions).toEqual([]);
    expect(code).toBe(exitCodes.refused.code);
    expect(notes[0]).toContain("it is locked (ironledger machines unlock)");
  });

  test("is not done after a no", async () => {
    const { code, notes } = await atTerminal("machines retire web-01", false);
    expect(code).toBe(exitCodes.failure.code);
    expect(notes).toEqual(["ironledger: NOT_CONFIRMED: nothing was done"]);
    expect(inputs.map(({ dryRun }) => dryRun)).toEqual([true]);
  });
});

describe("a change of many machines", () => {
  const line = "machines approve --filter state:discovered";

  test("says how many, and sends that number after a yes", async () => {
    const { stdout, questions } = await atTerminal(line, true);
    expect(questions).toEqual(["30 of 30 machines would be approved. Go on? [y/N] "]);
    expect(stdout).toBe("30 of 30 machines approved\n");
    expect(inputs.map(({ dryRun, confirmCount }) => ({ dryRun, confirmCount }))).toEqual([
      { dryRun: true, confirmCount: undefined },
      { dryRun: false, confirmCount: 30 },
    ]);
  });

  test("is not done after a no", async () => {
    const { code } = await atTerminal(line, false);
    expect(code).toBe(exitCodes.failure.code);
    expect(inputs.map(({ dryRun }) => dryRun)).toEqual([true]);
  });

  test("is done without a question when they are few", async () => {
    matched = 10;
    const { code, questions } = await atTerminal(line, false);
    expect({ code, questions }).toEqual({ code: 0, questions: [] });
  });

  test("is done without a question when the number is given", async () => {
    const { questions } = await atTerminal(`${line} --confirm-count 30`, false);
    expect(questions).toEqual([]);
    expect(inputs.map(({ confirmCount }) => confirmCount)).toEqual([30]);
  });

  test("that matches none says so", async () => {
    matched = 0;
    const { code, stdout, notes } = await atTerminal(line, false);
    expect({ code, stdout, notes }).toEqual({ code: 0, stdout: "", notes: ["no machine matches"] });
  });
});

import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lacks } from "../support/lacks.ts";
import { type FakeApi, startFakeApi } from "./support/fake-api.ts";
import { createPerson, type Person } from "./support/run-cli.ts";

const root = join(import.meta.dirname, "../..");

let api: FakeApi;
let person: Person;
/** Where the shell finds `ironledger`. */
let path: string;

beforeAll(async () => {
  const names = ["web-01", "web-02", "db-01", "$(touch pwned)", "a b"];
  api = await startFakeApi({
    machines: ({ filter }: { readonly filter: { readonly name?: { readonly prefix: string } } }) => ({
      nodes: names
        .filter((name) => name.startsWith(filter.name?.prefix ?? ""))
        .map((name) => ({ name, macs: [] })),
    }),
    subnets: () => ({ nodes: [{ name: "lab" }] }),
  });
  person = createPerson({ IRONLEDGER_SERVER: api.server });
  const bin = join(person.home, "bin");
  mkdirSync(bin);
  const script = `#!/bin/sh\nexec '${process.execPath}' '${root}/src/cli/main.ts' "$@"\n`;
  writeFileSync(join(bin, "ironledger"), script);
  chmodSync(join(bin, "ironledger"), 0o755);
  path = `${bin}:${person.env["PATH"]}`;
});

afterAll(async () => {
  await api.close();
  person.leave();
});

/** A service that is slow to answer is not waited for, and this machine may be slow: what it answered is kept. */
const patience = { timeout: 30_000, interval: 50 };

/** What a real bash offers at the end of a line. */
async function bash(line: string, env: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const program = `
    source <(ironledger completion bash)
    compopt() { :; }
    COMP_LINE=$1 COMP_POINT=\${#1}
    $(complete -p ironledger | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const options = { env: { ...person.env, PATH: path, ...env }, cwd: person.home };
  const { stdout, stderr } = await promisify(execFile)("bash", ["-c", program, "bash", line], options);
  expect(stderr).toBe("");
  return stdout.split("\n").filter((word) => word !== "");
}

describe("completing in bash", () => {
  test.each([
    ["ironledger mach", ["machines"]],
    ["ironledger machines ap", ["approve"]],
    ["ironledger machines boot-intent ", ["set", "withdraw"]],
    ["ironledger machines list --so", ["--sort"]],
    ["ironledger machines list -o nd", ["ndjson"]],
    ["ironledger machines list --columns name,sta", ["name,state"]],
    ["ironledger machines list --filter man", ["manufacturer:"]],
    ["ironledger help exi", ["exit-codes"]],
    ["ironledger help machines dep", ["deploy"]],
    ["ironledger machines count --by fail", ["failure_code"]],
    ["ironledger machines show web", ["web-01", "web-02"]],
    ["ironledger machines lock web-01 d", ["db-01"]],
    ["ironledger --server http://127.0.0.1:1 machines sho", ["show"]],
    ["ironledger subnets show ", ["lab"]],
    ["ironledger wait machine/w", ["machine/web-01", "machine/web-02"]],
  ])("%s", async (line, words) => {
    await expect.poll(() => bash(line), patience).toEqual(words);
  });

  test("goes on behind a colon, where bash breaks words", async () => {
    expect(await bash("ironledger machines list --sort seen:d")).toEqual(["desc"]);
    expect(await bash("ironledger machines list --filter state:deplo")).toEqual(["deploying", "deployed"]);
    expect(await bash("ironledger wait web-01 --for state=q")).toEqual(["quarantined"]);
  });

  test("offers nothing that a shell would take for more than a word", async () => {
    await expect
      .poll(() => bash("ironledger machines show "), patience)
      .toEqual(["web-01", "web-02", "db-01"]);
    expect(await bash("ironledger machines show a")).toEqual([]);
  });

  test("is silent when the service is away", async () => {
    expect(await bash("ironledger machines show x", { IRONLEDGER_SERVER: "http://127.0.0.1:1" })).toEqual([]);
  });

  test("asks the service once a minute for the same", async () => {
    await expect.poll(() => bash("ironledger machines show db"), patience).toEqual(["db-01"]);
    const before = api.requests.length;
    expect(await bash("ironledger machines show db")).toEqual(["db-01"]);
    expect(api.requests.length).toBe(before);
  });

  test("gives a service that does not answer up soon", async () => {
    const slow = await startFakeApi({ machines: () => new Promise(() => undefined) });
    const started = performance.now();
    expect(await bash("ironledger machines show q", { IRONLEDGER_SERVER: slow.server })).toEqual([]);
    // Two starts of the command, one for the script; a slow machine is given time.
    expect(performance.now() - started).toBeLessThan(10_000);
    await slow.close();
  });
});

async function shell(name: string, words: readonly string[]): Promise<readonly string[]> {
  const options = { env: { ...person.env, PATH: path }, cwd: person.home };
  const { stdout, stderr } = await promisify(execFile)(name, [...words], options);
  expect(stderr).toBe("");
  return stdout.split("\n").filter((word) => word !== "");
}

describe.skipIf(lacks("zsh"))("completing in zsh", () => {
  /** What the function hands to zsh for these words, the last of which is being typed. */
  function zsh(...words: readonly string[]): Promise<readonly string[]> {
    const program = `
      autoload -Uz compinit && compinit -u -D
      source <(ironledger completion zsh)
      compadd() { [[ $1 == -- ]] && shift; print -rl -- "$@" }
      words=("$@") CURRENT=$# PREFIX="\${@[-1]}"
      \${_comps[ironledger]}`;
    return shell("zsh", ["-f", "-c", program, "zsh", ...words]);
  }

  test.each([
    [["ironledger", "mach"], ["machines"]],
    [
      ["ironledger", "machines", "show", "web"],
      ["web-01", "web-02"],
    ],
    [["ironledger", "machines", "list", "--sort", "seen:d"], ["seen:desc"]],
    [
      ["ironledger", "machines", "boot-intent", ""],
      ["set", "withdraw"],
    ],
  ])("%j", async (words, found) => {
    await expect.poll(() => zsh(...words), patience).toEqual(found);
  });
});

describe.skipIf(lacks("fish"))("completing in fish", () => {
  test.each([
    ["ironledger mach", ["machines\tmachines and what is done to them"]],
    ["ironledger machines show web", ["web-01", "web-02"]],
    ["ironledger machines list -o nd", ["ndjson"]],
  ])("%s", async (line, found) => {
    const program = "ironledger completion fish | source; complete -C $argv[1]";
    await expect.poll(() => shell("fish", ["--no-config", "-c", program, line]), patience).toEqual(found);
  });
});

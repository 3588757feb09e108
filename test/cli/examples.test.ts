import type { Command } from "commander";
import { beforeAll, describe, expect, test } from "vitest";
import { commandPath, leavesOf } from "../../src/cli/command-path.ts";
import { splitLine } from "../../src/cli/completion/split-line.ts";
import { examples } from "../../src/cli/examples.ts";
import type { Host } from "../../src/cli/host.ts";
import { nouns } from "../../src/cli/nouns.ts";
import { programFor } from "../../src/cli/program.ts";

/** Commands are looked at, and none is run. */
const nobody = {} as Host;
const leaves = new Map<string, Command>();
let globalFlags: readonly string[];

beforeAll(async () => {
  for (const { name } of nouns) {
    const { root, noun } = await programFor([name], { version: "", host: nobody });
    globalFlags = flagsOf(root);
    for (const leaf of noun ? leavesOf(noun) : []) leaves.set(commandPath(leaf), leaf);
  }
});

function flagsOf({ options }: Command): readonly string[] {
  return options.flatMap(({ long, short }) => [long ?? [], short ?? []].flat());
}

/** The commands of ours in a line of shell. */
function commandsIn(line: string): readonly string[] {
  return [...line.matchAll(/(?<![\w-])ironledger ((?:'[^']*'|[^|)#<'])+(?:'[^']*')?)/g)].map(
    ([, words = ""]) => words.trim(),
  );
}

describe("examples", () => {
  test("stand at every command", () => {
    const shown = [...leaves.keys()].filter((path) => path !== "completion words").sort();
    expect(Object.keys(examples).sort()).toEqual(shown);
  });

  test.each(
    Object.values(examples).flat().flatMap(commandsIn),
  )("ironledger %s has options that there are", (line) => {
    const words = splitLine(line);
    const path = [...leaves.keys()]
      .filter((known) => line === known || line.startsWith(`${known} `))
      .sort((a, b) => b.length - a.length)[0];
    const leaf = path === undefined ? undefined : leaves.get(path);
    expect(leaf).toBeDefined();
    const known = new Set([...(leaf ? flagsOf(leaf) : []), ...globalFlags]);
    expect(words.filter((word) => /^--?[a-z]/.test(word)).filter((flag) => !known.has(flag))).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import { behindBreaks, splitLine } from "../../../src/cli/completion/split-line.ts";

describe("the words of a line", () => {
  test.each([
    ["ironledger ", [""]],
    ["  ironledger machines  show", ["machines", "show"]],
    ["ironledger machines show ", ["machines", "show", ""]],
    [`ironledger --filter 'a b' "c d`, ["--filter", "a b", "c d"]],
    [`ironledger a\\ b "say \\"x\\"" 'it`, ["a b", 'say "x"', "it"]],
    ["ironledger $(rm) `x`", ["$(rm)", "`x`"]],
    ["iron", []],
  ])("of %j", (line, words) => {
    expect(splitLine(line)).toEqual(words);
  });
});

describe("what goes on behind a break", () => {
  test.each([
    ["52:54:00", "52:5", "54:00"],
    ["seen:desc", "seen:", "desc"],
    ["web-01", "we", "web-01"],
    ["other", "52:5", "other"],
  ])("%s for %s is %s", (candidate, word, shown) => {
    expect(behindBreaks(candidate, { word, breaks: ":=" })).toBe(shown);
  });
});

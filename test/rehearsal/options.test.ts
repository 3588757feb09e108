import { describe, expect, test } from "vitest";
import { parseOptions, UsageError } from "../../src/rehearsal/options.ts";

describe("reading the command line", () => {
  test("drives three machines and serves on, in a temporary directory, unless told otherwise", () => {
    expect(parseOptions([])).toEqual({ machines: 3, exit: false, dataDirectory: undefined });
  });

  test("takes every option", () => {
    expect(parseOptions(["--machines", "200", "--exit", "--data", "x"])).toEqual({
      machines: 200,
      exit: true,
      dataDirectory: "x",
    });
  });

  test.each([
    [["--machines", "0"], "--machines 0: expected a number from 1 to 200"],
    [["--machines", "201"], "--machines 201: expected a number from 1 to 200"],
    [["--machines", "1e2"], "--machines 1e2: expected a number from 1 to 200"],
    [["--data", ""], "--data needs the name of a directory"],
    [["--fast"], "--fast"],
    [["three"], "three"],
  ])("refuses %j and names it", (words, message) => {
    expect(() => parseOptions(words)).toThrow(UsageError);
    expect(() => parseOptions(words)).toThrow(message);
  });
});

import { describe, expect, test } from "vitest";
import { parseCommandLine } from "../../../src/service/configuration/command-line.ts";

describe("the server's command line", () => {
  test.each([
    [[], "start"],
    [["config", "check"], "check"],
    [["--help"], "help"],
    [["config", "check", "--version"], "version"],
  ])("%j asks to %s", (words, command) => {
    expect(parseCommandLine(words).command).toBe(command);
  });

  test("takes values as the next word and behind =", () => {
    const { flags, configFile } = parseCommandLine([
      "--api-port=1",
      "--config",
      "a.yaml",
      "--log-level",
      "warn",
    ]);
    expect([...flags].map(([{ name }, text]) => [name, text])).toEqual([
      ["api.port", "1"],
      ["logLevel", "warn"],
    ]);
    expect(configFile).toBe("a.yaml");
  });

  test.each([
    [["--api-prot", "1"], "--api-prot: there is no such flag. Did you mean --api-port?"],
    [["--conifg", "x"], "Did you mean --config?"],
    [["--frobnicate-entirely", "1"], "ironledger-server --help tells the flags"],
    [["--api-port"], "--api-port: has no value. Write --api-port=VALUE"],
    [["start"], "start: there is no such command. The only command is: config check"],
  ])("refuses %j", (words, message) => {
    expect(() => parseCommandLine(words)).toThrow(message);
  });
});

import { describe, expect, test } from "vitest";
import { IpxeScriptError, parseIpxeScript } from "../../src/rehearsal/ipxe-script.ts";

function commandsOf(line: string) {
  return parseIpxeScript(`#!ipxe\n${line}\n`).lines[0]?.commands ?? [];
}

describe("reading a boot script", () => {
  test("leaves out comments and empty lines and keeps the numbers of the rest", () => {
    const { lines } = parseIpxeScript("#!ipxe\n# nothing\n\n  echo hello\n");
    expect(lines).toHaveLength(1);
    expect(lines[0]?.number).toBe(4);
  });

  test("understands lines that end as on Windows", () => {
    expect(parseIpxeScript("#!ipxe\r\nboot\r\n").lines[0]?.commands[0]?.name).toBe("boot");
  });

  test("lets labels point to what follows them", () => {
    const { labels } = parseIpxeScript("#!ipxe\ngoto end\n:start\necho one\n:end\nexit\n");
    expect([...labels]).toEqual([
      ["start", 1],
      ["end", 2],
    ]);
  });

  test("takes options before the first other word only", () => {
    const [command] = commandsOf("initrd --name initrd.img http://a/b --name c");
    expect(command?.options).toEqual(new Map([["--name", "initrd.img"]]));
    expect(command?.words).toEqual(["http://a/b", "--name", "c"]);
  });

  test("splits a line at && and ||, and takes an empty command for one that succeeds", () => {
    expect(commandsOf("iseq a b && goto x ||").map(({ name, runs }) => [name, runs])).toEqual([
      ["iseq", "always"],
      ["goto", "on-success"],
      ["", "on-failure"],
    ]);
  });

  test("ends a line at a word that begins with #", () => {
    expect(commandsOf("echo one # two")[0]?.words).toEqual(["one"]);
  });
});

describe("refusing a boot script", () => {
  test.each([
    ["a file that is none", "<html>", "line 1: a script begins with #!ipxe"],
    ["an unknown command", "#!ipxe\nboot\ndhcp net0\n", 'line 3: unknown command "dhcp"'],
    ["a name that every object has", "#!ipxe\nconstructor\n", 'line 2: unknown command "constructor"'],
    ["an unknown option", "#!ipxe\nsanboot --filename x\n", "line 2: sanboot has no option --filename"],
    ["an option without its value", "#!ipxe\nsanboot --drive\n", "line 2: --drive needs a value"],
    ["a label that is there twice", "#!ipxe\n:a\n:a\n", 'line 3: label ":a" is there twice'],
    ["a label with a blank", "#!ipxe\n:a b\n", 'line 2: ":a b" is not a label'],
  ])("names the line and the fault of %s", (_, text, message) => {
    expect(() => parseIpxeScript(text)).toThrow(IpxeScriptError);
    expect(() => parseIpxeScript(text)).toThrow(message);
  });
});

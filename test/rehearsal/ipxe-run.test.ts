import { describe, expect, test } from "vitest";
import { runScript } from "./run-script.ts";

/** Runs the lines behind the first one, which every script has. */
const run = (lines: string, running?: Parameters<typeof runScript>[1]) =>
  runScript(`#!ipxe\n${lines}\n`, running);

const localDisk = `iseq \${platform} efi && goto uefi ||
sanboot --no-describe --drive 0x80
exit 1
:uefi
chain grub.efi
exit 1`;

describe("running a boot script", () => {
  test("boots the kernel with its arguments and initrds", () => {
    const { requests, end } = run(
      "kernel http://a/vmlinuz console=ttyS0 quiet\ninitrd --name i.img http://a/x?y\nboot",
    );
    expect(requests.at(-1)).toEqual({
      do: "boot",
      kernel: { uri: "http://a/vmlinuz", name: "vmlinuz" },
      argumentsText: "console=ttyS0 quiet",
      initrds: [{ uri: "http://a/x?y", name: "i.img" }],
    });
    expect(end).toEqual({ end: "handed-over" });
  });

  test("starts the first disk on BIOS", () => {
    expect(run(localDisk, { settings: { platform: "pcbios" } })).toEqual({
      requests: [{ do: "sanboot", drive: 0x80 }],
      end: { end: "handed-over" },
    });
  });

  test("chains to the loader on UEFI", () => {
    expect(run(localDisk, { settings: { platform: "efi" } }).requests).toEqual([
      { do: "chain", uri: "grub.efi" },
    ]);
  });

  test("ends where a command fails and nothing catches it", () => {
    const { end } = run("echo one\nkernel http://a/b\nboot", { works: ({ do: kind }) => kind === "print" });
    expect(end).toEqual({ end: "failed", line: 3, command: "kernel" });
  });

  test("goes on where a failure is caught", () => {
    const { requests } = run("chain one || chain two", {
      works: (request) => request.do === "chain" && request.uri === "two",
    });
    expect(requests).toHaveLength(2);
  });

  test("skips a command behind && after a failure and behind || after a success", () => {
    const { requests } = run("iseq a b && echo no || echo yes\niseq a a || echo no\necho end");
    expect(requests).toEqual([
      { do: "print", text: "yes" },
      { do: "print", text: "end" },
    ]);
  });

  test("fills variables in, and keeps a value with blanks one word", () => {
    const { requests } = run(
      `set greeting hello world\nset empty \${nothing}\necho \${greeting}, \${net0/mac}\${empty}`,
      {
        settings: { "net0/mac": "52:54:00:00:00:01" },
      },
    );
    expect(requests).toEqual([{ do: "print", text: "hello world, 52:54:00:00:00:01" }]);
  });

  test("forgets images at imgfree, so that there is nothing to boot", () => {
    expect(run("kernel a\nimgfree\nboot").end).toEqual({ end: "failed", line: 4, command: "boot" });
  });

  test("tells the firmware the status of exit, and 0 for a script that just ends", () => {
    expect(run("exit 1").end).toEqual({ end: "exit", status: 1 });
    expect(run("echo bye").end).toEqual({ end: "exit", status: 0 });
  });

  test("refuses a jump to nowhere", () => {
    expect(() => run("goto nowhere")).toThrow('line 2: there is no label ":nowhere"');
  });

  test("stops a script that goes in circles", () => {
    expect(() => run(":again\ngoto again")).toThrow("still going after 1000 commands");
  });

  test("refuses a number that is none", () => {
    expect(() => run("sanboot --drive first")).toThrow('line 2: "first" is not a number');
  });
});

import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAgentArguments } from "../../src/rehearsal/agent-protocol.ts";
import { runScript } from "./run-script.ts";

/** What the shipped boot environments render to. */
const templates = resolve(import.meta.dirname, "../../templates");
const agentScripts = globSync("{discovery,image-deploy}/expected/*.ipxe", { cwd: templates });

function read(file: string): string {
  return readFileSync(resolve(templates, file), "utf8");
}

describe("acting out the shipped scripts", () => {
  test("has some to act out", () => {
    expect(agentScripts.length).toBeGreaterThanOrEqual(2);
  });

  test.each(agentScripts)("starts the agent by %s, with arguments that it understands", (file) => {
    const { requests, end } = runScript(read(file));
    const boot = requests.at(-1);
    expect(end).toEqual({ end: "handed-over" });
    expect(boot).toMatchObject({ do: "boot", initrds: [{ name: "initrd.img" }] });
    const given = parseAgentArguments(boot?.do === "boot" ? boot.argumentsText : "");
    expect(given.mode).toBe(file.startsWith("discovery") ? "discover" : "deploy");
  });

  test.each([
    ["sanboot", "pcbios"],
    ["chain", "efi"],
  ])("starts the disk by %s on %s, and goes back to the firmware where that fails", (kind, platform) => {
    const script = read("local-disk/expected/sample.ipxe");
    const started = runScript(script, { settings: { platform } });
    expect(started.end).toEqual({ end: "handed-over" });
    expect(started.requests.map((request) => request.do)).toEqual(["print", kind]);
    const works = (request: { readonly do: string }) => request.do === "print";
    expect(runScript(script, { settings: { platform }, works }).end).toEqual({ end: "exit", status: 1 });
  });
});

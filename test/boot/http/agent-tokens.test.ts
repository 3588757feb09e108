import { describe, expect, test } from "vitest";
import { agentTokens, discoveryTokenLifeSeconds } from "../../../src/boot/http/agent-tokens.ts";
import { agentBootId, machineId, nowMs, otherMachineId, otherRun, run } from "../../support/samples.ts";

const tokensAt = (ms: number, key = Buffer.alloc(32, 7)) => agentTokens({ key, clock: () => new Date(ms) });
const tokens = tokensAt(nowMs);

describe("a run's token", () => {
  const token = tokens.forRun(run, "hello");

  test("has at least 128 bits and is the same each time", () => {
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(tokensAt(nowMs + 86_400_000).forRun(run, "hello")).toBe(token);
  });

  test("is good for its run and its endpoint, and for nothing else", () => {
    expect(tokens.isForRun(token, run, "hello")).toBe(true);
    expect(tokens.isForRun(token, run, "report")).toBe(false);
    expect(tokens.isForRun(token, run, "image")).toBe(false);
    expect(tokens.isForRun(token, otherRun, "hello")).toBe(false);
    expect(tokensAt(nowMs, Buffer.alloc(32, 8)).isForRun(token, run, "hello")).toBe(false);
  });

  test.each([
    "",
    "-1",
    "null",
    `${token}A`,
    token.slice(1),
    token.toLowerCase(),
    "é".repeat(43),
  ])("is not %j", (presented) => {
    expect(tokens.isForRun(presented, run, "hello")).toBe(false);
  });
});

describe("a discovery token", () => {
  const ticket = { machineId, bootId: agentBootId };
  const token = tokens.forDiscovery(ticket);

  test("names its machine and the boot that it was made for", () => {
    expect(tokens.readDiscovery(token, machineId)).toEqual(ticket);
  });

  test("is nothing for another machine", () => {
    expect(tokens.readDiscovery(token, otherMachineId)).toBeUndefined();
  });

  test("ends after an hour", () => {
    const endMs = nowMs + discoveryTokenLifeSeconds * 1000;
    expect(tokensAt(endMs - 1).readDiscovery(token, machineId)).toEqual(ticket);
    expect(tokensAt(endMs).readDiscovery(token, machineId)).toBeUndefined();
  });

  test("does not survive the change of a single character", () => {
    for (let index = 0; index < token.length; index++) {
      const forged = token.slice(0, index) + (token[index] === "A" ? "B" : "A") + token.slice(index + 1);
      expect(tokens.readDiscovery(forged, machineId)).toBeUndefined();
    }
  });

  test("is no run's token, nor the other way round", () => {
    expect(tokens.isForRun(token, run, "hello")).toBe(false);
    expect(tokens.readDiscovery(tokens.forRun(run, "hello"), machineId)).toBeUndefined();
  });
});

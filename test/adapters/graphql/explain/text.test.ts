import { describe, expect, test } from "vitest";
import { hintsOf } from "../../../../src/adapters/graphql/explain/hints.ts";
import { explanationText } from "../../../../src/adapters/graphql/explain/text.ts";
import type { BootExplanation } from "../../../../src/domain/ports/boot-explainer.ts";
import type { SubnetName } from "../../../../src/domain/values/slug.ts";
import { address, environment, mac, machineId, nowMs, run } from "../../../support/samples.ts";

const explanation: BootExplanation = {
  mac,
  machineId,
  until: "0.1.2",
  atMs: nowMs,
  dhcp: {
    outcome: "offer",
    wire: "lab",
    subnet: "lab" as SubnetName,
    address,
    addressFrom: "lease",
    leaseSeconds: 3600,
    classes: ["phones"],
    options: [{ setting: { code: 42, value: "0a4d0001" }, from: "machine" }],
    bootFile: "snponly.efi",
  },
  http: {
    action: "deploy",
    why: "boot-intent",
    run,
    environment,
    template: "script.ipxe.liquid",
    servings: 1,
  },
  steps: [
    { step: "client", outcome: mac, because: "as asked" },
    { step: "boot-file", outcome: "snponly.efi", because: "it is the loader of x64-uefi" },
  ],
};
const { dhcp } = explanation;
const line = (text: string, start: string) => text.split("\n").find((each) => each.startsWith(start));

describe("an explanation as text", () => {
  test("has the answers first, and then a line for each reason", () => {
    expect(explanationText(explanation)).toBe(`${mac}, of machine ${machineId}
at 2026-01-01T00:00:00.000Z, position 0.1.2

DHCP    10.77.0.100 (lease) for 3600 s, boot file snponly.efi, ntp-servers 10.77.0.1
HTTP    deploy (boot-intent), image-deploy version 1, script.ipxe.liquid, run ${run}, sent 1 of 3 times

why
  client     ${mac}
               because as asked
  boot-file  snponly.efi
               because it is the loader of x64-uefi
`);
  });

  test("says what is missing", () => {
    const silent = explanationText({
      ...explanation,
      machineId: null,
      dhcp: { ...dhcp, outcome: "silence" },
      http: null,
    });
    expect(silent).toMatch(/^\S+, no machine's\n/);
    expect(line(silent, "DHCP")).toBe("DHCP    no answer");
    expect(line(silent, "HTTP")).toMatch(/never gets so far/);
    const range = { ...dhcp, address: null, addressFrom: "range", bootFile: null, options: [] } as const;
    const vague = explanationText({ ...explanation, dhcp: range });
    expect(line(vague, "DHCP")).toBe("DHCP    an address (range) for 3600 s, nothing to boot");
    const proxied = explanationText({ ...explanation, dhcp: { ...dhcp, outcome: "boot-only" } });
    expect(line(proxied, "DHCP")).toBe("DHCP    no address, boot file snponly.efi");
  });

  test("is inert on a terminal, whatever stands in it", () => {
    const hostile = "\u001b[31m\r\n\u0007\u202eevil\u2028{{ x }}";
    const text = explanationText({
      ...explanation,
      steps: [{ step: "client", outcome: hostile, because: hostile }],
    });
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    expect(text.split("\n")).toHaveLength(10);
    expect(text).toContain("\\u{1b}[31m\\u{d}\\u{a}\\u{7}\\u{202e}evil\\u{2028}{{ x }}");
  });
});

describe("what is said of a client", () => {
  test("is taken in the spellings that people use, and null says nothing", () => {
    expect(hintsOf({ clientId: "01AA", circuitId: "0A", relay: "10.88.0.1", wire: null })).toEqual({
      clientId: "01aa",
      circuitId: "0a",
      relay: "10.88.0.1",
    });
  });

  test.each([
    [{ clientId: "z" }, /^clientId: /],
    [{ vendorClass: "" }, /^vendorClass: /],
    [{ architecture: "vax" }, /^architecture: /],
    [{ colour: "red" }, /colour/],
    [{ relay: ["10.0.0.1", "10.0.0.2"] }, /^relay: /],
  ])("is refused when it is not of its form", (given, message) => {
    expect(() => hintsOf(given)).toThrow(message);
  });
});

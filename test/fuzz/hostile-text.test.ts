import fc from "fast-check";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { explanationText } from "../../src/adapters/graphql/explain/text.ts";
import { escapeIpxe } from "../../src/boot/templates/escape.ts";
import { escapeGrub } from "../../src/boot/templates/escape-grub.ts";
import { compileScript } from "../../src/boot/templates/render-script.ts";
import { sampleInputs } from "../../src/boot/templates/sample-inputs.ts";
import { inert } from "../../src/cli/output/inert.ts";
import { jsonText, yamlText } from "../../src/cli/output/serialise.ts";
import type { BootExplanation } from "../../src/domain/ports/boot-explainer.ts";
import type { Position } from "../../src/domain/ports/event-store.ts";
import { logLine } from "../../src/service/log-line.ts";
import { requestWith } from "../boot/dhcp/plain-packet.ts";
import { address, digest, discoveryName, mac, machineId, subnet } from "../support/samples.ts";

/**
 * What strangers write (host names, vendor classes, SMBIOS strings) stays what it is, text, wherever it is shown: one
 * filter per format of output.
 */
const weapons = [
  ...["{{ secret.nonce }}", "{%", "%}", "<<nonce>>", "\u0024{net0/mac}", "\u0024(reboot)", "`reboot`", "%0A"],
  ...["\n", "\r\n", "\0", "\t", "\x1b[2J", "\x7f", "\u009b2J", "\u2028", "\u202e", "\ufeff"],
  ...[
    '"',
    "'",
    "\\",
    "\\n",
    ";",
    "&&",
    "||",
    "|",
    "#",
    "--drive",
    "-",
    " ",
    "*",
    "<",
    ">",
    "é",
    "😀",
    "__proto__",
  ],
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...weapons), fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 8 })
  .map((parts) => parts.join("").toWellFormed());

/** Controls, and what turns text around or ends a line. */
const active = /[\p{Cc}\u2028\u2029\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

describe("what a client calls itself", () => {
  test("is read as printable characters, and as a DNS label where it is a name", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const octets = Buffer.from(text).subarray(0, 250);
        const framed = Buffer.concat([Uint8Array.of(octets.length), octets]);
        const request = requestWith([
          [12, octets],
          [60, Buffer.concat([Buffer.from("PXEClient"), octets])],
          [77, framed],
        ]);
        const { vendorClass, userClasses } = request.traits;
        for (const shown of [vendorClass, request.boot?.vendorClass, ...userClasses]) {
          expect(shown).toMatch(/^[ -~]*$/);
        }
        expect(request.hostname ?? "none").toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
      }),
    );
  });
});

describe("a value in a script", () => {
  test.each([
    ["iPXE", escapeIpxe],
    ["GRUB", escapeGrub],
  ])("of %s is one word without a meaning, and can be had back", (_format, escaped) => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(escaped(text)).toMatch(/^(?:(?!-)(?:[A-Za-z0-9._~:/=,@+-]|%[0-9A-F]{2})+)?$/);
        expect(decodeURIComponent(escaped(text))).toBe(text);
      }),
    );
  });

  test.each(["ipxe", "grub"] as const)("is rendered once, into the line where it stands: %s", (format) => {
    const template = "{% for each in kernel.consoles %}set value {{ each }}\n{% endfor %}";
    const render = compileScript({ format, script: "main", templates: { main: template }, files: [] });
    const inputs = sampleInputs({ name: discoveryName, version: 1, digest: digest(1) }, "discover", format);
    fc.assert(
      fc.property(hostile, (text) => {
        const script = render({ ...inputs, kernel: { consoles: [text, "next"] } });
        expect(script.split("\n")).toHaveLength(3);
        expect(script).toMatch(/^set value [^\s{}<>$`"';&|#\\]*\nset value next\n$/);
      }),
    );
  });
});

describe("a line of the log", () => {
  test("is one line of JSON that no terminal acts on, and says the same", () => {
    const lines: string[] = [];
    const log = pino({ hooks: { streamWrite: logLine } }, { write: (line: string) => lines.push(line) });
    fc.assert(
      fc.property(hostile, hostile, (text, message) => {
        log.info({ hostname: text, nested: { vendorClass: [text] } }, message);
        const line = lines.pop() ?? "";
        expect(line.endsWith("\n")).toBe(true);
        expect(line.slice(0, -1)).not.toMatch(active);
        expect(JSON.parse(line)).toMatchObject({ hostname: text, nested: { vendorClass: [text] } });
      }),
    );
  });
});

describe("an explanation for a terminal", () => {
  test("has the lines that it has, and nothing that a terminal acts on", () => {
    const because = "the client says so";
    const lines = explanationText(explanation(because)).split("\n").length;
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = explanationText(explanation(text));
        expect(shown.split("\n")).toHaveLength(lines);
        expect(shown.replaceAll("\n", "")).not.toMatch(active);
      }),
    );
  });

  function explanation(text: string): BootExplanation {
    const setting = { code: 224, value: Buffer.from(text).toString("hex") };
    return {
      mac,
      machineId,
      atMs: 0,
      until: text as Position,
      dhcp: {
        outcome: "offer",
        wire: text,
        subnet: subnet.name,
        address,
        addressFrom: "range",
        leaseSeconds: 3600,
        classes: [text],
        options: [{ setting, from: "machine" }],
        bootFile: text,
      },
      http: {
        action: "discover",
        why: text,
        run: null,
        environment: { name: discoveryName, version: 1, digest: digest(1) },
        template: text,
        servings: null,
      },
      steps: [{ step: "client", outcome: text, because: text }],
    };
  }
});

describe("what the command line prints", () => {
  test("as text, JSON or YAML holds nothing that a terminal acts on", async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        expect(inert(text)).not.toMatch(active);
        const json = jsonText({ model: text }, 2);
        expect(json.replaceAll("\n", "")).not.toMatch(active);
        expect(JSON.parse(json)).toEqual({ model: text });
        const yaml = await yamlText({ model: text });
        expect(yaml.replaceAll("\n", "")).not.toMatch(active);
      }),
    );
  });
});

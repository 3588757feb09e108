import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeGrub } from "../../../src/boot/templates/escape-grub.ts";
import { compileScript } from "../../../src/boot/templates/render-script.ts";
import { sampleInputs } from "../../../src/boot/templates/sample-inputs.ts";
import { fillSecrets } from "../../../src/boot/templates/secrets.ts";
import { shippedTemplatesDirectory } from "../../../src/paths.ts";
import { lacks } from "../../support/lacks.ts";
import { digest, discoveryName } from "../../support/samples.ts";

/** Whether GRUB's own parser, of package grub-common, takes the script. */
function isGrubScript(text: string): boolean {
  const { status, error } = spawnSync("grub-script-check", { input: text });
  if (error) throw error;
  return status === 0;
}

/** What GRUB calls a word: its parser takes the line with one in this place, and with none it refuses it. */
const alone = (word: string) => `if true ${word}; then echo; fi\n`;

describe.skipIf(lacks("grub-script-check"))("GRUB's own parser", () => {
  test.each([
    "a\nb; }",
    `a"b`,
    "a'b",
    "x; fi; if",
    "a {",
    "|",
    "a &",
    "<x",
  ])("refuses %j where a word is to be, and takes it when it is escaped", (value) => {
    expect(isGrubScript(alone(value))).toBe(false);
    expect(isGrubScript(alone(escapeGrub(value)))).toBe(true);
  });

  test("takes every value that a template writes", () => {
    const template = `{% for each in kernel.consoles %}${alone("{{ each }}")}{% endfor %}`;
    const render = compileScript({
      format: "grub",
      script: "main",
      templates: { main: template },
      files: [],
    });
    const sample = sampleInputs({ name: discoveryName, version: 1, digest: digest(1) }, "discover", "grub");
    const values = fc.array(fc.string({ unit: "binary", minLength: 1 }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(values, (consoles) => {
        const text = render({ ...sample, kernel: { consoles } });
        expect(text.split("\n")).toHaveLength(61);
        expect(isGrubScript(text)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  const scripts = readdirSync(shippedTemplatesDirectory, { recursive: true, encoding: "utf8" });
  const rendered = scripts.filter((file) => file.endsWith(".grub"));

  test("has scripts of the boot environments to look at", () => {
    expect(rendered.length).toBeGreaterThanOrEqual(3);
  });

  test.each(rendered)("takes %s", (file) => {
    const text = readFileSync(join(shippedTemplatesDirectory, file), "utf8");
    const secret = "abc_DEF-123";
    const secrets = { nonce: secret, discoveryToken: secret, helloToken: secret };
    expect(isGrubScript(fillSecrets(text, secrets))).toBe(true);
  });
});

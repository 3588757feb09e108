import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { compileScript } from "../../../src/boot/templates/render-script.ts";
import { sampleInputs } from "../../../src/boot/templates/sample-inputs.ts";
import { ScriptInputs } from "../../../src/boot/templates/script-inputs.ts";
import { EnvironmentDefinition, ScriptFormat } from "../../../src/domain/boot-environment/manifest.ts";
import { Sha256 } from "../../../src/domain/values/sha256.ts";
import { shippedTemplatesDirectory } from "../../../src/paths.ts";
import { parseIpxeScript } from "../../../src/rehearsal/ipxe-script.ts";

/**
 * Every folder below `templates/`. `expected/sample.ipxe` and `expected/sample.grub` are what made-up inputs of the
 * environment's purpose render to; beside them, `expected/<case>.ipxe` and `.grub` belong to the inputs in
 * `expected/<case>.json`.
 */
const names = readdirSync(shippedTemplatesDirectory, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test("there are boot environments, one of each purpose at least", () => {
  const purposes = new Set(names.map((name) => read(name).definition.purpose));
  expect([...purposes].sort()).toEqual(["deploy", "discover", "local-disk"]);
});

describe.each(names)("boot environment %s", (name) => {
  const { definition, render, expected } = read(name);

  test("is named like its folder", () => {
    expect(definition.name).toBe(name);
  });

  test.each(ScriptFormat.options)("renders its sample for %s as expected", (format) => {
    const digest = Sha256.parse("0".repeat(64));
    const version = { name: definition.name, version: 1, digest };
    expect(render(sampleInputs(version, definition.purpose, format))).toBe(expected(`sample.${format}`));
  });

  test.each(casesOf(name))("renders %s as expected", (file) => {
    for (const format of ScriptFormat.options) {
      const inputs = ScriptInputs.parse({ ...JSON.parse(expected(file)), format });
      expect(render(inputs)).toBe(expected(file.replace(/\.json$/, `.${format}`)));
    }
  });

  test("is a script that iPXE reads", () => {
    expect(() => parseIpxeScript(expected("sample.ipxe"))).not.toThrow();
  });
});

function read(name: string) {
  const folder = join(shippedTemplatesDirectory, name);
  const definition = EnvironmentDefinition.parse(
    parse(readFileSync(join(folder, "environment.yaml"), "utf8")),
  );
  const templates = Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".liquid"))
      .map((file) => [file, readFileSync(join(folder, file), "utf8")]),
  );
  const files = Object.keys(definition.files);
  const scripts = { ipxe: definition.script, grub: definition.grub ?? "" };
  return {
    definition,
    render: (inputs: ScriptInputs) => {
      const { format } = inputs;
      return compileScript({ format, script: scripts[format], templates, files })(inputs);
    },
    expected: (file: string) => readFileSync(join(folder, "expected", file), "utf8"),
  };
}

function casesOf(name: string): readonly string[] {
  const folder = join(shippedTemplatesDirectory, name, "expected");
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".json")) : [];
}

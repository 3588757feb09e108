import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { compileScript } from "../../../src/boot/templates/render-script.ts";
import { sampleInputs } from "../../../src/boot/templates/sample-inputs.ts";
import { ScriptInputs } from "../../../src/boot/templates/script-inputs.ts";
import { EnvironmentDefinition } from "../../../src/domain/boot-environment/manifest.ts";
import { Sha256 } from "../../../src/domain/values/sha256.ts";
import { shippedTemplatesDirectory } from "../../../src/paths.ts";
import { parseIpxeScript } from "../../../src/rehearsal/ipxe-script.ts";

/**
 * Every folder below `templates/`. `expected/sample.ipxe` is what made-up inputs of the environment's purpose
 * render to; beside it, `expected/<case>.ipxe` belongs to the inputs in `expected/<case>.json`.
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

  test("renders its sample as expected", () => {
    const digest = Sha256.parse("0".repeat(64));
    const inputs = sampleInputs({ name: definition.name, version: 1, digest }, definition.purpose);
    expect(render(inputs)).toBe(expected("sample.ipxe"));
  });

  test.each(casesOf(name))("renders %s as expected", (file) => {
    const inputs = ScriptInputs.parse(JSON.parse(expected(file)));
    expect(render(inputs)).toBe(expected(file.replace(/\.json$/, ".ipxe")));
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
  return {
    definition,
    render: compileScript({ script: definition.script, templates, files }),
    expected: (file: string) => readFileSync(join(folder, "expected", file), "utf8"),
  };
}

function casesOf(name: string): readonly string[] {
  const folder = join(shippedTemplatesDirectory, name, "expected");
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".json")) : [];
}

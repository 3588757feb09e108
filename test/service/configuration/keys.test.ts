import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { configurationSample } from "../../../scripts/docs/configuration-page.ts";
import { Config } from "../../../src/config.ts";
import { configKeys } from "../../../src/service/configuration/keys.ts";
import { environmentLayer } from "../../../src/service/configuration/layers.ts";

describe("every key of the configuration", () => {
  test.each(configKeys.map((key) => [key.name, key] as const))("%s says what it is", (_name, key) => {
    expect(key.description).toMatch(/^[A-Z].*\.$/);
    expect(key.type).not.toBe("");
    expect(key.fallback).not.toBe("");
  });

  test.each(
    configKeys.filter(({ type }) => /number/.test(type)),
  )("$name has a unit or counts something", (key) => {
    expect(key.range).not.toBe("");
    if (!/[pP]ort$|Ratio$|PerPrincipal$|Max$|Count$/.test(key.name)) expect(key.unit).not.toBe("");
  });

  test("has a name in the environment and a flag of its own", () => {
    expect(new Set(configKeys.map(({ variable }) => variable)).size).toBe(configKeys.length);
    expect(new Set(configKeys.map(({ flag }) => flag)).size).toBe(configKeys.length);
    const reserved = configKeys.filter(({ variable }) =>
      /^IRONLEDGER_(?:CONFIG|SERVER|CONTEXT|TOKEN|TOKEN_FILE)$/.test(variable),
    );
    expect(reserved).toEqual([]);
  });

  test("leaves the names alone that the client takes from its environment", () => {
    const source = readFileSync(join(import.meta.dirname, "../../../src/cli/environment.ts"), "utf8");
    const names = [...new Set(source.match(/IRONLEDGER_[A-Z_]+/g))];
    expect(names.length).toBeGreaterThan(2);
    const environment = Object.fromEntries(names.map((name) => [name, "x"]));
    expect(environmentLayer(environment, "/").problems).toEqual([]);
  });

  test("that is about a secret names a file", () => {
    const secretive = configKeys.filter(
      ({ name, type }) => /secret|password|token|[a-z]Key/i.test(name) && !/number/.test(type),
    );
    expect(secretive).not.toEqual([]);
    for (const { name, type } of secretive) expect({ name, type }).toEqual({ name, type: "file" });
  });
});

describe("the sample", () => {
  test("is a configuration as it stands", () => {
    const content = parse(configurationSample()) as Record<string, unknown>;
    const said = Object.entries(content).filter(([, value]) => value !== null);
    expect(said.map(([name]) => name)).toEqual(["dataDirectory", "wire"]);
    expect(Config.safeParse(Object.fromEntries(said)).success).toBe(true);
  });

  test("shows defaults that are taken when their comment signs go", () => {
    const uncommented = configurationSample()
      .split("\n")
      // What is a sentence or a list of facts stays a comment, and so does what shows no value.
      .filter((line) => /^\s*#? ?[a-zA-Z0-9-]+:(?: |$)/.test(line))
      .map((line) => line.replace("# ", ""))
      .filter(
        (line) => !/^\s+[a-z][\w-]*:$/i.test(line) && !/^(?:templates|assets|images)Directory:$/.test(line),
      )
      .join("\n");
    const said = Object.entries(parse(uncommented) as object).filter(([, value]) => value !== null);
    const config = Object.fromEntries(said.filter(([name]) => name !== "tracing" && name !== "oidc"));
    expect(Config.safeParse(config).error?.issues ?? []).toEqual([]);
    expect(said.length).toBeGreaterThan(6);
  });
});

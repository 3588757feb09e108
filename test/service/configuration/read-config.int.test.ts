import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseCommandLine } from "../../../src/service/configuration/command-line.ts";
import { keyByName } from "../../../src/service/configuration/keys.ts";
import { readConfig } from "../../../src/service/configuration/read-config.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ironledger-config-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const least = "dataDirectory: data\nwire: { address: 127.0.0.1 }\n";

/** Reads with this file, these names in the environment and these words on the command line. */
async function read(yaml: string | undefined, environment: Record<string, string> = {}, words = "") {
  if (yaml !== undefined) await writeFile(join(folder, "ironledger.yaml"), yaml);
  const request = parseCommandLine(words.split(" ").filter((word) => word !== ""));
  return readConfig({ ...request, environment, workingDirectory: folder });
}

async function refusal(...given: Parameters<typeof read>): Promise<string> {
  const failed = await read(...given).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failed).toMatchObject({ name: "ConfigError" });
  return (failed as Error).message;
}

describe("reading the configuration", () => {
  test("a flag wins over the environment, the environment over the file, the file over the default", async () => {
    const yaml = `${least}api: { port: 1 }\nstopSeconds: 1\nlogLevel: warn\n`;
    const environment = { IRONLEDGER_API_PORT: "2", IRONLEDGER_STOP_SECONDS: "2" };
    const { config, given } = await read(yaml, environment, "--api-port 3");
    expect(config).toMatchObject({ api: { port: 3 }, stopSeconds: 2, logLevel: "warn" });
    expect(config.wire.dhcpPort).toBe(67);
    const origins = ["api.port", "stopSeconds", "logLevel", "wire.dhcpPort"].map((name) => {
      const key = keyByName.get(name);
      return key && given.get(key)?.origin;
    });
    expect(origins).toEqual(["--api-port", "IRONLEDGER_STOP_SECONDS", "ironledger.yaml", undefined]);
  });

  test("needs no file when everything that is required is said elsewhere", async () => {
    const { config } = await read(undefined, { IRONLEDGER_WIRE_ADDRESS: "127.0.0.1" }, "--data-directory=d");
    expect(config.dataDirectory).toBe(join(folder, "d"));
    expect(config.imagesDirectory).toBe(join(folder, "d/images"));
  });

  test("takes a path as relative to whatever named it", async () => {
    const file = join(folder, "elsewhere.yaml");
    await writeFile(file, least);
    const request = parseCommandLine(["--config", file, "--assets-directory", "assets"]);
    const { config } = readConfig({ ...request, environment: {}, workingDirectory: "/srv" });
    expect(config.dataDirectory).toBe(join(folder, "data"));
    expect(config.assetsDirectory).toBe("/srv/assets");
  });

  test("reads what is no text as YAML", async () => {
    const environment = { IRONLEDGER_CONSOLES: '[ttyS1, "ttyS0,9600"]', IRONLEDGER_API_INSECURE_API: "true" };
    const { config } = await read(least, environment);
    expect(config.consoles).toEqual(["ttyS1", "ttyS0,9600"]);
    expect(config.api.insecureApi).toBe(true);
  });

  test("leaves a group alone of which nothing is set, and names of the client", async () => {
    const { config } = await read(`${least}api:\ntracing:\n`, { IRONLEDGER_SERVER: "http://x" });
    expect(config.api.port).toBe(8090);
    expect(config.tracing).toBeUndefined();
  });
});

describe("refusing a configuration", () => {
  test.each([
    [
      `${least}api: { prot: 1 }`,
      {},
      "",
      "api.prot (ironledger.yaml): there is no such key. Did you mean api.port?",
    ],
    [least, { IRONLEDGER_API_PROT: "1" }, "", "Did you mean IRONLEDGER_API_PORT?"],
    [
      least,
      {},
      "--api-port x",
      'api.port (--api-port): "x": Invalid input: expected number, received string. Write',
    ],
    [least, { IRONLEDGER_API_PORT: "70000" }, "", "Write whole number, 0 to 65535"],
    [`${least}consoles: tty0`, {}, "", "Write list of consoles, 0 to 8 of them"],
    [
      "api: { port: 1 }",
      {},
      "",
      "wire.address: is missing. Set it in the file, as IRONLEDGER_WIRE_ADDRESS, or with",
    ],
    [`${least}tracing: { sampleRatio: 1 }`, {}, "", "tracing.endpoint: is missing"],
    ["- a", {}, "", "the file (ironledger.yaml): expected keys and values"],
    [`${least}api: 3`, {}, "", "api (ironledger.yaml): expected keys and values"],
    ["a: [", {}, "", "ironledger.yaml: cannot be read as YAML"],
    [undefined, {}, "--config none.yaml", "none.yaml: cannot be read as YAML: ENOENT"],
    [`${least}consoles: ["x"]`, {}, "", "expected a console such as ttyS0,115200"],
  ])("%s with %o and %s", async (...[yaml, environment, words, message]) => {
    expect(await refusal(yaml, environment, words)).toContain(message);
  });

  test("tells everything that is wrong at once", async () => {
    const message = await refusal("stopSeconds: 0\nlogLevel: loud\n", { IRONLEDGER_X: "1" });
    for (const key of ["stopSeconds", "logLevel", "IRONLEDGER_X", "dataDirectory", "wire.address"]) {
      expect(message).toContain(key);
    }
  });
});

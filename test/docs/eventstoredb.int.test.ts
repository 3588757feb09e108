import { hostname } from "node:os";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type CliSite, createCliSite } from "../cli/support/site.ts";
import { type FixtureEngine, startFixture } from "../support/esdb-fixture/engine.ts";
import { eventually } from "../support/eventually.ts";
import { readGuide, shellOf } from "../support/guide.ts";

const { page, blocks } = await readGuide("eventstoredb");
const settings = parse(blocks("yaml")[0] ?? "");
let engine: FixtureEngine;
let cli: CliSite;

/** A service with the configuration that is printed, but for where the engine is and who may use it. */
beforeAll(async () => {
  engine = await startFixture({ nodes: 3 });
  const { storeCredentialsFile: _file, store: _store, ...others } = settings;
  cli = await createCliSite({ ...others, store: engine.connectionString });
}, 120_000);

afterAll(async () => {
  await cli.remove();
  engine.stop();
});

describe("the guide to EventStoreDB", () => {
  test("prints a configuration with three nodes, and no user in it", () => {
    expect(settings).toMatchObject({
      store: expect.stringMatching(/^esdb:\/\/(?:[\w.]+:2113,?){3}\?tls=true$/),
      storeCredentialsFile: expect.any(String),
      leadershipSeconds: 15,
    });
  });

  test("prints commands that show a service which is ready and leads", { timeout: 120_000 }, async () => {
    const run = await shellOf(cli);
    const [watch] = blocks("sh");
    if (watch === undefined) throw new Error("the guide prints a command");
    const shown = await eventually(async () => {
      const { stdout } = await run(watch).catch(() => ({ stdout: "" }));
      return stdout.includes(hostname()) ? stdout : undefined;
    });
    expect(shown).toMatch(/leader/i);
  });

  test("says what a service answers whose engine is silent", { timeout: 120_000 }, async () => {
    for (const { trouble } of engine.nodes) trouble.frozen = true;
    const url = new URL("/readyz", cli.service.api);
    const codes = await eventually(async () => {
      const response = await fetch(url);
      if (response.status === 200) return undefined;
      return ((await response.json()) as { readonly reasons: readonly { code: string }[] }).reasons;
    });
    expect(codes).toMatchObject([{ code: "LOG_READ_ONLY" }]);
    expect(page).toContain("`/readyz` says `LOG_READ_ONLY`");
    for (const { trouble } of engine.nodes) trouble.frozen = false;
    await eventually(async () => ((await fetch(url)).status === 200 ? true : undefined));
  });
});

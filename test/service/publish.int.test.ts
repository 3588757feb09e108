import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { createSite, type RunningService, type Site, startService } from "../support/service-under-test.ts";

let site: Site;
let configFile: string;
let service: RunningService;

beforeAll(async () => {
  site = await createSite("assets");
  const written = await site.configFor(site.dataDirectory);
  const config = {
    ...parse(readFileSync(written, "utf8")),
    templatesDirectory: join(site.directory, "templates"),
  };
  configFile = written;
  writeFileSync(configFile, stringify(config));
  environment("#!ipxe\nsanboot --drive 0x80\n");
  service = await startService(configFile, join(site.directory, "log"));
});
afterAll(async () => {
  await service.stop();
  await site.remove();
});

function environment(script: string): void {
  const folder = join(site.directory, "templates", "disk");
  mkdirSync(folder, { recursive: true });
  const yaml = ["name: disk", "description: for a test", "purpose: local-disk", "script: script.liquid"];
  writeFileSync(join(folder, "environment.yaml"), yaml.join("\n"));
  writeFileSync(join(folder, "script.liquid"), script);
}

async function publish(input: object = {}) {
  const { publishBootEnvironment } = await service.graphql(
    `mutation ($input: PublishBootEnvironmentInput!) { publishBootEnvironment(input: $input) {
      userErrors { code message } plan { eventCount diff } bootEnvironment { version } } }`,
    { input: { name: "disk", ...input } },
  );
  return publishBootEnvironment;
}

describe("publishing while the service runs", () => {
  test("takes what is in the folder now", async () => {
    expect(await publish()).toMatchObject({ userErrors: [], bootEnvironment: { version: 1 } });
    environment("#!ipxe\nsanboot --drive 0x81\n");
    expect(await publish({ dryRun: true })).toMatchObject({
      plan: {
        eventCount: 1,
        diff: expect.stringContaining("-sanboot --drive 0x80\n+sanboot --drive 0x81\n"),
      },
      bootEnvironment: { version: 1 },
    });
    expect(await publish()).toMatchObject({ userErrors: [], bootEnvironment: { version: 2 } });
  });

  test("says what is wrong with the folder", async () => {
    environment("#!ipxe\n{{ nonsense }}\n");
    const message = "disk: script.liquid:2: undefined variable: nonsense";
    expect(await publish()).toMatchObject({ userErrors: [{ code: "ENVIRONMENT_INVALID", message }] });
  });

  test("is what the next start finds published", async () => {
    environment("#!ipxe\nsanboot --drive 0x81\n");
    await service.stop();
    service = await startService(configFile, join(site.directory, "log"));
    expect(await publish({ dryRun: true })).toMatchObject({
      plan: { eventCount: 0, diff: "" },
      bootEnvironment: { version: 2 },
    });
  });
});

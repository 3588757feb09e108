import { describe, expect, test } from "vitest";
import type { EnvironmentFolders, FolderFinding } from "../../../src/domain/ports/environment-folders.ts";
import { typesOf } from "../../support/recording.ts";
import { startApi, type TestApi } from "./support/api.ts";
import { mutate, planFields } from "./support/mutate.ts";

const stream = "bootenv-plain";

const manifest = {
  description: "for a test",
  purpose: "deploy",
  script: "script.liquid",
  grub: null,
  templates: {},
  files: {},
} as const;

/** Folders that hold what a test puts there, and what was asked of them. */
function folders(finding: Partial<Extract<FolderFinding, { outcome: "usable" }>> | string) {
  const asked: Parameters<EnvironmentFolders["inspect"]>[1][] = [];
  const scripts = [{ format: "ipxe", before: undefined, after: "#!ipxe\nboot\n" }] as const;
  const found = { outcome: "usable", digest: "a".repeat(64), manifest, scripts } as const;
  const environmentFolders: EnvironmentFolders = {
    async inspect(_name, inspection) {
      asked.push(inspection);
      if (typeof finding === "string") return { outcome: "unusable", problem: finding };
      return { ...found, ...finding } as FolderFinding;
    },
  };
  return { asked, environmentFolders };
}

function publish(api: TestApi, input: object = {}) {
  const fields = `bootEnvironment { name version } ${planFields}`;
  return mutate(api, { name: "publishBootEnvironment", input: { name: "plain", ...input }, fields });
}

describe("publishing a boot environment", () => {
  test("records what is in its folder, keeps it first, and shows it", async () => {
    const { asked, environmentFolders } = folders({});
    const api = await startApi({ environmentFolders });
    expect(await publish(api)).toMatchObject({
      userErrors: [],
      bootEnvironment: { name: "plain", version: 1 },
    });
    expect(asked).toEqual([{ keep: true, published: undefined }]);
    expect(await publish(api)).toMatchObject({ userErrors: [], bootEnvironment: { version: 1 } });
    expect(asked[1]).toEqual({ keep: true, published: undefined });
    await publish(api, { dryRun: true });
    expect(asked[2]).toEqual({
      keep: false,
      published: { name: "plain", version: 1, digest: "a".repeat(64) },
    });
    expect(await typesOf(api.store, stream)).toEqual(["BootEnvironmentPublished"]);
  });

  test("is told by a dry run, which keeps nothing: the manifest and the script", async () => {
    const { asked, environmentFolders } = folders({
      scripts: [{ format: "ipxe", before: "#!ipxe\nsanboot\n", after: "#!ipxe\nboot\n" }],
    });
    const api = await startApi({ environmentFolders });
    const { plan, bootEnvironment } = await publish(api, { dryRun: true });
    expect(asked).toEqual([{ keep: false, published: undefined }]);
    expect(bootEnvironment).toBeNull();
    expect(plan.changes).toContainEqual({
      subject: "bootenv/plain",
      path: "manifest.purpose",
      before: null,
      after: manifest.purpose,
    });
    expect(plan.diff).toContain(
      "--- bootenv/plain/script.ipxe\n+++ bootenv/plain/script.ipxe\n@@ -1,2 +1,2 @@\n #!ipxe\n-sanboot\n+boot\n",
    );
    expect(await typesOf(api.store, stream)).toEqual([]);
  });

  test("is refused with what is wrong with the folder", async () => {
    const { environmentFolders } = folders("plain/script.liquid:2: tag sanboot not found");
    const api = await startApi({ environmentFolders });
    expect(await publish(api)).toMatchObject({
      position: null,
      bootEnvironment: null,
      userErrors: [
        {
          code: "ENVIRONMENT_INVALID",
          field: "name",
          message: "plain/script.liquid:2: tag sanboot not found",
        },
      ],
    });
    expect(await publish(api, { name: "../etc" })).toMatchObject({
      userErrors: [{ code: "INPUT_INVALID", field: "name" }],
    });
  });
});

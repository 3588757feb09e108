import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sha256Of } from "../../../src/boot/digest.ts";
import { type Catalogue, openCatalogue } from "../../../src/boot/templates/catalogue.ts";
import { type ContentStore, openContentStore } from "../../../src/boot/templates/content-store.ts";
import { createRenderer, type ScriptRenderer } from "../../../src/boot/templates/renderer.ts";
import type { EventStore } from "../../../src/domain/ports/event-store.ts";
import { shippedTemplatesDirectory, threadEntry } from "../../../src/paths.ts";
import { countingIds, handlersOn, memoryLog, meta, typesOf } from "../../support/recording.ts";
import { scratchFolder } from "../scratch-folder.ts";

let renderer: ScriptRenderer;
let folder: ReturnType<typeof scratchFolder>;
let store: EventStore;
let content: ContentStore;
let handlers: ReturnType<typeof handlersOn>;

beforeAll(() => {
  renderer = createRenderer({ startWorker: () => new Worker(threadEntry("render")) });
});
afterAll(() => renderer.close());

beforeEach(async () => {
  folder = scratchFolder();
  store = memoryLog();
  handlers = handlersOn(store);
  content = await openContentStore(join(folder.path, "content"), countingIds());
  for (const name of ["agent/vmlinuz", "agent/initrd.img", "grub-local.efi"])
    folder.write(`assets/${name}`, name);
  return () => folder.remove();
});

function open(templatesDirectory = join(folder.path, "templates")): Promise<Catalogue> {
  return openCatalogue({
    templatesDirectory,
    assetsDirectory: join(folder.path, "assets"),
    content,
    renderer,
    reader: store,
    handle: handlers.handleBootEnvironment,
    published: () => [],
    meta,
  });
}

/** A good environment, or one with a part of it replaced. */
function environment(name: string, { yaml = "", script = "#!ipxe\nboot {{ files.kernel }}\n" } = {}): void {
  const lines = [`name: ${name}`, "description: for a test", "purpose: deploy", "script: script.liquid"];
  folder.write(
    `templates/${name}/environment.yaml`,
    yaml || [...lines, "files:", "  kernel: agent/vmlinuz"].join("\n"),
  );
  folder.write(`templates/${name}/script.liquid`, script);
}

describe("opening the catalogue", () => {
  test("publishes the environments that come with Ironledger", async () => {
    const catalogue = await open(shippedTemplatesDirectory);
    expect(catalogue.problems).toEqual([]);
    expect(catalogue.current.map(({ version }) => `${version.name} ${version.version}`)).toEqual([
      "discovery 1",
      "image-deploy 1",
      "local-disk 1",
    ]);
    expect((await catalogue.forPurpose("discover"))?.version.name).toBe("discovery");
    expect((await catalogue.forPurpose("local-disk"))?.version.name).toBe("local-disk");
    await expect(typesOf(store, "bootenv-discovery")).resolves.toEqual(["BootEnvironmentPublished"]);
  });

  test("publishes nothing when nothing changed", async () => {
    environment("plain");
    await open();
    await open();
    await expect(typesOf(store, "bootenv-plain")).resolves.toHaveLength(1);
  });

  test("publishes a version for each change, and keeps those before", async () => {
    environment("plain");
    const before = (await open()).current[0];
    folder.write("assets/agent/vmlinuz", "a newer kernel");
    const catalogue = await open();
    expect(catalogue.current[0]?.version.version).toBe(2);

    const kernel = (version: number) => catalogue.findFile({ environment: "plain", version, name: "kernel" });
    await expect(kernel(1)).resolves.toMatchObject({ sha256: sha256Of("agent/vmlinuz") });
    await expect(kernel(2)).resolves.toMatchObject({ sha256: sha256Of("a newer kernel") });
    await expect(kernel(3)).resolves.toBeUndefined();
    if (!before) throw new Error("nothing was published");
    await expect(catalogue.pinned(before.version)).resolves.toEqual(before);
  });

  test("finds no file that no environment names", async () => {
    environment("plain");
    const { findFile } = await open();
    for (const name of ["initrd", "../kernel", "constructor", "__proto__", ""]) {
      await expect(findFile({ environment: "plain", version: 1, name })).resolves.toBeUndefined();
    }
    await expect(findFile({ environment: "../plain", version: 1, name: "kernel" })).resolves.toBeUndefined();
  });
});

describe("a folder that cannot be used", () => {
  const cases: readonly [what: string, broken: Parameters<typeof environment>[1], problem: string][] = [
    [
      "a script with an undefined variable",
      { script: "{{ machine.nmae }}" },
      "bad: script.liquid:1: undefined variable",
    ],
    [
      "a script with a wrong tag",
      { script: "a\n{% sanboot %}" },
      'bad/script.liquid:2: tag "sanboot" not found',
    ],
    ["text that is not YAML", { yaml: "a: [" }, "bad/environment.yaml: is not YAML:"],
    ["a field that is missing", { yaml: "name: bad" }, "bad/environment.yaml: description:"],
    [
      "another name than the folder's",
      { yaml: "{name: good, description: x, purpose: deploy, script: script.liquid}" },
      "name: good is not the folder's name: write bad",
    ],
    [
      "a script that is not there",
      { yaml: "{name: bad, description: x, purpose: deploy, script: other.liquid}" },
      "script: other.liquid is not a template of the folder (found: script.liquid)",
    ],
    [
      "a file that is not there",
      {
        yaml: "{name: bad, description: x, purpose: deploy, script: script.liquid, files: {kernel: absent}}",
      },
      "files.kernel: there is no file absent in",
    ],
    [
      "a path that leads out",
      { yaml: "{name: bad, description: x, purpose: deploy, script: script.liquid, files: {kernel: ../x}}" },
      "files.kernel: expected a relative path of plain names",
    ],
  ];

  test.each(
    cases,
  )("has a problem that says what to do, and keeps no other back: %s", async (_, broken, problem) => {
    environment("bad", broken);
    environment("good");
    const { problems, current } = await open();
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining(problem)]);
    expect(current.map(({ version }) => version.name)).toEqual(["good"]);
    await expect(typesOf(store, "bootenv-bad")).resolves.toEqual([]);
  });

  test("is one whose file is a link out of the assets folder", async () => {
    symlinkSync("/etc/passwd", join(folder.path, "assets/leak"));
    const yaml = "{name: bad, description: x, purpose: deploy, script: script.liquid, files: {kernel: leak}}";
    environment("bad", { yaml });
    expect((await open()).problems[0]?.message).toContain("files.kernel: there is no file leak in");
  });

  test("is a second one for unknown machines", async () => {
    const yaml = (name: string) =>
      `{name: ${name}, description: x, purpose: discover, script: script.liquid}`;
    for (const name of ["one", "two"]) environment(name, { yaml: yaml(name), script: "#!ipxe\n" });
    const { problems, current } = await open();
    expect(current.map(({ version }) => version.name)).toEqual(["one"]);
    expect(problems[0]?.message).toBe(
      "two: purpose: discover is what one is for already: remove one of the two folders",
    );
  });
});

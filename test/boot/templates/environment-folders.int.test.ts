import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { beforeEach, describe, expect, test } from "vitest";
import { openCatalogue } from "../../../src/boot/templates/catalogue.ts";
import { type ContentStore, openContentStore } from "../../../src/boot/templates/content-store.ts";
import { environmentFolders } from "../../../src/boot/templates/environment-folders.ts";
import { createRenderer } from "../../../src/boot/templates/renderer.ts";
import { bootEnvironmentStream } from "../../../src/domain/boot-environment/events.ts";
import type { EnvironmentFolders } from "../../../src/domain/ports/environment-folders.ts";
import type { EventStore } from "../../../src/domain/ports/event-store.ts";
import { Sha256 } from "../../../src/domain/values/sha256.ts";
import { EnvironmentName } from "../../../src/domain/values/slug.ts";
import { threadEntry } from "../../../src/paths.ts";
import { createBootTargets } from "../../../src/projections/boot-targets.ts";
import { countingIds, handlersOn, memoryLog, meta } from "../../support/recording.ts";
import { scratchFolder } from "../scratch-folder.ts";

const name = EnvironmentName.parse("agent");
let folder: ReturnType<typeof scratchFolder>;
let store: EventStore;
let handlers: ReturnType<typeof handlersOn>;
let content: ContentStore;
let folders: EnvironmentFolders;

const startRenderer = () => createRenderer({ startWorker: () => new Worker(threadEntry("render")) });

beforeEach(async () => {
  folder = scratchFolder();
  store = memoryLog();
  handlers = handlersOn(store);
  content = await openContentStore(join(folder.path, "content"), countingIds());
  folder.write("assets/agent/vmlinuz", "a kernel");
  environment("agent");
  folders = environmentFolders({ ...places(), content, startRenderer });
  return () => folder.remove();
});

function places() {
  return {
    templatesDirectory: join(folder.path, "templates"),
    assetsDirectory: join(folder.path, "assets"),
  };
}

function environment(of: string, script = "#!ipxe\nkernel {{ files.kernel }}\nboot\n"): void {
  const yaml = [`name: ${of}`, "description: for a test", "purpose: discover", "script: script.liquid"];
  folder.write(`templates/${of}/environment.yaml`, [...yaml, "files: {kernel: agent/vmlinuz}"].join("\n"));
  folder.write(`templates/${of}/script.liquid`, script);
}

/** Publishes what is in the folder now, as the API does. */
async function publish() {
  const found = await folders.inspect(name, { keep: true, published: undefined });
  if (found.outcome === "unusable") throw new Error(found.problem);
  const { digest, manifest } = found;
  const command = { type: "PublishBootEnvironment", digest, manifest } as const;
  const result = await handlers.handleBootEnvironment(bootEnvironmentStream(name), command, {
    meta,
  });
  const version = result.outcome === "accepted" ? result.state?.version : undefined;
  if (version === undefined) throw new Error("it was not published");
  return { name, version, digest };
}

describe("looking at a folder", () => {
  test("tells what would be published, and keeps it only when asked to", async () => {
    const looked = await folders.inspect(name, { keep: false, published: undefined });
    if (looked.outcome === "unusable") throw new Error(looked.problem);
    expect(looked).toMatchObject({ manifest: { purpose: "discover" }, scripts: [{ before: undefined }] });
    expect(looked.scripts[0]?.after).toContain("kernel http://10.77.0.1:8080/boot/");
    await expect(content.read(looked.digest)).rejects.toThrow("is not kept");

    const kept = await folders.inspect(name, { keep: true, published: undefined });
    expect(kept).toEqual(looked);
    await expect(content.read(looked.digest)).resolves.toBeInstanceOf(Buffer);
  });

  test("renders the version that was published before, to compare with", async () => {
    const published = await publish();
    environment("agent", "#!ipxe\nkernel {{ files.kernel }} quiet\nboot\n");
    const found = await folders.inspect(name, { keep: false, published });
    if (found.outcome === "unusable") throw new Error(found.problem);
    const [script] = found.scripts;
    expect(script?.after).toBe(script?.before?.replace("kernel\nboot", "kernel quiet\nboot"));
  });

  test("needs nothing of a version whose contents are lost, or cannot be rendered any more", async () => {
    const published = await publish();
    rmSync(join(folder.path, "content", published.digest.slice(0, 2)), { recursive: true });
    const found = await folders.inspect(name, { keep: true, published });
    expect(found).toMatchObject({ outcome: "usable", scripts: [{ format: "ipxe", before: undefined }] });
  });
});

describe("a folder that cannot be published", () => {
  test.each([
    ["another", "#!ipxe\n", "another: purpose: discover is what agent is for already"],
    ["agent", "a\n{{ machine.nmae }}", "agent: script.liquid:2: undefined variable"],
    ["agent", "{% sanboot %}", 'agent/script.liquid:1: tag "sanboot" not found'],
  ])("is told of by what is wrong with %s, not by where it is", async (of, script, problem) => {
    environment(of, script);
    const found = await folders.inspect(EnvironmentName.parse(of), { keep: true, published: undefined });
    expect(found).toEqual({ outcome: "unusable", problem: expect.stringContaining(problem) });
    expect(JSON.stringify(found)).not.toContain(folder.path);
  });

  test("is told of without the place where a file is missing", async () => {
    folder.write(
      "templates/agent/environment.yaml",
      [
        "name: agent",
        "description: for a test",
        "purpose: discover",
        "script: script.liquid",
        "files: {kernel: agent/absent}",
      ].join("\n"),
    );
    const found = await folders.inspect(name, { keep: true, published: undefined });
    expect(found).toEqual({
      outcome: "unusable",
      problem: expect.stringContaining("there is no file agent/absent in the assets folder"),
    });
    expect(JSON.stringify(found)).not.toContain(folder.path);
  });

  test("is a symbolic link, which the start would not follow either", async () => {
    environment("elsewhere");
    symlinkSync(join(folder.path, "templates/elsewhere"), join(folder.path, "templates/linked"));
    const found = await folders.inspect(EnvironmentName.parse("linked"), {
      keep: true,
      published: undefined,
    });
    expect(found).toMatchObject({ outcome: "unusable", problem: expect.stringMatching(/^linked: /) });
  });

  test("is one that is not there", async () => {
    const found = await folders.inspect(EnvironmentName.parse("absent"), {
      keep: true,
      published: undefined,
    });
    expect(found).toMatchObject({
      outcome: "unusable",
      problem: expect.stringMatching(/^absent: there is no such folder/),
    });
  });
});

describe("what is published while the service runs", () => {
  test("is what machines get from then on, and what was before stays for those that are pinned to it", async () => {
    const targets = createBootTargets();
    const renderer = startRenderer();
    const catalogue = await openCatalogue({
      ...places(),
      content,
      renderer,
      reader: store,
      handle: handlers.handleBootEnvironment,
      published: targets.environments,
      meta,
    });
    await renderer.close();
    const before = await catalogue.forPurpose("discover");
    expect(before).toMatchObject({ version: { name, version: 1 } });

    environment("agent", "#!ipxe\nkernel {{ files.kernel }} quiet\nboot\n");
    const published = await publish();
    for (const event of await store.readStream(bootEnvironmentStream(name))) targets.apply(event);
    const after = await catalogue.forPurpose("discover");
    expect(after?.version).toEqual(published);
    expect(after?.templates["script.liquid"]).toContain("quiet");
    if (!before) throw new Error("nothing was published");
    expect(await catalogue.pinned(before.version)).toEqual(before);
    const file = { environment: "agent", version: 2, name: "kernel" };
    expect(await catalogue.findFile(file)).toMatchObject({ bytes: 8 });
  });

  test("replaces a folder that could not be used at the start", async () => {
    environment("agent", "{{ nonsense }}");
    const targets = createBootTargets();
    const renderer = startRenderer();
    const catalogue = await openCatalogue({
      ...places(),
      content,
      renderer,
      reader: store,
      handle: handlers.handleBootEnvironment,
      published: targets.environments,
      meta,
    });
    await renderer.close();
    expect(await catalogue.forPurpose("discover")).toBeUndefined();
    environment("agent");
    await publish();
    for (const event of await store.readStream(bootEnvironmentStream(name))) targets.apply(event);
    expect(await catalogue.forPurpose("discover")).toMatchObject({ version: { name, version: 1 } });
  });
});

describe("of several boot environments for one purpose", () => {
  test("the last is the one that was published last", async () => {
    const targets = createBootTargets();
    const manifest = {
      description: "",
      purpose: "discover",
      script: "a",
      grub: null,
      templates: {},
      files: {},
    } as const;
    for (const [of, digit] of [
      ["agent", "1"],
      ["other", "2"],
      ["agent", "3"],
    ] as const) {
      const stream = bootEnvironmentStream(EnvironmentName.parse(of));
      const digest = Sha256.parse(digit.repeat(64));
      const command = { type: "PublishBootEnvironment", digest, manifest } as const;
      await handlers.handleBootEnvironment(stream, command, { meta });
    }
    for (const event of (await store.readAll({ after: undefined, limit: 10 })).events) targets.apply(event);
    expect(targets.environments().map((each) => `${each.name} ${each.version}`)).toEqual([
      "other 1",
      "agent 2",
    ]);
  });
});

import { Worker } from "node:worker_threads";
import { afterEach, describe, expect, test } from "vitest";
import {
  createRenderer,
  type RendererOptions,
  type RenderJob,
  type ScriptRenderer,
} from "../../../src/boot/templates/renderer.ts";
import { sampleInputs } from "../../../src/boot/templates/sample-inputs.ts";
import { threadEntry } from "../../../src/paths.ts";
import { digest, discoveryName } from "../../support/samples.ts";

let renderer: ScriptRenderer;
let started = 0;

function start(options: Partial<RendererOptions> = {}): ScriptRenderer {
  started = 0;
  const startWorker = () => {
    started += 1;
    return new Worker(threadEntry("render"), { resourceLimits: { maxOldGenerationSizeMb: 64 } });
  };
  renderer = createRenderer({ startWorker, timeoutMs: 30_000, ...options });
  return renderer;
}

afterEach(() => renderer.close());

/** A job for a template; another template is another digest. */
function job(template: string): RenderJob {
  const sha256 = digest([...template].reduce((sum, each) => (sum * 31 + each.charCodeAt(0)) % 2 ** 31, 7));
  return {
    source: { format: "ipxe", script: "main", templates: { main: template }, files: [] },
    inputs: sampleInputs({ name: discoveryName, version: 1, digest: sha256 }, "discover"),
  };
}

/** Allocates next to nothing, so that only time can stop it: 2 to the power of 40 turns. */
const endless = "{% for each in kernel.consoles %}".repeat(40) + "{% endfor %}".repeat(40);

describe("rendering beside the caller's thread", () => {
  test("answers each caller with its own script", async () => {
    start();
    const texts = Array.from({ length: 20 }, (_, index) => `${index} {{ client.mac }}`);
    await expect(Promise.all(texts.map((text) => renderer.render(job(text))))).resolves.toEqual(
      texts.map((_, index) => `${index} 52:54:00:77:00:01`),
    );
    expect(started).toBe(1);
  });

  test("refuses a wrong template with its place, and goes on", async () => {
    start();
    await expect(renderer.render(job("\n{{ nope }}"))).rejects.toMatchObject({
      code: "TEMPLATE_FAILED",
      message: "main:2: undefined variable: nope",
    });
    await expect(renderer.render(job("fine"))).resolves.toBe("fine");
  });

  test("stops a script that takes too long; who waited behind it gets another thread", async () => {
    start({ timeoutMs: 1_000 });
    const stuck = renderer.render(job(endless));
    const behind = renderer.render(job("fine"));
    await expect(stuck).rejects.toMatchObject({
      code: "RENDER_TIMEOUT",
      message: "boot environment discovery: its script took longer than 1000 ms to render",
    });
    await expect(behind).resolves.toBe("fine");
    expect(started).toBe(2);
  });

  test("outlives a thread that runs out of memory", async () => {
    const startWorker = () =>
      new Worker(
        `const { parentPort } = require("node:worker_threads");
         parentPort.on("message", () => { const all = []; for (;;) all.push(new Array(1e5).fill(Math.PI)); });
         parentPort.postMessage("ready");`,
        { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } },
      );
    start({ startWorker, timeoutMs: 60_000 });
    await expect(renderer.render(job("a"))).rejects.toMatchObject({ code: "RENDERER_LOST" });
  });

  test("refuses everybody when the thread cannot start, and tries again for the next", async () => {
    start({ startWorker: () => new Worker("throw new Error('broken')", { eval: true }) });
    await expect(renderer.render(job("a"))).rejects.toMatchObject({ code: "RENDERER_LOST" });
    await expect(renderer.render(job("b"))).rejects.toMatchObject({ code: "RENDERER_LOST" });
  });

  test("refuses more than may wait", async () => {
    start({ queueMax: 2 });
    const all = await Promise.allSettled([1, 2, 3, 4].map((number) => renderer.render(job(`${number}`))));
    expect(all.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "rejected"]);
    expect(all[2]).toMatchObject({ reason: { code: "RENDER_OVERLOADED" } });
  });

  test("refuses what still waits when it is closed, and what comes later", async () => {
    start();
    const waiting = renderer.render(job(endless));
    const refused = expect(waiting).rejects.toMatchObject({ code: "RENDERER_LOST" });
    await renderer.close();
    await refused;
    await expect(renderer.render(job("a"))).rejects.toMatchObject({ code: "RENDERER_LOST" });
  });
});

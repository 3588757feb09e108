import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { parse } from "yaml";
import { createRenderer, type RenderJob, type ScriptRenderer } from "../src/boot/templates/renderer.ts";
import { sampleInputs } from "../src/boot/templates/sample-inputs.ts";
import { EnvironmentDefinition } from "../src/domain/boot-environment/manifest.ts";
import { Sha256 } from "../src/domain/values/sha256.ts";
import { shippedTemplatesDirectory, threadEntry } from "../src/paths.ts";

/** How many boot scripts are rendered. */
export interface RenderFigures {
  /** Scripts per second through the render thread, there and back: the median of the rounds. */
  readonly renders_per_s: number;
  readonly renders_per_s_min: number;
  readonly renders_per_s_max: number;
}

export interface RenderBenchOptions {
  /** (Default: 9) */
  readonly rounds?: number;
  /** How long one round takes, milliseconds. (Default: 500) */
  readonly roundMs?: number;
  /** Scripts under way at a time. (Default: 64) */
  readonly inFlight?: number;
}

/** Renders the shipped deployment script, each time for another machine, as in a rack that boots at once. */
export async function measureRenders(options: RenderBenchOptions = {}): Promise<RenderFigures> {
  const { rounds = 9, roundMs = 500, inFlight = 64 } = options;
  const renderer = createRenderer({ startWorker: () => new Worker(threadEntry("render")) });
  try {
    const job = shippedJob("image-deploy");
    await round(renderer, job, { roundMs, inFlight });
    const perSecond: number[] = [];
    for (let count = 0; count < rounds; count++) {
      perSecond.push(await round(renderer, job, { roundMs, inFlight }));
    }
    perSecond.sort((one, other) => one - other);
    return {
      renders_per_s: Math.round(perSecond[Math.floor(perSecond.length / 2)] ?? 0),
      renders_per_s_min: Math.round(perSecond[0] ?? 0),
      renders_per_s_max: Math.round(perSecond.at(-1) ?? 0),
    };
  } finally {
    await renderer.close();
  }
}

async function round(
  renderer: ScriptRenderer,
  { source, inputs }: RenderJob,
  { roundMs, inFlight }: { readonly roundMs: number; readonly inFlight: number },
): Promise<number> {
  const beganMs = performance.now();
  let rendered = 0;
  const renderOneAfterAnother = async () => {
    while (performance.now() - beganMs < roundMs) {
      const address = `10.77.${(rendered >> 8) & 255}.${rendered & 255}`;
      const client = { ...inputs.client, address: address as typeof inputs.client.address };
      await renderer.render({ source, inputs: { ...inputs, client } });
      rendered += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, renderOneAfterAnother));
  return rendered / ((performance.now() - beganMs) / 1000);
}

function shippedJob(environment: string): RenderJob {
  const folder = join(shippedTemplatesDirectory, environment);
  const text = (file: string) => readFileSync(join(folder, file), "utf8");
  const definition = EnvironmentDefinition.parse(parse(text("environment.yaml")));
  const templates = Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith(".liquid"))
      .map((file) => [file, text(file)]),
  );
  const digest = Sha256.parse("0".repeat(64));
  return {
    source: { format: "ipxe", script: definition.script, templates, files: Object.keys(definition.files) },
    inputs: sampleInputs({ name: definition.name, version: 1, digest }, definition.purpose),
  };
}

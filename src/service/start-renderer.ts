import { Worker } from "node:worker_threads";
import { createRenderer, type ScriptRenderer } from "../boot/templates/renderer.ts";
import { threadEntry } from "../paths.ts";

/** A template that builds an endless text ends its thread, not the process. */
const renderLimits = { maxOldGenerationSizeMb: 64 };

/** Starts a render thread, which whoever asked for it closes. */
export function startRenderer(): ScriptRenderer {
  return createRenderer({
    startWorker: () => new Worker(threadEntry("render"), { resourceLimits: renderLimits }),
  });
}

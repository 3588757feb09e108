import { parentPort } from "node:worker_threads";
import type { RenderJob } from "../boot/templates/renderer.ts";
import { cachingRenderer } from "../boot/templates/script-cache.ts";

/** The render thread: answers each job, and is killed by its client when it takes too long. */
if (!parentPort) throw new Error("render.ts runs as a worker thread");

const port = parentPort;
const render = cachingRenderer();
port.on("message", (job: RenderJob) => port.postMessage(render(job)));
port.postMessage("ready");

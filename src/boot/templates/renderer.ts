import type { Worker } from "node:worker_threads";
import type { ScriptSource } from "./render-script.ts";
import type { ScriptInputs } from "./script-inputs.ts";

/** One script to render. `inputs.environment.digest` and the format name the source: when they are
 * equal, so are the sources. */
export interface RenderJob {
  readonly source: ScriptSource;
  readonly inputs: ScriptInputs;
}

/** What the render thread answers to a job. */
export type RenderAnswer =
  | { readonly outcome: "rendered"; readonly text: string }
  | { readonly outcome: "failed"; readonly message: string };

type RenderErrorCode =
  /** The template is wrong. `message` names template, line and cause. */
  | "TEMPLATE_FAILED"
  /** The template ran longer than the limit and was stopped. */
  | "RENDER_TIMEOUT"
  /** More scripts wait than the renderer accepts. Worth retrying later. */
  | "RENDER_OVERLOADED"
  /** The render thread died or was closed. */
  | "RENDERER_LOST";

export class RenderError extends Error {
  override readonly name = "RenderError";
  readonly code: RenderErrorCode;

  constructor(code: RenderErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Renders scripts beside the caller's thread, so that no template can stall it. */
export interface ScriptRenderer {
  /** The script, with placeholders where secrets go. @throws RenderError */
  render(job: RenderJob): Promise<string>;
  /** Ends the thread. What still waits is refused. */
  close(): Promise<void>;
}

export interface RendererOptions {
  /** Starts `src/threads/render.ts`. Called again whenever the thread before had to be killed. */
  readonly startWorker: () => Worker;
  /** Longest rendering, milliseconds. (Default: 1,000) */
  readonly timeoutMs?: number;
  /** Most scripts that wait. (Default: 256) */
  readonly queueMax?: number;
}

/** Longest start of a render thread, milliseconds; generous, because nothing waits for it on a healthy host. */
const startTimeoutMs = 30_000;

export function createRenderer(options: RendererOptions): ScriptRenderer {
  return new ThreadRenderer(options);
}

interface Ticket {
  readonly job: RenderJob;
  readonly resolve: (text: string) => void;
  readonly reject: (error: RenderError) => void;
}

/** One job is with the thread at a time, so the limit on its time is the limit on that job's time. */
class ThreadRenderer implements ScriptRenderer {
  readonly #startWorker: () => Worker;
  readonly #timeoutMs: number;
  readonly #queueMax: number;
  readonly #waiting: Ticket[] = [];
  #current: Ticket | undefined;
  #worker: Worker | undefined;
  #ready = false;
  #closed = false;
  /** Of the thread's start, or of the job that it has. */
  #timer: NodeJS.Timeout | undefined;

  constructor({ startWorker, timeoutMs = 1_000, queueMax = 256 }: RendererOptions) {
    this.#startWorker = startWorker;
    this.#timeoutMs = timeoutMs;
    this.#queueMax = queueMax;
    this.#start();
  }

  render(job: RenderJob): Promise<string> {
    if (this.#closed) return Promise.reject(new RenderError("RENDERER_LOST", "the renderer was closed"));
    if (this.#waiting.length >= this.#queueMax) {
      const message = `${this.#waiting.length} scripts wait to be rendered, and no more may`;
      return Promise.reject(new RenderError("RENDER_OVERLOADED", message));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, resolve, reject });
      this.#pump();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = undefined;
    const error = new RenderError("RENDERER_LOST", "the renderer was closed");
    for (const ticket of [this.#current, ...this.#waiting.splice(0)]) ticket?.reject(error);
    this.#current = undefined;
    await worker?.terminate();
  }

  #start(): void {
    const worker = this.#startWorker();
    this.#worker = worker;
    this.#ready = false;
    worker.on("message", (message: "ready" | RenderAnswer) => {
      if (worker === this.#worker) this.#receive(message);
    });
    const lost = (what: string, cause?: unknown) =>
      this.#lose(worker, new RenderError("RENDERER_LOST", `the render thread ${what}`, { cause }));
    worker.on("error", (cause) => lost("failed", cause));
    worker.on("exit", () => lost("ended"));
    this.#timer = setTimeout(() => lost(`did not start within ${startTimeoutMs} ms`), startTimeoutMs);
  }

  #receive(message: "ready" | RenderAnswer): void {
    clearTimeout(this.#timer);
    const done = this.#current;
    this.#current = undefined;
    if (message === "ready") this.#ready = true;
    else if (message.outcome === "rendered") done?.resolve(message.text);
    else done?.reject(new RenderError("TEMPLATE_FAILED", message.message));
    this.#pump();
  }

  /** Hands the next job over, if there is one and a thread that is free. */
  #pump(): void {
    if (this.#closed || this.#current || this.#waiting.length === 0) return;
    if (!this.#worker) this.#start();
    const worker = this.#worker;
    const next = this.#ready ? this.#waiting.shift() : undefined;
    if (!worker || !next) return;
    this.#current = next;
    const { name } = next.job.inputs.environment;
    const message = `boot environment ${name}: its script took longer than ${this.#timeoutMs} ms to render`;
    const error = new RenderError("RENDER_TIMEOUT", message);
    this.#timer = setTimeout(() => this.#lose(worker, error), this.#timeoutMs);
    worker.postMessage(next.job);
  }

  /** Gives a thread up. The job that it had is refused; the others get a new thread. */
  #lose(worker: Worker, error: RenderError): void {
    if (worker !== this.#worker) return;
    clearTimeout(this.#timer);
    // A thread that never came up would not come up for the others either.
    const refused = this.#ready ? [this.#current] : this.#waiting.splice(0);
    this.#worker = undefined;
    this.#current = undefined;
    this.#ready = false;
    void worker.terminate();
    for (const ticket of refused) ticket?.reject(error);
    this.#pump();
  }
}

import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { pino } from "pino";
import { createBootTracker } from "../../../src/boot/boot-tracker.ts";
import { agentTokens } from "../../../src/boot/http/agent-tokens.ts";
import { bootFinder } from "../../../src/boot/http/known-boot.ts";
import { machineLookup } from "../../../src/boot/http/machine-lookup.ts";
import { scriptService } from "../../../src/boot/http/script.ts";
import { scriptMaker } from "../../../src/boot/http/script-maker.ts";
import { servedRuns } from "../../../src/boot/http/served-runs.ts";
import { startBootHttp } from "../../../src/boot/http/server.ts";
import { nonceBook } from "../../../src/boot/nonce.ts";
import { createObserver } from "../../../src/boot/observer.ts";
import { openCatalogue } from "../../../src/boot/templates/catalogue.ts";
import { openContentStore } from "../../../src/boot/templates/content-store.ts";
import { RenderError, type ScriptRenderer } from "../../../src/boot/templates/renderer.ts";
import { cachingRenderer } from "../../../src/boot/templates/script-cache.ts";
import { loaderFiles } from "../../../src/boot/tftp/loader-files.ts";
import { claimKind } from "../../../src/domain/claim/decide.ts";
import { macClaimStream } from "../../../src/domain/claim/events.ts";
import type { MachineEvent } from "../../../src/domain/machine/events.ts";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import type { MachineId } from "../../../src/domain/values/machine-id.ts";
import type { RunId } from "../../../src/domain/values/run-id.ts";
import { shippedTemplatesDirectory } from "../../../src/paths.ts";
import { recordMachine } from "../../support/machine-history.ts";
import { asNew, countingIds, handlersOn, memoryLog, meta, typesOf } from "../../support/recording.ts";
import { mac, machineId, nowMs } from "../../support/samples.ts";
import { scratchFolder } from "../scratch-folder.ts";

export const loopback = Ipv4.parse("127.0.0.1");
export const bootId = "01920000-0000-7000-8000-0000000b0071";
/** Files as agents would find them; the real ones are larger. */
export const assets = {
  "agent/vmlinuz": Buffer.alloc(300_000, "kernel "),
  "agent/initrd.img": Buffer.alloc(100_000, "initrd "),
  "grub-local.efi": Buffer.from("grub"),
  "snponly.efi": Buffer.from("ipxe"),
  "boards/boot.efi": Buffer.from("a board's loader"),
};

interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Address to ask from. (Default: 127.0.0.1) */
  readonly from?: string;
}

/** What a test may turn, and what it may look at. */
function testState() {
  return {
    nowMs,
    fenced: false,
    unknownMachines: "discover" as "discover" | "local-disk",
    rendererFails: false,
    /** Happens right before a script is rendered. */
    beforeRendering: (): Promise<unknown> => Promise.resolve(),
    /** The interface is one too many of those that nobody knows. */
    suppressed: false,
    machineOfRun: new Map<RunId, MachineId>(),
    errors: [] as string[],
    logged: [] as string[],
  };
}

/** Renders in this thread, so that a test starts none; fails on demand. */
function rendererOf(
  state: Pick<ReturnType<typeof testState>, "rendererFails" | "beforeRendering">,
): ScriptRenderer {
  const render = cachingRenderer();
  return {
    async render(job) {
      await state.beforeRendering();
      if (state.rendererFails) throw new RenderError("RENDER_TIMEOUT", "too slow");
      const answer = render(job);
      if (answer.outcome === "failed") throw new RenderError("TEMPLATE_FAILED", answer.message);
      return answer.text;
    },
    close: () => Promise.resolve(),
  };
}

/** Everything behind the listener: real but for the log, which is in memory. */
async function parts(folder: string, state: ReturnType<typeof testState>) {
  const clock = () => new Date(state.nowMs);
  const newId = countingIds(5_000_000);
  const store = memoryLog();
  const handlers = handlersOn(store);
  const targets = { causeOf: () => undefined, isKnown: () => true };
  const renderer = rendererOf(state);
  const content = await openContentStore(join(folder, "content"), newId);
  const catalogue = await openCatalogue({
    templatesDirectory: shippedTemplatesDirectory,
    assetsDirectory: join(folder, "assets"),
    content,
    renderer,
    reader: store,
    handle: handlers.handleBootEnvironment,
    published: () => [],
    meta,
  });
  return {
    clock,
    newId,
    store,
    handlers,
    renderer,
    content,
    catalogue,
    tracker: createBootTracker({ targets, newId }),
    observer: createObserver({ store, targets, clock, newId }),
    nonces: nonceBook({ key: Buffer.alloc(32, 1), clock }),
    tokens: agentTokens({ key: Buffer.alloc(32, 2), clock }),
    servedRuns: servedRuns(store),
    machines: machineLookup(store, () => undefined),
    serverUrl: "http://10.77.0.1:8080",
    isFenced: () => state.fenced,
    onError: (message: string, error: unknown) => state.errors.push(`${message}: ${String(error)}`),
  };
}

/** The boot listener on loopback. */
export async function startBootService() {
  const folder = scratchFolder();
  for (const [name, bytes] of Object.entries(assets)) folder.write(`assets/${name}`, bytes);
  const state = testState();
  const all = await parts(folder.path, state);
  const { renderer, content, serverUrl, tracker, observer, store, clock } = all;
  const findBoot = bootFinder({ tracker, observer, reader: store, clock });
  const scripts = scriptService({
    ...all,
    maker: scriptMaker({ renderer, content, serverUrl, consoles: ["tty0", "ttyS0"] }),
    findBoot: async (ticket) => ({ ...(await findBoot(ticket)), suppressed: state.suppressed }),
    unknownMachinesAt: () => state.unknownMachines,
  });
  const server = await startBootHttp({
    address: loopback,
    port: 0,
    scripts,
    files: {
      ...all,
      loaders: loaderFiles(join(folder.path, "assets"), new Set(["snponly.efi", "boards/boot.efi"])),
    },
    agents: {
      ...all,
      machineOfRun: (run) => state.machineOfRun.get(run),
      macAt: () => mac,
      imagesDirectory: join(folder.path, "images"),
    },
    closeGraceMs: 200,
    log: pino({ level: "debug" }, { write: (line: string) => state.logged.push(line) }),
  });

  return {
    ...all,
    state,
    folder,
    scripts,
    port: server.port,
    types: (stream: string) => typesOf(store, stream),
    nonce: (address = loopback) => all.nonces.issue({ bootId, mac }, address),
    ask: (path: string, asked: Asked = {}) => ask(server.port, path, asked),

    /** Puts the machine of the samples into the log, its MAC address claimed. */
    async machine(history: readonly MachineEvent[]): Promise<void> {
      await recordMachine(store, history);
      const claimed = asNew(claimKind.codec, [{ type: "Claimed", data: { machineId } }], all.newId);
      await store.append(macClaimStream(mac), { expectedRevision: "no-stream", events: claimed });
    },

    /** The listener alone; `stop` may follow. */
    close: (graceMs: number) => server.close(graceMs),

    async stop(): Promise<void> {
      await server.close();
      folder.remove();
    },
  };
}

/** The path goes out exactly as it stands. */
async function ask(
  port: number,
  path: string,
  { method, headers = {}, body, from }: Asked,
): Promise<Answered> {
  const { promise, resolve, reject } = Promise.withResolvers<Answered>();
  const payload = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  const outgoing = httpRequest(
    {
      host: "127.0.0.1",
      port,
      path,
      method: method ?? (payload === undefined ? "GET" : "POST"),
      headers: payload === undefined ? headers : { "content-length": Buffer.byteLength(payload), ...headers },
      localAddress: from ?? "127.0.0.1",
      agent: false,
    },
    (incoming) => {
      buffer(incoming).then((bytes) => {
        const { statusCode = 0, headers: answered } = incoming;
        resolve({ status: statusCode, headers: answered, body: bytes, text: bytes.toString("utf8") });
      }, reject);
    },
  );
  outgoing.on("error", reject);
  outgoing.end(payload);
  return promise;
}

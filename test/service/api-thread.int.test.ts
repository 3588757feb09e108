import { once } from "node:events";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { describe, expect, test, vi } from "vitest";
import { Config } from "../../src/config.ts";
import { startApiThread } from "../../src/service/api-thread.ts";
import { StartError } from "../../src/service/start-error.ts";

const head = 'import { parentPort, workerData } from "node:worker_threads"; setInterval(() => {}, 1000);';
const listening = "parentPort.postMessage({ listening: { port: 7 } });";

const { wire, checkpoints } = Config.parse({ dataDirectory: "/x", wire: { address: "10.77.0.1" } });

/** Starts a thread that does this, and tells when its end of the line to the log is closed. */
function start(body: string) {
  const { port1, port2 } = new MessageChannel();
  const onFailure = vi.fn<(error: Error) => void>();
  const lineClosed = once(port1, "close");
  const thread = startApiThread({
    entry: new URL(`data:text/javascript,${encodeURIComponent(head + body)}`),
    log: { kind: "sqlite", directory: "", line: { port: port2, logId: "log", incarnation: "00000001" } },
    meters: { main: deafPort(), log: deafPort() },
    clock: deafPort(),
    version: "0.0.0",
    limits: { diskFreeBytes: 1, viewLagEvents: 1 },
    dataDirectory: "",
    logDirectory: "",
    viewsDirectory: "",
    imagesDirectory: "",
    backupsDirectory: "",
    templatesDirectory: "",
    assetsDirectory: "",
    tokenFile: "",
    machines: { wire, moreWires: [], loaders: {} },
    api: {
      address: "127.0.0.1",
      port: 0,
      insecureApi: false,
      socketsPerPrincipal: 1,
      onlyPersistedOperations: false,
    },
    checkpoints,
    oidc: undefined,
    logLevel: "info",
    onFailure,
  });
  return { thread, onFailure, lineClosed };
}

/** One whose other end nobody has. */
function deafPort(): MessagePort {
  return new MessageChannel().port1;
}

describe("the API's thread", () => {
  test("that cannot start says why, and is not left behind", async () => {
    const { thread, onFailure, lineClosed } = start(
      'parentPort.postMessage({ failed: { message: "no port" } });',
    );
    await expect(thread).rejects.toThrow(new StartError("no port"));
    await lineClosed;
    expect(onFailure).not.toHaveBeenCalled();
  });

  test("that dies before it listens is a failed start, not a failure while running", async () => {
    const { thread, onFailure } = start('throw new Error("a bug");');
    await expect(thread).rejects.toThrow("a bug");
    expect(onFailure).not.toHaveBeenCalled();
  });

  test.each([
    ["of an error", 'throw new Error("a bug")', "a bug"],
    ["by itself", "process.exit(0)", "the API's thread ended with 0"],
  ])("that ends %s while it serves is a failure, told once", async (_how, act, message) => {
    const { thread, onFailure } = start(`${listening} setTimeout(() => { ${act} }, 200);`);
    expect((await thread).port).toBe(7);
    await vi.waitFor(() => expect(onFailure).toHaveBeenCalledOnce(), 20_000);
    expect(onFailure.mock.calls[0]?.[0].message).toBe(message);
  });

  test("says how many requests it cut off", async () => {
    const closing =
      'parentPort.on("message", () => { parentPort.postMessage({ cutOff: 2 }); process.exit(0); });';
    expect(await (await start(`${listening} ${closing}`).thread).close(1_000)).toBe(2);
  });

  test("closes when it is told to, and says when it could not", async () => {
    const closing = `${listening} parentPort.on("message", () => process.exit(0));`;
    const good = start(closing);
    expect(await (await good.thread).close(0)).toBe(0);
    expect(good.onFailure).not.toHaveBeenCalled();
    const failing = `${listening} parentPort.on("message", () => { throw new Error("half closed"); });`;
    const bad = start(failing);
    await expect((await bad.thread).close(0)).rejects.toThrow("half closed");
  });
});

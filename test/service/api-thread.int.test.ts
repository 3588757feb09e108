import { once } from "node:events";
import { MessageChannel } from "node:worker_threads";
import { describe, expect, test, vi } from "vitest";
import { startApiThread } from "../../src/service/api-thread.ts";
import { StartError } from "../../src/service/start-error.ts";

const head = 'import { parentPort, workerData } from "node:worker_threads"; setInterval(() => {}, 1000);';
const listening = "parentPort.postMessage({ listening: { port: 7 } });";

/** Starts a thread that does this, and tells when its end of the line to the log is closed. */
function start(body: string) {
  const { port1, port2 } = new MessageChannel();
  const onFailure = vi.fn<(error: Error) => void>();
  const lineClosed = once(port1, "close");
  const thread = startApiThread({
    entry: new URL(`data:text/javascript,${encodeURIComponent(head + body)}`),
    line: { port: port2, logId: "log", incarnation: "00000001" },
    logDirectory: "",
    viewsDirectory: "",
    imagesDirectory: "",
    tokenFile: "",
    address: "127.0.0.1",
    port: 0,
    logLevel: "info",
    onFailure,
  });
  return { thread, onFailure, lineClosed };
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

  test("closes when it is told to, and says when it could not", async () => {
    const closing = `${listening} parentPort.on("message", () => process.exit(0));`;
    const good = start(closing);
    await (await good.thread).close();
    expect(good.onFailure).not.toHaveBeenCalled();
    const failing = `${listening} parentPort.on("message", () => { throw new Error("half closed"); });`;
    const bad = start(failing);
    await expect((await bad.thread).close()).rejects.toThrow("half closed");
  });
});

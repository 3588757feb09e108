import { describe, expect, test, vi } from "vitest";
import { startLogThread } from "../../../../src/adapters/event-store/sqlite/log-thread.ts";

const head = 'import { parentPort } from "node:worker_threads"; setInterval(() => {}, 1000);';
const opened =
  'parentPort.postMessage({ opened: { logId: "0123456789abcdef", incarnation: "000100000000" }, restored: undefined });';

/** Starts a thread that does this instead of keeping a log. */
function start(body: string) {
  const onFailure = vi.fn<(error: Error) => void>();
  const nobody = () => undefined;
  const thread = startLogThread({
    entry: new URL(`data:text/javascript,${encodeURIComponent(head + body)}`),
    directory: "",
    onHealth: nobody,
    onWarning: nobody,
    onFailure,
  });
  return { thread, onFailure };
}

describe("the log's thread", () => {
  test.each([
    ["of an error", 'throw new Error("a bug");', "a bug"],
    ["by itself", "process.exit(0);", "the log's thread ended with 0"],
  ])("that ends %s before the log is open is a failed start, not a failure while running", async (...each) => {
    const [, act, message] = each;
    const { thread, onFailure } = start(act);
    await expect(thread).rejects.toThrow(message);
    expect(onFailure).not.toHaveBeenCalled();
  });

  test.each([
    ["of an error", 'throw new Error("a bug")', "a bug"],
    ["by itself", "process.exit(0)", "the log's thread ended with 0"],
  ])("that ends %s while the log is open is a failure, told once", async (_how, act, message) => {
    const { thread, onFailure } = start(`${opened} setTimeout(() => { ${act} }, 200);`);
    await thread;
    await vi.waitFor(() => expect(onFailure).toHaveBeenCalledOnce(), 20_000);
    expect(onFailure.mock.calls[0]?.[0].message).toBe(message);
  });

  test("that ends because it was closed is none", async () => {
    const { thread, onFailure } = start(`${opened} parentPort.on("message", () => process.exit(0));`);
    await (await thread).close();
    expect(onFailure).not.toHaveBeenCalled();
  });
});

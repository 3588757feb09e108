import { execFile } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const token = `ilt_${"x".repeat(43)}`;

/** What each thread of the service does: a logger of its own on one standard error. */
const program = `
  import { isMainThread, Worker } from "node:worker_threads";
  import { createLogger } from "${pathToFileURL(join(root, "src/service/logger.ts"))}";
  const log = createLogger("info", isMainThread ? "main" : "other");
  const child = log.child({ reqId: "0190-request" });
  child.error({ err: new Error("refused ${token}"), headers: { authorization: "Bearer ${token}" } }, "${token}");
  log.debug("too fine");
  if (isMainThread) new Worker(new URL(import.meta.url));
`;

test("no thread writes a secret down, and each line says its thread and its request", async () => {
  const source = `data:text/javascript,${encodeURIComponent(program)}`;
  const words = [
    "--import",
    join(root, "src/require-node.mjs"),
    "--input-type=module",
    "-e",
    `await import("${source}")`,
  ];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, words, { timeout: 50_000 });
  expect(stdout).toBe("");
  expect(stderr).not.toContain(token);
  const lines = stderr
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ thread, reqId, level, msg }) => ({ thread, reqId, level, msg }))).toEqual(
    ["main", "other"].map((thread) => ({ thread, reqId: "0190-request", level: 50, msg: "[secret]" })),
  );
});

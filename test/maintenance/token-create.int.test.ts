import { execFile } from "node:child_process";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { openAccessRegistry } from "../../src/adapters/access/registry.ts";
import { openOfflineLog } from "../../src/maintenance/offline-log.ts";
import { createToken } from "../../src/maintenance/token-create.ts";
import { openTestLog, temporaryDirectory } from "../adapters/event-store/sqlite/support.ts";
import { readStoppedLog } from "../support/stopped-log.ts";

const entry = join(import.meta.dirname, "../../src/maintenance/main.ts");
const clock = () => new Date();

/** The data directory of a service that ran and was stopped. */
async function stoppedService(): Promise<string> {
  const data = temporaryDirectory();
  await openTestLog(join(data, "log")).close();
  return data;
}

/** Whether the service would let somebody in with the token that the file holds. */
async function callerWith(data: string, file: string) {
  const log = openOfflineLog({ directory: join(data, "log"), clock, onWarning: fail });
  const registry = await openAccessRegistry({
    reader: log.store,
    clock,
    onFailure: fail,
    onUse: () => undefined,
  });
  const caller = registry.authenticate(`Bearer ${(await readFile(file, "utf8")).trim()}`);
  const seen = caller && { name: caller.name, scopes: caller.rights().scopes };
  await registry.close();
  await log.close();
  return seen;
}

function fail(reason: unknown): never {
  throw new Error("the log failed", { cause: reason });
}

describe("making a token on a stopped service", () => {
  test("gives the first principal an administrator's token, in a file for this user alone", async () => {
    const data = await stoppedService();
    const file = await createToken({ data });
    expect(file).toBe(join(data, "token-operator"));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const caller = await callerWith(data, file);
    expect(caller?.name).toBe("operator");
    expect(caller?.scopes).toContain("access:manage");
  });

  test("is refused to another user than the service's own, who could not read what is written then", async () => {
    const data = await stoppedService();
    vi.spyOn(process, "getuid").mockReturnValue((process.getuid?.() ?? 0) + 1);
    onTestFinished(() => void vi.restoreAllMocks());
    await expect(createToken({ data })).rejects.toThrow("run this as that user");
    expect(await readdir(data)).toEqual(["log"]);
  });

  test("says in the log who did it and how", async () => {
    const data = await stoppedService();
    await createToken({ data, principal: "backup", role: "viewer", expires: "2h" });
    const events = await readStoppedLog(data);
    const made = events.filter(({ stream }) => stream.startsWith("access-"));
    expect(made.map(({ type }) => type)).toEqual([
      "PrincipalAdded",
      "AccessRoleGranted",
      "AccessTokenIssued",
    ]);
    for (const { meta } of made) expect(meta).toMatchObject({ actor: "system", source: "maintenance" });
    const [, , issued] = made;
    const lifeMs = Number((issued?.data as { expiresAtMs: number }).expiresAtMs) - Number(issued?.time);
    expect(Math.abs(lifeMs - 2 * 3_600_000)).toBeLessThan(60_000);
  });

  test("is refused while the service runs, and leaves no file", async () => {
    const data = temporaryDirectory();
    openTestLog(join(data, "log"));
    await expect(createToken({ data })).rejects.toThrow(/is in use by process \d+ on .+: stop it first/);
    expect(await readdir(data)).toEqual(["log"]);
  });

  test("replaces no file", async () => {
    const data = await stoppedService();
    await createToken({ data });
    await expect(createToken({ data })).rejects.toThrow("token-operator exists: move it away");
  });

  test.each([
    [{ expires: "3 weeks" }, "--expires 3 weeks: write a number of hours or days"],
    [{ principal: "a/b" }, "a/b makes no file name: say with --file"],
    [{ expires: "9999d" }, /no token for operator: /],
  ])("refuses %o", async (wrong, message) => {
    const data = await stoppedService();
    await expect(createToken({ data, ...wrong })).rejects.toThrow(message);
    expect(await readdir(data)).toEqual(["log"]);
  });

  test("makes no log where there is none", async () => {
    const data = temporaryDirectory();
    await expect(createToken({ data })).rejects.toThrow("ledger.db does not exist");
    expect(await readdir(data)).toEqual([]);
  });
});

describe("the command", () => {
  test("prints where the token is, and never the token", async () => {
    const data = await stoppedService();
    const words = [entry, "token", "create", "--data", data];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, words, { timeout: 50_000 });
    const file = join(data, "token-operator");
    expect(stdout).toBe(`the token is in ${file}\n`);
    expect(stderr).toBe("");
    expect(await readFile(file, "utf8")).toMatch(/^ilt_[A-Za-z0-9_-]{43}\n$/);
  });

  test.each([
    [["token", "create"], /data[\s\S]*usage: /],
    [["token", "create", "--data", "d", "--from", "x"], /from[\s\S]*usage: /],
    [["token"], /^usage: /],
    [["token", "create", "--token", "ilt_x"], /--token/],
  ])("refuses %j as not understood", async (words, message) => {
    const failed = await promisify(execFile)(process.execPath, [entry, ...words], { timeout: 50_000 }).catch(
      (error: { readonly code: number; readonly stderr: string }) => error,
    );
    expect(failed).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
  });
});

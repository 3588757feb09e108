import { describe, expect, test } from "vitest";
import type { ApiOptions } from "../../../src/adapters/graphql/api.ts";
import { BackupError, type BackupErrorCode } from "../../../src/domain/ports/backup-taker.ts";
import { ask, startApi } from "./support/api.ts";

const facts = {
  file: "ledger-20260304T050607008Z.db",
  events: 12,
  lastHash: "a".repeat(64),
  bytes: 81_920,
  sha256: "b".repeat(64),
};

/** An API whose log is copied by this, and how often it was. */
async function apiWith(take: ApiOptions["backups"]["take"]) {
  let copies = 0;
  const counted: typeof take = () => {
    copies++;
    return take();
  };
  const api = await startApi({ backups: { take: counted } });
  return { api, copies: () => copies };
}

const backup = (input: string) => `mutation { takeBackup(input: { ${input} }) {
  userErrors { code field } position backup { file events lastHash bytes sha256 takenAt } } }`;

describe("taking a backup", () => {
  test("records what was copied, and the status shows it", async () => {
    const { api } = await apiWith(async () => facts);
    expect(await ask(api, "{ service { lastBackup { file } } }")).toEqual({ service: { lastBackup: null } });
    const { takeBackup } = await ask(api, backup('reason: "before the upgrade"'));
    expect(takeBackup).toMatchObject({ userErrors: [], position: await api.store.head(), backup: facts });

    const { service } = await ask(api, "{ service { lastBackup { file takenAt } } }");
    expect(service.lastBackup).toMatchObject({ file: facts.file, takenAt: expect.stringMatching(/Z$/) });
    const [event] = (await api.store.readStream("system")).filter(({ type }) => type === "BackupTaken");
    expect(event).toMatchObject({ data: facts, meta: { reason: "before the upgrade" } });
  });

  test("copies once for one idempotency key, and answers the same", async () => {
    const { api, copies } = await apiWith(async () => facts);
    const input = 'idempotencyKey: "nightly-1"';
    const first = await ask(api, backup(input));
    expect(await ask(api, backup(input))).toMatchObject({
      takeBackup: { userErrors: [], position: first.takeBackup.position, backup: facts },
    });
    const { takeBackup } = await ask(api, backup(`${input}, reason: "another"`));
    expect(takeBackup).toMatchObject({ userErrors: [{ code: "IDEMPOTENCY_KEY_REUSED" }], backup: null });
    expect(copies()).toBe(1);
  });

  test("copies nothing in a dry run", async () => {
    const { api, copies } = await apiWith(async () => facts);
    const { takeBackup } = await ask(api, backup("dryRun: true"));
    expect(takeBackup).toEqual({ userErrors: [], position: null, backup: null });
    expect(copies()).toBe(0);
  });

  test.each<BackupErrorCode>([
    "BACKUP_RUNNING",
    "BACKUP_NO_SPACE",
    "BACKUP_FAILED",
    "BACKUP_ELSEWHERE",
  ])("records nothing when there is none: %s", async (code) => {
    const { api } = await apiWith(async () => {
      throw new BackupError(code, "because");
    });
    const head = await api.store.head();
    const { takeBackup } = await ask(api, backup(""));
    expect(takeBackup).toEqual({ userErrors: [{ code, field: null }], position: null, backup: null });
    expect(await api.store.head()).toBe(head);
  });
});

import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ensureFirstToken } from "../../../src/adapters/access/first-token.ts";
import { createKnownAccess } from "../../../src/adapters/access/known-access.ts";
import { openAccessRegistry } from "../../../src/adapters/access/registry.ts";
import { accessKind } from "../../../src/domain/access/decide.ts";
import { commandHandler } from "../../../src/domain/handle-command.ts";
import type { EventStore } from "../../../src/domain/ports/event-store.ts";
import { deriveId, newId } from "../../../src/ids.ts";
import { temporaryDirectory } from "../../projections/view-files.ts";
import { allEvents } from "../../support/history.ts";
import { memoryLog } from "../../support/recording.ts";

const now = () => new Date();

/** A process that has seen nobody in the log. */
function firstToken(store: EventStore, file: string): Promise<boolean> {
  const handleAccess = commandHandler(accessKind, { store, newId });
  const known = createKnownAccess();
  return ensureFirstToken({ known, handleAccess, clock: now, newId, deriveId, randomBytes, file });
}

test("of several processes that start for the first time on one log one makes the token, and the others leave no file that opens nothing", async () => {
  const store = memoryLog();
  const files = Array.from({ length: 4 }, () => join(temporaryDirectory(), "api-token"));
  const made = await Promise.all(files.map((file) => firstToken(store, file)));
  expect(made.filter(Boolean)).toHaveLength(1);
  expect(files.map((file) => existsSync(file))).toEqual(made);
  expect((await allEvents(store)).map(({ type }) => type)).toEqual([
    "PrincipalAdded",
    "AccessRoleGranted",
    "AccessTokenIssued",
  ]);
  const registry = await openAccessRegistry({
    reader: store,
    clock: now,
    onFailure: () => expect.unreachable(),
  });
  onTestFinished(() => registry.close());
  const token = readFileSync(files[made.indexOf(true)] ?? "", "utf8").trim();
  expect(registry.authenticate(`Bearer ${token}`)).toMatchObject({ name: "operator" });
});

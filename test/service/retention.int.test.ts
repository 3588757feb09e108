import { randomBytes, randomUUID } from "node:crypto";
import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { archiveLog } from "../../src/adapters/event-store/sqlite/archive/archive-log.ts";
import { accepted } from "../support/rehearsal-site.ts";
import { createRestartableSite } from "../support/restartable-site.ts";
import type { RunningService } from "../support/service-under-test.ts";

/** What is asked before and after: a list, the list as it was, all events, and the causes of an old one. */
const questions = `query ($then: EventPosition!, $event: ID!) {
  machines { nodes { id name state labels { key value } } }
  then: machines(at: { position: $then }) { nodes { id name state } }
  events(first: 200, filter: { category: { in: ["machine", "name"] } }) {
    nodes { id type position }
  }
  why(event: $event) { nodes { id type } }
}`;

async function createRetained() {
  const site = await createRestartableSite();
  return {
    ...site,
    /** Archives all that was signed until now. */
    archive: () =>
      archiveLog({
        directory: join(site.dataDirectory, "log"),
        clock: () => new Date(),
        randomHex: (digits) => randomBytes(digits / 2).toString("hex"),
        newId: randomUUID,
        onWarning: (message) => expect.fail(message),
        signedBeforeMs: Date.now(),
        leastEvents: 1,
      }),
  };
}

async function register(service: RunningService, name: string, mac: string): Promise<string> {
  await accepted(service, "registerMachine", { name, macs: [mac] });
  const { machines } = await service.graphql("{ machines { nodes { id name } } }");
  const { nodes } = machines as { readonly nodes: readonly { readonly id: string; readonly name: string }[] };
  return nodes.find((machine) => machine.name === name)?.id ?? "";
}

test("a service whose old events are archived shows, verifies and decides as before, and lives without the archive", async () => {
  const { start, archive, dataDirectory } = await createRetained();
  const first = await start();
  const one = await register(first, "one", "52:54:00:00:00:01");
  const two = await register(first, "two", "52:54:00:00:00:02");
  const { position: then } = await first.graphql("{ position }");
  const { events } = await first.graphql(
    '{ events(first: 9, filter: { type: { eq: "MachineRegistered" } }) { nodes { id } } }',
  );
  const [{ id: event }] = (events as { readonly nodes: readonly [{ readonly id: string }] }).nodes;
  await accepted(first, "labelMachine", { machineId: one, set: [{ key: "rack", value: "7" }] });
  await accepted(first, "retireMachine", { machineId: two });
  await accepted(first, "signCheckpoint", {});
  const before = await first.graphql(questions, { then, event });
  await first.stop();

  expect(await archive()).toMatchObject({ segments: 1 });
  rmSync(join(dataDirectory, "views"), { recursive: true });
  const second = await start();
  expect(await second.graphql(questions, { then, event })).toEqual(before);
  const { logArchives, service } = await second.graphql(
    "{ logArchives { after events isThere } service { fenced } }",
  );
  expect(logArchives).toEqual([{ after: 0, events: expect.any(Number), isThere: true }]);
  expect(service).toEqual({ fenced: false });
  await accepted(second, "verifyLog", {});
  await expect
    .poll(() => second.graphql("{ verification { state report { findingCount } } }"), { timeout: 30_000 })
    .toMatchObject({ verification: { report: { findingCount: 0 } } });
  await accepted(second, "labelMachine", { machineId: one, set: [{ key: "rack", value: "8" }] });
  await second.stop();

  const folder = join(dataDirectory, "log", "archive");
  renameSync(folder, `${folder}.away`);
  const third = await start();
  await accepted(third, "labelMachine", { machineId: one, set: [{ key: "rack", value: "9" }] });
  expect(await third.graphql("{ logArchives { isThere } machines { nodes { id } } }")).toMatchObject({
    logArchives: [{ isThere: false }],
  });
  const details = await fetch(new URL("/readyz/details", third.api), {
    headers: { authorization: `Bearer ${third.token}` },
  });
  expect(await details.json()).toMatchObject({
    status: "ready",
    missingArchives: [expect.stringMatching(/^[0-9a-f.]+\.ndjson\.zst$/)],
  });
  await expect(third.graphql(questions, { then, event })).rejects.toThrow("LOG_ARCHIVE_MISSING");
  const authorization = `Bearer ${third.token}`;
  const exported = await fetch(new URL("/export?format=cloudevents", third.api), {
    headers: { authorization },
  });
  expect({ status: exported.status, body: await exported.json() }).toMatchObject({
    status: 503,
    body: { errors: [{ extensions: { code: "LOG_ARCHIVE_MISSING" } }] },
  });
  // It goes on without a restart as soon as the archive is back.
  renameSync(`${folder}.away`, folder);
  expect(await third.graphql(questions, { then, event })).toMatchObject({ why: before["why"] });
});

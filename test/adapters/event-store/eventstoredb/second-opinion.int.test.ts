import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { events } from "../../../contracts/event-store.support.ts";
import { engine, openStore } from "./support.ts";

const run = promisify(execFile);

/** What the makers' newer client saw, which reads through code of its own. */
async function seenByKurrentDb(connectionString: string) {
  const script = join(import.meta.dirname, "kurrentdb-process.ts");
  const { stdout } = await run(process.execPath, [script, connectionString.replace("esdb:", "kurrentdb:")]);
  return JSON.parse(stdout);
}

test("KurrentDB's client finds on the fixture what ours does: the same protocol, read twice", async () => {
  const { connectionString, ledger } = await engine();
  const store = openStore(connectionString);
  await store.append("machine-1", { expectedRevision: "no-stream", events: events(2) });
  expect(await seenByKurrentDb(connectionString)).toEqual({
    revision: 1,
    refused: "wrong-expected-version",
    stream: [{ n: 1 }, { n: 2 }, { n: 3 }],
    newest: [{ n: 3 }],
    log: ["ironledger", "machine-1", "machine-1", "orders-1", "orders-1", "orders-1"],
    ids: ledger.all.map(({ id }) => id),
    followed: ledger.all.map(({ id }) => id),
  });
});

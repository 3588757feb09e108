import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { events } from "../../../contracts/event-store.support.ts";
import { afterwards } from "../../../support/afterwards.ts";
import { selfSigned } from "../../../support/certificate.ts";
import { engine, openStore, shortLimits } from "./support.ts";

/** An engine with TLS that knows one user, and the file of its certificate. */
async function secured() {
  const identity = selfSigned("engine.example");
  const directory = mkdtempSync(join(tmpdir(), "ironledger-tls-"));
  afterwards(() => rmSync(directory, { recursive: true }));
  const file = join(directory, "ca.pem");
  writeFileSync(file, identity.cert);
  return { ...(await engine({ tls: { ...identity, user: "ledger:secret" } })), file };
}

test("a store speaks TLS, with the user of its connection string in every call", async () => {
  const { connectionString, file } = await secured();
  const store = openStore(`${connectionString}?tlsCAFile=${encodeURIComponent(file)}`);
  await store.append("machine-1", { expectedRevision: "no-stream", events: events(1) });
  expect(await store.readStream("machine-1")).toHaveLength(1);
});

test.each([
  ["another password", (text: string) => text.replace("secret", "wrong"), /denies access/],
  [
    "an engine whose certificate it does not trust",
    (text: string) => text.replace(/[?].*/, ""),
    /does not answer/,
  ],
])("a store with %s is told so", async (_what, spoil, message) => {
  const { connectionString, file } = await secured();
  const text = spoil(`${connectionString}?tlsCAFile=${encodeURIComponent(file)}`);
  const store = openStore(text, { limits: { ...shortLimits, readMs: 1_000 } });
  await expect(store.head()).rejects.toMatchObject({
    code: "LOG_UNREADABLE",
    message: expect.stringMatching(message),
  });
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { hardwareOf } from "../../../src/rehearsal/hardware.ts";
import { selfSigned } from "../../support/certificate.ts";
import { defineSubnet } from "../../support/rehearsal-site.ts";
import { searchForSecrets } from "../../support/secret-search.ts";
import { engineSite, startCluster } from "./engine-service.ts";

vi.setConfig({ testTimeout: 240_000 });

const password = "a-password-of-the-engine";

/** A cluster that speaks TLS and asks for a user, and how the service is told of it. */
async function securedCluster() {
  const directory = await mkdtemp(join(tmpdir(), "ironledger-secured-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const identity = selfSigned("engine.example");
  const cluster = await startCluster(3, { tls: { ...identity, user: `ledger:${password}` } });
  const [authority, credentials] = [join(directory, "ca.pem"), join(directory, "engine-user")];
  await writeFile(authority, identity.cert);
  const store = `esdb+discover://127.0.0.1:${cluster.nodes[0]?.port}?tls=true&tlsCaFile=${authority}`;
  const write = (user: string) => writeFile(credentials, `${user}\n`, { mode: 0o600 });
  await write(`ledger:${password}`);
  return { cluster, store, write, settings: { storeCredentialsFile: credentials } };
}

test("a service finds the leader of a cluster by one of its nodes, over TLS, with the user of a file", async () => {
  const { cluster, store, write, settings } = await securedCluster();
  const site = await engineSite(store, settings);
  const service = await site.start();
  await defineSubnet(service);
  const first = await site.lease(1);
  cluster.lead(2);
  const second = await site.lease(2, [2_000, 4_000, 8_000]);
  expect(second.address).not.toBe(first.address);
  const newest = cluster.ledger.stream(`address-${second.address}`).at(-1);
  expect(Buffer.from(newest?.data ?? []).toString()).toContain(hardwareOf(2, { packages: [] }).mac);
  await service.stop();

  const found = await searchForSecrets([{ name: "the password", bytes: Buffer.from(password) }], {
    directories: [site.dataDirectory],
    logFiles: [site.logFile],
    commandLines: [],
  });
  expect(found).toEqual([]);

  await write("ledger:another");
  await expect(site.start()).rejects.toThrow(/^ironledger: the engine denies access: /m);
});

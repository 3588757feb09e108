import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { engineAddress } from "../../../src/service/ledger/engine-address.ts";

const store = "esdb://db1:2113,db2:2113?tls=true";
let dataDirectory: string;

beforeEach(async () => {
  const directory = await mkdtemp(join(tmpdir(), "ironledger-address-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  dataDirectory = directory;
});

async function addressWith(firstLines: string): Promise<string> {
  const storeCredentialsFile = join(dataDirectory, "engine-user");
  await writeFile(storeCredentialsFile, firstLines);
  return engineAddress({ store, storeCredentialsFile, dataDirectory });
}

test("without a file the connection string is as it is configured", async () => {
  expect(await engineAddress({ store, storeCredentialsFile: undefined, dataDirectory })).toBe(store);
});

test("user and password come from the file's first line, whatever the password is made of", async () => {
  expect(await addressWith("ledger:p@ss:w/rd\nsecond line\n")).toBe(
    "esdb://ledger:p%40ss%3Aw%2Frd@db1:2113,db2:2113?tls=true",
  );
});

test.each(["", "ledger", ":secret", "ledger:"])("a line that is not both is refused: %j", async (line) => {
  await expect(addressWith(line)).rejects.toThrow(/^storeCredentialsFile: the first line of .* is not/);
});

test("a refused line is not repeated, for it may be a password", async () => {
  await expect(addressWith("hunter2")).rejects.toThrow(expect.not.stringContaining("hunter2"));
});

test("a file that cannot be read is named", async () => {
  const storeCredentialsFile = join(dataDirectory, "nothing-here");
  await expect(engineAddress({ store, storeCredentialsFile, dataDirectory })).rejects.toThrow("nothing-here");
});

test("a data directory that holds a log already is refused", async () => {
  await mkdir(join(dataDirectory, "log"));
  await writeFile(join(dataDirectory, "log", "ledger.db"), "");
  await expect(engineAddress({ store, storeCredentialsFile: undefined, dataDirectory })).rejects.toThrow(
    "holds a log. Migrate it",
  );
});

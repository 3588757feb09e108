import { createHash } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { TftpTransferError, tftpFetch } from "../../src/rehearsal/tftp-client.ts";
import { type FakeTftp, type Fate, startFakeTftp } from "./fake-tftp.ts";

const contents = Buffer.from(Array.from({ length: 20_000 }, (_, index) => index % 251));
const wish = { file: "undionly.kpxe", blockBytes: 1024, windowBlocks: 1, sizeOnly: false };
let server: FakeTftp;

afterEach(() => server.close());

async function fetchFrom(fate?: Fate, changes: Partial<typeof wish> = {}, retryMs?: readonly number[]) {
  server = await startFakeTftp(contents, fate ? { fate } : {});
  return tftpFetch(
    { ...wish, ...changes },
    {
      server: { address: "127.0.0.1", port: server.port },
      localAddress: "127.77.1.9",
      signal: AbortSignal.timeout(30_000),
      ...(retryMs ? { retryMs } : {}),
    },
  );
}

describe("fetching a file over TFTP", () => {
  const whole = {
    state: "received",
    bytes: 20_000,
    sha256: createHash("sha256").update(contents).digest("hex"),
  };

  test("brings it as it is", async () => {
    expect(await fetchFrom()).toEqual(whole);
    expect(server.requests).toEqual([["undionly.kpxe", "octet", "tsize", "0", "blksize", "1024"]]);
  });

  test("brings it over a network that loses packets", { timeout: 30_000 }, async () => {
    expect(await fetchFrom((count) => (count % 23 === 0 ? "lose" : "pass"))).toEqual(whole);
  });

  test("brings it over a network that doubles packets", async () => {
    expect(await fetchFrom((count) => (count % 3 === 0 ? "double" : "pass"))).toEqual(whole);
  });

  test("asks again when its request was lost", async () => {
    expect(await fetchFrom((count) => (count === 1 ? "lose" : "pass"))).toEqual(whole);
  });

  test("learns the size and aborts, as UEFI firmware does first", async () => {
    expect(await fetchFrom(undefined, { sizeOnly: true })).toEqual({ state: "sized", bytes: 20_000 });
    await expect.poll(() => server.errors, { timeout: 20_000 }).toEqual([8]);
  });
});

test("fetching from a server that is silent fails and names the file", async () => {
  const failure = fetchFrom(() => "lose", {}, [50, 50]);
  await expect(failure).rejects.toThrow(
    new TftpTransferError("TFTP undionly.kpxe: the server answers no more"),
  );
});

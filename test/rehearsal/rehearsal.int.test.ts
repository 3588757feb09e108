import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Ipv4 } from "../../src/domain/values/ipv4.ts";
import { hardwareOf } from "../../src/rehearsal/hardware.ts";
import { rehearse } from "../../src/rehearsal/rehearsal.ts";
import { type FakeDhcp, startFakeDhcp } from "./fake-dhcp.ts";

let directory: string;
let dhcp: FakeDhcp;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "rehearsal-"));
  // A server that offers, and then never acknowledges.
  dhcp = await startFakeDhcp("127.77.1.7" as Ipv4, (type) =>
    type === "discover" ? { type: "offer" } : undefined,
  );
});

afterEach(async () => {
  await dhcp.close();
  await rm(directory, { recursive: true });
});

function start({ deadlineMs, interruption }: { deadlineMs: number; interruption?: Promise<never> }) {
  return rehearse({
    machines: [hardwareOf(0, { packages: [] }), hardwareOf(1, { packages: [] })],
    image: { file: "rehearsal.img.gz", bytes: 1024, sha256: "0".repeat(64) },
    ports: { dhcp: dhcp.port, tftp: 1 },
    disksDirectory: directory,
    deadlineMs,
    interruption: interruption ?? new Promise<never>(() => undefined),
    signal: new AbortController().signal,
  });
}

describe("rehearsing with a service that does not do its part", () => {
  test("says which machine stalled at which step", async () => {
    const { summary, problems } = await start({ deadlineMs: 300 });
    expect(summary).toMatchObject({ machines: 2, deployed: 0, duplicate_addresses: 0, failed_transfers: 0 });
    expect(problems).toEqual(
      ["m001", "m002"].map(
        (label) =>
          `${label} was not deployed. Its last step: asks for an address (firmware). What went wrong: there was no time left`,
      ),
    );
  });

  test("ends at once with the reason when the service has ended", async () => {
    const interruption = Promise.reject(new Error("the service ended (SIGKILL)"));
    await expect(start({ deadlineMs: 60_000, interruption })).rejects.toThrow("the service ended (SIGKILL)");
  });
});

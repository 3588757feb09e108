import { describe, expect, test } from "vitest";
import { machineLookup } from "../../../src/boot/http/machine-lookup.ts";
import { claimKind } from "../../../src/domain/claim/decide.ts";
import { macClaimStream } from "../../../src/domain/claim/events.ts";
import { histories, recordMachine } from "../../support/machine-history.ts";
import { asNew, countingIds, handlersOn, memoryLog, meta } from "../../support/recording.ts";
import { mac, machineId, otherMac } from "../../support/samples.ts";

async function allocated() {
  const store = memoryLog();
  await recordMachine(store, histories.allocated);
  const claimed = asNew(claimKind.codec, [{ type: "Claimed", data: { machineId } }], countingIds(900));
  await store.append(macClaimStream(mac), { expectedRevision: "no-stream", events: claimed });
  return store;
}

describe("looking up the machine of an interface", () => {
  test("finds who holds the MAC address, as its stream says", async () => {
    const found = await machineLookup(await allocated(), () => undefined).byMac(mac);
    expect(found).toMatchObject({ machineId, machine: { status: "allocated" }, intentIsOfThisEpoch: true });
  });

  test("finds nobody for an address that nobody holds", async () => {
    await expect(machineLookup(await allocated(), () => undefined).byMac(otherMac)).resolves.toBeUndefined();
  });

  test("tells an intent from before the newest effects epoch", async () => {
    const store = await allocated();
    const handle = handlersOn(store).handleSystem;
    const restored = {
      evidence: "copied-files",
      previousIncarnation: "000100000000",
      message: "copied",
    } as const;
    await store.append("system", {
      expectedRevision: "no-stream",
      events: [
        {
          type: "RestoreDetected",
          data: restored,
          schema: 1,
          id: "01920000-0000-7000-8000-00000000e001",
          meta,
        },
      ],
    });
    const lookup = machineLookup(store, () => epoch);
    let epoch: string | undefined;
    await expect(lookup.byMac(mac)).resolves.toMatchObject({ intentIsOfThisEpoch: true });
    const started = await handle("system", { type: "StartEffectsEpoch" }, { meta });
    if (started.outcome === "rejected") throw new Error(started.rejection.message);
    epoch = started.position;
    await expect(lookup.byMac(mac)).resolves.toMatchObject({ intentIsOfThisEpoch: false });
  });
});

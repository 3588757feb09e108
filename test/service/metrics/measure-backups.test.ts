import { expect, test } from "vitest";
import { measureBackups } from "../../../src/service/metrics/measure-backups.ts";
import { createMeter } from "../../../src/service/metrics/meter.ts";
import { dice, record } from "../../support/history.ts";
import { memoryLog } from "../../support/recording.ts";
import { samples } from "../../support/samples.ts";

test("the age of the newest backup is that of the newest event that tells of one", async () => {
  const store = memoryLog();
  const meter = createMeter((error) => {
    throw error;
  });
  let nowMs = 0;
  measureBackups(meter, store, () => new Date(nowMs));
  const age = async () => {
    const line = (await meter.registry.metrics())
      .split("\n")
      .find((each) => /^ironledger_backup_age_seconds /.test(each));
    return line === undefined ? undefined : Number(line.split(" ")[1]);
  };
  const backUp = async () => {
    await record(store, { stream: "system", events: [samples.BackupTaken] }, dice(1 + nowMs));
    const [newest] = (await store.readStream("system")).slice(-1);
    nowMs = newest?.time ?? expect.fail();
  };
  expect(await age()).toBeUndefined();
  await backUp();
  nowMs += 90_000;
  expect(await age()).toBe(90);
  await backUp();
  expect(await age()).toBe(0);
});

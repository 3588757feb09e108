import { describe, expect, test } from "vitest";
import { systemKind } from "../../../src/domain/system/decide.ts";
import { given } from "../../support/given.ts";
import { nowMs, samples } from "../../support/samples.ts";

const { decider } = systemKind;
const { ServiceStarted, RestoreDetected, EffectsEpochStarted, ClockStepped, ClockConfirmed, BackupTaken } =
  samples;
const stateAfter = (...events: Parameters<typeof decider.evolve>[1][]) =>
  events.reduce(decider.evolve, decider.initial);

test("each start of the service is recorded", () => {
  given(decider, [ServiceStarted])
    .when({ type: "RecordStart", ...ServiceStarted.data })
    .thenAppends(ServiceStarted);
});

test("each backup is recorded, and changes nothing", () => {
  given(decider, [ServiceStarted])
    .when({ type: "RecordBackup", ...BackupTaken.data })
    .thenAppends(BackupTaken);
  expect(stateAfter(RestoreDetected, BackupTaken)).toEqual(stateAfter(RestoreDetected));
});

describe("a restored log", () => {
  test("is fenced from the moment that the restore was detected", () => {
    given(decider)
      .when({ type: "RecordRestore", ...RestoreDetected.data })
      .thenAppends(RestoreDetected);
    expect(stateAfter(ServiceStarted, RestoreDetected)).toMatchObject({ fenced: true, epoch: 0 });
  });

  test("acts again after an operator started an effects epoch", () => {
    given(decider, [RestoreDetected]).when({ type: "StartEffectsEpoch" }).thenAppends(EffectsEpochStarted);
    expect(stateAfter(RestoreDetected, EffectsEpochStarted)).toMatchObject({ fenced: false, epoch: 1 });
  });

  test("that is restored once more is fenced once more, and counts on", () => {
    given(decider, [RestoreDetected, EffectsEpochStarted, RestoreDetected])
      .when({ type: "StartEffectsEpoch" })
      .thenAppends({ type: "EffectsEpochStarted", data: { epoch: 2 } });
  });

  test("is fenced once, however many processes noticed it, and however late", () => {
    given(decider, [RestoreDetected, EffectsEpochStarted])
      .when({ type: "RecordRestore", ...RestoreDetected.data })
      .thenNothing();
    const next = { ...RestoreDetected.data, previousIncarnation: "000200000000" };
    given(decider, [RestoreDetected, EffectsEpochStarted])
      .when({ type: "RecordRestore", ...next })
      .thenAppends({ type: "RestoreDetected", data: next });
  });
});

test("an effects epoch is refused when nothing is fenced", () => {
  given(decider).when({ type: "StartEffectsEpoch" }).thenRejects("NOT_FENCED");
  given(decider, [RestoreDetected, EffectsEpochStarted])
    .when({ type: "StartEffectsEpoch" })
    .thenRejects("NOT_FENCED");
});

describe("the leadership", () => {
  const take = (term: number, holder: string) =>
    ({ type: "TakeLeadership", term, holder, leaseSeconds: 15 }) as const;
  const taken = (term: number, holder: string) =>
    ({ type: "LeadershipTaken", data: { term, holder, leaseSeconds: 15 } }) as const;

  test("is whose term is the highest", () => {
    given(decider).when(take(1, "one")).thenAppends(taken(1, "one"));
    given(decider, [taken(1, "one")])
      .when(take(2, "two"))
      .thenAppends(taken(2, "two"));
    expect(stateAfter(taken(1, "one"), taken(2, "two")).leadership).toEqual({ term: 2, holder: "two" });
  });

  test("is not taken in a term that has passed, and is recorded once", () => {
    given(decider, [taken(2, "two")])
      .when(take(1, "one"))
      .thenNothing();
    given(decider, [taken(2, "two")])
      .when(take(2, "one"))
      .thenNothing();
    given(decider, [taken(2, "two")])
      .when(take(2, "two"))
      .thenNothing();
  });
});

describe("a clock that jumped", () => {
  test.each([
    ["forwards", nowMs + 60_001],
    ["backwards", nowMs - 60_001],
  ])("%s is suspect until an operator confirms it", (_direction, toMs) => {
    const stepped = { type: "ClockStepped", data: { fromMs: nowMs, toMs } } as const;
    given(decider).when({ type: "RecordClockStep", fromMs: nowMs, toMs }).thenAppends(stepped);
    expect(stateAfter(stepped).clockSuspectSinceMs).toBe(toMs);
    expect(stateAfter(stepped, ClockConfirmed).clockSuspectSinceMs).toBeUndefined();
  });

  test("by a minute or less was only corrected", () => {
    given(decider)
      .when({ type: "RecordClockStep", fromMs: nowMs, toMs: nowMs + 60_000 })
      .thenNothing();
  });

  test("is confirmed once", () => {
    given(decider, [ClockStepped]).when({ type: "ConfirmClock" }).thenAppends(ClockConfirmed);
    given(decider, [ClockStepped, ClockConfirmed])
      .when({ type: "ConfirmClock" })
      .thenRejects("CLOCK_NOT_IN_DOUBT");
    given(decider).when({ type: "ConfirmClock" }).thenRejects("CLOCK_NOT_IN_DOUBT");
  });
});

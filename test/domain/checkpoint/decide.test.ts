import { describe, test } from "vitest";
import { checkpointKind } from "../../../src/domain/checkpoint/decide.ts";
import { given } from "../../support/given.ts";
import { digest, samples } from "../../support/samples.ts";

const { decider } = checkpointKind;
const { CheckpointSigned } = samples;
const { data: first } = CheckpointSigned;
const before = { size: first.size, root: first.root };
const second = { ...first, size: 8, root: digest(8) };

describe("recording a checkpoint", () => {
  test("begins with one that continues none", () => {
    const record = { type: "RecordCheckpoint", ...first, continues: null } as const;
    given(decider).when(record).thenAppends(CheckpointSigned);
  });

  test("goes on with one that was compared with the newest", () => {
    const record = { type: "RecordCheckpoint", ...second, continues: before } as const;
    given(decider, [CheckpointSigned]).when(record).thenAppends({ type: "CheckpointSigned", data: second });
  });

  test("is refused when another was signed meanwhile", () => {
    const early = { type: "RecordCheckpoint", ...second, continues: null } as const;
    given(decider, [CheckpointSigned]).when(early).thenRejects("CHECKPOINT_NOT_NEXT", "meanwhile");
    const late = { type: "RecordCheckpoint", ...second, continues: before } as const;
    given(decider).when(late).thenRejects("CHECKPOINT_NOT_NEXT");
    const other = { ...late, continues: { ...before, root: digest(1) } };
    given(decider, [CheckpointSigned]).when(other).thenRejects("CHECKPOINT_NOT_NEXT");
  });

  test("is refused when so many events were signed already", () => {
    const again = { type: "RecordCheckpoint", ...first, continues: before } as const;
    given(decider, [CheckpointSigned]).when(again).thenRejects("CHECKPOINT_NOT_NEXT", "3 events");
  });
});

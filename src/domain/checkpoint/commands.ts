import { z } from "zod";
import { Sha256 } from "../values/sha256.ts";

/** So many events, and the root of their tree. */
const Covered = z.strictObject({ size: z.int().positive(), root: Sha256 });

export const CheckpointCommand = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("RecordCheckpoint"),
    ...Covered.shape,
    note: z.string(),
    verifierKey: z.string(),
    /** The checkpoint that this one was compared with, and continues; `null`: it is the first. */
    continues: Covered.nullable(),
  }),
]);
export type CheckpointCommand = z.infer<typeof CheckpointCommand>;

import { z } from "zod";
import { RestoreEvidence } from "./events.ts";

export const SystemCommand = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("RecordStart"),
    version: z.string(),
    nodeVersion: z.string(),
    hostname: z.string(),
  }),
  z.strictObject({
    type: z.literal("RecordRestore"),
    evidence: RestoreEvidence,
    previousIncarnation: z.string(),
    message: z.string(),
  }),
  z.strictObject({ type: z.literal("StartEffectsEpoch") }),
  z.strictObject({ type: z.literal("RecordClockStep"), fromMs: z.int(), toMs: z.int() }),
  z.strictObject({ type: z.literal("ConfirmClock") }),
  z.strictObject({
    type: z.literal("TakeLeadership"),
    term: z.int().positive(),
    holder: z.string(),
    leaseSeconds: z.number().positive(),
  }),
  z.strictObject({
    type: z.literal("RecordBackup"),
    file: z.string(),
    events: z.int(),
    lastHash: z.string(),
    bytes: z.int(),
    sha256: z.string(),
  }),
]);
export type SystemCommand = z.infer<typeof SystemCommand>;

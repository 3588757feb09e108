import { z } from "zod";
import { BulkCompleted, BulkRequested } from "./events.ts";

export const BulkCommand = z.discriminatedUnion("type", [
  /** Before the first machine is asked. A repetition goes on with the machines that were recorded. */
  z.strictObject({ type: z.literal("RequestBulk"), ...BulkRequested.strict.shape.data.shape }),
  z.strictObject({ type: z.literal("CompleteBulk"), ...BulkCompleted.strict.shape.data.shape }),
]);
export type BulkCommand = z.infer<typeof BulkCommand>;

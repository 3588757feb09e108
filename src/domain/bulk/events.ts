import { z } from "zod";
import { defineEvent, type EventOf, eventCodec } from "../event.ts";
import { MachineId } from "../values/machine-id.ts";

/** Most machines of one bulk change. With the texts below, its event stays well below 1 MiB. */
export const bulkMachinesMax = 10_000;

/** Most refusals that are kept one by one. */
export const bulkRefusalsMax = 1_000;

/** What is asked of each machine. */
export const BulkAction = z.enum([
  "approve",
  "lock",
  "unlock",
  "quarantine",
  "release",
  "retire",
  "label",
  "params",
  "deploy",
]);
export type BulkAction = z.infer<typeof BulkAction>;

/** One change was asked of many machines. Which ones was settled then, and stays so. */
export const BulkRequested = defineEvent("BulkRequested", {
  action: BulkAction,
  /** The rest of what was asked, as JSON: what to label them with, what to deploy. `{}` when there is nothing. */
  input: z.string().max(65_536),
  /** How the machines were chosen, as JSON, as it was given. */
  selector: z.string().max(16_384),
  machineIds: z.array(MachineId).max(bulkMachinesMax),
});

/** Each machine was asked. What each did is in its own stream, caused by `BulkRequested`. */
export const BulkCompleted = defineEvent("BulkCompleted", {
  acceptedCount: z.int().nonnegative(),
  refusedCount: z.int().nonnegative(),
  /** The first 1,000 of those that refused. */
  refused: z
    .array(
      z.strictObject({
        machineId: MachineId,
        /** As in `userErrors`. */
        code: z
          .string()
          .max(64)
          .regex(/^[A-Z][A-Z0-9_]*$/),
      }),
    )
    .max(bulkRefusalsMax),
});

const bulkEvents = [BulkRequested, BulkCompleted] as const;
export type BulkEvent = EventOf<(typeof bulkEvents)[number]>;
export const bulkCodec = eventCodec(bulkEvents);

/** `id`: a UUID, that of the request: the same when it is sent again with its idempotency key. */
export function bulkStream(id: string): string {
  return `bulk-${id}`;
}

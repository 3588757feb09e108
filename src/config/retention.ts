import { z } from "zod";

/** How old events leave the log's file: see `docs/guides/retention.md`. */
export const Retention = z.strictObject({
  sealAfterDays: z.int().min(8).max(36_500).optional().meta({
    description:
      "At a start, events that a checkpoint was signed over so long ago leave the log's file for archives beside it. What is decided on stays in the file, and all of it can still be read and verified.",
    unit: "days",
    fallback: "the log keeps all events in its file",
  }),
  leastEvents: z.int().min(1_000).max(100_000_000).default(1_000_000).meta({
    description:
      "An archive has so many events at least, and a start that finds fewer archives nothing. Each million takes a start about a minute.",
    unit: "events",
  }),
});

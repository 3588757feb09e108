import { z } from "zod";

/** How the log is signed: see `docs/guides/verify.md`. */
export const Checkpoints = z.strictObject({
  everyEvents: z.int().min(1).max(1_000_000_000).default(10_000).meta({
    description: "A checkpoint is signed once so many events are not covered by one.",
    unit: "events",
  }),
  everyMinutes: z.int().min(1).max(10_080).default(15).meta({
    description:
      "A checkpoint is signed that long after the one before, when something was recorded since. An idle log is not signed again.",
    unit: "minutes",
  }),
  directory: z.string().min(1).optional().meta({
    description:
      "Where each checkpoint is written to as a file. Name a place that whoever can write the log cannot write, or copy the files to one.",
    form: "directory",
    fallback: "`checkpoints` in the data directory",
  }),
  keepFiles: z.int().min(2).max(1_000_000).default(10_000).meta({
    description:
      "How many of the newest of those files stay. Each covers all events before it, and all that were signed are in the log.",
    unit: "files",
  }),
  keyFile: z.string().min(1).optional().meta({
    description:
      "The key that signs: 32 octets, made where there is no such file. Processes that share a log share the key.",
    form: "file",
    fallback: "`secrets/checkpoint.key` in the data directory",
  }),
  origin: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9.-]{0,99}(?:\/[a-z0-9._-]{1,50}){0,3}$/,
      "expected a name such as ledger.example.com",
    )
    .default("ironledger")
    .meta({
      description:
        "What the names of the log in checkpoints begin with; its id and incarnation follow. A new name makes new keys.",
      form: "host name, and path",
    }),
});

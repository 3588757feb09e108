import { z } from "zod";

/** The user is not part of it: every key can be read by who asks for it. */
export const Store = z
  .string()
  .regex(
    /^(?:sqlite|esdb(?:\+discover)?:\/\/[^@\s]+)$/,
    "expected sqlite, or esdb://host:port with several hosts for a cluster, and no user in it",
  )
  .default("sqlite")
  .meta({
    description:
      "Where the log is: `sqlite`, in the data directory, or an engine that several services share, such as " +
      "`esdb://db1:2113,db2:2113,db3:2113?tls=true`.",
    form: "`sqlite`, or the connection string of EventStoreDB or KurrentDB",
  });

export const StoreCredentialsFile = z.string().min(1).optional().meta({
  description:
    "A file whose first line is `user:password`, for the engine that `store` names. One that speaks TLS asks for it.",
  form: "file",
  fallback: "none",
});

/** The longest lease of a leadership that a process can be told to take, seconds. */
export const leadershipSecondsMax = 300;

export const LeadershipSeconds = z
  .number()
  .min(1)
  .max(leadershipSecondsMax)
  .default(15)
  .meta({
    description:
      "Of several services on one engine one ends leases and silent runs. After so long without a word of it another " +
      "takes that over.",
    unit: "seconds",
  });

/** Whether `store` names an engine that is spoken to over the network. */
export function isEngine(store: string): boolean {
  return store !== "sqlite";
}

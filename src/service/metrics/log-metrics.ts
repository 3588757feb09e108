import { type MetricDefinition, secondsBuckets } from "./definition.ts";

/** The log's writer. Measured by the log's thread. */
export const logMetrics = {
  ironledger_log_append_duration_seconds: {
    type: "histogram",
    help: "Time from an append's arrival at the log's thread to its answer, with what it waited for others.",
    buckets: secondsBuckets,
  },
  ironledger_log_commit_duration_seconds: {
    type: "histogram",
    help: "Time of one transaction, with the fsync that makes it durable.",
    buckets: secondsBuckets,
  },
  ironledger_log_batch_events: {
    type: "histogram",
    help: "Events that were written in one transaction.",
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    limit: "512 events make a full batch; what came later waits for the next one.",
  },
  ironledger_log_appends_total: {
    type: "counter",
    help: "Appends that the log's thread answered.",
    labels: { outcome: "appended, conflict, failed" },
  },
  ironledger_log_queue_appends: {
    type: "gauge",
    help: "Appends that wait for the next transaction.",
  },
  ironledger_engine_append_duration_seconds: {
    type: "histogram",
    help: "Time from a thread's append to the engine's answer or to the failure, with what it waited for others.",
    labels: { thread: "main, api" },
    buckets: secondsBuckets,
  },
  ironledger_engine_pending_appends: {
    type: "gauge",
    help: "Appends that a thread sent to the engine, or holds back for it, and that are not answered yet.",
    labels: { thread: "main, api" },
    limit:
      "64 are with the engine at once and others wait; beyond 8,192 events or 16 MiB they are refused with " +
      "LOG_OVERLOADED, and after 15 s without an answer with LOG_READ_ONLY.",
  },
  ironledger_log_events: {
    type: "gauge",
    help: "Events in the log. Missing where an engine has it: engines do not count.",
  },
  ironledger_log_writable: {
    type: "gauge",
    help: "1 while the log can be written, 0 while it is read-only.",
    limit:
      "0: the disk is full or failed. Nothing is acknowledged until 64 MiB are free and a probe was committed.",
  },
  ironledger_leading: {
    type: "gauge",
    help: "1 while this process ends leases and silent runs; of several on one engine one does.",
  },
  ironledger_log_size_bytes: {
    type: "gauge",
    help: "Size of the log's file.",
  },
  ironledger_disk_free_bytes: {
    type: "gauge",
    help: "Free space in the file system of the data directory.",
    limit:
      "Below `readiness.diskFreeBytes` the service is not ready; at 64 MiB a log that ran full stays read-only.",
  },
} as const satisfies Record<string, MetricDefinition>;

import { type MetricDefinition, secondsBuckets } from "./definition.ts";

/** GraphQL and the views. Measured by the API's thread. */
export const apiMetrics = {
  ironledger_build_info: {
    type: "gauge",
    help: "Always 1; the labels say what runs.",
    labels: { version: "of Ironledger", node: "of Node" },
  },
  ironledger_thread_up: {
    type: "gauge",
    help: "1 when the thread told its metrics in time for this answer.",
    labels: { thread: "main, log, api" },
    limit: "0: the thread took longer than 1 s to tell them, and its metrics are missing from this answer.",
  },
  ironledger_machines: {
    type: "gauge",
    help: "Machines in each state, those that are retired among them.",
    labels: { state: "a state of a machine" },
  },
  ironledger_subnet_addresses: {
    type: "gauge",
    help: "Addresses of a subnet's ranges, and how many of its addresses are in use.",
    labels: { subnet: "the name of the subnet, of the first 200", use: "all, leased, reserved, declined" },
  },
  ironledger_ready: {
    type: "gauge",
    help: "1 while `/readyz` answers 200.",
  },
  ironledger_unready: {
    type: "gauge",
    help: "1 for each reason for which the service is not ready, 0 for the others.",
    labels: { reason: "a reason of `/readyz`" },
  },
  ironledger_api_requests_total: {
    type: "counter",
    help: "Requests that the API's listener answered.",
    labels: { route: "the pattern of the route, or none", status: "the status of HTTP" },
    limit:
      "413: the body is larger than 256 KiB. 429: too many failed attempts of one address. 503: the service is " +
      "stopping. The caller is told so.",
  },
  ironledger_api_request_duration_seconds: {
    type: "histogram",
    help: "Time from a request to the end of its answer.",
    labels: { route: "the pattern of the route, or none" },
    buckets: secondsBuckets,
  },
  ironledger_graphql_operation_duration_seconds: {
    type: "histogram",
    help: "Time to execute a query or mutation of GraphQL.",
    labels: { operation: "query, mutation" },
    buckets: secondsBuckets,
  },
  ironledger_graphql_errors_total: {
    type: "counter",
    help: "Errors in answers of GraphQL, by code.",
    labels: { code: "a code of ApiErrorCode" },
    limit:
      "DOCUMENT_TOO_LARGE: the document asks for more tokens, levels, fields, aliases or objects than is answered. " +
      "TOO_MANY_SUBSCRIPTIONS: 20 are open on the socket. PROJECTION_BEHIND: a read model did not come to show the " +
      "position within 2 s. PROJECTION_BUILDING: it is built and shows nothing yet. The caller is told so.",
  },
  ironledger_dry_run_characters: {
    type: "gauge",
    help: "Characters of events that dry runs under way hold in memory.",
    limit:
      "All dry runs together may hold 67,108,864. One that needs more than is left is refused with " +
      "DRY_RUN_TOO_LARGE: the caller asks for less at once.",
  },
  ironledger_past_rows: {
    type: "gauge",
    help: "Rows of read models as they were that are kept open for whoever looks at the past.",
    limit:
      "With 5,000,000 or more, those that nobody reads are closed; when all are being read, another moment is refused " +
      "with TOO_MANY_PASTS.",
  },
  ironledger_past_copies: {
    type: "gauge",
    help: "Tables of read models as they were that are being copied, or wait for it.",
    limit: "20 may be under way. A question that needs another is refused with TOO_MANY_PASTS.",
  },
  ironledger_api_sockets: {
    type: "gauge",
    help: "WebSockets that are open.",
  },
  ironledger_api_sockets_closed_total: {
    type: "counter",
    help: "WebSockets that were closed, by the code of RFC 6455 or of the subprotocol.",
    labels: { code: "the code, or other" },
    limit:
      "1013: 2,000 sockets are open, or 5 of one principal. 1009: a message is larger than 64 KiB. 1006: a client that " +
      "left 1 MiB unread was cut off, or its network was. 4408: no `connection_init` came within 3 s. 4429: too many.",
  },
  ironledger_api_subscriptions: {
    type: "gauge",
    help: "Subscriptions that are open.",
  },
  ironledger_spans_total: {
    type: "counter",
    help: "Spans of traces, where tracing is configured: that ended, that were sent, that could not be.",
    labels: { outcome: "ended, exported, failed" },
    limit:
      "2,048 spans wait to be sent; more are dropped. Then `ended` runs ahead of `exported` and `failed` together.",
  },
  ironledger_feed_lag_seconds: {
    type: "histogram",
    help: "Age of an event when a feed of a subscriber that has caught up takes it.",
    buckets: secondsBuckets,
  },
  ironledger_view_lag_events: {
    type: "gauge",
    help: "Events of the log that a read model does not show yet.",
    labels: { view: "the name of the view" },
    limit: "Beyond `readiness.viewLagEvents` the service is not ready.",
  },
  ironledger_view_lag_seconds: {
    type: "gauge",
    help: "Age of the oldest event that a read model does not show yet.",
    labels: { view: "the name of the view" },
  },
  ironledger_view_generation: {
    type: "gauge",
    help: "Which file of the read model is shown; each rebuild makes one more.",
    labels: { view: "the name of the view" },
  },
  ironledger_backup_age_seconds: {
    type: "gauge",
    help: "Age of the newest backup that the service took; no sample while the log tells of none.",
  },
  ironledger_checkpoint_age_seconds: {
    type: "gauge",
    help: "Age of the newest signed checkpoint of the log; no sample while there is none.",
  },
  ironledger_checkpoint_unsigned_events: {
    type: "gauge",
    help: "Events that no signed checkpoint covers.",
  },
  ironledger_checkpoint_contradicted: {
    type: "gauge",
    help: "1 while the log is not the one that was signed before, 0 otherwise. At 1 nothing is signed.",
  },
  ironledger_checkpoint_files_deleted_total: {
    type: "counter",
    help: "Files of signed checkpoints that were deleted because newer ones took their place.",
    limit: "`checkpoints.keepFiles` of the newest stay. What is signed stays in the log all the same.",
  },
  ironledger_log_archived_events: {
    type: "gauge",
    help: "Events of the log that are in archives, and need not be in its file.",
  },
  ironledger_log_missing_archives: {
    type: "gauge",
    help: "Archives that belong to the log and are not there. What is in them cannot be read.",
  },
  ironledger_log_exports: {
    type: "gauge",
    help: "Exports of the log that are under way.",
    limit: "4 at a time. One more is refused with TOO_MANY_EXPORTS, and told when to try again.",
  },
  ironledger_log_exports_total: {
    type: "counter",
    help: "Exports of the log that ended.",
    labels: { outcome: "completed, abandoned, stalled, failed" },
    limit:
      "stalled: the reader left what was sent waiting for 60 s, and was cut off. It can go on where it was.",
  },
  ironledger_log_exported_bytes_total: {
    type: "counter",
    help: "Octets of exports that their readers took.",
  },
  ironledger_log_verified_timestamp_seconds: {
    type: "gauge",
    help: "When the newest verification of the log ended, in seconds since 1970; no sample before the first.",
  },
  ironledger_log_verification_findings: {
    type: "gauge",
    help: "What it found: faults of the log, and read models that are not what the log makes of them. 0 is well.",
  },
  ironledger_view_following: {
    type: "gauge",
    help: "1 while the read model follows the log, 0 while it was stopped or is tried again.",
    labels: { view: "the name of the view" },
  },
} as const satisfies Record<string, MetricDefinition>;

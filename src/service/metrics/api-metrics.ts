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
      "position within 2 s. The caller is told so.",
  },
  ironledger_dry_run_characters: {
    type: "gauge",
    help: "Characters of events that dry runs under way hold in memory.",
    limit:
      "All dry runs together may hold 67,108,864. One that needs more than is left is refused with " +
      "DRY_RUN_TOO_LARGE: the caller asks for less at once.",
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
  ironledger_view_following: {
    type: "gauge",
    help: "1 while the read model follows the log, 0 while it was stopped or is tried again.",
    labels: { view: "the name of the view" },
  },
} as const satisfies Record<string, MetricDefinition>;

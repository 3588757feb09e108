import type { MetricDefinition } from "./definition.ts";

/** What machines cause: DHCP, TFTP, boot HTTP, and what is recorded of them. Measured by the main thread. */
export const machineMetrics = {
  ironledger_dhcp_datagrams_total: {
    type: "counter",
    help: "Datagrams that reached the DHCP sockets.",
  },
  ironledger_dhcp_messages_total: {
    type: "counter",
    help: "DHCP messages of clients that were taken up.",
    labels: { type: "discover, request, decline, release, inform" },
  },
  ironledger_dhcp_answers_total: {
    type: "counter",
    help: "What became of them: an offer, an acknowledgement, a refusal (DHCPNAK), or silence where that is the answer.",
    labels: { outcome: "offered, acknowledged, refused, silent" },
  },
  ironledger_dhcp_unanswered_total: {
    type: "counter",
    help: "Datagrams that got no answer, by why not.",
    labels: {
      reason:
        "malformed, not_requests, foreign_network, exhausted, probing, shed, ignored, unrecorded, client_limit, " +
        "relay_limit, newcomer_limit, change_limit, send_failed, failed",
    },
    limit:
      "shed: 1,024 changes of addresses are under way; clients that nobody knows give way from three quarters of that " +
      "on, their DHCPDISCOVERs from half. exhausted: the subnet has no free address for this client. ignored: one " +
      "interface released or declined more often in an hour than is taken. client_limit: 64 messages of one client in " +
      "ten seconds. relay_limit: 100,000 messages of unknown clients behind one port of a relay, or 400,000 behind one " +
      "relay or on one wire, in ten seconds. newcomer_limit: as many unknown clients got an address in an hour as the " +
      "subnet's ranges have, at least 256, or 16,384 behind one port. change_limit: one client's lease changed 60 times " +
      "in an hour. The client asks again.",
  },
  ironledger_wire_up: {
    type: "gauge",
    help: "1 while we have an address on the wire, and what machines ask for is open there.",
    labels: { wire: "a wire of the configuration, at most 16" },
  },
  ironledger_wire_datagrams_total: {
    type: "counter",
    help: "DHCP datagrams that came in by the wire, and answers that left by it.",
    labels: { wire: "a wire of the configuration, at most 16", direction: "in, out" },
  },
  ironledger_proxy_dhcp_messages_total: {
    type: "counter",
    help: "DHCP messages on wires where another server leases: offers to boot, answers on port 4011, and all else, which is not answered.",
    labels: { outcome: "offered, confirmed, silent, limited" },
    limit: "limited: one client sent more than dhcpLimits.messagesPerClientMax messages in ten seconds.",
  },
  ironledger_rogue_dhcp_servers: {
    type: "gauge",
    help: "DHCP servers that answered the last two probes of the wire and are neither ours nor trusted.",
    labels: { wire: "a wire that is probed, at most 16" },
    limit: "256 servers of a wire are told apart.",
  },
  ironledger_rogue_dhcp_reports_total: {
    type: "counter",
    help: "Answers of such servers, and what became of reports of them: a server is news once in an hour.",
    labels: { outcome: "answers, recorded, limited, failed" },
    limit: "limited: 24 servers were reported within the hour. What answers goes on being counted.",
  },
  ironledger_lease_expiries_total: {
    type: "counter",
    help: "Leases that were to be ended because their time was over.",
    labels: { outcome: "expired, failed" },
  },
  ironledger_observations_total: {
    type: "counter",
    help: "Facts that were seen of machines and queued for the log.",
    labels: { outcome: "recorded, failed, dropped, suppressed, limited" },
    limit:
      "dropped: 4,096 are on their way to the log. suppressed: 1,000 unknown interfaces appeared in an hour. limited: " +
      "one interface had 20 refusals or 600 other facts in an hour. The machine is answered all the same.",
  },
  ironledger_tftp_transfers_total: {
    type: "counter",
    help: "TFTP transfers that ended.",
    labels: { outcome: "completed, aborted, silent, failed" },
    limit:
      "silent: the same packets were sent three times to an address that has not answered yet, or seven times to one " +
      "that had. The client asks again.",
  },
  ironledger_tftp_transfers: {
    type: "gauge",
    help: "TFTP transfers under way.",
  },
  ironledger_tftp_requests_refused_total: {
    type: "counter",
    help: "TFTP requests that got an error, or would have: no such file, a write, an unknown mode.",
  },
  ironledger_tftp_requests_dropped_total: {
    type: "counter",
    help: "TFTP requests left unanswered or given up, by why.",
    labels: { reason: "limit, per_source, evicted, refused_often, malformed" },
    limit:
      "limit: 256 transfers to machines that have answered are under way. per_source: 8 to one address are. evicted: " +
      "all places were taken, and a transfer that nobody had answered yet gave way. refused_often: one address was " +
      "told 60 errors within ten seconds. The client asks again.",
  },
  ironledger_boot_http_requests_total: {
    type: "counter",
    help: "Requests of machines by HTTP that were answered: scripts, files, agent reports.",
    labels: { route: "the pattern of the route, or none", status: "2xx, 3xx, 4xx, 5xx" },
  },
  ironledger_boot_http_request_duration_seconds: {
    type: "histogram",
    help: "Time from a machine's request by HTTP to the last octet of its answer.",
    labels: { route: "the pattern of the route, or none" },
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120, 600],
  },
  ironledger_boot_http_connections: {
    type: "gauge",
    help: "Connections of machines by HTTP that are open.",
  },
  ironledger_boot_http_connections_refused_total: {
    type: "counter",
    help: "Connections of machines that were closed as soon as they came.",
    labels: { reason: "total, per_source" },
    limit: "total: 4,096 connections are open. per_source: 64 of one address are. The machine tries again.",
  },
  ironledger_renderings_total: {
    type: "counter",
    help: "Boot scripts that were to be rendered.",
    labels: { outcome: "rendered, template_failed, timeout, overloaded, lost" },
    limit:
      "timeout: a template ran for 1 s, and its thread was ended. overloaded: 256 scripts wait. The machine's request " +
      "fails, and it asks again.",
  },
  ironledger_rendering_duration_seconds: {
    type: "histogram",
    help: "Time from wanting a boot script to having its text.",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  },
  ironledger_appends_refused_total: {
    type: "counter",
    help: "Appends that the log refused to the thread, by the code of the error.",
    labels: { thread: "main, api", code: "a code of EventStoreErrorCode" },
    limit:
      "LOG_OVERLOADED: 8,192 events or 16 MiB of one thread are under way. Whoever appended is told and may retry.",
  },
  ironledger_fenced: {
    type: "gauge",
    help: "1 while a restored log keeps every boot on the disk, until an operator starts an effects epoch.",
  },
  ironledger_clock_in_doubt: {
    type: "gauge",
    help: "1 while the wall clock was changed and nobody has confirmed it.",
  },
} as const satisfies Record<string, MetricDefinition>;

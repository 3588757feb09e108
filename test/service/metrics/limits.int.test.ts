import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { definitionOf, type MetricName, metricNames } from "../../../src/service/metrics/catalogue.ts";

const root = resolve(import.meta.dirname, "../../..");

/** Limits at which something is dropped, refused or waits: the source that has it, its name there, its metric. */
const shown: readonly (readonly [source: string, constant: string, metric: MetricName])[] = [
  ["src/boot/dhcp/service.ts", "changesMax", "ironledger_dhcp_unanswered_total"],
  ["src/boot/dhcp/message-limit.ts", "messagesPerClientMax", "ironledger_dhcp_unanswered_total"],
  ["src/service/boot-core.ts", "createMessageLimit", "ironledger_proxy_dhcp_messages_total"],
  ["src/boot/dhcp/message-limit.ts", "messagesPerCircuitMax", "ironledger_dhcp_unanswered_total"],
  ["src/boot/dhcp/message-limit.ts", "messagesPerRelayMax", "ironledger_dhcp_unanswered_total"],
  ["src/boot/dhcp/change-limit.ts", "changesPerHour", "ironledger_dhcp_unanswered_total"],
  ["src/boot/dhcp/change-limit.ts", "newcomersPerHour", "ironledger_dhcp_unanswered_total"],
  ["src/boot/dhcp/change-limit.ts", "newcomersPerCircuitPerHour", "ironledger_dhcp_unanswered_total"],
  ["src/boot/observer.ts", "inFlightMax", "ironledger_observations_total"],
  ["src/boot/observer.ts", "newStreamsPerHour", "ironledger_observations_total"],
  ["src/boot/observer.ts", "refusalsPerHour", "ironledger_observations_total"],
  ["src/boot/observer.ts", "othersPerHour", "ironledger_observations_total"],
  ["src/boot/tftp/server.ts", "transfersMax", "ironledger_tftp_requests_dropped_total"],
  ["src/boot/tftp/server.ts", "transfersPerSourceMax", "ironledger_tftp_requests_dropped_total"],
  ["src/boot/tftp/server.ts", "refusalsPerSource", "ironledger_tftp_requests_dropped_total"],
  ["src/boot/tftp/patience.ts", "retriesUnprovenMax", "ironledger_tftp_transfers_total"],
  ["src/boot/tftp/patience.ts", "retriesMax", "ironledger_tftp_transfers_total"],
  ["src/boot/dhcp/rogue/rogue-watch.ts", "toldApartMax", "ironledger_rogue_dhcp_servers"],
  ["src/service/wires/watch-rogues.ts", "toldPerHour", "ironledger_rogue_dhcp_reports_total"],
  ["src/boot/http/connections.ts", "connectionsMax", "ironledger_boot_http_connections_refused_total"],
  [
    "src/boot/http/connections.ts",
    "connectionsPerSourceMax",
    "ironledger_boot_http_connections_refused_total",
  ],
  ["src/boot/templates/renderer.ts", "queueMax", "ironledger_renderings_total"],
  ["src/boot/templates/renderer.ts", "timeoutMs", "ironledger_renderings_total"],
  ["src/adapters/event-store/sqlite/load-limit.ts", "underWayMax", "ironledger_appends_refused_total"],
  ["src/adapters/event-store/eventstoredb/accept.ts", "appendsAtOnce", "ironledger_engine_pending_appends"],
  ["src/adapters/event-store/sqlite/append-queue.ts", "batchEvents", "ironledger_log_batch_events"],
  ["src/adapters/event-store/sqlite/latch.ts", "reserveBytes", "ironledger_disk_free_bytes"],
  ["src/adapters/event-store/overlay/overlay-store.ts", "charactersMax", "ironledger_dry_run_characters"],
  ["src/adapters/event-store/sqlite/latch.ts", "reserveBytes", "ironledger_log_writable"],
  ["src/projections/past/past-views.ts", "pastRowsMax", "ironledger_past_rows"],
  ["src/projections/past/past-views.ts", "pastsMax", "ironledger_past_rows"],
  ["src/projections/past/copier.ts", "pastCopiesMax", "ironledger_past_copies"],
  ["src/adapters/graphql/limits.ts", "bodyBytes", "ironledger_api_requests_total"],
  ["src/adapters/graphql/limits.ts", "messageBytes", "ironledger_api_sockets_closed_total"],
  ["src/adapters/graphql/limits.ts", "tokens", "ironledger_graphql_errors_total"],
  ["src/adapters/graphql/limits.ts", "depth", "ironledger_graphql_errors_total"],
  ["src/adapters/graphql/limits.ts", "fields", "ironledger_graphql_errors_total"],
  ["src/adapters/graphql/limits.ts", "objects", "ironledger_graphql_errors_total"],
  ["src/adapters/graphql/server.ts", "socketsMax", "ironledger_api_sockets_closed_total"],
  ["src/adapters/graphql/server.ts", "socketsPerPrincipal", "ironledger_api_sockets_closed_total"],
  ["src/adapters/graphql/server.ts", "subscriptionsMax", "ironledger_graphql_errors_total"],
  ["src/adapters/graphql/socket/gate.ts", "unreadBytesMax", "ironledger_api_sockets_closed_total"],
  ["src/service/audit/log-exports.ts", "exportsMax", "ironledger_log_exports"],
  ["src/service/audit/log-exports.ts", "stallMsDefault", "ironledger_log_exports_total"],
  ["src/service/metrics/exposition.ts", "answerMs", "ironledger_thread_up"],
  ["src/service/tracing/otel-tracing.ts", "waitingMax", "ironledger_spans_total"],
  ["src/config.ts", "viewLagEvents", "ironledger_view_lag_events"],
  ["src/config/checkpoints.ts", "keepFiles", "ironledger_checkpoint_files_deleted_total"],
];

describe("a limit", () => {
  test.each(shown)("%s %s shows in %s", (...[source, constant, metric]) => {
    expect(readFileSync(join(root, source), "utf8")).toMatch(new RegExp(`\\b${constant}\\b`));
    expect(definitionOf(metric).limit).toBeDefined();
  });

  test("that a metric shows is one that the sources have", () => {
    const metrics = new Set(shown.map(([, , metric]) => metric));
    expect(
      metricNames.filter((name) => definitionOf(name).limit !== undefined && !metrics.has(name)),
    ).toEqual([]);
  });
});

/** Bounds at which nothing is dropped that somebody waits for. */
const silent: Readonly<Record<string, string>> = {
  bootsMax: "the boot that was seen the longest ago is forgotten, and its next packet begins another",
  keysMax: "the client that was seen the longest ago begins its window anew",
  pauseMsMax: "events wait no longer than it for those that come after them",
  sizeMax: "an answer is cut to what the client says that it takes",
  blockBytesMax: "a transfer is negotiated down to it",
  windowBlocksMax: "a transfer is negotiated down to it",
};

test("no option that says how much may be under way is left out", () => {
  const listed = new Set(shown.map(([, constant]) => constant));
  const options = new Set(["src/boot", "src/adapters"].flatMap(limitsBelow));
  expect(options.size).toBeGreaterThan(8);
  expect([...options].filter((name) => !listed.has(name) && !(name in silent))).toEqual([]);
  expect(Object.keys(silent).filter((name) => !options.has(name))).toEqual([]);
});

/** The names of options that say how much may be under way: such limits have this shape here. */
function limitsBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes("__generated__"))
    .flatMap((name) => {
      const text = readFileSync(join(root, folder, name), "utf8");
      const found = text.matchAll(
        /readonly ((?!refused)\w+(?:Max|PerHour|PerSource|PerPrincipal))\??: number;/g,
      );
      return [...found].map(([, constant = ""]) => constant);
    });
}

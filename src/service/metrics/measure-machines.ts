import type { Answered } from "../../boot/http/server.ts";
import { RenderError, type ScriptRenderer } from "../../boot/templates/renderer.ts";
import type { BootCore } from "../boot-core.ts";
import type { BootListeners } from "../boot-listeners.ts";
import type { Meter, Sample } from "./meter.ts";

type Counters = Readonly<Record<string, number>>;

/** Defines the metrics of what is counted anyway while machines are answered: nothing is added to a packet's path. */
export function measureMachines(
  meter: Meter,
  { core, listeners }: { readonly core: BootCore; readonly listeners: BootListeners },
): void {
  const counts = (part: string): Counters => listeners.counts()[part] ?? {};
  const dhcp = () => counts("dhcp");
  meter.counted("ironledger_dhcp_datagrams_total", () => [{ value: dhcp()["received"] ?? 0 }]);
  meter.counted("ironledger_dhcp_messages_total", labelled(dhcp, "type", messageTypes));
  meter.counted("ironledger_dhcp_answers_total", labelled(dhcp, "outcome", answers));
  meter.counted("ironledger_dhcp_unanswered_total", labelled(dhcp, "reason", unanswered));
  meter.counted(
    "ironledger_lease_expiries_total",
    all(() => counts("expiry"), "outcome"),
  );
  meter.counted(
    "ironledger_observations_total",
    all(() => counts("observer"), "outcome"),
  );

  const tftp = () => counts("tftp");
  meter.counted(
    "ironledger_tftp_transfers_total",
    labelled(tftp, "outcome", ["completed", "aborted", "silent", "failed"]),
  );
  meter.counted("ironledger_tftp_requests_refused_total", () => [{ value: tftp()["refused"] ?? 0 }]);
  meter.counted("ironledger_tftp_requests_dropped_total", () => [
    { labels: { reason: "limit" }, value: tftp()["dropped"] ?? 0 },
    { labels: { reason: "per_source" }, value: tftp()["overShare"] ?? 0 },
    { labels: { reason: "evicted" }, value: tftp()["evicted"] ?? 0 },
    { labels: { reason: "refused_often" }, value: tftp()["untold"] ?? 0 },
    { labels: { reason: "malformed" }, value: tftp()["malformed"] ?? 0 },
  ]);
  meter.gauge("ironledger_tftp_transfers", () => [{ value: listeners.activeTransfers() }]);

  measureWires(meter, listeners);
  meter.gauge("ironledger_boot_http_connections", () => [{ value: listeners.connections().open }]);
  meter.counted("ironledger_boot_http_connections_refused_total", () => [
    { labels: { reason: "total" }, value: listeners.connections().refusedTotal },
    { labels: { reason: "per_source" }, value: listeners.connections().refusedPerSource },
  ]);
  meter.gauge("ironledger_fenced", () => [{ value: core.targets.fence().fenced ? 1 : 0 }]);
  meter.gauge("ironledger_clock_in_doubt", () => [{ value: core.clockGuard.isSuspect() ? 1 : 0 }]);
}

function measureWires(meter: Meter, { wires, counts }: Pick<BootListeners, "wires" | "counts">): void {
  meter.gauge("ironledger_wire_up", () =>
    wires().map(({ name: wire, isUp }) => ({ labels: { wire }, value: isUp ? 1 : 0 })),
  );
  meter.counted("ironledger_wire_datagrams_total", () =>
    wires().flatMap(({ name: wire, traffic }) => [
      { labels: { wire, direction: "in" }, value: traffic.heard },
      { labels: { wire, direction: "out" }, value: traffic.answered },
    ]),
  );
  meter.gauge("ironledger_rogue_dhcp_servers", () =>
    wires().flatMap(({ name: wire, rogueServers }) =>
      rogueServers === undefined ? [] : [{ labels: { wire }, value: rogueServers }],
    ),
  );
  meter.counted(
    "ironledger_proxy_dhcp_messages_total",
    all(() => counts()["proxy"] ?? {}, "outcome"),
  );
  meter.counted(
    "ironledger_rogue_dhcp_reports_total",
    all(() => counts()["rogues"] ?? {}, "outcome"),
  );
}

const messageTypes = ["discover", "request", "decline", "release", "inform"];
const answers = ["offered", "acknowledged", "refused", "silent"];
const unanswered = [
  ...["malformed", "notRequests", "foreignNetwork", "exhausted", "probing", "shed", "ignored", "unrecorded"],
  ...["clientLimit", "relayLimit", "newcomerLimit", "changeLimit"],
  ...["sendFailed", "failed"],
];

/** The counters of these names, each as a sample whose label has its name. */
function labelled(read: () => Counters, label: string, names: readonly string[]): () => readonly Sample[] {
  return () => names.map((name) => ({ labels: { [label]: snakeCase(name) }, value: read()[name] ?? 0 }));
}

function all(read: () => Counters, label: string): () => readonly Sample[] {
  return () => labelled(read, label, Object.keys(read()))();
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** How to tell of an answer by HTTP. */
export function measureAnswers(meter: Meter): (answer: Answered) => void {
  const requests = meter.counter("ironledger_boot_http_requests_total");
  const duration = meter.histogram("ironledger_boot_http_request_duration_seconds");
  return ({ route, status, seconds }) => {
    requests({ route, status: `${Math.floor(status / 100)}xx` });
    duration(seconds, { route });
  };
}

/** The same renderer, measured. */
export function measuredRenderer(renderer: ScriptRenderer, meter: Meter): ScriptRenderer {
  const count = meter.counter("ironledger_renderings_total");
  const duration = meter.histogram("ironledger_rendering_duration_seconds");
  return {
    close: () => renderer.close(),
    async render(job) {
      const beganMs = performance.now();
      try {
        const text = await renderer.render(job);
        count({ outcome: "rendered" });
        return text;
      } catch (error) {
        if (error instanceof RenderError) count({ outcome: renderOutcomes[error.code] });
        throw error;
      } finally {
        duration((performance.now() - beganMs) / 1_000);
      }
    },
  };
}

const renderOutcomes = {
  TEMPLATE_FAILED: "template_failed",
  RENDER_TIMEOUT: "timeout",
  RENDER_OVERLOADED: "overloaded",
  RENDERER_LOST: "lost",
} as const satisfies Record<RenderError["code"], string>;

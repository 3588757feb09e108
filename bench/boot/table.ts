/** A row of the README's table: a figure, what it says, and what is wanted of it. */
interface Row {
  readonly figure: string;
  readonly says: string;
  readonly wanted: string;
}

const rows: readonly Row[] = [
  { figure: "dora_vs_kea", says: "DORA/s to Kea 2.2's, which does not sync its leases", wanted: "≥ 3" },
  { figure: "dora_vs_isc", says: "DORA/s to ISC dhcpd's", wanted: "≥ 20" },
  { figure: "dora_vs_dnsmasq", says: "DORA/s to dnsmasq's", wanted: "≥ 20" },
  { figure: "dora_per_s", says: "DORA/s of direct clients, each lease on the disk", wanted: "" },
  {
    figure: "perfdhcp_vs_kea",
    says: "through a relay (perfdhcp, under 1 % drops), to Kea's",
    wanted: "≥ 1",
  },
  {
    figure: "ack_p99_over_fdatasync_ms",
    says: "ACK p99 above the disk's, ms, at 1,000 DORA/s",
    wanted: "≤ 5",
  },
  { figure: "rss_mb_100k_leases", says: "memory with 100,000 active leases, MB", wanted: "≤ 400" },
  { figure: "restart_to_ack_s", says: "from a restart on them to the first ACK, s", wanted: "≤ 3" },
  { figure: "tftp_w1_vs_hpa", says: "TFTP in lockstep, to tftpd-hpa's", wanted: "≥ 1" },
  { figure: "tftp_w16_vs_atftpd", says: "TFTP in windows of 16 blocks, to atftpd's", wanted: "≥ 0.85" },
  { figure: "tftp_parallel_vs_hpa", says: "50 TFTP downloads at once, to tftpd-hpa's", wanted: "≥ 1" },
  { figure: "tftp_loss_completed", says: "TFTP downloads that came whole at 2 % loss", wanted: "1" },
  { figure: "http_large_vs_nginx", says: "HTTP files over 1 MB, to nginx's", wanted: "≥ 0.5" },
  { figure: "scripts_per_s", says: "boot scripts rendered per second", wanted: "" },
];

/** The README's table, in Markdown, of the figures that were measured. */
export function readmeTable(figures: Readonly<Record<string, unknown>>): string {
  const measured = rows.filter(({ figure }) => figures[figure] !== undefined);
  const lines = measured.map(
    ({ figure, says, wanted }) => `| \`${figure}\` | ${says} | ${wanted} | ${figures[figure]} |`,
  );
  return ["| figure | what it says | wanted | measured |", "|---|---|---:|---:|", ...lines].join("\n");
}

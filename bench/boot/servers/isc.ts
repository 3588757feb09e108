import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { wire } from "../namespaces.ts";
import { run, until } from "../process.ts";
import type { Server } from "./server.ts";

/** By its path: npm puts a program of the same name first, which a package of the tests brings along. */
const program = "/usr/sbin/dhcpd";

/** ISC's dhcpd, which writes and syncs each lease. It would ping each address for a second before it offers it. */
export const isc: Server = {
  name: "isc",
  needs: { program, debianPackage: "isc-dhcp-server" },
  async start(directory) {
    const file = join(directory, "dhcpd.conf");
    const leases = join(directory, "dhcpd.leases");
    const logFile = join(directory, "dhcpd.log");
    const { first, last } = wire.pool;
    writeFileSync(leases, "");
    writeFileSync(
      file,
      `authoritative;
default-lease-time 3600;
max-lease-time 3600;
ping-check false;
log-facility local7;
subnet 198.18.0.0 netmask 255.254.0.0 {
  range ${first} ${last};
  option routers ${wire.server.address};
  option domain-name-servers ${wire.server.address};
}
`,
    );
    const files = ["-cf", file, "-lf", leases, "-pf", join(directory, "dhcpd.pid")];
    const command = [program, "-4", "-f", ...files, wire.server.interface];
    const running = run({ host: "server", command, logFile });
    await until(() => readFileSync(logFile, "utf8").includes("Sending on   Socket/fallback"), {
      what: "dhcpd",
      running,
    });
    return running;
  },
};

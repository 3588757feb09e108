import { readFileSync } from "node:fs";
import { join } from "node:path";
import { wire } from "../namespaces.ts";
import { run, until } from "../process.ts";
import type { Server } from "./server.ts";

/** dnsmasq without DNS. It would ping each address before it offers it, and grant a thousand leases at most. */
export const dnsmasq: Server = {
  name: "dnsmasq",
  needs: { program: "dnsmasq", debianPackage: "dnsmasq-base" },
  async start(directory) {
    const logFile = join(directory, "dnsmasq.log");
    const { first, last } = wire.pool;
    const command = [
      "dnsmasq",
      "--keep-in-foreground",
      "--conf-file=/dev/null",
      "--port=0",
      `--interface=${wire.server.interface}`,
      `--dhcp-range=${first},${last},255.254.0.0,1h`,
      `--dhcp-option=option:router,${wire.server.address}`,
      `--dhcp-option=option:dns-server,${wire.server.address}`,
      `--dhcp-leasefile=${join(directory, "dnsmasq.leases")}`,
      "--dhcp-lease-max=200000",
      "--dhcp-authoritative",
      "--no-ping",
      "--quiet-dhcp",
      "--log-facility=-",
      "--user=root",
      `--pid-file=${join(directory, "dnsmasq.pid")}`,
    ];
    const running = run({ host: "server", command, logFile });
    await until(() => readFileSync(logFile, "utf8").includes("DHCP, IP range"), { what: "dnsmasq", running });
    return running;
  },
};

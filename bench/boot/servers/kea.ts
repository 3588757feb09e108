import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { wire } from "../namespaces.ts";
import { run, until } from "../process.ts";
import type { Server } from "./server.ts";

/**
 * Kea with the lease file that it has by default, memfile: it writes each lease before it answers, and leaves it to the
 * kernel when that reaches the disk. Cleaning up the file is off, which otherwise happens once an hour. Relays need the
 * `udp` socket and clients on the wire the `raw` one, which is faster.
 */
export const kea: Server = {
  name: "kea",
  needs: { program: "kea-dhcp4", debianPackage: "kea-dhcp4-server" },
  async start(directory, reach) {
    const file = join(directory, "kea-dhcp4.json");
    const logFile = join(directory, "kea.log");
    const { first, last } = wire.pool;
    const Dhcp4 = {
      "interfaces-config": {
        interfaces: [wire.server.interface],
        "dhcp-socket-type": reach === "direct" ? "raw" : "udp",
      },
      "lease-database": {
        type: "memfile",
        persist: true,
        name: join(directory, "leases.csv"),
        "lfc-interval": 0,
      },
      "valid-lifetime": 3600,
      "multi-threading": { "enable-multi-threading": false },
      subnet4: [
        {
          subnet: wire.network,
          pools: [{ pool: `${first} - ${last}` }],
          "option-data": [
            { name: "routers", data: wire.server.address },
            { name: "domain-name-servers", data: wire.server.address },
          ],
        },
      ],
      loggers: [{ name: "kea-dhcp4", severity: "INFO", output_options: [{ output: "stdout", flush: true }] }],
    };
    // At INFO it would write a line for each lease.
    const { loggers, ...quiet } = Dhcp4;
    const startOnly = {
      name: "kea-dhcp4.dhcp4",
      severity: "INFO",
      output_options: loggers[0]?.output_options,
    };
    const errorsOnly = { name: "kea-dhcp4", severity: "ERROR", output_options: loggers[0]?.output_options };
    writeFileSync(file, JSON.stringify({ Dhcp4: { ...quiet, loggers: [errorsOnly, startOnly] } }));
    mkdirSync(join(directory, "run"));
    const running = run({
      host: "server",
      command: ["kea-dhcp4", "-c", file],
      environment: { KEA_PIDFILE_DIR: join(directory, "run"), KEA_LOCKFILE_DIR: "none" },
      logFile,
    });
    await until(() => readFileSync(logFile, "utf8").includes("DHCP4_STARTED"), {
      what: "kea-dhcp4",
      running,
    });
    return running;
  },
};

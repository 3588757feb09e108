import { join } from "node:path";
import type { LeaseSite } from "./lease-site.ts";
import type { Station, Stations } from "./station.ts";

/** The network behind a relay, as the router that the relay runs on sees it. */
export interface RelayedNetwork {
  readonly router: Station;
  /** Plugs a host into it. */
  readonly add: (mac: string) => Promise<Station>;
}

/** The interface that the router has on the network behind it: dhcrelay names it in option 82. */
export const relayPort = "lan";

export interface RelayPlace {
  /** Of the router on the service's wire: `10.77.0.2`. */
  readonly address: string;
  /** The first three numbers of the network behind it: `10.78.0`. */
  readonly network: string;
}

/**
 * A router between the service's wire and a network of its own, with ISC's dhcrelay on it. It appends option 82 (`-a`),
 * whose circuit id is the name of the interface, and takes it off the answers.
 */
export async function startDhcrelay(
  { site, stations }: { readonly site: LeaseSite; readonly stations: Stations },
  { address, network }: RelayPlace,
): Promise<RelayedNetwork> {
  const router = await stations.add(site.newMac());
  await router.run("ip", "address", "add", `${address}/24`, "dev", "eth0");
  await router.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
  await addLan(router, `${network}.1/24`);
  await site.network.run("ip", "route", "replace", `${network}.0/24`, "via", address);

  const relay = ["dhcrelay", "-4", "-d", "--no-pid", "-a", "-id", relayPort, "-iu", "eth0", "10.77.0.1"];
  await router.start(relay, { logFile: join(site.folder, `relay-${router.namespace}.log`) });
  let ports = 0;
  return {
    router,
    add(mac) {
      ports += 1;
      const joins = { bridge: relayPort };
      return stations.add(mac, { namespace: router.namespace, port: `port${ports}`, joins });
    },
  };
}

/** Gives the router a network of its own, which hosts are plugged into. */
export async function addLan(router: Station, address: string): Promise<void> {
  await router.run("ip", "link", "add", relayPort, "type", "bridge", "forward_delay", "0", "stp_state", "0");
  await router.run("ip", "address", "add", address, "dev", relayPort);
  await router.run("ip", "link", "set", relayPort, "up");
}

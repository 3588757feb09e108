import type { Network } from "../../../domain/network/state.ts";
import { cidrContains, type Ipv4 } from "../../../domain/values/ipv4.ts";
import { type BootAnswerOptions, bootAnswers } from "../boot-answer.ts";
import { type ClientMachines, settingsFor } from "../settings.ts";
import type { ProxyOptions } from "./proxy.ts";

export interface ProxiedBootOptions extends Omit<BootAnswerOptions, "tftpServer"> {
  readonly machines: ClientMachines;
  /** Its subnets are asked for what the client boots, never for an address. */
  readonly network: () => Network;
}

/**
 * What a client boots whose address another server leases: the same as with a lease of ours. Its classes count where
 * its network is one of our subnets; without a subnet it gets the loader of its architecture.
 */
export function proxiedBoot({ machines, network, ...options }: ProxiedBootOptions): ProxyOptions["answer"] {
  const settings = settingsFor(machines, network);

  function subnetOf(address: Ipv4) {
    for (const subnet of network().subnets.values()) if (cidrContains(subnet.cidr, address)) return subnet;
    return undefined;
  }

  return ({ address: tftpServer }, { request, client, place }) => {
    const { linkSelection, subnetSelection, relay } = request;
    // As for a lease of ours: what the relay says of the network comes before where the message came in.
    const subnet = subnetOf(place.address ?? linkSelection ?? subnetSelection ?? relay ?? tftpServer);
    const bootFile = subnet && settings(request, subnet).bootFile?.value;
    return bootAnswers({ ...options, tftpServer })(client, place, bootFile);
  };
}

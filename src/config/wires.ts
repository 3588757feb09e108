import { z } from "zod";
import { Ipv4 } from "../domain/values/ipv4.ts";

/*
 * The part of the configuration that says where machines are. What `.meta()` holds, `config.ts` tells.
 */

const Port = z.int().min(1).max(65_535);
const InterfaceName = z
  .string()
  .regex(/^[^\s/:]{1,15}$/, "expected the name of a network interface such as eth1");

/** What a wire is served with, beside its ports, which all wires share. */
const wireKeys = {
  dhcp: z
    .enum(["serve", "proxy", "boot-server", "off"])
    .default("serve")
    .meta({
      description:
        "What is done there. `serve`: leases and boots. `proxy`: boots alone, beside another DHCP server. `boot-server`: only what clients " +
        "ask on port 4011, where the other DHCP server is on this host. `off`: TFTP and HTTP alone.",
    }),
  rogueProbeSeconds: z.int().min(0).max(86_400).default(0).meta({
    description:
      "How often the wire is asked for DHCP servers that are not ours and not in `trustedServers`. 0: never.",
    unit: "seconds",
  }),
  trustedServers: z.array(Ipv4).max(32).default([]).meta({
    description: "Other DHCP servers that belong on the wire: they are not reported.",
    form: "list of IPv4 addresses",
    range: "0 to 32 of them",
  }),
};

/** Whether somebody would hear of a probe's answers: a proxied wire has a server that is not ours. */
function isProbedWithUse({
  dhcp,
  rogueProbeSeconds,
  trustedServers,
}: z.infer<z.ZodObject<typeof wireKeys>>): boolean {
  if (rogueProbeSeconds === 0) return true;
  return dhcp === "serve" || (dhcp === "proxy" && trustedServers.length > 0);
}

const unprobed = {
  path: ["rogueProbeSeconds"],
  message:
    "needs `dhcp: serve`, or `dhcp: proxy` with the network's own DHCP server named in trustedServers: " +
    "otherwise the wire is not asked",
};

/** The first network that the service answers machines on, and the ports of all. */
export const Wire = z
  .strictObject({
    address: Ipv4.optional().meta({
      description:
        "The service's own address on the provisioning network; machines are told to come here. With `wire.interface` " +
        "it chooses one of the interface's addresses.",
      form: "IPv4 address",
      fallback: "the first address of `wire.interface`; one of the two is required",
    }),
    interface: InterfaceName.optional().meta({
      description:
        "The network interface of the wire. Its address is found, and followed when it changes; `ip address` shows them.",
      form: "name of an interface",
      fallback: "none: `wire.address` says where the wire is",
    }),
    ...wireKeys,
    dhcpPort: Port.default(67).meta({
      description: "Where DHCP is received; relays are answered on the same port.",
    }),
    dhcpClientPort: Port.default(68).meta({ description: "Where DHCP clients are answered." }),
    tftpPort: Port.default(69).meta({ description: "Where loaders are asked for by TFTP." }),
    httpPort: Port.default(8080).meta({
      description: "Where boot scripts, files and agent reports are served by HTTP.",
    }),
  })
  .refine((wire) => wire.address !== undefined || wire.interface !== undefined, {
    path: ["address"],
    message:
      "is missing. Set it in the file, as IRONLEDGER_WIRE_ADDRESS, or with --wire-address; or name the wire's " +
      "interface as wire.interface",
  })
  .refine(isProbedWithUse, unprobed);

/** A wire beside the first. */
export const FurtherWire = z
  .strictObject({ interface: InterfaceName, address: Ipv4.optional(), ...wireKeys })
  .refine(isProbedWithUse, unprobed);

/** Whether no interface is a wire twice. */
export function isEachOnce(wires: readonly { readonly interface?: string | undefined }[]): boolean {
  return new Set(wires.map((wire) => wire.interface)).size === wires.length;
}

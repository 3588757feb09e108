import type { LoaderByArchitecture } from "../../boot/dhcp/loader.ts";
import { decode } from "../../boot/dhcp/packet.ts";
import { type DhcpRequest, readRequest } from "../../boot/dhcp/request.ts";
import { type ClientLocation, locationOf, type SubnetTable } from "../../boot/dhcp/subnets.ts";
import type { ScriptFormat } from "../../domain/boot-environment/manifest.ts";
import { type Subnet, unknownMachinesOf } from "../../domain/network/subnet.ts";
import type {
  BootExplainer,
  BootExplanation,
  BootStep,
  DhcpAnswer,
} from "../../domain/ports/boot-explainer.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import { addressesOf } from "./candidates.ts";
import { discoverOf } from "./client.ts";
import { explainLease, explainProxied } from "./dhcp-steps.ts";
import { type LogSources, logAt } from "./past-log.ts";
import { type ServedWire, subnetSteps, subnetsOf, wireOf } from "./place.ts";
import { rehearseDhcp, rehearseProxy } from "./rehearse-dhcp.ts";
import { rehearseScript } from "./rehearse-script.ts";
import { explainScript } from "./script-steps.ts";
import { bootedLast, readThen, type Then } from "./then.ts";

export interface BootExplainerOptions extends LogSources {
  /** Those of the configuration, in its order, with their addresses as they are now. */
  readonly wires: () => readonly ServedWire[];
  /** Of the boot listener. */
  readonly httpPort: number;
  readonly loaders: LoaderByArchitecture;
}

/**
 * Explains by rehearsal: the packet path's own code answers a client as it is known, with what the log had at the
 * moment, and writes nothing. The reasons are told with the functions that it decides by.
 */
export function createBootExplainer(options: BootExplainerOptions): BootExplainer {
  return {
    async explain(question) {
      const then = await readThen(options, question);
      const { mac, until } = question;
      const { atMs, machineId = null } = then;
      const { steps, ...answers } = await answerOf(then, options);
      return { mac, machineId, until, atMs, ...answers, steps: [clientStep(then), ...steps] };
    },
    bootedLast: (macs, moment) => bootedLast(logAt(options, moment), macs),
  };
}

type Answered = Pick<BootExplanation, "dhcp" | "http" | "steps">;

async function answerOf(then: Then, options: BootExplainerOptions): Promise<Answered> {
  const subnets = subnetsOf(then.dhcpEvents);
  const { lastAddress } = then;
  const near = lastAddress && subnets.networkOf(lastAddress);
  const found = wireOf(
    then.client,
    options.wires(),
    ({ address }) => near !== undefined && subnets.networkOf(address) === near,
  );
  if (!found) {
    const because = "no wire of the configuration is up, or none is called so";
    return unanswered([{ step: "wire", outcome: "none", because }]);
  }
  const { wire } = found;
  const wireStep: BootStep = { step: "wire", outcome: wireWords(wire), because: found.because };
  if (wire.mode === "off") return unanswered([wireStep], wire);
  const request = requestOf(then);
  const location = locationOf(request, wire, subnets);
  const asked: Asked = { then, request, wire, location, subnets, before: [wireStep], options };
  return wire.mode === "serve" ? served(asked) : proxied(asked);
}

interface Asked {
  readonly then: Then;
  readonly request: DhcpRequest;
  readonly wire: ServedWire;
  readonly location: ClientLocation;
  readonly subnets: SubnetTable;
  /** What was told already. */
  readonly before: readonly BootStep[];
  readonly options: BootExplainerOptions;
}

/** On a wire where addresses are leased. */
async function served({ then, request, wire, location, subnets, before, options }: Asked): Promise<Answered> {
  const { network } = location;
  if (!network) return unanswered([...before, ...subnetSteps(location, wire, undefined)], wire);
  const names = network.subnets.map(({ name }) => name);
  const heard = await rehearseDhcp(then, {
    ...options,
    wire,
    ownAddresses: options.wires().map(({ address }) => address),
    others: addressesOf(options, then.question, names),
  });
  const offered = heard.reply && subnets.subnetOn(network, heard.reply.yiaddr);
  const subnet = offered ?? subnets.subnetOn(network, location.address) ?? network.subnets[0];
  const lease = explainLease({ then, request, subnet, heard, loaders: options.loaders });
  const { steps: leaseSteps, ...told } = lease;
  const outcome = heard.reply ? "offer" : "silence";
  const dhcp: DhcpAnswer = { ...told, outcome, wire: wire.name, subnet: subnet.name };
  const steps = [...before, ...subnetSteps(location, wire, subnet), ...leaseSteps];
  // Of a client of which nothing is known it is told what it would get if it booted.
  const isStuck = request.boot !== undefined && dhcp.bootFile === null;
  if (!heard.reply || isStuck) return { dhcp, http: null, steps };
  return withScript({ then, dhcp, steps }, { subnet, address: heard.reply.yiaddr });
}

/** On a wire where another server leases addresses: what to boot, and nothing else. */
async function proxied(asked: Asked): Promise<Answered> {
  const { then, request, wire, location, subnets, before, options } = asked;
  const { loaders } = options;
  const subnet = subnets.containing(location.address);
  const bootFile = rehearseProxy(then, request, { ...options, wire })?.file ?? null;
  const { classes, steps: told } = explainProxied({ then, request, subnet, loaders }, bootFile);
  const steps = [...before, ...subnetSteps(location, wire, subnet), ...told];
  const outcome = bootFile === null ? "silence" : "boot-only";
  const dhcp = {
    ...silence,
    outcome,
    wire: wire.name,
    subnet: subnet?.name ?? null,
    classes,
    bootFile,
  } as const;
  if (bootFile === null) return { dhcp, http: null, steps };
  return withScript({ then, dhcp, steps }, { subnet, address: wire.address });
}

/** What iPXE gets, which the firmware loaded. `subnet`: of its address; `undefined`: none of ours. */
async function withScript(
  { then, dhcp, steps }: { readonly then: Then } & Pick<Answered, "dhcp" | "steps">,
  { subnet, address }: { readonly subnet: Subnet | undefined; readonly address: Ipv4 },
): Promise<Answered> {
  const rehearsed = await rehearseScript(then, {
    unknownMachines: unknownMachinesOf(subnet),
    address,
    format: formatFor(dhcp.bootFile),
  });
  const script = explainScript(rehearsed, subnet);
  return { dhcp, http: script.answer, steps: [...steps, ...script.steps] };
}

/**
 * What runs the script. Nothing but the loader's name tells before it asks: the configuration says which file an
 * architecture gets, and not what it is. Shim loads GRUB, and Debian's installer is one.
 */
function formatFor(loader: string | null): ScriptFormat {
  return loader !== null && /(?:shim|grub|bootnet)[^/]*$/i.test(loader) ? "grub" : "ipxe";
}

function wireWords({ name, address, mode }: ServedWire): string {
  switch (mode) {
    case "serve":
      return `${name}, where this server is ${address} and leases addresses`;
    case "proxy":
      return `${name}, where another server leases addresses and this one, ${address}, tells what to boot`;
    case "boot-server":
      return `${name}, where another server leases addresses and this one, ${address}, is asked on port 4011`;
    case "off":
      return `${name}, where DHCP is off`;
  }
}

const silence: DhcpAnswer = {
  outcome: "silence",
  wire: null,
  subnet: null,
  address: null,
  addressFrom: null,
  leaseSeconds: null,
  classes: [],
  options: [],
  bootFile: null,
};

/** The client hears nothing. */
function unanswered(steps: readonly BootStep[], wire?: ServedWire): Answered {
  return { dhcp: { ...silence, wire: wire?.name ?? null }, http: null, steps };
}

function requestOf({ question, client }: Then): DhcpRequest {
  const packet = decode(discoverOf(question.mac, client));
  const request = packet && readRequest(packet);
  if (!request) throw new Error("the message of a rehearsal is none that DHCP reads");
  return request;
}

function clientStep({ client, question }: Then): BootStep {
  const { because, ...hints } = client;
  const known = Object.entries(hints).filter(([, value]) => value !== undefined);
  const words = known.map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return { step: "client", outcome: [question.mac, ...words].join(", "), because };
}

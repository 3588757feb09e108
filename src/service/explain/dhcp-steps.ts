import { chooseLoader, type LoaderByArchitecture } from "../../boot/dhcp/loader.ts";
import { bootFileName } from "../../boot/dhcp/options/boot.ts";
import { leaseTime } from "../../boot/dhcp/options/configuration.ts";
import { readOption } from "../../boot/dhcp/options/option.ts";
import type { DhcpRequest } from "../../boot/dhcp/request.ts";
import type { LeaseHolder } from "../../domain/address/binding.ts";
import { addressCodec, addressOf } from "../../domain/address/events.ts";
import { isReservedFor } from "../../domain/address/lease.ts";
import { type BoundAddress, boundAddress } from "../../domain/address/state.ts";
import type { ClientClass } from "../../domain/network/client-class.ts";
import {
  type ClientSettings,
  clientSettings,
  matchingClasses,
} from "../../domain/network/client-settings.ts";
import { showOption } from "../../domain/network/option-formats.ts";
import type { Subnet } from "../../domain/network/subnet.ts";
import type { BootStep, DhcpAnswer } from "../../domain/ports/boot-explainer.ts";
import { leaseIdentity } from "../../domain/values/client-id.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import { keysOf } from "../../domain/values/reservation-key.ts";
import type { Heard } from "./rehearse-dhcp.ts";
import type { Then } from "./then.ts";

/** What a client of a served subnet asked, and heard. */
export interface LeaseStory {
  readonly then: Then;
  readonly request: DhcpRequest;
  readonly subnet: Subnet;
  readonly heard: Heard;
  readonly loaders: LoaderByArchitecture;
}

type Told = Omit<DhcpAnswer, "outcome" | "wire" | "subnet"> & { readonly steps: readonly BootStep[] };

/** Why the client of a served subnet gets what it gets. */
export function explainLease(story: LeaseStory): Told {
  const { then, request, subnet, heard, loaders } = story;
  const { reply } = heard;
  const { classes, settings } = settingsOf(then, request, subnet);
  const address = addressOffered(story);
  const bootFile = (reply && readOption(reply.options, bootFileName)) ?? null;
  return {
    address: address.known ? address.offered : null,
    addressFrom: address.from,
    leaseSeconds: (reply && readOption(reply.options, leaseTime)) ?? null,
    classes: classes.map(({ name }) => name),
    options: reply ? settings.options : [],
    bootFile,
    steps: [
      ...classSteps(classes, then.targets.network().classes.size),
      fenceStep(then),
      clockStep(then),
      address.step,
      ...(reply ? settingSteps(settings) : []),
      bootFileStep({ request, loaders, fromClass: settings.bootFile }, bootFile),
    ],
  };
}

/** Why the client of another server's network is told to boot what it is. `subnet`: `undefined` when it is none of ours. */
export function explainProxied(
  {
    then,
    request,
    subnet,
    loaders,
  }: Omit<LeaseStory, "heard" | "subnet"> & { readonly subnet: Subnet | undefined },
  bootFile: string | null,
): Pick<Told, "classes" | "steps"> {
  const found = subnet && settingsOf(then, request, subnet);
  const { classes = [], settings } = found ?? {};
  return {
    classes: classes.map(({ name }) => name),
    steps: [
      ...(found ? classSteps(classes, then.targets.network().classes.size) : []),
      fenceStep(then),
      bootFileStep({ request, loaders, fromClass: settings?.bootFile }, bootFile),
    ],
  };
}

function settingsOf({ targets }: Then, request: DhcpRequest, subnet: Subnet) {
  const machine = targets.machineByMac(request.mac);
  const traits = { ...request.traits, labels: machine?.labels ?? {} };
  const classes = matchingClasses(targets.network().classes.values(), traits, subnet.name);
  const settings = clientSettings({ subnet, classes, machineOptions: machine?.dhcpOptions ?? [] });
  return { classes, settings };
}

function classSteps(classes: readonly ClientClass[], defined: number): readonly BootStep[] {
  if (defined === 0) return [{ step: "class", outcome: "none", because: "no client class is defined" }];
  if (classes.length === 0) {
    const because = `the client is of none of the ${defined} that are defined`;
    return [{ step: "class", outcome: "none", because }];
  }
  return classes.map(({ name, priority, match, leaseSeconds, options, bootFile }) => {
    const parts = Object.entries(match).filter(([, part]) => part !== null);
    const sets = [
      ...(leaseSeconds === null ? [] : ["the lease time"]),
      ...(options.length === 0 ? [] : [`${options.length} options`]),
      ...(bootFile === null ? [] : ["the boot file"]),
    ];
    return {
      step: "class",
      outcome: `${name}, priority ${priority}, sets ${sets.join(", ") || "nothing"}`,
      because: parts.map(([part, value]) => `${part} ${JSON.stringify(value)}`).join(" and "),
    };
  });
}

function fenceStep({ targets }: Then): BootStep {
  return targets.fence().fenced
    ? {
        step: "fence",
        outcome: "fenced: every boot is the disk, and an address that is new is probed first",
        because: "the log was restored, and no operator has started an effects epoch since",
      }
    : { step: "fence", outcome: "none", because: "no restore waits for an operator" };
}

function clockStep({ clockSuspect }: Then): BootStep {
  return clockSuspect
    ? {
        step: "clock",
        outcome: "in doubt: no lease of somebody else ends",
        because: "the wall clock was changed, and neither was it confirmed nor has the longest lease passed",
      }
    : { step: "clock", outcome: "trusted", because: "no change of it waits to be confirmed" };
}

interface AddressTold {
  readonly offered: Ipv4 | null;
  /** False: it is one of a range, and which one only the moment itself decides. */
  readonly known: boolean;
  readonly from: DhcpAnswer["addressFrom"];
  readonly step: BootStep;
}

/** Why this address, by what the log has of it. */
function addressOffered({ then, request, subnet, heard }: LeaseStory): AddressTold {
  const { reply } = heard;
  const step = "address";
  if (!reply) {
    return {
      offered: null,
      known: false,
      from: null,
      step: { step, outcome: "none", because: silenceReason(heard, subnet) },
    };
  }
  const offered = reply.yiaddr;
  const found = sourceOf(bindingsIn(then).get(offered), { then, request });
  if (found) {
    const { from, because } = found;
    return { offered, known: true, from, step: { step, outcome: offered, because } };
  }
  const ranges = subnet.ranges.map(({ first, last }) => `${first}-${last}`).join(", ");
  const because =
    `nothing is reserved for the client and it has no lease (picker: ${subnet.picker})` +
    (heard.knowsOthers ? "" : "; whether one is free, only a question about now in a small network tells");
  return {
    offered,
    known: false,
    from: "range",
    step: { step, outcome: `a free one of ${ranges}`, because },
  };
}

function silenceReason({ counters }: Heard, { name }: Subnet): string {
  if (counters.exhausted > 0)
    return `subnet ${name} has no free address for this client, and none is its own`;
  if (counters.probing > 0) return "its address is being probed, and nobody answers until that is done";
  return "the DHCP service does not answer such a message";
}

function bindingsIn({ dhcpEvents }: Then): ReadonlyMap<Ipv4, BoundAddress> {
  const addresses = dhcpEvents.filter(({ stream }) => stream.startsWith("address-"));
  return new Map(
    addresses.map((event) => [addressOf(event.stream), boundAddress(addressCodec.read(event).data)]),
  );
}

function sourceOf(
  binding: BoundAddress | undefined,
  { then, request }: Pick<LeaseStory, "then" | "request">,
): { readonly from: NonNullable<DhcpAnswer["addressFrom"]>; readonly because: string } | undefined {
  if (!binding) return undefined;
  if (isReservedFor(binding, keysOf(request.traits))) {
    return { from: "reservation", because: `it is reserved for ${binding.reservedFor}` };
  }
  const { holder, status } = binding;
  if (!holder || !isSameClient(holder, request)) return undefined;
  if (status === "leased" && then.atMs < binding.untilMs) {
    const until = new Date(binding.untilMs).toISOString();
    return { from: "lease", because: `the client holds its lease until ${until}` };
  }
  return { from: "earlier-lease", because: "the client had it last, and nobody else has it" };
}

/** Among the addresses that are looked at are those that were set aside for the client and that others had. */
function isSameClient({ mac, clientId }: LeaseHolder, { traits }: DhcpRequest): boolean {
  return mac === traits.mac || leaseIdentity(mac, clientId) === leaseIdentity(traits.mac, traits.clientId);
}

function settingSteps({ leaseSeconds, options }: ClientSettings): readonly BootStep[] {
  return [
    { step: "lease-time", outcome: `${leaseSeconds.value} s`, because: `${leaseSeconds.from} says so` },
    ...options.map(({ setting, from }) => {
      const { name, text } = showOption(setting);
      const outcome = `option ${setting.code} ${name} = ${text}`;
      return { step: "options", outcome, because: `${from} sets it` } as const;
    }),
  ];
}

interface LoaderStory extends Pick<LeaseStory, "request" | "loaders"> {
  /** What a class of the client sets. */
  readonly fromClass: ClientSettings["bootFile"];
}

/** `file`: what the client is told; `null`: nothing. */
function bootFileStep({ request, loaders, fromClass }: LoaderStory, file: string | null): BootStep {
  const step = "boot-file";
  const { boot } = request;
  if (!boot) {
    const because = "nothing is known of what its firmware boots: name its architecture";
    return { step, outcome: "none", because };
  }
  const { loader, passedOver } = chooseLoader(boot, loaders, fromClass?.value);
  const architectures = boot.architectures.join(", ") || "an architecture that has no name here";
  if (file === null) {
    const because = loader === undefined ? `there is no loader for ${architectures}` : "it gets no answer";
    return { step, outcome: "none", because };
  }
  if (fromClass && passedOver === undefined)
    return { step, outcome: file, because: `${fromClass.from} sets it` };
  const because = `it is the loader of ${architectures}`;
  return { step, outcome: file, because: passedOver === undefined ? because : `${because}: ${passedOver}` };
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBootTracker } from "../../../src/boot/boot-tracker.ts";
import { shippedLoaders } from "../../../src/boot/dhcp/loader.ts";
import { bootFileName, clientArchitecture, vendorClass } from "../../../src/boot/dhcp/options/boot.ts";
import { leaseTime } from "../../../src/boot/dhcp/options/configuration.ts";
import { messageType } from "../../../src/boot/dhcp/options/message-type.ts";
import { optionEntry, readOption } from "../../../src/boot/dhcp/options/option.ts";
import type { DhcpPacket } from "../../../src/boot/dhcp/packet.ts";
import { createDhcpService } from "../../../src/boot/dhcp/service.ts";
import { machineLookup } from "../../../src/boot/http/machine-lookup.ts";
import { scriptService } from "../../../src/boot/http/script.ts";
import { sourceFor } from "../../../src/boot/http/script-maker.ts";
import { servedRuns } from "../../../src/boot/http/served-runs.ts";
import { createObserver } from "../../../src/boot/observer.ts";
import type { PublishedEnvironment } from "../../../src/boot/templates/published-environment.ts";
import type { MachineEvent } from "../../../src/domain/machine/events.ts";
import type { NetworkEvent } from "../../../src/domain/network/events.ts";
import { cidrContains, type Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { newId } from "../../../src/ids.ts";
import { createBootTargets } from "../../../src/projections/boot-targets.ts";
import { plainPacket } from "../../boot/dhcp/plain-packet.ts";
import { allEvents } from "../../support/history.ts";
import { histories } from "../../support/machine-history.ts";
import { handlersOn } from "../../support/recording.ts";
import { digest, mac, otherMac, run, samples } from "../../support/samples.ts";
import { askedAtMs, binding, lab, labWire, reserved, serverAddress, storyLog, world } from "./world.ts";

type StoryLog = Awaited<ReturnType<typeof storyLog>>;

/** What a client may be: its architecture, and what it calls itself. */
const clients = {
  "x86-bios": "PXEClient:Arch:00000:UNDI:002001",
  "x64-uefi": "PXEClient:Arch:00007:UNDI:003001",
  "x64-uefi-http": "HTTPClient:Arch:00016:UNDI:003001",
  "arm64-uefi": "PXEClient:Arch:00011:UNDI:003001",
} as const;

const histories3: readonly MachineEvent[] = [
  ...histories.allocated,
  { type: "BootIntentServed", data: { run, serving: 3 } },
];

/** What may have become of a machine; `undefined`: nobody knows it. */
const machineStories: Readonly<Record<string, readonly MachineEvent[] | undefined>> = {
  unknown: undefined,
  ...histories,
  served: histories3,
  locked: [...histories.allocated, samples.MachineLocked],
  rediscovered: [...histories.ready, samples.DiscoveryIntentSet],
  optioned: [...histories.ready, samples.DhcpOptionsChanged],
};

const story = fc.record({
  client: fc.constantFrom(...(Object.keys(clients) as (keyof typeof clients)[])),
  machine: fc.constantFrom(...Object.keys(machineStories)),
  unknownMachines: fc.constantFrom("discover" as const, "local-disk" as const),
  ranges: fc.constantFrom(lab.ranges, []),
  address: fc.constantFrom("none", "reserved", "leased", "released", "lapsed", "taken"),
  picker: fc.constantFrom("hint" as const, "next-free" as const, "least-recently-used" as const),
  shared: fc.boolean(),
  classed: fc.boolean(),
  fence: fc.constantFrom("never", "fenced", "lifted"),
  isPast: fc.boolean(),
});
type Story = typeof story extends fc.Arbitrary<infer Told> ? Told : never;

const free = { ...binding, status: "free", leaseSeconds: null, untilMs: null } as const;

/** Makes the story happen. */
async function tell({ happened }: StoryLog, told: Story): Promise<void> {
  const { client, unknownMachines, ranges, picker, shared } = told;
  const sharedNetwork = shared ? ("hall" as typeof lab.sharedNetwork) : null;
  const subnet = { ...lab, unknownMachines, ranges, picker, sharedNetwork };
  await happened.network({ type: "SubnetDefined", data: { subnet } });
  if (shared) {
    const other = { ...lab, name: "other", cidr: "10.88.0.0/24", sharedNetwork } as unknown as typeof lab;
    const range = [{ first: "10.88.0.10", last: "10.88.0.12" }] as unknown as typeof lab.ranges;
    await happened.network({ type: "SubnetDefined", data: { subnet: { ...other, ranges: range } } });
  }
  if (told.classed) await happened.network(classOfVirtualMachines);
  await addressStory(happened, told.address);
  await happened.boot({
    type: "PxeRequested",
    data: {
      ...samples.PxeRequested.data,
      architecture: client,
      vendorClass: clients[client],
      firmwareUuid: null,
    },
  });
  const history = machineStories[told.machine];
  if (history) {
    await happened.claim(samples.Claimed);
    await happened.machine(...history);
  }
  if (told.fence !== "never") await happened.system(samples.RestoreDetected);
  if (told.fence === "lifted") await happened.system(samples.EffectsEpochStarted);
}

const { class: phones } = samples.ClientClassDefined.data;
const anywhere = { ...phones.match, vendorClassPrefixes: null, subnets: null };
const classOfVirtualMachines: NetworkEvent = {
  type: "ClientClassDefined",
  data: { class: { ...phones, match: { ...anywhere, macPrefixes: ["52:54:00"] }, bootFile: "special.efi" } },
};

async function addressStory(happened: StoryLog["happened"], kind: string): Promise<void> {
  const granted = { type: "LeaseGranted", data: binding } as const;
  if (kind === "reserved") await happened.address("10.77.0.50", reserved);
  if (kind === "leased" || kind === "released" || kind === "taken")
    await happened.address("10.77.0.12", granted);
  if (kind === "lapsed") {
    const data = { ...binding, untilMs: askedAtMs - 120_000 };
    await happened.address("10.77.0.12", { type: "LeaseGranted", data });
  }
  if (kind === "released") await happened.address("10.77.0.12", { type: "LeaseReleased", data: free });
  if (kind === "taken") {
    const data = { ...binding, holder: { ...binding.holder, mac: otherMac } };
    await happened.address("10.77.0.12", { type: "LeaseGranted", data });
  }
}

/** What the packet path itself answers, as a client of the story hears it. */
async function realAnswer({ store }: StoryLog, told: Story) {
  const clock = () => new Date(askedAtMs);
  const targets = createBootTargets();
  const service = createDhcpService({
    ownAddresses: () => [serverAddress],
    store,
    clock,
    newId,
    machines: targets,
    tracker: createBootTracker({ targets, newId }),
    observer: createObserver({
      store: { ...store, append: async () => ({ outcome: "conflict", actualRevision: 0 }) },
      targets,
      clock,
      newId,
    }),
    loaders: shippedLoaders,
    fenced: () => targets.fence().fenced,
    clockSuspect: () => false,
    probe: async () => "free",
    scriptUrl: ({ server }) => `http://${server}:8080/boot/<nonce>/script.ipxe`,
    loaderUrl: ({ server }, loader) => `http://${server}:8080/boot/<nonce>/loaders/${loader}`,
  });
  for (const event of await allEvents(store)) {
    targets.apply(event);
    service.apply(event);
  }
  const asking = discover(told.client);
  const heard = (await service.respond(asking, labWire)) ?? (await service.respond(asking, labWire));
  return { targets, reply: heard?.packet };
}

function discover(architecture: keyof typeof clients): DhcpPacket {
  const options = new Map([
    optionEntry(messageType, "discover"),
    optionEntry(vendorClass, clients[architecture]),
    optionEntry(clientArchitecture, [architecture]),
  ]);
  return plainPacket({ mac, options });
}

/** What the script service serves then, and to what end. */
async function realScript({ store }: StoryLog, targets: ReturnType<typeof createBootTargets>, address: Ipv4) {
  const handlers = handlersOn(store);
  const prepared = (name: string): PublishedEnvironment | undefined => {
    const found = targets.environment(name as never);
    return found && { version: found, manifest: found.manifest, templates: {} };
  };
  const scripts = scriptService({
    nonces: {
      issue: () => "nonce",
      issueUnbound: () => "nonce",
      read: () => ({ outcome: "valid", ticket: { mac, bootId: newId() } }),
    } as never,
    tokens: { forRun: () => "token", forDiscovery: () => "token" } as never,
    catalogue: {
      forPurpose: async (purpose: string) => prepared(purpose === "discover" ? "discovery" : purpose),
      pinned: async ({ name }: { readonly name: string }) => prepared(name),
    } as never,
    maker: {
      make: async (environment, { format, machine, run: of }) => ({
        environment: environment.version,
        machineId: machine?.id,
        run: of,
        text: `${environment.version.name} ${sourceFor(environment, format).script} ${of ?? ""}`,
        digests: { inputs: digest(1), script: digest(2) },
        keep: async () => undefined,
      }),
    },
    machines: machineLookup(store, () => targets.fence().epochPosition),
    handlers,
    servedRuns: servedRuns(store),
    findBoot: async () => ({ architecture: null, correlationId: newId(), suppressed: false }),
    observer: { observe: () => undefined },
    isFenced: () => targets.fence().fenced,
    unknownMachinesAt: (at) =>
      targets.subnets().find(({ cidr }) => cidrContains(cidr, at))?.unknownMachines ?? "local-disk",
    newId,
    onError: (message, error) => {
      throw new Error(message, { cause: error });
    },
  });
  const answer = await scripts.byNonce("nonce", address);
  return answer.outcome === "script" ? answer.text.trim() : answer.outcome;
}

/** What is said of the story. What happened afterwards must not matter to somebody who asks about the past. */
async function explanationOf(told: Story) {
  const lived = await world();
  await tell(lived, told);
  const until = await lived.head();
  if (told.isPast) {
    await lived.happened.system(samples.RestoreDetected);
    await lived.happened.network({ type: "SubnetRetired", data: { name: lab.name } });
  }
  return lived.explain({ until, isNow: !told.isPast });
}

type Explained = Awaited<ReturnType<typeof explanationOf>>;

function expectSameLease({ dhcp }: Explained, reply: DhcpPacket): void {
  expect(dhcp.leaseSeconds).toBe(readOption(reply.options, leaseTime));
  expect(dhcp.bootFile).toBe(readOption(reply.options, bootFileName) ?? null);
  const isOfRange = ["range", expect.stringMatching(/\.1\d$/)];
  if (dhcp.address === null) expect([dhcp.addressFrom, reply.yiaddr]).toEqual(isOfRange);
  else expect(dhcp.address).toBe(reply.yiaddr);
  for (const { setting } of dhcp.options) {
    expect(Buffer.from(reply.options.get(setting.code) ?? []).toString("hex")).toBe(setting.value);
  }
}

/** In the words of `realScript`. */
function scriptSaid({ http }: Explained): string {
  const run = http?.action === "deploy" ? http.run : "";
  return `${http?.environment?.name} ${http?.template} ${run}`.trim();
}

describe("an explanation", () => {
  test("says what the packet path does, whatever the story is", async () => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const explained = await explanationOf(told);
        const log = await storyLog();
        await tell(log, told);
        const { targets, reply } = await realAnswer(log, told);
        expect(explained.dhcp.outcome).toBe(reply ? "offer" : "silence");
        if (!reply) return;
        expectSameLease(explained, reply);
        // Firmware that is told nothing to boot never asks for a script.
        if (explained.dhcp.bootFile === null) expect(explained.http).toBeNull();
        else expect(scriptSaid(explained)).toBe(await realScript(log, targets, reply.yiaddr));
      }),
      { numRuns: 40 },
    );
  });
});

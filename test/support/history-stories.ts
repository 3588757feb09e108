import type { MachineEvent } from "../../src/domain/machine/events.ts";
import { Ipv4 } from "../../src/domain/values/ipv4.ts";
import { MacAddress } from "../../src/domain/values/mac-address.ts";
import { MachineId } from "../../src/domain/values/machine-id.ts";
import { RunId } from "../../src/domain/values/run-id.ts";
import type { Dice, Step, Story } from "./history.ts";
import { digest, inventory, plan, samples, subnet } from "./samples.ts";

/** A machine as its story knows it. */
interface Character {
  readonly chance: Dice;
  readonly mac: MacAddress;
  readonly secondMac: MacAddress;
  readonly address: Ipv4;
  id: MachineId;
}

/** Subnets come and change; now and then the service says something about itself, or a newer release did. */
export function* networkStory(chance: Dice): Story {
  yield { stream: "network", events: [{ type: "SubnetDefined", data: { subnet } }] };
  for (let change = 0; change < 4; change++) {
    const changed = { ...subnet, leaseSeconds: 600 + 60 * chance.roll(100) };
    yield { stream: "network", events: [{ type: "SubnetChanged", data: { subnet: changed } }] };
    yield { stream: "system", events: [samples.ServiceStarted, samples.ClockStepped] };
    yield { stream: "network", events: [{ type: "VlanDefined", data: { vlan: change } }] };
  }
  yield { stream: "checkpoint-0123456789abcdef.000100000000", events: [samples.CheckpointSigned] };
  const { ClientClassDefined, ClientClassChanged, ClientClassRetired } = samples;
  yield { stream: "network", events: [ClientClassDefined, ClientClassChanged] };
  if (chance.roll(2) === 0) {
    yield { stream: "network", events: [ClientClassRetired, samples.SubnetRetired] };
  }
}

/** An environment gets a few versions. */
export function* bootEnvironmentStory(chance: Dice): Story {
  for (let version = 1; version <= 3; version++) {
    const { data } = samples.BootEnvironmentPublished;
    const published = { ...data, version, digest: digest(chance.roll(1_000)) };
    yield {
      stream: "bootenv-image-deploy",
      events: [{ type: "BootEnvironmentPublished", data: published }],
    };
  }
}

/** Many machines are asked at once, a few times; not each of these ends. */
export function* bulkStory(chance: Dice): Story {
  for (let change = 0; change < 4; change++) {
    const stream = `bulk-${chance.id()}`;
    yield { stream, events: [samples.BulkRequested] };
    if (change % 2 === 1) yield { stream, events: [samples.BulkCompleted] };
  }
}

/** A machine from its first boot to its retirement, and again as another machine. */
export function* machineStory(chance: Dice, number: number): Story {
  const octets = `${(number >> 8) & 255}`.padStart(2, "0");
  const character = {
    chance,
    mac: MacAddress.parse(`52:54:00:00:${octets.slice(-2)}:${(number & 255).toString(16).padStart(2, "0")}`),
    secondMac: MacAddress.parse(
      `52:54:01:00:${octets.slice(-2)}:${(number & 255).toString(16).padStart(2, "0")}`,
    ),
    address: Ipv4.parse(`10.77.${number >> 8}.${number & 255}`),
    id: MachineId.parse(chance.id()),
  };
  for (let life = 0; life < 1 + chance.roll(2); life++) {
    character.id = MachineId.parse(chance.id());
    yield* discovery(character, number);
    for (let run = chance.roll(3); run >= 0; run--) yield* deployment(character);
    if (number % 2 === 0) yield* rediscovery(character);
    if (chance.roll(2) === 0) yield* retirement(character);
    else return;
  }
}

function* discovery(character: Character, number: number): Story {
  const { chance, mac, secondMac, id } = character;
  // Now and then an operator announces the machine before it boots.
  if (number % 3 === 0) {
    yield { stream: `mac-${mac}`, events: [{ type: "Claimed", data: { machineId: id } }] };
    yield ofMachine(id, {}, { type: "MachineRegistered", data: { macs: [mac] } }, samples.LabelsChanged);
  }
  const boot = chance.id();
  yield* booting(character, { boot, cause: boot, correlation: boot });
  const meta = caused(boot, boot, `client:${mac}`);
  if (number % 3 !== 0)
    yield { stream: `mac-${mac}`, events: [{ type: "Claimed", data: { machineId: id } }], meta };
  yield ofMachine(id, meta, { type: "MachineDiscovered", data: { mac, architecture: "x64-uefi" } });
  yield { stream: `mac-${secondMac}`, events: [{ type: "Claimed", data: { machineId: id } }], meta };
  yield ofMachine(
    id,
    meta,
    {
      type: "InventoryReported",
      data: { inventory: { ...inventory, memoryBytes: 2 ** 30 * (1 + chance.roll(8)) } },
    },
    { type: "InterfaceAdded", data: { mac: secondMac } },
  );
  yield ofMachine(id, {}, { type: "MachineApproved", data: {} });
  if (chance.roll(2) === 0)
    yield { stream: `machine-${id}`, events: [{ type: "MachineRenamed", data: { name: `node-${number}` } }] };
  if (chance.roll(3) === 0) yield ofMachine(id, {}, samples.MachineLocked, samples.MachineUnlocked);
  if (number % 4 === 1) yield ofMachine(id, {}, samples.DhcpOptionsChanged);
  if (chance.roll(4) === 0)
    yield { stream: `machine-${id}`, events: [{ type: "MachineTeleported", data: { to: "row-9" } }] };
}

function* deployment(character: Character): Story {
  const { chance, id } = character;
  const run = RunId.parse(chance.id());
  const intent = chance.id();
  const asked = caused(chance.id(), run, "user:ada");
  const ownPlan = { ...plan, run };
  yield {
    stream: `machine-${id}`,
    events: [
      { type: "MachineAllocated", data: { run } },
      { type: "BootIntentSet", data: { plan: ownPlan }, id: intent },
    ],
    meta: asked,
  };
  for (let serving = 1; serving <= 1 + chance.roll(2); serving++) {
    const boot = chance.id();
    yield* booting(character, { boot, cause: intent, correlation: run });
    yield ofMachine(id, caused(boot, run, "system"), { type: "BootIntentServed", data: { run, serving } });
  }
  const meta = caused(chance.id(), run, `machine:${id}`);
  yield ofMachine(
    id,
    meta,
    { type: "BootIntentConsumed", data: { run, agentBootId: chance.id() } },
    { type: "DeploymentStarted", data: { run } },
  );
  yield ofMachine(id, meta, { type: "DeploymentStageReached", data: { run, stage: "writing", bytes: null } });
  const end = chance.id();
  const ended: MachineEvent =
    chance.roll(3) === 0
      ? { type: "DeploymentFailed", data: { ...samples.DeploymentFailed.data, run } }
      : { type: "DeploymentCompleted", data: { ...samples.DeploymentCompleted.data, run } };
  yield { stream: `machine-${id}`, events: [{ ...ended, id: end }], meta };
  const boot = chance.id();
  yield* booting(character, { boot, cause: end, correlation: boot });
  yield ofMachine(id, {}, { type: "MachineApproved", data: {} });
}

/** An operator wants the inventory taken again; then he gives the machine free. */
function* rediscovery(character: Character): Story {
  const { chance, id } = character;
  const run = RunId.parse(chance.id());
  const intent = chance.id();
  const { environment } = samples.DiscoveryIntentSet.data;
  yield ofMachine(id, {}, samples.ParamsChanged);
  yield {
    stream: `machine-${id}`,
    events: [{ type: "DiscoveryIntentSet", data: { run, environment }, id: intent }],
    meta: caused(chance.id(), run, "user:ada"),
  };
  const boot = chance.id();
  yield* booting(character, { boot, cause: intent, correlation: run });
  const served: MachineEvent = { type: "DiscoveryIntentServed", data: { run, serving: 1 } };
  yield ofMachine(id, caused(boot, run, "system"), served);
  const consumed: MachineEvent = { type: "DiscoveryIntentConsumed", data: { run } };
  yield ofMachine(id, caused(boot, run, `machine:${id}`), consumed);
  yield ofMachine(id, {}, { type: "LabelsChanged", data: { set: { life: "second" }, removed: ["rack"] } });
}

function* retirement({ id, mac, secondMac }: Character): Story {
  yield ofMachine(id, {}, { type: "MachineRetired", data: {} });
  for (const released of [mac, secondMac]) {
    yield { stream: `mac-${released}`, events: [{ type: "Released", data: { machineId: id } }] };
  }
}

interface BootOf {
  readonly boot: string;
  readonly cause: string;
  readonly correlation: string;
}

function* booting(character: Character, { boot, cause, correlation }: BootOf): Story {
  const { chance, mac, address } = character;
  const stream = `boot-${mac}`;
  const client = `client:${mac}`;
  const within = caused(boot, correlation, client);
  const binding = { ...samples.LeaseGranted.data, holder: { mac, clientId: null, hostname: null } };
  yield { stream, events: [{ ...samples.PxeRequested, id: boot }], meta: caused(cause, correlation, client) };
  yield { stream: `address-${address}`, events: [{ type: "LeaseGranted", data: binding }], meta: within };
  yield { stream, events: [samples.BootFileServed], meta: within };
  yield {
    stream,
    events: [{ type: "PxeRequested", data: { ...samples.PxeRequested.data, client: "ipxe" } }],
    meta: within,
  };
  yield { stream, events: [samples.BootScriptServed], meta: within };
  if (chance.roll(3) > 0) return;
  const [type, status] = chance.roll(2) === 0 ? ["LeaseReleased", "free"] : ["AddressDeclined", "declined"];
  yield { stream: `address-${address}`, events: [{ type, data: { ...binding, status, reservedFor: mac } }] };
}

function ofMachine(id: MachineId, meta: Step["meta"], ...events: readonly MachineEvent[]): Step {
  return { stream: `machine-${id}`, events, meta: meta ?? {} };
}

function caused($causationId: string, $correlationId: string, actor: string) {
  return { $causationId, $correlationId, actor };
}

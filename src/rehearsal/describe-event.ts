import { type AddressEvent, addressCodec } from "../domain/address/events.ts";
import { type BootEvent, bootCodec } from "../domain/boot/events.ts";
import { type MachineEvent, machineCodec } from "../domain/machine/events.ts";
import { type NetworkEvent, networkCodec } from "../domain/network/events.ts";
import { showOption } from "../domain/network/option-formats.ts";
import type { FeedEvent } from "./event-feed.ts";

/** What an event amounts to, for somebody who watches. */
export interface Description {
  /** A word or three. */
  readonly step: string;
  readonly detail: string;
  readonly tone: "plain" | "good" | "bad";
}

/** `undefined` for events that say nothing new to somebody who watches machines boot. */
export function describeEvent(event: FeedEvent): Description | undefined {
  if (machineCodec.knows(event.type)) return ofMachine(machineCodec.read(event));
  if (bootCodec.knows(event.type)) return ofBoot(bootCodec.read(event));
  if (addressCodec.knows(event.type)) return ofAddress(addressCodec.read(event), event.stream);
  if (networkCodec.knows(event.type)) return ofNetwork(networkCodec.read(event));
  return undefined;
}

function ofMachine(event: MachineEvent): Description | undefined {
  switch (event.type) {
    case "MachineRegistered":
      return plain("registered", event.data.macs.join(", "));
    case "MachineDiscovered":
      return plain("discovered", event.data.architecture ?? "");
    case "InventoryReported": {
      const { firmware, cpu, memoryBytes, disks } = event.data.inventory;
      const memory = `${Math.round(memoryBytes / 1024 ** 3)} GiB`;
      return plain("inventory", `${firmware}, ${cpu.count} CPUs, ${memory}, ${disks.length} disk(s)`);
    }
    case "MachineApproved":
      return plain("approved", "by the operator");
    case "MachineRenamed":
      return plain("named", event.data.name);
    case "LabelsChanged":
      return plain("labels changed", keysOf(event.data));
    case "ParamsChanged":
      return plain("params changed", keysOf(event.data));
    case "DhcpOptionsChanged":
      return plain(
        "DHCP options changed",
        event.data.options.map((option) => showOption(option).name).join(", "),
      );
    case "DiscoveryIntentSet":
      return plain("discovery asked", event.data.environment.name);
    case "DiscoveryIntentServed":
      return plain("discovery script", `serving ${event.data.serving} of 3 at most`);
    case "DiscoveryIntentExpired":
      return bad("discovery expired", event.data.reason);
    case "MachineReleased":
      return plain("released", "its disks still hold what was on them");
    case "BootIntentSet":
      return plain("deployment asked", `${event.data.plan.environment.name}, ${event.data.plan.image.file}`);
    case "BootIntentServed":
      return plain("install script", `serving ${event.data.serving} of 3 at most`);
    case "DeploymentStarted":
      return plain("deployment begins", "the agent said hello; the next boot is the disk");
    case "DeploymentStageReached":
      return plain(event.data.stage, event.data.bytes === null ? "" : bytesText(event.data.bytes));
    case "DeploymentCompleted":
      return good(
        "deployed",
        `sha256 ${event.data.sha256.slice(0, 16)}… reads back from ${event.data.disk.name}`,
      );
    case "DeploymentFailed":
      return bad("deployment failed", `${event.data.code}: ${event.data.message}`);
    case "BootIntentExpired":
      return bad("intent expired", event.data.reason);
    case "MachineQuarantined":
      return bad("quarantined", event.data.message);
    case "MachineRetired":
      return plain("retired", "");
    case "MachineLocked":
      return plain("locked", "");
    case "MachineUnlocked":
      return plain("unlocked", "");
    case "InterfaceAdded":
    case "MachineAllocated":
    case "BootIntentConsumed":
    case "DiscoveryIntentConsumed":
      return undefined;
  }
}

function keysOf({ set, removed }: { readonly set: object; readonly removed: readonly string[] }): string {
  return [...Object.keys(set), ...removed.map((key) => `-${key}`)].join(", ");
}

function ofBoot(event: BootEvent): Description {
  switch (event.type) {
    case "PxeRequested":
      return plain(
        "network boot",
        event.data.client === "ipxe" ? "iPXE" : `firmware, ${event.data.architecture}`,
      );
    case "BootScriptServed":
      return plain("script", `${event.data.environment} v${event.data.version}`);
    case "BootFileServed":
      return plain("file", `${event.data.file}, ${bytesText(event.data.bytes)} over ${event.data.protocol}`);
    case "BootRefused":
      return bad("refused", `${event.data.code}: ${event.data.message}`);
  }
}

function ofAddress(event: AddressEvent, stream: string): Description {
  const address = stream.replace(/^address-/, "");
  switch (event.type) {
    case "LeaseGranted":
      return plain("lease", `${address} for ${event.data.leaseSeconds} s`);
    case "LeaseRenewed":
      return plain("lease renewed", address);
    case "LeaseReleased":
      return plain("lease released", address);
    case "LeaseExpired":
      return plain("lease expired", address);
    case "AddressDeclined":
      return bad("address declined", address);
    case "AddressReserved":
      return plain("address reserved", address);
    case "ReservationRemoved":
      return plain("address unreserved", address);
  }
}

function ofNetwork(event: NetworkEvent): Description {
  switch (event.type) {
    case "SubnetDefined":
      return plain("subnet", `${event.data.subnet.name} ${event.data.subnet.cidr}`);
    case "SubnetChanged":
      return plain("subnet changed", event.data.subnet.name);
    case "SubnetRetired":
      return plain("subnet retired", event.data.name);
    case "ClientClassDefined":
      return plain("client class", event.data.class.name);
    case "ClientClassChanged":
      return plain("client class changed", event.data.class.name);
    case "ClientClassRetired":
      return plain("client class retired", event.data.name);
    case "RogueServerSeen":
      return bad("foreign DHCP server", `${event.data.server} on ${event.data.wire}`);
    case "PxeRequestsSuppressed":
      return bad("requests suppressed", `${event.data.count}`);
  }
}

function plain(step: string, detail: string): Description {
  return { step, detail, tone: "plain" };
}

function good(step: string, detail: string): Description {
  return { step, detail, tone: "good" };
}

function bad(step: string, detail: string): Description {
  return { step, detail, tone: "bad" };
}

function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kibibytes = bytes / 1024;
  return kibibytes < 1024 ? `${kibibytes.toFixed(0)} KiB` : `${(kibibytes / 1024).toFixed(1)} MiB`;
}

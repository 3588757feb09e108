import { createCommands } from "../../../../src/adapters/graphql/commands.ts";
import { bootEnvironmentKind } from "../../../../src/domain/boot-environment/decide.ts";
import { bootEnvironmentStream } from "../../../../src/domain/boot-environment/events.ts";
import type { EnvironmentPurpose } from "../../../../src/domain/boot-environment/manifest.ts";
import { commandHandler } from "../../../../src/domain/handle-command.ts";
import { discoverMachine } from "../../../../src/domain/machine/discover.ts";
import type { Inventory } from "../../../../src/domain/machine/inventory.ts";
import type { EventMeta, EventStore } from "../../../../src/domain/ports/event-store.ts";
import { MacAddress } from "../../../../src/domain/values/mac-address.ts";
import { MachineId, machineStream } from "../../../../src/domain/values/machine-id.ts";
import { EnvironmentName } from "../../../../src/domain/values/slug.ts";
import { newId } from "../../../../src/ids.ts";
import { environment, inventory } from "../../../support/samples.ts";

/** The MAC address of the `number`th machine of a test. */
export function macOf(number: number): MacAddress {
  return MacAddress.parse(`52:54:00:00:00:${number.toString(16).padStart(2, "0")}`);
}

/** Lets a machine be discovered, as its first boot does. */
export async function discover(store: EventStore, number = 1): Promise<MachineId> {
  const mac = macOf(number);
  const discovery = { newMachineId: MachineId.parse(newId()), mac, architecture: "x64-uefi" } as const;
  const result = await discoverMachine(createCommands(store, newId), discovery, agentMeta(mac));
  if (result.outcome === "rejected") throw new Error(result.rejection.message);
  return result.machineId;
}

/** Lets a machine be discovered and report what it is made of. */
export async function inspect(
  store: EventStore,
  number = 1,
  disks: Inventory["disks"] = inventory.disks,
): Promise<MachineId> {
  const id = await discover(store, number);
  const mac = macOf(number);
  const found = { ...inventory, disks, interfaces: [{ name: "eth0", mac, driver: "virtio_net" }] };
  await command(store, id, { type: "ReportInventory", inventory: found });
  return id;
}

/** Sends what an agent would cause. @throws Error when it is refused */
export async function command(
  store: EventStore,
  id: MachineId,
  sent: Parameters<ReturnType<typeof createCommands>["handleMachine"]>[1],
): Promise<void> {
  const { handleMachine } = createCommands(store, newId);
  const result = await handleMachine(machineStream(id), sent, { meta: agentMeta(macOf(1)) });
  if (result.outcome === "rejected") throw new Error(result.rejection.message);
}

/** Publishes a boot environment. */
export async function publish(
  store: EventStore,
  name: string = environment.name,
  purpose: EnvironmentPurpose = "deploy",
): Promise<void> {
  const handle = commandHandler(bootEnvironmentKind, { store, newId });
  const manifest = {
    description: "for tests",
    purpose,
    script: "boot.ipxe.liquid",
    grub: null,
    templates: {},
    files: {},
  };
  const published = { type: "PublishBootEnvironment", digest: environment.digest, manifest } as const;
  await handle(bootEnvironmentStream(EnvironmentName.parse(name)), published, { meta: agentMeta(macOf(1)) });
}

function agentMeta(mac: MacAddress): EventMeta {
  const id = newId();
  return { actor: `client:${mac}`, source: "agent", $correlationId: id, $causationId: id };
}

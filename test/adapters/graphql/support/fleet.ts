import { createCommands } from "../../../../src/adapters/graphql/commands.ts";
import type { AddressCommand } from "../../../../src/domain/address/commands.ts";
import { addressStream } from "../../../../src/domain/address/events.ts";
import { approveMachine } from "../../../../src/domain/machine/approve.ts";
import { networkStream } from "../../../../src/domain/network/events.ts";
import { Ipv4 } from "../../../../src/domain/values/ipv4.ts";
import { type MachineId, machineStream } from "../../../../src/domain/values/machine-id.ts";
import { RunId } from "../../../../src/domain/values/run-id.ts";
import { MachineName } from "../../../../src/domain/values/slug.ts";
import { newId } from "../../../../src/ids.ts";
import { meta } from "../../../support/recording.ts";
import { environment, image, subnet } from "../../../support/samples.ts";
import type { TestApi } from "./api.ts";
import { command, inspect, macOf, publish } from "./machines.ts";

/** A machine with everything that can belong to one. */
export interface FleetMachine {
  readonly id: MachineId;
  readonly name: string;
  readonly mac: string;
  readonly address: string;
  readonly run: string;
}

/** Two machines, `a` with the label `pool=a` and `b` with `pool=b`, each with a lease and a run. */
export async function smallFleet({ store }: Pick<TestApi, "store">): Promise<{
  readonly a: FleetMachine;
  readonly b: FleetMachine;
}> {
  const { handleNetwork } = createCommands(store, newId);
  await handleNetwork(networkStream, { type: "DefineSubnet", subnet }, { meta });
  await publish(store);
  return { a: await machine(store, 1, "a"), b: await machine(store, 2, "b") };
}

async function machine(store: TestApi["store"], number: number, pool: string): Promise<FleetMachine> {
  const commands = createCommands(store, newId);
  const mac = macOf(number);
  const address = Ipv4.parse(`10.77.0.${100 + number}`);
  const id = await inspect(store, number);
  const name = MachineName.parse(`node-${pool}`);
  await approveMachine(commands, { machineId: id, name }, { meta });
  await command(store, id, { type: "LabelMachine", set: { pool }, remove: [] });
  const holder = { mac, clientId: null, hostname: null };
  const nowMs = Date.now();
  const grant = {
    type: "GrantLease",
    subnet: subnet.name,
    holder,
    keys: [],
    relay: null,
    leaseSeconds: 3600,
    cacheThreshold: 0.25,
    nowMs,
  } satisfies AddressCommand;
  await commands.handleAddress(addressStream(address), grant, { meta });
  const run = RunId.parse(newId());
  const deploy = { type: "DeployMachine", run, environment, image } as const;
  const context = { meta: { ...meta, $correlationId: run } };
  await commands.handleMachine(machineStream(id), deploy, context);
  return { id, name, mac, address, run };
}

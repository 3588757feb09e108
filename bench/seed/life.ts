import { addressKind } from "../../src/domain/address/decide.ts";
import { bootCodec, bootStream } from "../../src/domain/boot/events.ts";
import type { EnvironmentVersion } from "../../src/domain/boot-environment/manifest.ts";
import { claimKind } from "../../src/domain/claim/decide.ts";
import { type CommandContext, type CommandResult, commandHandler } from "../../src/domain/handle-command.ts";
import { adoptInterfaces } from "../../src/domain/machine/adopt-interfaces.ts";
import { approveMachine } from "../../src/domain/machine/approve.ts";
import type { MachineCommand } from "../../src/domain/machine/commands.ts";
import { machineKind } from "../../src/domain/machine/decide.ts";
import { discoverMachine } from "../../src/domain/machine/discover.ts";
import { retireMachine } from "../../src/domain/machine/retire.ts";
import type { EventMeta, EventStore } from "../../src/domain/ports/event-store.ts";
import { MachineId, machineStream } from "../../src/domain/values/machine-id.ts";
import { RunId } from "../../src/domain/values/run-id.ts";
import { Sha256 } from "../../src/domain/values/sha256.ts";
import { type FleetMachine, uuidOf } from "./fleet.ts";

export interface LifeOptions {
  readonly store: EventStore;
  readonly newId: () => string;
  readonly clock: () => Date;
  /** What machines are deployed with. */
  readonly environment: EnvironmentVersion;
}

/** One stretch of a machine's life. */
export type Chapter = (machine: FleetMachine) => Promise<void>;

/** How long leases last, seconds: a week. */
export const leaseSeconds = 604_800;

/** Of the image that every machine of the fleet is deployed with. There is no such file. */
const image = { file: "seeded.img", format: "raw", sha256: Sha256.parse("5e".repeat(32)) } as const;

/** The chapters of every machine's life, in their order: what the wire, agents and operators do to it. */
export function chaptersOf(options: LifeOptions): readonly Chapter[] {
  const hands = handsOf(options);
  return [discover, approve, deploy, settle].map((chapter) => (machine) => chapter(machine, hands));
}

/** What a chapter can do. */
type Hands = ReturnType<typeof handsOf>;

function handsOf(options: LifeOptions) {
  const { store, newId, clock } = options;
  const handleMachine = commandHandler(machineKind, options);
  const handleClaim = commandHandler(claimKind, options);
  const handleAddress = commandHandler(addressKind, options);
  const ids = new Map<number, MachineId>();

  function idOf({ index }: FleetMachine): MachineId {
    const id = ids.get(index);
    if (!id) throw new Error(`machine ${index} was not discovered: chapters come in their order`);
    return id;
  }

  return {
    ...options,
    handlers: { handleMachine, handleClaim },
    ids,
    idOf,

    async send(machine: FleetMachine, command: MachineCommand, context: CommandContext): Promise<void> {
      accepted(await handleMachine(machineStream(idOf(machine)), command, context));
    },

    /** The firmware and then iPXE ask for an address, and get it. Returns whose boot it is. */
    async boot({ mac, address, subnet, architecture }: FleetMachine, run?: RunId): Promise<EventMeta> {
      const bootId = newId();
      const $correlationId = run ?? bootId;
      const meta = { actor: `client:${mac}`, source: "dhcp", $correlationId, $causationId: bootId };
      for (const client of ["firmware", "ipxe"] as const) {
        const data = { client, architecture, vendorClass: "PXEClient", firmwareUuid: null, relay: null };
        const event = bootCodec.write({ type: "PxeRequested", data });
        const id = client === "firmware" ? bootId : newId();
        await store.append(bootStream(mac), { expectedRevision: "any", events: [{ ...event, id, meta }] });
      }
      const holder = { mac, clientId: null, hostname: null };
      const nowMs = clock().getTime();
      const cacheThreshold = 0.25;
      const client = { holder, keys: [], relay: null };
      const grant = { type: "GrantLease", subnet, ...client, leaseSeconds, cacheThreshold, nowMs } as const;
      accepted(await handleAddress(`address-${address}`, grant, { meta }));
      return meta;
    },
  };
}

async function discover(machine: FleetMachine, { boot, handlers, ids, newId, send }: Hands): Promise<void> {
  const { mac, architecture, inventory, index } = machine;
  const meta = { ...(await boot(machine)), source: "boot" };
  const newMachineId = MachineId.parse(newId());
  const { machineId } = accepted(await discoverMachine(handlers, { newMachineId, mac, architecture }, meta));
  ids.set(index, machineId);
  const agent = { ...meta, actor: `machine:${machineId}`, source: "agent" };
  await send(machine, { type: "ReportInventory", inventory }, { meta: agent });
  const { refused } = await adoptInterfaces(handlers, { machineId, inventory }, agent);
  if (refused.length > 0) throw new Error(`machine ${index}: an interface was refused`);
}

async function approve(machine: FleetMachine, { handlers, idOf, newId, send }: Hands): Promise<void> {
  if (machine.fate === "discovered") return;
  const approval = { machineId: idOf(machine), name: machine.name };
  accepted(await approveMachine(handlers, approval, { meta: byOperator(newId()) }));
  await send(
    machine,
    { type: "LabelMachine", set: machine.labels, remove: [] },
    { meta: byOperator(newId()) },
  );
}

async function deploy(machine: FleetMachine, hands: Hands): Promise<void> {
  const { fate, index } = machine;
  if (fate !== "deployed" && fate !== "failed" && fate !== "retired") return;
  const { boot, environment, idOf, newId, send } = hands;
  const run = RunId.parse(newId());
  await send(machine, { type: "DeployMachine", run, environment, image }, { meta: byOperator(run) });
  const { $causationId } = await boot(machine, run);
  const meta = { actor: `machine:${idOf(machine)}`, source: "agent", $correlationId: run, $causationId };
  await send(machine, { type: "ServeBootIntent", run }, { meta: { ...meta, source: "boot" } });
  await send(machine, { type: "ReportHello", run, agentBootId: uuidOf(run) }, { meta });
  await send(machine, { type: "ReportStage", run, stage: "writing", bytes: 0 }, { meta });
  if (fate === "failed") {
    const code = index % 3 === 0 ? "IMAGE_TRANSFER_FAILED" : "IMAGE_WRITE_FAILED";
    return send(machine, { type: "FailRun", run, code, message: "a failure of the story" }, { meta });
  }
  for (const stage of ["written", "verifying", "verified"] as const) {
    await send(machine, { type: "ReportStage", run, stage, bytes: 2 ** 30 }, { meta });
  }
  await send(machine, { type: "ReportCompleted", run, bytes: 2 ** 30, sha256: image.sha256 }, { meta });
}

async function settle(machine: FleetMachine, { boot, handlers, idOf, newId, send }: Hands): Promise<void> {
  const context = { meta: byOperator(newId()) };
  if (machine.fate === "retired") {
    accepted(await retireMachine(handlers, idOf(machine), context));
    return;
  }
  if (machine.locked) await send(machine, { type: "LockMachine" }, context);
  await boot(machine);
}

function byOperator($correlationId: string): EventMeta {
  return { actor: "user:seed", source: "graphql", $correlationId, $causationId: $correlationId };
}

/** Nothing of a made-up history may be refused: the command path is the judge of what can happen. */
function accepted<State, Result extends CommandResult<State, string>>(
  result: Result | { readonly outcome: "rejected"; readonly rejection: { readonly message: string } },
): Extract<Result, { outcome: "accepted" }> {
  if (result.outcome === "rejected") throw new Error(`the history was refused: ${result.rejection.message}`);
  return result as Extract<Result, { outcome: "accepted" }>;
}

import type { Command } from "commander";
import type { Row } from "../api/api.ts";
import { type Change, runChange } from "../changes/change.ts";
import { machineIdOf, machineReference } from "../changes/machine-reference.ts";
import { bareName } from "../collections/name.ts";
import { reservations } from "../collections/network.ts";
import { usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import { type ChangeOptions, withChange } from "../options.ts";
import { onAction, type Session } from "../session.ts";
import { addCount } from "./count.ts";
import { addList } from "./list.ts";
import { reservationLookup } from "./lookups.ts";
import { addShow } from "./show.ts";

const leaseFields = "lease { id address status reservedFor revision }";

export const reserve: Change = {
  mutation: "reserveAddress",
  fields: leaseFields,
  done: (_payload, { address }) => `reservation/${address} created`,
};

export const removeReservation: Change = {
  mutation: "removeReservation",
  fields: leaseFields,
  done: (_payload, { address }) => `reservation/${address} removed`,
};

interface Create extends ChangeOptions {
  readonly clientId?: string;
  readonly uuid?: string;
  readonly circuit?: string;
}

/** `reservations`: addresses that are set aside for one client. */
export function addCommands(parent: Command, host: Host): void {
  addList(parent, reservations, host);
  addShow(parent, { collection: reservations, lookup: reservationLookup }, host);
  addCount(parent, reservations, host);

  const create = withChange(parent.command("create").description("set an address aside for one client"))
    .argument("<address>", "inside a subnet that is served")
    .argument("[interface]", "its hardware address, or the machine that has no other interface")
    .option("--client-id <hex>", "its client identifier (option 61) instead")
    .option("--uuid <uuid>", "its firmware's UUID (option 97) instead")
    .option(
      "--circuit <hex>",
      "the port that its relay names (option 82) instead: CIRCUIT or CIRCUIT/REMOTE",
    );
  onAction<Create>(create, host, async (session, { args: [address, holder], options }) => {
    const input = { address, for: await keyOf(session, holder, options) };
    await runChange(session, reserve, { input, options });
  });

  const remove = withChange(parent.command("remove").description("give a reserved address back")).argument(
    "<address>",
    "the address",
  );
  onAction<ChangeOptions>(remove, host, async (session, { args: [name = ""], options }) => {
    const address = bareName(reservations, name);
    await runChange(session, removeReservation, { input: { address }, options });
  });
}

/** The one key that was said, as the API takes it. @throws Failure when there is none, or more than one */
async function keyOf(
  session: Session,
  holder: string | undefined,
  { clientId, uuid: firmwareUuid, circuit }: Create,
): Promise<Row> {
  const said = [holder, clientId, firmwareUuid, circuit].filter((key) => key !== undefined);
  if (said.length !== 1) throw usageError("say one: INTERFACE, --client-id, --uuid or --circuit");
  if (clientId !== undefined) return { clientId };
  if (firmwareUuid !== undefined) return { firmwareUuid };
  if (circuit !== undefined) {
    const [circuitId, remoteId, ...more] = circuit.split("/");
    if (more.length > 0) throw usageError("--circuit takes CIRCUIT or CIRCUIT/REMOTE, each in hex");
    return { relayCircuit: { circuitId, remoteId } };
  }
  const reference = machineReference(holder ?? "");
  return "mac" in reference
    ? { mac: reference.mac }
    : { machineId: await machineIdOf(session, holder ?? "") };
}

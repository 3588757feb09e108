import type { Command } from "commander";
import { type Change, runChange } from "../changes/change.ts";
import { machineIdOf, machineReference } from "../changes/machine-reference.ts";
import { bareName } from "../collections/name.ts";
import { reservations } from "../collections/network.ts";
import type { Host } from "../host.ts";
import { type ChangeOptions, withChange } from "../options.ts";
import { onAction } from "../session.ts";
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

/** `reservations`: addresses that are set aside for one interface. */
export function addCommands(parent: Command, host: Host): void {
  addList(parent, reservations, host);
  addShow(parent, { collection: reservations, lookup: reservationLookup }, host);
  addCount(parent, reservations, host);

  const create = withChange(parent.command("create").description("set an address aside for one interface"))
    .argument("<address>", "inside a subnet that is served")
    .argument("<interface>", "its hardware address, or the machine that has no other interface");
  onAction<ChangeOptions>(create, host, async (session, { args: [address, holder = ""], options }) => {
    const reference = machineReference(holder);
    const input =
      "mac" in reference
        ? { address, mac: reference.mac }
        : { address, machineId: await machineIdOf(session, holder) };
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

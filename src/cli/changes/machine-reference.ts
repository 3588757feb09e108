import type { Row } from "../api/api.ts";
import { bareName } from "../collections/name.ts";
import { Failure } from "../failure.ts";
import { valueAt } from "../output/cell.ts";
import type { Session } from "../session.ts";

/** How people name a machine. */
export type MachineReference = { readonly name: string } | { readonly mac: string } | { readonly id: string };

/** The query for one machine by what people call it. */
export function machineDocument(fields: string): string {
  return `query ($id: ID, $name: String, $mac: MAC, $at: Moment, $minPosition: EventPosition) {
    machine(id: $id, name: $name, mac: $mac, at: $at, minPosition: $minPosition) { ${fields} }
  }`;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const mac = /^[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}$/i;

/** A UUID and an opaque id (base64url of `Machine:<uuid>`) are ids, six octets are a MAC, all else is a name. */
export function machineReference(text: string): MachineReference {
  const word = bareName({ singular: "machine" }, text);
  if (mac.test(word)) return { mac: word };
  return uuid.test(word) || word.startsWith("TWFjaGluZT") ? { id: word } : { name: word };
}

export function machineUnknown(text: string): Failure {
  return new Failure("notFound", `there is no machine ${text}`, {
    code: "MACHINE_UNKNOWN",
    remedy: /^\d+(?:\.\d+){3}$/.test(text)
      ? `ironledger leases show ${text} tells who has the address`
      : "ironledger machines list shows those that you may see",
  });
}

/** By what other things refer to a machine. @throws Failure when there is none */
export async function machineKeys(
  session: Session,
  text: string,
): Promise<{ readonly machineId: string; readonly macs: readonly string[] }> {
  const data: Row = await (await session.api()).ask(machineKeysDocument, machineReference(text));
  if (!data["machine"]) throw machineUnknown(text);
  return data["machine"] as { readonly machineId: string; readonly macs: readonly string[] };
}

/** The query for that. */
export const machineKeysDocument = machineDocument("machineId macs");

/** The id that mutations take. An id is taken as it is: the service says whether there is such a machine. */
export async function machineIdOf(session: Session, text: string): Promise<string> {
  const reference = machineReference(text);
  if ("id" in reference) return reference.id;
  const data: Row = await (await session.api()).ask(machineDocument("machineId"), reference);
  const id = valueAt(data, "machine.machineId");
  if (typeof id !== "string") throw machineUnknown(text);
  return id;
}

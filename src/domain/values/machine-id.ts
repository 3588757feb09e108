import { z } from "zod";

/** Names a machine for its whole life: a UUIDv7, minted when the machine's first MAC address is claimed. */
export const MachineId = z.uuid().brand<"MachineId">();
export type MachineId = z.infer<typeof MachineId>;

/** The stream that holds everything about the machine. */
export function machineStream(id: MachineId): string {
  return `machine-${id}`;
}

/** @throws ZodError when the stream is not a machine's */
export function machineIdOf(stream: string): MachineId {
  return MachineId.parse(stream.replace(/^machine-/, ""));
}

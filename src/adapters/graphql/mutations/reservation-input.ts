import { z } from "zod";
import { ClientId } from "../../../domain/values/client-id.ts";
import { MacAddress } from "../../../domain/values/mac-address.ts";
import type { MachineId } from "../../../domain/values/machine-id.ts";
import { keyOfMac, ReservationKey } from "../../../domain/values/reservation-key.ts";
import { MachineReference, RelayOctets } from "./fields.ts";

/** For whom an address is reserved: a key, or a machine, which stands for its only interface. */
export type ReservationHolder = ReservationKey | { readonly machineId: MachineId };

/** Each part by itself, as the key joins both with a `/`. */
const CircuitKey = z
  .object({ circuitId: RelayOctets, remoteId: RelayOctets.nullish() })
  .transform(({ circuitId, remoteId }) => `circuit:${circuitId}${remoteId ? `/${remoteId}` : ""}`)
  .pipe(ReservationKey);

/** `ReservationKeyInput`, of which GraphQL lets exactly one field pass. */
export const ReservationHolder = z
  .object({
    mac: MacAddress.transform(keyOfMac),
    machineId: MachineReference.transform((machineId) => ({ machineId })),
    clientId: z
      .string()
      .toLowerCase()
      .pipe(ClientId)
      .transform((id) => `client-id:${id}`)
      .pipe(ReservationKey),
    firmwareUuid: z
      .guid()
      .transform((uuid) => `uuid:${uuid.toLowerCase()}`)
      .pipe(ReservationKey),
    relayCircuit: CircuitKey,
  })
  .partial()
  .transform((given, refinement): ReservationHolder => {
    const [holder] = Object.values(given).filter((each) => each !== undefined);
    if (holder) return holder;
    refinement.addIssue({ code: "custom", message: "expected one key" });
    return z.NEVER;
  });

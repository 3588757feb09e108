import { createHash } from "node:crypto";
import { Inventory } from "../domain/machine/inventory.ts";
import { MacAddress } from "../domain/values/mac-address.ts";

/** What one simulated machine is made of. */
export interface Hardware {
  /** As the timeline calls it: `m001`. */
  readonly label: string;
  readonly firmware: "bios" | "uefi";
  /** Of the network interface it boots from. */
  readonly mac: MacAddress;
  /** SMBIOS UUID: option 97 (RFC 4578 s. 2.3) and inventory. */
  readonly uuid: string;
  readonly inventory: Inventory;
}

/** Size that every simulated disk has, bytes. The files are sparse: they use what was written. */
export const diskBytes = 64 * 1024 * 1024;

const gibibyte = 1024 ** 3;

/**
 * Machine number `index` (0 to 65,535). Odd ones are UEFI. The same index is always the same machine.
 *
 * `agent`: the manifest of the agent that it boots, which reports it.
 */
export function hardwareOf(index: number, agent: Inventory["agent"]): Hardware {
  const number = String(index + 1).padStart(3, "0");
  const tail = [index >> 8, index & 255].map((octet) => octet.toString(16).padStart(2, "0")).join(":");
  const mac = MacAddress.parse(`52:54:00:77:${tail}`);
  const secondMac = MacAddress.parse(`52:54:00:78:${tail}`);
  const firmware = index % 2 === 0 ? "bios" : "uefi";
  const uuid = uuidOf(`machine ${index}`);
  return {
    label: `m${number}`,
    firmware,
    mac,
    uuid,
    inventory: Inventory.parse({
      firmware,
      secureBoot: firmware === "uefi" ? false : null,
      smbios: { uuid, manufacturer: "Ironledger", product: "Rehearsal R1", serial: `RH-${number}` },
      cpu: { model: "Simulated CPU @ 2.00GHz", count: 8 },
      memoryBytes: 32 * gibibyte,
      interfaces: [
        { name: "eth0", mac, driver: "virtio_net" },
        { name: "eth1", mac: secondMac, driver: "virtio_net" },
      ],
      disks: [
        {
          name: "vda",
          serial: `RH-DISK-${number}`,
          model: "Simulated disk",
          bytes: diskBytes,
          rotational: false,
        },
      ],
      agent,
    }),
  };
}

/** A UUIDv8 (RFC 9562 s. 5.8): the version of ids that are computed. */
function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

import { z } from "zod";
import { MacAddress } from "../values/mac-address.ts";
import { Sha256 } from "../values/sha256.ts";

const text = z.string().max(255);

/** A disk as the agent's kernel shows it. */
export const Disk = z.strictObject({
  /** The kernel's name without `/dev/`: `vda`, `nvme0n1`. It may differ at the next boot. */
  name: z.string().regex(/^[a-z0-9]{1,32}$/),
  /** `null` when the device names none. */
  serial: text.nullable(),
  model: text.nullable(),
  bytes: z.int().nonnegative(),
  rotational: z.boolean(),
});
export type Disk = Readonly<z.infer<typeof Disk>>;

export const NetworkInterface = z.strictObject({
  name: z.string().max(32),
  mac: MacAddress,
  driver: text.nullable(),
});

/** The Debian packages that the agent was built of, and the digest of each. */
export const AgentManifest = z.strictObject({
  packages: z.array(z.strictObject({ name: text, version: text, sha256: Sha256 })).max(64),
});

/** What the discovery agent found. Strings come from firmware and devices: they are data, never trusted text. */
export const Inventory = z.strictObject({
  firmware: z.enum(["bios", "uefi"]),
  /** `null` where the firmware has no such thing. */
  secureBoot: z.boolean().nullable(),
  smbios: z.strictObject({
    /** As the firmware has it: in many machines the version and variant bits are not those of RFC 9562. */
    uuid: z.guid().nullable(),
    manufacturer: text.nullable(),
    product: text.nullable(),
    serial: text.nullable(),
  }),
  cpu: z.strictObject({ model: text.nullable(), count: z.int().positive() }),
  memoryBytes: z.int().positive(),
  interfaces: z.array(NetworkInterface).max(64),
  disks: z.array(Disk).max(256),
  agent: AgentManifest,
});
export type Inventory = Readonly<z.infer<typeof Inventory>>;

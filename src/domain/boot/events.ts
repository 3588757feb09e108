import { z } from "zod";
import { defineEvent, type EventOf, eventCodec } from "../event.ts";
import { Architecture } from "../values/architecture.ts";
import { Ipv4 } from "../values/ipv4.ts";
import { MacAddress } from "../values/mac-address.ts";
import { MachineId } from "../values/machine-id.ts";
import { RunId } from "../values/run-id.ts";
import { Sha256 } from "../values/sha256.ts";
import { EnvironmentName } from "../values/slug.ts";

/** A network interface asked to be booted over DHCP: its firmware, or the iPXE that the firmware loaded. */
export const PxeRequested = defineEvent("PxeRequested", {
  client: z.enum(["firmware", "ipxe"]),
  /** First choice of option 93 (RFC 4578 s. 2.1); `null` when it named none that is known. */
  architecture: Architecture.nullable(),
  /** Option 60 (RFC 2132 s. 9.13), printable characters only. */
  vendorClass: z.string().max(255).nullable(),
  /** Option 97 (RFC 4578 s. 2.3), as SMBIOS prints it. Vendors do not keep to the versions of RFC 9562. */
  firmwareUuid: z.guid().nullable(),
  relay: Ipv4.nullable(),
});

/** A boot script was rendered for this interface and sent. `inputs` and `script` name kept contents. */
export const BootScriptServed = defineEvent("BootScriptServed", {
  environment: EnvironmentName,
  /** Version of the boot environment, from 1. */
  version: z.int().positive(),
  /** The machine that the interface belongs to. */
  machineId: MachineId.nullable(),
  run: RunId.nullable(),
  address: Ipv4,
  /** Digest of the recorded inputs, RFC 8785 JSON. */
  inputs: Sha256,
  /** Digest of the rendered text with placeholders where secrets go. */
  script: Sha256,
});

/** A whole file was sent: a loader, a kernel, an initrd, an image. */
export const BootFileServed = defineEvent("BootFileServed", {
  file: z.string().max(512),
  protocol: z.enum(["tftp", "http"]),
  address: Ipv4,
  bytes: z.int().nonnegative(),
  sha256: Sha256.nullable(),
});

/** What was asked for could not be had. */
export const BootRefused = defineEvent("BootRefused", {
  request: z.string().max(512),
  /** Stable, `SCREAMING_SNAKE`: see the reference of errors. */
  code: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  message: z.string().max(1024),
  address: Ipv4.nullable(),
});

const bootEvents = [PxeRequested, BootScriptServed, BootFileServed, BootRefused] as const;
/** What was seen of an interface on its way up. Observations: nothing decides on them. */
export type BootEvent = EventOf<(typeof bootEvents)[number]>;
export const bootCodec = eventCodec(bootEvents);

export function bootStream(mac: MacAddress): string {
  return `boot-${mac}`;
}

/** @throws ZodError when the stream is not an interface's */
export function bootMacOf(stream: string): MacAddress {
  return MacAddress.parse(stream.replace(/^boot-/, ""));
}

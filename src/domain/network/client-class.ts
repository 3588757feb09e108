import { z } from "zod";
import { LabelSelector } from "../access/rule.ts";
import { Architecture } from "../values/architecture.ts";
import { labelsMax } from "../values/label.ts";
import { hexOctets } from "../values/octets.ts";
import { ClientClassName, SubnetName } from "../values/slug.ts";
import { OptionSettings } from "./option-setting.ts";

/** Most client classes of the network. */
export const clientClassesMax = 256;

/** Most alternatives of one part of a match. */
const alternativesMax = 64;

/** One to six octets of a MAC address from its start, lower case, colon separated: `52:54:00`. */
const MacPrefix = z
  .string()
  .regex(/^[0-9a-f]{2}(?::[0-9a-f]{2}){0,5}$/, "expected octets such as 52:54:00, in lower case");

function anyOf<Schema extends z.ZodType>(schema: Schema) {
  return z.array(schema).min(1).max(alternativesMax).nullable();
}

/** Printable ASCII, as vendor and user classes are read off the wire. */
const classText = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[ -~]+$/, "expected printable ASCII");
const relayOctets = hexOctets({ min: 1, max: 255 });

/**
 * Which clients are of a class: all parts that are not null must hold, and of a list one element is enough. At least
 * one part is not null.
 */
export const ClientMatch = z.strictObject({
  /** Option 93 (RFC 4578 s. 2.1) names one of them. */
  architectures: anyOf(Architecture),
  /** Option 60 (RFC 2132 s. 9.13) begins with one of them: `PXEClient`, `Cisco`. */
  vendorClassPrefixes: anyOf(classText),
  /** Option 77 (RFC 3004) holds one of them. */
  userClasses: anyOf(classText),
  /** The hardware address begins with one of them. */
  macPrefixes: anyOf(MacPrefix),
  /** Option 82, sub-option 1 (RFC 3046 s. 3.1) is one of them, octet for octet, in lower case hex. */
  relayCircuits: anyOf(relayOctets),
  /** Option 82, sub-option 2 (RFC 3046 s. 3.2) is one of them, octet for octet, in lower case hex. */
  relayRemotes: anyOf(relayOctets),
  /** The machine has every one of these labels, with this value, or with any value where it is null. */
  machineLabels: LabelSelector.refine(
    (labels) => Object.keys(labels).length <= labelsMax,
    `expected at most ${labelsMax} labels, which is what a machine has`,
  ).nullable(),
  /** The client asks on one of these subnets. */
  subnets: anyOf(SubnetName),
});
export type ClientMatch = Readonly<z.infer<typeof ClientMatch>>;

/** Clients that are alike, and what they get. */
export const ClientClass = z.strictObject({
  name: ClientClassName,
  /** 0 to 1000. Where classes of one client differ, the higher one wins; of equal ones, the first by name. */
  priority: z.int().min(0).max(1000),
  match: ClientMatch,
  /** Option 51, in seconds: 60 to one year. `null`: what the subnet says. */
  leaseSeconds: z.int().min(60).max(31_536_000).nullable(),
  options: OptionSettings,
  /**
   * A file of the loaders' folder, or an http or https URL. It replaces the loader that the client's architecture
   * would get, and never the script that iPXE gets. `null`: the loader of the architecture.
   */
  bootFile: z
    .string()
    .max(255)
    .regex(
      /^(?:https?:\/\/[!-~]+|[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)*)$/,
      "expected a file such as phones/boot.efi, or an http or https URL",
    )
    .nullable(),
});
export type ClientClass = Readonly<z.infer<typeof ClientClass>>;

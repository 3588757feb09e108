import { z } from "zod";
import { hexOctets } from "../values/octets.ts";

/** Most octets of an option's value. */
export const optionBytesMax = 1024;

/** Most options of one subnet, class or machine. */
export const optionSettingsMax = 64;

/** A DHCP option that operators set, as it goes over the wire. */
export const OptionSetting = z.strictObject({
  /** Option code (RFC 2132). 0 and 255 are no options. */
  code: z.int().min(1).max(254),
  /** Its octets in lower case hex, at most 1024. Longer than 255: it is sent in parts (RFC 3396). */
  value: hexOctets({ min: 0, max: optionBytesMax }),
});
export type OptionSetting = Readonly<z.infer<typeof OptionSetting>>;

/** What one subnet, class or machine sets. No code twice: see `optionsProblem`. */
export const OptionSettings = z.array(OptionSetting).max(optionSettingsMax);
export type OptionSettings = readonly OptionSetting[];
